import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import path from 'node:path';
import { readIfPresent, readOrCreate } from '@zhitong/kit';

/** The algorithm of development tokens. */
export const DEVELOPMENT_ALGORITHM = 'ES256';

/** Private keys lie in a folder of their own, which no department gets. */
export const privateFolder = (dataDir: string): string => path.join(dataDir, 'gateway');

/**
 * The key pair that signs and verifies development tokens, made on first use in the data folder. @throws Error in one
 * line when its file cannot be used.
 */
export function developmentKeys(dataDir: string): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  const file = path.join(privateFolder(dataDir), 'development-jwt.pem');
  const earlier = path.join(dataDir, 'development-jwt.pem');
  const pem = readOrCreate(
    file,
    () =>
      readIfPresent(earlier) ??
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    throw new Error(
      `The key file ${file} is ${pem.trim() === '' ? 'empty' : 'not a private key in PEM'}. Remove it, and a new key is made; tokens of the old one end with it.`,
    );
  }
  return { privateKey, publicKey: createPublicKey(privateKey) };
}
