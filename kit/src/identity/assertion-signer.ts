import { randomUUID, sign } from 'node:crypto';
import type { Actor } from './actor.js';
import { ASSERTION_ALGORITHM, ASSERTION_ISSUER, ASSERTION_SECONDS, ASSERTION_TYPE, bodyDigest } from './assertion.js';
import type { SigningKey } from './signing-key.js';

/** What the gateway vouches for: that this body, sent to this department, is asked by this caller. */
export interface Statement {
  /** Null: an anonymous caller. */
  readonly actor: Actor | null;
  /** Name of the department that is asked, as in the supergraph. */
  readonly department: string;
  /** The body as it is sent. */
  readonly body: string;
}

/** Signs a statement as a compact JWS. */
export type AssertionSigner = (statement: Statement) => string;

/**
 * Makes an assertion for one exchange: an Ed25519 signature over header and claims, see `docs/identity.md`.
 * @param key the key that signs now; asked each time, because it changes while the process runs.
 */
export function assertionSigner(
  key: () => SigningKey,
  { now = Date.now, newId = randomUUID }: { now?: () => number; newId?: () => string } = {},
): AssertionSigner {
  let header: { readonly kid: string; readonly text: string } | undefined;
  const headerOf = (kid: string): string => {
    if (header?.kid !== kid)
      header = { kid, text: encoded(JSON.stringify({ alg: ASSERTION_ALGORITHM, typ: ASSERTION_TYPE, kid })) };
    return header.text;
  };
  return ({ actor, department, body }) => {
    const { privateKey, jwk } = key();
    const iat = Math.floor(now() / 1000);
    const claims = {
      iss: ASSERTION_ISSUER,
      aud: department,
      iat,
      exp: iat + ASSERTION_SECONDS,
      jti: newId(),
      body_sha256: bodyDigest(body),
      actor,
    };
    const signed = `${headerOf(jwk.kid)}.${encoded(JSON.stringify(claims))}`;
    return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
  };
}

const encoded = (text: string): string => Buffer.from(text).toString('base64url');
