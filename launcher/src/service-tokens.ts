import { replaceFile } from '@zhitong/gateway';
import { graphTokenFile } from '@zhitong/kit';
import { developmentToken } from './development-token.js';

/** A department's machine identity in the demo city. */
export interface ServiceIdentity {
  /** Name of the department's process. */
  readonly name: string;
  /** Code of the department for which it reads the graph. */
  readonly department: string;
}

const TTL_SECONDS = 3_600;
const RENEW_MS = 20 * 60_000;
/** After a failure, for example a full disk, it is tried again sooner. */
const AGAIN_MS = 30_000;

/**
 * Writes for each department a token of the role SERVICE into the data folder and renews it long before it ends; of two
 * renewals that fail the token outlives the first. Departments hold a token of their own and no key that signs tokens.
 * @param tell told in one line when a token could not be renewed.
 * @throws Error when the first tokens cannot be written.
 */
export async function keepServiceTokens({ dataDir, identities, tell, renewMs = RENEW_MS }: { dataDir: string; identities: readonly ServiceIdentity[]; tell: (line: string) => void; renewMs?: number }): Promise<{ stop(): void }> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const write = async (): Promise<void> => {
    for (const { name, department } of identities) {
      replaceFile(graphTokenFile(dataDir, name), `${await developmentToken({ role: 'SERVICE', department, ttlSeconds: TTL_SECONDS, dataDir })}\n`);
    }
  };
  const renewLater = (pauseMs: number): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      write().then(
        () => renewLater(renewMs),
        (error: unknown) => {
          tell(`The departments' tokens could not be renewed: ${error instanceof Error ? error.message : String(error)}`);
          renewLater(Math.min(renewMs, AGAIN_MS));
        },
      );
    }, pauseMs);
  };
  await write();
  renewLater(renewMs);
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
