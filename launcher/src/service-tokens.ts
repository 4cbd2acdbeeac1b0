import { replaceFile } from '@zhitong/gateway';
import { graphTokenFile } from '@zhitong/kit';
import { repeat, type Repeated } from '@zhitong/kit/jobs';
import { developmentToken } from './development-token.js';

/** A department's machine identity in the demo city. */
export interface ServiceIdentity {
  /** Name of the department's process, which its token tells: two processes can act for one department. */
  readonly name: string;
  /** Code of the department for which it reads the graph. */
  readonly department: string;
}

const TTL_SECONDS = 3_600;
const RENEW_MS = 20 * 60_000;

/**
 * Writes for each department a token of the role SERVICE into the data folder and renews it long before it ends; of two
 * renewals that fail the token outlives the first. Departments hold a token of their own and no key that signs tokens.
 * @param tell called with one line when a token could not be renewed.
 * @throws Error when the first tokens cannot be written.
 */
export async function keepServiceTokens({
  dataDir,
  identities,
  tell,
  renewMs = RENEW_MS,
}: {
  dataDir: string;
  identities: readonly ServiceIdentity[];
  tell: (line: string) => void;
  renewMs?: number;
}): Promise<Pick<Repeated, 'stop'>> {
  const write = async (): Promise<undefined> => {
    for (const { name, department } of identities) {
      replaceFile(
        graphTokenFile(dataDir, name),
        `${await developmentToken({ role: 'SERVICE', department, service: name, ttlSeconds: TTL_SECONDS, dataDir })}\n`,
      );
    }
    return undefined;
  };
  await write();
  return repeat({
    work: write,
    everyMs: renewMs,
    beginsAtOnce: false,
    failed: (error) =>
      tell(`The departments' tokens could not be renewed: ${error instanceof Error ? error.message : String(error)}`),
  });
}
