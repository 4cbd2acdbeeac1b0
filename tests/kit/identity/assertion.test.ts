import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  assertionSigner,
  assertionVerifier,
  createLogger,
  gatewayKeys,
  NotVouchedFor,
  readSigningKeys,
  type Actor,
  type AssertionVerifier,
} from '@zhitong/kit';
import { verifyAssertion } from '../../../docs/identity/verify.mjs';
import { newGateway, publishedKeys } from './keys.js';

interface Vector {
  readonly title: string;
  readonly accepted: boolean;
  readonly token: string;
  readonly body: string;
  readonly actor?: Actor | null;
  readonly claims?: { readonly iat: number; readonly jti: string };
}
interface Vectors {
  readonly department: string;
  readonly now: number;
  readonly privateKey: { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly d: string; readonly x: string };
  readonly keySet: { readonly keys: readonly { readonly kid: string }[] };
  readonly vectors: readonly Vector[];
}
const { department, now, privateKey, keySet, vectors } = JSON.parse(
  readFileSync(new URL('../../../docs/identity/vectors.json', import.meta.url), 'utf8'),
) as Vectors;
const logger = createLogger({ name: 'test', level: 'silent' });
const named = (wanted: boolean): [string, Vector][] =>
  vectors.filter(({ accepted }) => accepted === wanted).map((vector) => [vector.title, vector]);

function keySetFile(): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'zhitong-vectors-')), 'keys.json');
  writeFileSync(file, JSON.stringify(keySet));
  return file;
}

const verifier = (at: () => number = () => now): AssertionVerifier =>
  assertionVerifier({ department, keys: gatewayKeys(keySetFile(), { logger }), now: () => at() * 1000 });

async function whoAsks({ token, body }: Pick<Vector, 'token' | 'body'>, verify = verifier()): Promise<Actor | null> {
  const claims = await verify.read(token);
  verify.admit(claims, Buffer.from(body));
  return claims.actor;
}

describe('the assertion by which the gateway vouches for a caller: the vectors of the contract', () => {
  it.each(named(true))('accepted: %s', async (_title, vector) => {
    expect(await whoAsks(vector)).toEqual(vector.actor);
  });

  it.each(named(false))('refused: %s', async (_title, vector) => {
    await expect(whoAsks(vector)).rejects.toThrow(NotVouchedFor);
  });

  it.each(vectors.map((vector): [string, Vector] => [vector.title, vector]))(
    'the twenty lines of plain JavaScript decide the same: %s',
    (_title, { token, body, accepted, actor }) => {
      const verify = (): unknown => verifyAssertion({ token, body: Buffer.from(body), keySet, department, now });
      if (accepted) expect(verify()).toEqual(actor);
      else expect(verify).toThrow();
    },
  );

  it.each(named(true))('the gateway signs it byte for byte: %s', (_title, { token, body, actor = null, claims }) => {
    const [key] = readSigningKeys(
      createPrivateKey({ key: { ...privateKey }, format: 'jwk' })
        .export({ type: 'pkcs8', format: 'pem' })
        .toString(),
    );
    expect(key.jwk).toEqual(keySet.keys[0]);
    const sign = assertionSigner(() => key, { now: () => (claims?.iat ?? 0) * 1000, newId: () => claims?.jti ?? '' });
    expect(sign({ actor, department, body })).toBe(token);
  });
});

describe('an assertion in use', () => {
  const gateway = newGateway();
  const officer: Actor = { sub: 'o-1', roles: ['OFFICER'], department: 'RSJ' };
  const keys = gatewayKeys(publishedKeys(gateway), { logger });
  const mutation = '{"query":"mutation { rate }"}';
  const query = '{"query":"{ rate }"}';

  it('lets a mutation in once, and a query again', async () => {
    const verify = assertionVerifier({ department: 'cases', keys });
    const [write, read] = [mutation, query].map((body) => gateway.sign({ actor: officer, department: 'cases', body }));
    expect(await whoAsks({ token: write ?? '', body: mutation }, verify)).toEqual(officer);
    await expect(whoAsks({ token: write ?? '', body: mutation }, verify)).rejects.toThrow('good for one request');
    expect(await whoAsks({ token: read ?? '', body: query }, verify)).toEqual(officer);
    expect(await whoAsks({ token: read ?? '', body: query }, verify)).toEqual(officer);
  });

  it('lets two mutations of the same words in, because each is vouched for by itself', async () => {
    const verify = assertionVerifier({ department: 'cases', keys });
    for (let turn = 0; turn < 2; turn++)
      expect(
        await whoAsks(
          { token: gateway.sign({ actor: officer, department: 'cases', body: mutation }), body: mutation },
          verify,
        ),
      ).toEqual(officer);
  });

  it('remembers a mutation until the assertion ends, however many others come in between', async () => {
    let offset = 0;
    const clock = (): number => (now + offset) * 1000;
    const verify = assertionVerifier({ department: 'cases', keys, now: clock });
    const sign = assertionSigner(() => gateway.key, { now: clock });
    const first = sign({ actor: officer, department: 'cases', body: mutation });
    await whoAsks({ token: first, body: mutation }, verify);
    for (offset = 0; offset < 69; offset++) {
      await whoAsks({ token: sign({ actor: null, department: 'cases', body: mutation }), body: mutation }, verify);
      await expect(whoAsks({ token: first, body: mutation }, verify)).rejects.toThrow('good for one request');
    }
    offset = 71;
    await expect(whoAsks({ token: first, body: mutation }, verify)).rejects.toThrow('has expired');
  });

  it('made for one department is worth nothing at another', async () => {
    const token = gateway.sign({ actor: { sub: 'a-1', roles: ['AUDITOR'] }, department: 'policies', body: query });
    await expect(whoAsks({ token, body: query }, assertionVerifier({ department: 'credit', keys }))).rejects.toThrow(
      'another department',
    );
  });
});
