import { prepareDataFolder, StartProblem } from '@zhitong/kit';
import { assertDeployment } from '@zhitong/kit/mongo';
import { gatewayConfig } from '../config.js';
import { developmentKeys } from '../development-keys.js';
import type { HubConfig } from './config.js';

const SHORTEST_KEY = 32;

/**
 * Looks before anything is started at what every start needs and cannot make: settings that can be read, a data folder that can be
 * written, keys that can be used.
 * @throws Error in one line that says what to do.
 */
export function assertSurroundings({ kit, given }: HubConfig): void {
  gatewayConfig(given); // The gateway would say the same only after the city was loaded.
  prepareDataFolder(kit.dataDir);
  if (kit.internalKey !== undefined && kit.internalKey.length < SHORTEST_KEY) {
    throw new StartProblem(`The internal key in ${kit.dataDir} is empty or too short. Remove internal.key there, and the next start makes a new one; or set ZHITONG_INTERNAL_KEY.`);
  }
  if (kit.mode === 'production') return;
  try {
    developmentKeys(kit.dataDir);
  } catch (cause) {
    throw new StartProblem(`The development key development-jwt.pem in ${kit.dataDir} cannot be read. Remove it, and the next start makes a new one.`, { cause });
  }
}

/**
 * Looks at each MongoDB that was configured, once for all departments that share it.
 * @throws StartProblem in one line that says what to do.
 */
export async function assertDeployments({ departments }: HubConfig): Promise<void> {
  const uris = [...new Set(departments.flatMap(({ mongoUri }) => mongoUri ?? []))];
  for (const uri of uris) {
    const users = departments.filter(({ mongoUri }) => mongoUri === uri);
    await assertDeployment({ uri, databases: users.map(({ database }) => database), variable: users[0]?.mongoVariable ?? 'MONGODB_URI' });
  }
}
