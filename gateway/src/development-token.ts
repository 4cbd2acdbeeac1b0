import { randomUUID } from 'node:crypto';
import { actorSchema, type Actor, type Role } from '@zhitong/kit';
import { SignJWT } from 'jose';
import * as usccNumber from 'stdnum/lib/cjs/cn/uscc.js'; // The package's entry loads every country.
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER } from './config.js';
import { DEVELOPMENT_ALGORITHM, developmentKeys } from './development-keys.js';

export interface TokenRequest {
  readonly role: Role;
  readonly uscc?: string;
  readonly department?: string;
  /** Lifetime in seconds. */
  readonly ttlSeconds: number;
  readonly dataDir: string;
}

/**
 * Signs a development token; production configurations do not accept it.
 * @throws Error that says what is missing or wrong: ENTERPRISE needs a valid USCC (GB 32100-2015, check character
 * included), OFFICER and SERVICE need a department, and other roles take neither.
 */
export async function developmentToken({ role, uscc, department, ttlSeconds, dataDir }: TokenRequest): Promise<string> {
  if (!Number.isSafeInteger(ttlSeconds) || ttlSeconds < 1) throw new Error('The lifetime must be a whole number of seconds above 0.');
  const actor = actorFor({ role, uscc, department });
  return new SignJWT({ roles: actor.roles, uscc: actor.uscc, department: actor.department })
    .setProtectedHeader({ alg: DEVELOPMENT_ALGORITHM })
    .setSubject(actor.sub)
    .setIssuer(DEVELOPMENT_ISSUER)
    .setAudience(DEVELOPMENT_AUDIENCE)
    .setIssuedAt()
    .setJti(randomUUID())
    .setExpirationTime(`${ttlSeconds} s`)
    .sign(developmentKeys(dataDir).privateKey);
}

function actorFor({ role, uscc, department }: Pick<TokenRequest, 'role' | 'uscc' | 'department'>): Actor {
  const needsDepartment = role === 'OFFICER' || role === 'SERVICE';
  if (role === 'ENTERPRISE' && uscc === undefined) throw new Error('The role ENTERPRISE needs --uscc.');
  if (role !== 'ENTERPRISE' && uscc !== undefined) throw new Error(`The role ${role} takes no --uscc.`);
  if (needsDepartment && department === undefined) throw new Error(`The role ${role} needs --department.`);
  if (!needsDepartment && department !== undefined) throw new Error(`The role ${role} takes no --department.`);
  if (uscc !== undefined) {
    const checked = usccNumber.validate(uscc);
    if (!checked.isValid) throw new Error(`${uscc} is not a unified social credit code: ${checked.error.message}.`);
  }
  return actorSchema.parse({ sub: `dev:${(uscc ?? department ?? role).toLowerCase()}`, roles: [role], uscc, department });
}
