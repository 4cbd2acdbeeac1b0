import { readFileSync, statSync } from 'node:fs';
import { publicKeySet, readSigningKeys, reasonOf, type Logger, type PublicKeySet, type SigningKey } from '@zhitong/kit';

/** So often at most the file is looked at. */
const LOOK_MS = 1_000;

/** The keys with which the gateway vouches for callers, as their file holds them now. */
export interface SigningKeys {
  /** The key that signs: the first of the file. */
  current(): SigningKey;
  /** The public keys of all, for departments. */
  published(): PublicKeySet;
}

/**
 * Keeps the keys of a PEM file. A changed file takes effect within a second of the next request, without a restart;
 * when it cannot be used, the keys read before go on and the log says why.
 * @param now a clock in milliseconds that only goes forward.
 * @throws Error in one line when the file cannot be used at the start.
 */
export function signingKeys(
  file: string,
  { logger, now = () => performance.now() }: { logger: Pick<Logger, 'info' | 'warn'>; now?: () => number },
): SigningKeys {
  let lookedAt = now();
  let mark = markOf(file);
  let keys = readKeys(file);
  const look = (): readonly [SigningKey, ...SigningKey[]] => {
    if (now() - lookedAt < LOOK_MS) return keys;
    lookedAt = now();
    const found = markOf(file);
    if (found === mark) return keys;
    mark = found;
    try {
      keys = readKeys(file);
      logger.info(
        { file, signs: keys[0].jwk.kid, published: keys.length },
        'the gateway signs with the keys of its changed file',
      );
    } catch (error) {
      logger.warn({ reason: reasonOf(error) }, 'the gateway goes on with the keys that it has');
    }
    return keys;
  };
  return { current: () => look()[0], published: () => publicKeySet(look()) };
}

function readKeys(file: string): readonly [SigningKey, ...SigningKey[]] {
  try {
    return readSigningKeys(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(
      `The gateway's signing key file ${file} ${reasonOf(error)}. "npm run keys -- new" makes one; GATEWAY_SIGNING_KEY_FILE says where it is.`,
    );
  }
}

/** What changes when the file does; empty when there is none. */
function markOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.mtimeMs} ${found.size} ${found.ino}`;
}
