import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SignJWT } from 'jose';

const LIFETIME = '10 minutes';

/** Gives the bearer token with which a process reads the graph. */
export type ServiceToken = () => Promise<string>;

/** Whose token it is. */
export interface ServiceIdentity {
  /** Name of the process, as in its configuration. */
  readonly name: string;
  /** Code of the department that the process works for. */
  readonly department: string;
  /** The configured token; undefined when there is none. */
  readonly token: string | undefined;
  readonly mode: 'development' | 'production';
  readonly dataDir: string;
}

/**
 * The configured token, or in development one of the role SERVICE that is signed with the key that the hub keeps in its data
 * folder, afresh for every request of it. Asking for it fails when neither is there; making this does not.
 */
export function serviceToken({ name, department, token, mode, dataDir }: ServiceIdentity): ServiceToken {
  if (token !== undefined) return async () => token;
  const variable = `${name.toUpperCase()}_GRAPH_TOKEN`;
  return async () => {
    if (mode !== 'development') throw new Error(`${variable} must hold the token with which ${name} reads the graph.`);
    const file = path.join(dataDir, 'development-jwt.pem');
    let pem: string;
    try {
      pem = readFileSync(file, 'utf8');
    } catch {
      throw new Error(`There is no development key at ${file}: start the hub first, or set ${variable}.`);
    }
    return new SignJWT({ roles: ['SERVICE'], department })
      .setProtectedHeader({ alg: 'ES256' })
      .setSubject(`service:${name}`)
      .setIssuer('zhitong-dev')
      .setAudience('zhitong')
      .setIssuedAt()
      .setExpirationTime(LIFETIME)
      .sign(createPrivateKey(pem));
  };
}
