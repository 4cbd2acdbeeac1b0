import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { actorSchema, unauthenticated, type Actor } from '@zhitong/kit';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { LRUCache } from 'lru-cache';
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER, type TokenAuthority } from '../config.js';
import { DEVELOPMENT_ALGORITHM, developmentKeys } from './development-keys.js';
import { said } from '../refusal-words.js';

const KEPT_TOKENS = 10_000;
const LONGEST_KEPT_MS = 5 * 60_000;
/** Asymmetric signatures only: with a shared secret everybody who can verify a token could also make one. */
const ALGORITHMS = [
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'EdDSA',
  'Ed25519',
];

/**
 * Says who a bearer token stands for. Throws a GraphQLError with code UNAUTHENTICATED and the reason when it is not
 * valid, and another error when it could not be checked.
 */
export type TokenVerifier = (token: string) => Promise<Actor>;

type Verify = (token: string, options: JWTVerifyOptions) => Promise<JWTPayload>;

/**
 * Verifies bearer tokens against the configured authority: signature, issuer, audience and expiry, then the claims
 * `sub`, `roles` and, where a role needs them, `uscc`, `department` or `service`. A verified token is remembered until
 * it expires, five minutes at most, so that a withdrawn signing key takes effect soon.
 */
export function tokenVerifier(authority: TokenAuthority, now: () => Date = () => new Date()): TokenVerifier {
  const verify = verification(authority);
  const kept = new LRUCache<string, { readonly actor: Actor; readonly until: number }>({ max: KEPT_TOKENS });
  const [issuer, audience] =
    authority.kind === 'development'
      ? [DEVELOPMENT_ISSUER, DEVELOPMENT_AUDIENCE]
      : [authority.issuer, authority.audience];
  const algorithms = authority.kind === 'development' ? [DEVELOPMENT_ALGORITHM] : ALGORITHMS;
  return async (token) => {
    const current = now();
    const known = kept.get(token);
    if (known !== undefined && known.until > current.getTime()) return known.actor;
    kept.delete(token);
    let payload: JWTPayload;
    try {
      payload = await verify(token, {
        issuer,
        audience,
        algorithms,
        requiredClaims: ['exp', 'sub'],
        currentDate: current,
      });
    } catch (error) {
      if (isOurFault(error)) throw error;
      throw unauthenticated(said('BAD_TOKEN', { fault: reason(error) }));
    }
    const actor = readClaims(payload);
    kept.set(token, { actor, until: Math.min((payload.exp ?? 0) * 1000, current.getTime() + LONGEST_KEPT_MS) });
    return actor;
  };
}

function verification(authority: TokenAuthority): Verify {
  if (authority.kind === 'jwks') {
    const keys = createRemoteJWKSet(new URL(authority.url));
    return async (token, options) => (await jwtVerify(token, keys, options)).payload;
  }
  const key =
    authority.kind === 'development'
      ? developmentKeys(authority.dataDir).publicKey
      : createPublicKey(readFileSync(authority.file));
  return async (token, options) => (await jwtVerify(token, key, options)).payload;
}

function readClaims({ sub, roles, uscc, department, service }: JWTPayload): Actor {
  const parsed = actorSchema.safeParse({ sub, roles, uscc, department, service });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'claims'}: ${issue.message}`);
  throw unauthenticated(said('BAD_TOKEN', { fault: problems.join('; ') }));
}

/** The published keys could not be had: nothing is known about the token. */
function isOurFault(error: unknown): boolean {
  return (
    !(error instanceof errors.JOSEError) || error instanceof errors.JWKSTimeout || error.code === 'ERR_JOSE_GENERIC'
  );
}

/** Our own words for what is wrong; the library's messages may quote the token. */
function reason(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its claim "${error.claim}" is missing or not accepted`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature does not match';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'its algorithm is not accepted';
  if (error instanceof errors.JWKSNoMatchingKey) return 'it was signed with an unknown key';
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid) return 'it is not a signed JWT';
  return 'it cannot be verified';
}
