import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { internalKeyFile } from '@zhitong/kit';

const OWNER_ONLY = 0o600;
const INTERNAL_KEY_BYTES = 32;

/** The algorithm of development tokens. */
export const DEVELOPMENT_ALGORITHM = 'ES256';

/** The key pair that signs and verifies development tokens, made on first use in the data folder. */
export function developmentKeys(dataDir: string): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  const pem = readOrCreate(path.join(dataDir, 'development-jwt.pem'), () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  const privateKey = createPrivateKey(pem);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** The secret with which the gateway vouches for callers towards the departments, made on first use in the data folder. */
export function internalKey(dataDir: string): string {
  return readOrCreate(internalKeyFile(dataDir), () => randomBytes(INTERNAL_KEY_BYTES).toString('base64url')).trim();
}

/** Reads a secret file, or makes it, readable by its owner only. Of two processes that make it at once one wins, and both read the winner's. */
function readOrCreate(file: string, make: () => string): string {
  const existing = readIfPresent(file);
  if (existing !== undefined) return existing;
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, make(), { mode: OWNER_ONLY, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(file, 'utf8');
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
