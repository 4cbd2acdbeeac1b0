import { randomBytes } from 'node:crypto';
import path from 'node:path';
import {
  developmentKeys,
  ensureKeyFiles,
  gatewayConfig,
  privateFolder,
  publishKeys,
  readOrCreate,
} from '@zhitong/gateway';
import { prepareDataFolder, StartProblem } from '@zhitong/kit';
import { assertDeployment } from '@zhitong/kit/mongo';
import type { HubConfig } from './config.js';

const SECRET_BYTES = 32;

/**
 * Looks before anything is started at what every start needs and cannot make: settings that can be read, a data folder
 * that can be written, keys that can be used.
 * @throws Error in one line that says what to do.
 */
export function assertSurroundings({ kit, given, keyFiles }: HubConfig): void {
  gatewayConfig(given); // The gateway would say the same only after the city was loaded.
  prepareDataFolder(kit.dataDir);
  if (kit.mode !== 'production') developmentKeys(kit.dataDir);
  if (keyFiles?.areOurs === true) ensureKeyFiles(keyFiles);
  else if (keyFiles !== undefined) publishKeys(keyFiles);
}

/**
 * The secret from which those of the event routes are derived; made at the first start.
 * @throws StartProblem when it is there and too short to be one.
 */
export function eventRoutesKey(dataDir: string): string {
  const file = path.join(privateFolder(dataDir), 'event-routes.key');
  const key = readOrCreate(file, () => randomBytes(SECRET_BYTES).toString('base64url'));
  if (key.trim().length < SECRET_BYTES)
    throw new StartProblem(
      `The key file ${file} is empty or too short. Remove it, and the next start makes a new one.`,
    );
  return key;
}

/**
 * Looks at each MongoDB that was configured, once for all departments that share it.
 * @throws StartProblem in one line that says what to do.
 */
export async function assertDeployments({ departments }: HubConfig): Promise<void> {
  const uris = [...new Set(departments.flatMap(({ mongoUri }) => mongoUri ?? []))];
  for (const uri of uris) {
    const users = departments.filter(({ mongoUri }) => mongoUri === uri);
    await assertDeployment({
      uri,
      databases: users.map(({ database }) => database),
      variable: users[0]?.mongoVariable ?? 'MONGODB_URI',
    });
  }
}
