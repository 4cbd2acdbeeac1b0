// Departments asked past the gateway, and by one another: nobody but the gateway can vouch for a caller.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createHmac,
  generateKeyPairSync,
  randomUUID,
  sign,
} from 'node:crypto';
import { codesOf } from '../client.mjs';
import { verdict } from '../verdict.mjs';

const encoded = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const digest = (body) => createHash('sha256').update(body).digest('base64url');
const AUDITOR = { sub: 'attacker', roles: ['AUDITOR'] };

export default {
  name: 'departments',
  what: 'requests to departments past the gateway: unsigned, forged, for another department, of another body, old, replayed',
  run: async ({ send, departments, signingKeys, graph }) => {
    const { tried, result } = verdict();
    const right = createPrivateKey(signingKeys);
    const { x } = createPublicKey(right).export({ format: 'jwk' });
    const kid = createHash('sha256')
      .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
      .digest('base64url');
    const published = await send({ url: graph.replace('/graphql', '/.well-known/jwks.json'), method: 'GET' });
    tried(
      published.json?.keys?.[0]?.kid === kid && !published.text.includes('"d"'),
      'the published keys are not the public ones of the gateway',
    );

    const now = Math.floor(Date.now() / 1000);
    const claims = (aud, body, own = {}) => ({
      iss: 'zhitong-gateway',
      aud,
      iat: now,
      exp: now + 60,
      jti: randomUUID(),
      body_sha256: digest(body),
      actor: AUDITOR,
      ...own,
    });
    const signed = (payload, { header = {}, key = right } = {}) => {
      const text = `${encoded({ alg: 'EdDSA', typ: 'zhitong-assertion+jwt', kid, ...header })}.${encoded(payload)}`;
      return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
    };
    const withHmac = (payload, secret) => {
      const text = `${encoded({ alg: 'HS256', typ: 'zhitong-assertion+jwt', kid })}.${encoded(payload)}`;
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    };
    const body = '{"query":"{ __typename }"}';
    const stranger = generateKeyPairSync('ed25519').privateKey;
    const names = Object.keys(departments);
    for (const [name, url] of Object.entries(departments)) {
      const post = (assertion, text = body) =>
        send({
          url,
          headers: {
            'content-type': 'application/json',
            ...(assertion === undefined ? {} : { 'x-zhitong-assertion': assertion }),
          },
          body: text,
        });
      const other = names.find((one) => one !== name);
      const good = claims(name, body);
      const refused = {
        'no assertion': undefined,
        'an empty assertion': '',
        'a bearer token in its place': 'Bearer x',
        'alg none': `${encoded({ alg: 'none', typ: 'zhitong-assertion+jwt', kid })}.${encoded(good)}.`,
        'HS256 with the public key': withHmac(good, Buffer.from(x, 'base64url')),
        'HS256 with the public key in PEM': withHmac(
          good,
          createPublicKey(right).export({ type: 'spki', format: 'pem' }),
        ),
        "a key of one's own under the gateway's name": signed(good, { key: stranger }),
        "a key of one's own under another name": signed(good, { key: stranger, header: { kid: 'mine' } }),
        'what was vouched for at another department': signed(claims(other, body)),
        'what was vouched for another body': signed(claims(name, '{"query":"{ a }"}')),
        'an assertion of yesterday': signed(claims(name, body, { iat: now - 86_400, exp: now - 86_340 })),
        'an assertion for a year': signed(claims(name, body, { exp: now + 31_536_000 })),
        'a role that does not exist': signed(claims(name, body, { actor: { sub: 'x', roles: ['KING'] } })),
        'no actor': signed(claims(name, body, { actor: undefined })),
        'another kind of token': signed(good, { header: { typ: 'JWT' } }),
      };
      for (const [what, assertion] of Object.entries(refused)) {
        const answer = await post(assertion);
        tried(
          answer.status === 401 && codesOf(answer).join() === 'UNAUTHENTICATED',
          `${name} answers ${what}: HTTP ${answer.status}`,
        );
      }
      tried(
        (await post(signed(good))).json?.data?.__typename === 'Query',
        `${name} does not answer the gateway itself`,
      );
      const write = '{"query":"mutation { __typename }"}';
      const assertion = signed(claims(name, write));
      tried((await post(assertion, write)).status === 200, `${name} does not take a mutation of the gateway`);
      tried((await post(assertion, write)).status === 401, `${name} takes the same mutation again`);
      const events = await send({
        url: url.replace('/graphql', '/events'),
        headers: {
          'content-type': 'application/cloudevents+json',
          'webhook-id': 'x',
          'webhook-timestamp': String(now),
          'webhook-signature': 'v1,AAAA',
        },
        body: '{"specversion":"1.0","id":"x","source":"urn:zhitong:enterprises","type":"cn.zhitong.enterprise.changed","subject":"91421202MX06RBPU8C","data":{}}',
      });
      tried(
        events.status >= 400 && events.status < 500,
        `${name} takes an event that nobody signed: HTTP ${events.status}`,
      );
    }
    return result();
  },
};
