import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { actorSchema, type Actor } from './actor.js';

/** The header in which the gateway vouches for a caller towards a subgraph. */
export const ASSERTION_HEADER = 'x-zhitong-assertion';

const ISSUER = 'zhitong-gateway';
const LIFETIME_SECONDS = 120;
/** A new assertion is signed when the cached one has less than this left. */
const RENEW_SECONDS = 60;
const CACHED = 2_000;

const claimsSchema = z.object({ actor: actorSchema.nullable() });
const keyOf = (secret: string): Uint8Array => new TextEncoder().encode(secret);

/**
 * Signs who asks (null: an anonymous caller that came through the gateway) as a JWS with HS256 that lives two minutes.
 * Assertions are kept and reused for the same actor, so the cost per request is a map look-up.
 */
export function assertionSigner(secret: string, nowSeconds: () => number = () => Math.floor(Date.now() / 1000)): (actor: Actor | null) => Promise<string> {
  const key = keyOf(secret);
  const kept = new Map<string, { token: Promise<string>; expires: number }>();
  return (actor) => {
    const id = actor === null ? '' : JSON.stringify([actor.sub, actor.roles, actor.uscc, actor.department, actor.purpose]);
    const now = nowSeconds();
    const known = kept.get(id);
    if (known && known.expires - now > RENEW_SECONDS) return known.token;
    const token = new SignJWT({ actor }).setProtectedHeader({ alg: 'HS256' }).setIssuer(ISSUER).setIssuedAt(now).setExpirationTime(now + LIFETIME_SECONDS).sign(key);
    forgetOldest(kept);
    kept.set(id, { token, expires: now + LIFETIME_SECONDS });
    return token;
  };
}

/** Reads an assertion: the actor, null for an anonymous caller, or undefined when it did not come through the gateway. */
export function assertionVerifier(secret: string, now: () => Date = () => new Date()): (token: string | undefined) => Promise<Actor | null | undefined> {
  const key = keyOf(secret);
  const kept = new Map<string, { actor: Actor | null; expires: number }>();
  return async (token) => {
    if (token === undefined) return undefined;
    const known = kept.get(token);
    if (known && known.expires > now().getTime()) return known.actor;
    kept.delete(token);
    try {
      const { payload } = await jwtVerify(token, key, { issuer: ISSUER, algorithms: ['HS256'], currentDate: now(), requiredClaims: ['exp'] });
      const { actor } = claimsSchema.parse(payload);
      forgetOldest(kept);
      kept.set(token, { actor, expires: (payload.exp ?? 0) * 1000 });
      return actor;
    } catch {
      return undefined;
    }
  };
}

function forgetOldest(kept: Map<string, unknown>): void {
  if (kept.size < CACHED) return;
  const oldest = kept.keys().next();
  if (!oldest.done) kept.delete(oldest.value);
}
