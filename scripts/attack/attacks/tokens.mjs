// Bearer tokens that nobody may believe.
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { codesOf } from '../client.mjs';
import { verdict } from '../verdict.mjs';

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

export default {
  name: 'tokens',
  what: 'tokens that are expired, unsigned, signed by others, signed with the public key as a secret, or no tokens',
  run: async ({ ask, developmentKey, signingKeys, token }) => {
    const { tried, result } = verdict();
    const right = createPrivateKey(developmentKey);
    const pem = createPublicKey(right).export({ type: 'spki', format: 'pem' });
    const claims = {
      sub: 'attacker',
      roles: ['AUDITOR'],
      iss: 'zhitong-dev',
      aud: 'zhitong',
      exp: Math.floor(Date.now() / 1000) + 600,
    };
    const signed = (own, { header = { alg: 'ES256' }, key = right } = {}) =>
      new SignJWT({ ...claims, ...own }).setProtectedHeader(header).sign(key);
    const [head, payload, signature] = (await token('AUDITOR')).split('.');
    const tokens = {
      expired: await signed({ exp: 1_000_000_000 }),
      'not yet valid': await signed({ nbf: Math.floor(Date.now() / 1000) + 3_600 }),
      'without an end': await signed({ exp: undefined }),
      'for another service': await signed({ aud: 'another' }),
      'of another issuer': await signed({ iss: 'https://evil.example' }),
      'of a role that does not exist': await signed({ roles: ['KING'] }),
      'of an enterprise without a code': await signed({ roles: ['ENTERPRISE'] }),
      'of roles that are no list': await signed({ roles: 'AUDITOR' }),
      'without a subject': await signed({ sub: undefined }),
      'alg none': `${encoded({ alg: 'none' })}.${encoded(claims)}.`,
      'alg None': `${encoded({ alg: 'None' })}.${encoded(claims)}.`,
      'alg none with a signature': `${encoded({ alg: 'none' })}.${payload}.${signature}`,
      'HS256 with the public key as the secret': await signed({}, { header: { alg: 'HS256' }, key: Buffer.from(pem) }),
      "of a key of one's own": await signed({}, { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }),
      'with its own key in the header': await signed(
        {},
        {
          header: { alg: 'ES256', jwk: createPublicKey(right).export({ format: 'jwk' }) },
          key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
        },
      ),
      'signed with the key for departments': await signed(
        {},
        { header: { alg: 'EdDSA' }, key: createPrivateKey(signingKeys) },
      ),
      'with a kid that is a path': await signed(
        {},
        {
          header: { alg: 'ES256', kid: '../../../../dev/null' },
          key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
        },
      ),
      'with claims changed': `${head}.${encoded(claims)}.${signature}`,
      'without a signature': `${head}.${payload}.`,
      'of two parts': `${head}.${payload}`,
      'of 8,000 characters': 'a'.repeat(8_000),
      'of points': '..',
    };
    for (const [what, bearer] of Object.entries(tokens)) {
      const answer = await ask({ query: '{ __typename enterprises(first: 1) { totalCount } }' }, { token: bearer });
      tried(
        answer.status === 401 && codesOf(answer).join() === 'UNAUTHENTICATED' && answer.json.data === undefined,
        `a token ${what}: HTTP ${answer.status} ${codesOf(answer).join()}`,
      );
    }
    return result();
  },
};
