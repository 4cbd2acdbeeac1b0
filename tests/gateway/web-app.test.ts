import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { FIRST, startSmallCity, type SmallCity } from './support/small-city.js';

/** A build of pages as `web/build.mjs` leaves it. */
function builtPages(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-pages-'));
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(
    path.join(folder, 'index.html'),
    '<meta name="csp-nonce" nonce="__NONCE__"><script type="module" src="/assets/main-X.js"></script>',
  );
  writeFileSync(path.join(folder, 'assets', 'main-X.js'), 'plain');
  writeFileSync(path.join(folder, 'assets', 'main-X.js.br'), brotliCompressSync('small'));
  writeFileSync(path.join(folder, 'built.json'), 'not for callers');
  return folder;
}

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the pages', () => {
  let city: SmallCity;
  beforeAll(
    async () =>
      void (city = await startSmallCity({
        GATEWAY_WEB: builtPages(),
        WEB_OIDC_AUTHORITY: 'https://id.city.example/realm',
        WEB_OIDC_CLIENT_ID: 'pages',
      })),
  );
  afterAll(() => city.stop());
  const base = (): string => city.gateway.url.replace('/graphql', '');
  const tokenFor = (body: object, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${base()}/app/development-token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('come at / and at every address of theirs, with a policy under which only our own files run', async () => {
    for (const address of ['/', '/portal', '/cases/SQ2026-000001']) {
      const response = await fetch(`${base()}${address}`, { headers: HTML });
      const html = await response.text();
      const nonce = /nonce="([^"]+)"/.exec(html)?.[1] ?? '';
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(nonce.length).toBeGreaterThan(16);
      expect(policy).toContain("default-src 'none'; script-src 'self'");
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain("connect-src 'self' https://id.city.example;");
      expect(policy).not.toContain('unsafe');
    }
  });

  it('have another nonce each time', async () => {
    const nonce = async (): Promise<string | undefined> =>
      /nonce="([^"]+)"/.exec(await (await fetch(base(), { headers: HTML })).text())?.[1];
    expect(await nonce()).not.toBe(await nonce());
  });

  it('are not in the way of who asks for something else', async () => {
    expect((await fetch(base(), { redirect: 'manual' })).status).toBe(302);
    expect((await fetch(`${base()}/nowhere`)).status).toBe(404);
    expect(await (await fetch(city.gateway.url, { headers: HTML })).text()).toContain('graphiql');
    expect((await fetch(`${base()}/assets/..%2Fbuilt.json`)).status).toBe(404);
    expect((await fetch(`${base()}/assets/main-X.js.br`)).status).toBe(404);
  });

  it('have their files compressed for who takes it, and kept for ever', async () => {
    const get = (coding: string): Promise<Response> =>
      fetch(`${base()}/assets/main-X.js`, { headers: { 'accept-encoding': coding } });
    const [small, plain] = [await get('br'), await get('identity')];
    expect([small.headers.get('content-encoding'), await small.text()]).toEqual(['br', 'small']);
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, 'plain']);
    expect(small.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(small.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(small.headers.get('vary')).toContain('accept-encoding');
  });

  it('are told how to sign in, and in development get a token for the role that was chosen', async () => {
    expect(await (await fetch(`${base()}/app/session.json`)).json()).toEqual({
      development: { uscc: null },
      provider: { authority: 'https://id.city.example/realm', clientId: 'pages', scope: 'openid' },
    });
    const { token } = (await (await tokenFor({ role: 'AUDITOR' })).json()) as { token: string };
    const { body } = await city.ask({ query: '{ ledger }' }, { authorization: `Bearer ${token}` });
    expect(body).toEqual({ data: { ledger: 'ledger' } });
  });

  it.each([
    ['an enterprise without its code', { role: 'ENTERPRISE' }, 'uscc'],
    ['a code that is none', { role: 'ENTERPRISE', uscc: FIRST.replace('L', 'A') + '1' }, 'uscc'],
    ['a role that is none', { role: 'MAYOR' }, 'role'],
  ])('are refused a token for %s', async (_what, wanted, named) => {
    const response = await tokenFor(wanted);
    const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
    expect([response.status, errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
    expect(errors[0]?.message).toContain(named);
  });

  it('get no token under another name, behind a proxy, or from a form of another page', async () => {
    const { port } = new URL(base());
    const asked = (headers: Record<string, string>): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const options = { port, host: '127.0.0.1', path: '/app/development-token', method: 'POST', headers };
        http
          .request(options, (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end('{"role":"ADMIN"}');
      });
    const json = { 'content-type': 'application/json' };
    expect(await asked(json)).toBe(200);
    expect(await asked({ ...json, host: 'evil.example' })).toBe(404);
    expect(await asked({ ...json, 'x-forwarded-for': '203.0.113.7' })).toBe(404);
    expect(await asked({ 'content-type': 'text/plain' })).toBe(400);
  });
});

describe('pages of a hub that verifies tokens of a provider', () => {
  it('offer no choice of a role', async () => {
    const city = await startSmallCity({
      GATEWAY_WEB: builtPages(),
      JWT_JWKS_URL: 'https://id.city.example/jwks',
      JWT_ISSUER: 'https://id.city.example',
      JWT_AUDIENCE: 'zhitong',
    });
    try {
      const base = city.gateway.url.replace('/graphql', '');
      expect(await (await fetch(`${base}/app/session.json`)).json()).toEqual({ development: null, provider: null });
      const response = await fetch(`${base}/app/development-token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"role":"ADMIN"}',
      });
      expect(response.status).toBe(404);
    } finally {
      await city.stop();
    }
  });
});
