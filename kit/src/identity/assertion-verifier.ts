import { verify, type KeyObject } from 'node:crypto';
import {
  bodyDigest,
  claimsSchema,
  CLOCK_SKEW_SECONDS,
  headerSchema,
  LONGEST_ASSERTION_SECONDS,
  type AssertionClaims,
} from './assertion.js';
import type { GatewayKeys } from './gateway-keys.js';
import { usedAssertions } from './used-assertions.js';

/** A request for which the gateway does not vouch; the message says why, in words that hold nothing of the request. */
export class NotVouchedFor extends Error {
  override readonly name = 'NotVouchedFor';
}

/** Verifies what comes in the header `x-zhitong-assertion`, in two steps, so that no body is read for nobody. */
export interface AssertionVerifier {
  /** Reads the assertion itself: signature, department, time, form. @throws NotVouchedFor */
  read(token: string | undefined): Promise<AssertionClaims>;
  /**
   * Checks that the body is the one vouched for, and that it is no mutation that was let in before. @throws
   * NotVouchedFor
   */
  admit(claims: AssertionClaims, body: Buffer): void;
}

/** Header and claims in base64url, and the 64 bytes of an Ed25519 signature. */
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]{86})$/;
const LONGEST_TOKEN = 16_384;
/**
 * A body without this word holds no mutation (the gateway, whose bytes these are, writes letters as themselves). A
 * query that happens to hold it is let in once, too, which hurts nobody.
 */
const MUTATION = 'mutation';

/**
 * @param department name of the department that verifies: an assertion for another one is refused.
 * @param keys the gateway's public keys.
 */
export function assertionVerifier({
  department,
  keys,
  now = Date.now,
}: {
  department: string;
  keys: GatewayKeys;
  now?: () => number;
}): AssertionVerifier {
  const used = usedAssertions();
  /** The header that was read last: all assertions of one key have the same. */
  let known = { header: '', kid: '' };
  const kidOf = (header: string): string => {
    if (known.header !== header) known = { header, kid: part(headerSchema, header, 'the header of the assertion').kid };
    return known.kid;
  };
  return {
    read: async (token) => {
      if (token === undefined || token === '') throw new NotVouchedFor('the request carries no assertion');
      const parts = token.length > LONGEST_TOKEN ? null : COMPACT.exec(token);
      const [, header = '', claims = '', signature = ''] = parts ?? [];
      if (parts === null) throw new NotVouchedFor('the assertion is not a compact JWS with an Ed25519 signature');
      const key = await keys.find(kidOf(header));
      if (key === undefined)
        throw new NotVouchedFor('the assertion is signed with a key that is not one of the gateway');
      if (!isSigned(`${header}.${claims}`, signature, key))
        throw new NotVouchedFor('the signature of the assertion does not match');
      const read = part(claimsSchema, claims, 'the claims of the assertion');
      assertTimely(read, now() / 1000);
      if (read.aud !== department) throw new NotVouchedFor('the assertion is meant for another department');
      return read;
    },
    admit: (claims, body) => {
      if (bodyDigest(body) !== claims.body_sha256) throw new NotVouchedFor('the assertion vouches for another body');
      if (!body.includes(MUTATION)) return;
      if (!used.first(claims.jti, claims.exp + CLOCK_SKEW_SECONDS, now() / 1000))
        throw new NotVouchedFor('the assertion of a mutation is good for one request');
    },
  };
}

function part<Schema extends typeof headerSchema | typeof claimsSchema>(
  schema: Schema,
  text: string,
  what: string,
): ReturnType<Schema['parse']> {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw new NotVouchedFor(`${what} is not JSON`);
  }
  const read = schema.safeParse(json);
  if (read.success) return read.data as ReturnType<Schema['parse']>;
  throw new NotVouchedFor(
    `${what} cannot be used: ${[...new Set(read.error.issues.map(({ path }) => path.join('.')))].join(', ')}`,
  );
}

function isSigned(signed: string, signature: string, key: KeyObject): boolean {
  return verify(null, Buffer.from(signed), key, Buffer.from(signature, 'base64url'));
}

function assertTimely({ iat, exp }: AssertionClaims, now: number): void {
  if (exp + CLOCK_SKEW_SECONDS <= now) throw new NotVouchedFor('the assertion has expired');
  if (iat - CLOCK_SKEW_SECONDS > now)
    throw new NotVouchedFor('the assertion comes from the future: the clocks of gateway and department differ');
  if (exp - iat > LONGEST_ASSERTION_SECONDS)
    throw new NotVouchedFor(`the assertion claims to live longer than ${LONGEST_ASSERTION_SECONDS} seconds`);
}
