// The verification of docs/identity.md in plain JavaScript, without a library: what a department in any language has to
// do.
// It answers the actor (null: an anonymous caller) or throws. A replay of mutations is checked where requests are kept.
import { createHash, createPublicKey, verify } from 'node:crypto';

const decoded = (part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));

export function verifyAssertion({ token, body, keySet, department, now }) {
  if (!/^[\w-]+\.[\w-]+\.[\w-]{86}$/.test(token)) throw new Error('not a compact JWS');
  const [head, payload, signature] = token.split('.');
  const { alg, typ, kid, crit } = decoded(head);
  if (alg !== 'EdDSA' || typ !== 'zhitong-assertion+jwt' || crit !== undefined) throw new Error('another kind of token');
  const key = keySet.keys.find((one) => one.kid === kid && one.kty === 'OKP' && one.crv === 'Ed25519');
  if (key === undefined) throw new Error('unknown key: fetch the key set again');
  const isSigned = verify(null, Buffer.from(`${head}.${payload}`), createPublicKey({ key, format: 'jwk' }), Buffer.from(signature, 'base64url'));
  if (!isSigned) throw new Error('wrong signature');
  const { iss, aud, iat, exp, jti, body_sha256: digest, actor } = decoded(payload);
  if (iss !== 'zhitong-gateway' || aud !== department) throw new Error('another issuer or department');
  if (!Number.isInteger(iat) || !Number.isInteger(exp) || exp + 10 <= now || iat - 10 > now || exp - iat > 120) throw new Error('not now');
  if (typeof jti !== 'string' || digest !== createHash('sha256').update(body).digest('base64url')) throw new Error('another body');
  if (actor !== null && !isActor(actor)) throw new Error('no actor');
  return actor;
}

const ROLES = ['ENTERPRISE', 'OFFICER', 'COORDINATOR', 'AUDITOR', 'ADMIN', 'SERVICE'];

function isActor(actor) {
  const { sub, roles, uscc, department } = actor ?? {};
  if (typeof sub !== 'string' || !Array.isArray(roles) || !roles.every((role) => ROLES.includes(role))) return false;
  return (!roles.includes('ENTERPRISE') || typeof uscc === 'string') && (!roles.includes('OFFICER') || typeof department === 'string');
}
