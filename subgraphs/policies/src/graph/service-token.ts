import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SignJWT } from 'jose';
import type { PoliciesConfig } from '../config.js';

const DEPARTMENT = 'YSB';
const LIFETIME = '10 minutes';

/** Gives the bearer token with which this department reads the graph. */
export type ServiceToken = () => Promise<string>;

/**
 * The configured token, or in development one that is signed with the key that the hub keeps in its data folder, afresh for
 * every request of it. Asking for it fails when neither is there; the department answers all the same.
 */
export function serviceToken(config: Pick<PoliciesConfig, 'graphToken' | 'mode' | 'dataDir'>): ServiceToken {
  const { graphToken, mode, dataDir } = config;
  if (graphToken !== undefined) return async () => graphToken;
  return async () => {
    if (mode !== 'development') throw new Error('POLICIES_GRAPH_TOKEN must hold the token with which the policies department reads the graph.');
    const file = path.join(dataDir, 'development-jwt.pem');
    let pem: string;
    try {
      pem = readFileSync(file, 'utf8');
    } catch {
      throw new Error(`There is no development key at ${file}: start the hub first, or set POLICIES_GRAPH_TOKEN.`);
    }
    return new SignJWT({ roles: ['SERVICE'], department: DEPARTMENT })
      .setProtectedHeader({ alg: 'ES256' })
      .setSubject('service:policies')
      .setIssuer('zhitong-dev')
      .setAudience('zhitong')
      .setIssuedAt()
      .setExpirationTime(LIFETIME)
      .sign(createPrivateKey(pem));
  };
}
