import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { demoCity } from '@zhitong/demo';
import { assertionVerifier, createLogger, gatewayKeys } from '@zhitong/kit';
import { GraphQLError } from 'graphql';
import { exportJWK, SignJWT } from 'jose';
import { gatewayConfig } from '../../gateway/src/config.js';
import { developmentKeys } from '../../gateway/src/identity/development-keys.js';
import { developmentToken } from '../../launcher/src/development-token.js';
import { hubKeyFiles } from '../../gateway/src/identity/gateway-key-files.js';
import { tokenVerifier } from '../../gateway/src/identity/token-verifier.js';
import { bearer, FIRST, startSmallCity, type SmallCity } from './support/small-city.js';

const newFolder = (): string => mkdtempSync(path.join(tmpdir(), 'zhitong-identity-'));
const nowSeconds = (): number => Math.floor(Date.now() / 1000);

describe('a bearer token of the development mode', () => {
  const dataDir = newFolder();
  const verify = tokenVerifier({ kind: 'development', dataDir });
  const { privateKey } = developmentKeys(dataDir);
  const signed = (claims: Record<string, unknown>, expires: number | null = nowSeconds() + 60): Promise<string> => {
    const jwt = new SignJWT({
      roles: ['AUDITOR'],
      iss: 'zhitong-dev',
      aud: 'zhitong',
      sub: 'someone',
      ...claims,
    }).setProtectedHeader({ alg: 'ES256' });
    return (expires === null ? jwt : jwt.setExpirationTime(expires)).sign(privateKey);
  };

  it('stands for its subject, roles and enterprise', async () => {
    const token = await developmentToken({ role: 'ENTERPRISE', uscc: FIRST, ttlSeconds: 60, dataDir });
    expect(await verify(token)).toEqual({ sub: `dev:${FIRST.toLowerCase()}`, roles: ['ENTERPRISE'], uscc: FIRST });
  });

  it('tells which process of its department a machine is, and two of them by their subjects', async () => {
    const machine = { role: 'SERVICE', department: 'YSB', ttlSeconds: 60, dataDir } as const;
    expect(await verify(await developmentToken({ ...machine, service: 'cases' }))).toEqual({
      sub: 'dev:ysb:cases',
      roles: ['SERVICE'],
      department: 'YSB',
      service: 'cases',
    });
    expect(await verify(await developmentToken({ ...machine, service: 'policies' }))).toMatchObject({
      sub: 'dev:ysb:policies',
      service: 'policies',
    });
    expect((await verify(await developmentToken(machine))).service).toBeUndefined();
  });

  it('stands for the enterprise in its normal form, however the code is spelled', async () => {
    const wide = FIRST.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
    for (const uscc of [FIRST.toLowerCase(), ` ${FIRST} `, wide])
      expect(await verify(await signed({ roles: ['ENTERPRISE'], uscc }))).toMatchObject({ uscc: FIRST });
    expect(
      await verify(await developmentToken({ role: 'ENTERPRISE', uscc: wide.toLowerCase(), ttlSeconds: 60, dataDir })),
    ).toMatchObject({ sub: `dev:${FIRST.toLowerCase()}`, uscc: FIRST });
  });

  it('is made for codes that end in 0, and for an irregular one only when it is said to be registered', async () => {
    // 0 belongs to a code whose weighted sum is a multiple of 31.
    const zero = demoCity({ referenceDate: '2026-11-20', enterprises: 400 }).enterprises.find(({ uscc }) =>
      uscc.endsWith('0'),
    )?.uscc;
    expect(zero).toMatch(/0$/);
    await expect(developmentToken({ role: 'ENTERPRISE', uscc: zero, ttlSeconds: 60, dataDir })).resolves.toEqual(
      expect.any(String),
    );
    const irregular = { role: 'ENTERPRISE', uscc: '91350203M0001QKT19', ttlSeconds: 60, dataDir } as const;
    await expect(developmentToken(irregular)).rejects.toThrow('--irregular');
    expect(await verify(await developmentToken({ ...irregular, confirmsIrregular: true }))).toMatchObject({
      uscc: '91350203M0001QKT19',
    });
  });

  it.each<[string, () => Promise<string> | string, string]>([
    ['has expired', () => signed({}, nowSeconds() - 1), 'it has expired'],
    ['never expires', () => signed({}, null), 'its claim "exp"'],
    ['comes from another issuer', () => signed({ iss: 'somebody' }), 'its claim "iss"'],
    ['is meant for another service', () => signed({ aud: 'other' }), 'its claim "aud"'],
    ['has a role that does not exist', () => signed({ roles: ['KING'] }), 'roles.0'],
    ['is an enterprise without a code', () => signed({ roles: ['ENTERPRISE'] }), 'the role ENTERPRISE needs uscc'],
    ['is an officer without a department', () => signed({ roles: ['OFFICER'] }), 'the role OFFICER needs department'],
    [
      'was changed',
      async () => {
        const [head, body, signature] = (await signed({})).split('.');
        const claims = JSON.parse(Buffer.from(body ?? '', 'base64url').toString()) as object;
        return [
          head,
          Buffer.from(JSON.stringify({ ...claims, roles: ['ADMIN'] })).toString('base64url'),
          signature,
        ].join('.');
      },
      'its signature does not match',
    ],
    [
      'is not signed at all (alg none)',
      async () => {
        const body = (await signed({})).split('.')[1];
        return [Buffer.from('{"alg":"none"}').toString('base64url'), body, ''].join('.');
      },
      'its algorithm is not accepted',
    ],
    [
      'is signed with a shared secret',
      async () =>
        new SignJWT({ roles: ['ADMIN'], sub: 'x' })
          .setProtectedHeader({ alg: 'HS256' })
          .setIssuer('zhitong-dev')
          .setAudience('zhitong')
          .setExpirationTime('1h')
          .sign(Buffer.from('x'.repeat(32))),
      'its algorithm is not accepted',
    ],
    ['is no token', () => 'hello', 'it is not a signed JWT'],
  ])('is refused when it %s', async (_what, make, reason) => {
    const refusal = verify(await make());
    await expect(refusal).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    await expect(refusal).rejects.toThrow(reason);
  });

  it('is not believed longer than it lives, although it is remembered', async () => {
    let now = new Date();
    const clocked = tokenVerifier({ kind: 'development', dataDir }, () => now);
    const token = await signed({});
    await clocked(token);
    now = new Date(now.getTime() + 61_000);
    await expect(clocked(token)).rejects.toThrow('it has expired');
  });

  it('is made only for roles with what they need', async () => {
    const make = (request: Partial<Parameters<typeof developmentToken>[0]>): Promise<string> =>
      developmentToken({ role: 'AUDITOR', ttlSeconds: 60, dataDir, ...request });
    await expect(make({ role: 'ENTERPRISE' })).rejects.toThrow('needs --uscc');
    await expect(make({ role: 'ENTERPRISE', uscc: '91110000600037341A' })).rejects.toThrow('it must be L');
    await expect(make({ role: 'OFFICER' })).rejects.toThrow('needs --department');
    await expect(make({ role: 'OFFICER', department: 'YSB', service: 'cases' })).rejects.toThrow('takes no --service');
    await expect(make({ uscc: FIRST })).rejects.toThrow('takes no --uscc');
    await expect(make({ role: 'ENTERPRISE', uscc: '11010519491231002X' })).rejects.toThrow(
      "a person's identity number",
    );
    await expect(make({ ttlSeconds: 0 })).rejects.toThrow('lifetime');
  });

  it('is signed with a key that only its owner can read, made once', () => {
    const folder = newFolder();
    const [one, other] = [developmentKeys(folder), developmentKeys(folder)];
    expect(one.publicKey.equals(other.publicKey)).toBe(true);
    expect(statSync(path.join(folder, 'gateway', 'development-jwt.pem')).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(folder, 'gateway')).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['', 'is empty'],
    ['a key', 'is not a private key'],
  ])('needs a key file that can be used, refused in one line otherwise', (text, why) => {
    const folder = newFolder();
    developmentKeys(folder);
    writeFileSync(path.join(folder, 'gateway', 'development-jwt.pem'), text);
    expect(() => developmentKeys(folder)).toThrow(why);
  });
});

describe('a bearer token of the production mode', () => {
  const folder = newFolder();
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const file = path.join(folder, 'city.pem');
  writeFileSync(file, publicKey.export({ type: 'spki', format: 'pem' }));
  const production = {
    ZHITONG_MODE: 'production',
    ZHITONG_DATA_DIR: folder,
    JWT_ISSUER: 'https://id.city.example',
    JWT_AUDIENCE: 'graph',
  };
  const token = (): Promise<string> =>
    new SignJWT({ roles: ['COORDINATOR'] })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setSubject('u1')
      .setIssuer(production.JWT_ISSUER)
      .setAudience('graph')
      .setExpirationTime('1h')
      .sign(privateKey);

  it('is verified with the public key of the configured file', async () => {
    const verify = tokenVerifier(gatewayConfig({ ...production, JWT_PUBLIC_KEY_FILE: file }).tokens);
    expect(await verify(await token())).toEqual({ sub: 'u1', roles: ['COORDINATOR'] });
  });

  it('is verified with the published keys (JWKS)', async () => {
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
    const server = createServer(
      (_request, response) => void response.setHeader('content-type', 'application/json').end(JSON.stringify(keys)),
    );
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    try {
      const verify = tokenVerifier(
        gatewayConfig({
          ...production,
          JWT_JWKS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
        }).tokens,
      );
      expect(await verify(await token())).toMatchObject({ roles: ['COORDINATOR'] });
    } finally {
      server.close();
    }
  });

  it.each([
    ['do not answer', undefined],
    ['answer an error', 500],
  ])('is not called wrong when the published keys %s', async (_what, status) => {
    const server = createServer((_request, response) => {
      if (status === undefined) response.destroy();
      else response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    try {
      const verify = tokenVerifier(
        gatewayConfig({
          ...production,
          JWT_JWKS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
        }).tokens,
      );
      await expect(verify(await token())).rejects.not.toBeInstanceOf(GraphQLError);
    } finally {
      server.close();
    }
  });

  it('is refused when it is a development token', async () => {
    const verify = tokenVerifier(gatewayConfig({ ...production, JWT_PUBLIC_KEY_FILE: file }).tokens);
    await expect(
      verify(await developmentToken({ role: 'ADMIN', ttlSeconds: 60, dataDir: folder })),
    ).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });

  it.each([
    ['JWT_JWKS_URL or JWT_PUBLIC_KEY_FILE', {}],
    ['JWT_ISSUER and JWT_AUDIENCE', { JWT_PUBLIC_KEY_FILE: file, JWT_ISSUER: '' }],
    ['must not be zhitong-dev', { JWT_PUBLIC_KEY_FILE: file, JWT_ISSUER: 'zhitong-dev' }],
    ['not both', { JWT_PUBLIC_KEY_FILE: file, JWT_JWKS_URL: 'https://id.city.example/keys' }],
    ['PORT', { JWT_PUBLIC_KEY_FILE: file, PORT: 'x' }],
  ])('needs a configuration that says whom to trust, refused otherwise with "%s"', (message, environment) => {
    expect(() => gatewayConfig({ ...production, ...environment })).toThrow(message);
  });
});

describe('who asks, as the departments receive it', () => {
  let city: SmallCity;
  beforeAll(async () => {
    city = await startSmallCity();
  });
  afterAll(() => city.stop());

  it('is vouched for with the key of the gateway, also for an anonymous caller, to the department that is asked', async () => {
    const keys = gatewayKeys(hubKeyFiles(city.dataDir).published, {
      logger: createLogger({ name: 'test', level: 'silent' }),
    });
    const verify = assertionVerifier({ department: 'registry', keys });
    await city.ask({ query: '{ enterprise(uscc: "x") { name } }' });
    await city.ask(
      { query: '{ enterprise(uscc: "x") { name } }' },
      bearer(await city.token('OFFICER', { department: 'RSJ' })),
    );
    const assertions = city.registry.received.map(({ headers }) => String(headers['x-zhitong-assertion']));
    const claims = await Promise.all(assertions.map((assertion) => verify.read(assertion)));
    expect(claims.map(({ actor }) => actor)).toEqual([null, { sub: 'dev:rsj', roles: ['OFFICER'], department: 'RSJ' }]);
    await expect(assertionVerifier({ department: 'cases', keys }).read(assertions[0])).rejects.toThrow(
      'another department',
    );
  });

  it('publishes the public keys and nothing of the private ones', async () => {
    const response = await fetch(city.gateway.url.replace('/graphql', '/.well-known/jwks.json'));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(JSON.parse(readFileSync(hubKeyFiles(city.dataDir).published, 'utf8')));
    expect(JSON.parse(readFileSync(hubKeyFiles(city.dataDir).published, 'utf8'))).toEqual({
      keys: [
        {
          kty: 'OKP',
          crv: 'Ed25519',
          use: 'sig',
          alg: 'EdDSA',
          x: expect.any(String) as unknown,
          kid: expect.any(String) as unknown,
        },
      ],
    });
  });

  it.each([['Bearer nonsense'], ['Basic dXNlcjpwYXNz'], ['Bearer a b']])(
    'is nobody with the header %j: HTTP 401 and UNAUTHENTICATED, and nothing runs',
    async (authorization) => {
      const before = city.registry.received.length;
      const { status, headers, body } = await city.ask(
        { query: '{ enterprise(uscc: "x") { name } }' },
        { authorization },
      );
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toContain('Bearer');
      expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
      expect(city.registry.received).toHaveLength(before);
    },
  );

  it('is an anonymous caller with an empty Authorization header', async () => {
    expect((await city.ask({ query: '{ enterprise(uscc: "x") { name } }' }, { authorization: 'Bearer' })).status).toBe(
      200,
    );
  });
});
