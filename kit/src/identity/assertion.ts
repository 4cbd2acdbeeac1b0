import { hash } from 'node:crypto';
import { z } from 'zod';
import { actorSchema } from './actor.js';

/**
 * The header in which the gateway vouches for a caller towards a department. The whole contract: `docs/identity.md`.
 */
export const ASSERTION_HEADER = 'x-zhitong-assertion';

/** `typ` of the token: no other token of the city can be taken for an assertion (RFC 8725, section 3.11). */
export const ASSERTION_TYPE = 'zhitong-assertion+jwt';
export const ASSERTION_ALGORITHM = 'EdDSA';
export const ASSERTION_ISSUER = 'zhitong-gateway';
/** From signing to the end, in seconds. */
export const ASSERTION_SECONDS = 60;
/** By so many seconds the clocks of gateway and department may differ. */
export const CLOCK_SKEW_SECONDS = 10;
/** A department refuses what claims to live longer than this, in seconds. */
export const LONGEST_ASSERTION_SECONDS = 120;

/**
 * The header of the token, as far as it is read. An extension that must be understood (`crit`) is understood by nobody
 * here.
 */
export const headerSchema = z.object({
  alg: z.literal(ASSERTION_ALGORITHM),
  typ: z.literal(ASSERTION_TYPE),
  kid: z.string().min(1),
  crit: z.undefined().optional(),
});

export const claimsSchema = z.object({
  iss: z.literal(ASSERTION_ISSUER),
  /** The department that is asked, by its name in the supergraph. */
  aud: z.string(),
  iat: z.number().int(),
  exp: z.number().int(),
  jti: z.string().min(1).max(64),
  /** Base64url of the SHA-256 of the request's body, byte for byte. */
  body_sha256: z.string(),
  /** Who asks; null: an anonymous caller that came through the gateway. */
  actor: actorSchema.nullable(),
});
export type AssertionClaims = z.infer<typeof claimsSchema>;

/** The digest that binds an assertion to a body. A text counts as its UTF-8 bytes. */
export function bodyDigest(body: string | Uint8Array): string {
  return hash('sha256', body, 'base64url');
}
