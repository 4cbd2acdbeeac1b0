import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A public Ed25519 key as JSON Web Key (RFC 8037). */
export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** The key, base64url. */
  readonly x: string;
  /** Its SHA-256 thumbprint (RFC 7638): nobody has to invent names for keys, and no two keys share one. */
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'EdDSA';
}

/** A JSON Web Key Set: the public keys with which assertions are verified. */
export interface PublicKeySet {
  readonly keys: readonly PublicJwk[];
}

/** A private key of the gateway, with the public key that belongs to it. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly jwk: PublicJwk;
}

const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g;

/** A new Ed25519 private key as PEM (PKCS #8). */
export function newSigningKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/**
 * Reads private keys from a PEM text with one block for each. The first one signs; the others are published beside it,
 * so that a key is known everywhere before it is used and as long as something that it signed is under way.
 * @throws Error that says what is wrong with the text, without quoting it.
 */
export function readSigningKeys(pem: string): readonly [SigningKey, ...SigningKey[]] {
  const [first, ...others] = [...pem.matchAll(PEM_BLOCK)].map(([block]) => signingKey(block));
  if (first === undefined) throw new Error(pem.trim() === '' ? 'is empty' : 'holds no private key in PEM');
  return [first, ...others];
}

function signingKey(pem: string): SigningKey {
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    throw new Error('holds something that is not a private key in PEM (PKCS #8) without a password');
  }
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new Error(`holds a key of the kind ${privateKey.asymmetricKeyType ?? 'unknown'}; Ed25519 is due`);
  return { privateKey, jwk: publicJwkOf(createPublicKey(privateKey)) };
}

/** The public key set of some private keys. */
export const publicKeySet = (keys: readonly SigningKey[]): PublicKeySet => ({ keys: keys.map(({ jwk }) => jwk) });

/** @param publicKey an Ed25519 key. */
export function publicJwkOf(publicKey: KeyObject): PublicJwk {
  const { x } = publicKey.export({ format: 'jwk' });
  if (publicKey.asymmetricKeyType !== 'ed25519' || typeof x !== 'string') throw new Error('is not an Ed25519 key');
  return { kty: 'OKP', crv: 'Ed25519', x, kid: thumbprint(x), use: 'sig', alg: 'EdDSA' };
}

/** RFC 7638: the digest of the required members in the order of their names. */
function thumbprint(x: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
}
