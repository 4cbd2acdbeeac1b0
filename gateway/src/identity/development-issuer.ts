import { randomUUID } from 'node:crypto';
import type { Actor } from '@zhitong/kit';
import { SignJWT } from 'jose';
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER } from '../config.js';
import { DEVELOPMENT_ALGORITHM, developmentKeys } from './development-keys.js';

/**
 * Signs a token that the gateway of the same data folder believes in development; production configurations do not
 * accept it.
 * @param ttlSeconds lifetime, a whole number above 0.
 */
export async function signDevelopmentToken(
  actor: Pick<Actor, 'sub' | 'roles' | 'uscc' | 'department' | 'service'>,
  { ttlSeconds, dataDir }: { ttlSeconds: number; dataDir: string },
): Promise<string> {
  const { sub, roles, uscc, department, service } = actor;
  return new SignJWT({ roles, uscc, department, service })
    .setProtectedHeader({ alg: DEVELOPMENT_ALGORITHM })
    .setSubject(sub)
    .setIssuer(DEVELOPMENT_ISSUER)
    .setAudience(DEVELOPMENT_AUDIENCE)
    .setIssuedAt()
    .setJti(randomUUID())
    .setExpirationTime(`${ttlSeconds} s`)
    .sign(developmentKeys(dataDir).privateKey);
}
