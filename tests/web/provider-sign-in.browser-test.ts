import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import { chromium } from 'playwright-core';
import { startSmallCity, type SmallCity } from '../gateway/support/small-city.js';
import { runToEnd } from '../hub/support/start-hub.js';
import { chromiumFile } from './support/browser.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(600_000);

const AUDIENCE = 'zhitong';
const ACCOUNT = 'staff-9001';
/** In seconds; without terms of its own the provider prints notices. */
const HOUR = 3600;

/** Serves a real provider, which takes whoever comes for one auditor and asks nobody for consent. */
async function serveProvider(server: Server, issuer: string, pages: string): Promise<void> {
  // It warns that it is not configured for production, and of Node.js releases older than its own.
  const warnings = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { Provider } = await import('oidc-provider');
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'pages',
        application_type: 'native', // Its way back is this machine's, without TLS.
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: [`${pages}/`],
      },
    ],
    pkce: { required: () => true },
    ttl: { AccessToken: HOUR, Grant: HOUR, IdToken: HOUR, Interaction: HOUR, Session: HOUR },
    clientBasedCORS: () => true,
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    extraTokenClaims: () => ({ roles: ['AUDITOR'] }),
    interactions: { url: () => '/interaction' },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'https://graph.city.example',
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: '', audience: AUDIENCE, accessTokenFormat: 'jwt' }),
      },
    },
  });
  const handle = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction') !== true) {
      void handle(request, response);
      return;
    }
    const answer = async (): Promise<void> => {
      const { prompt, params } = await provider.interactionDetails(request, response);
      if (prompt.name === 'login')
        return provider.interactionFinished(request, response, { login: { accountId: ACCOUNT } });
      const grant = new provider.Grant({ accountId: ACCOUNT, clientId: String(params['client_id']) });
      grant.addOIDCScope('openid');
      return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
    };
    void answer();
  });
  warnings.mockRestore();
}

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('signing in at a real provider of OpenID Connect (skipped without a Chromium)', () => {
  let provider: Server;
  let city: SmallCity;
  beforeAll(async () => {
    await runToEnd(['web/build.mjs'], process.env);
    provider = createServer();
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    city = await startSmallCity({
      JWT_JWKS_URL: `${issuer}/jwks`,
      JWT_ISSUER: issuer,
      JWT_AUDIENCE: AUDIENCE,
      WEB_OIDC_AUTHORITY: issuer,
      WEB_OIDC_CLIENT_ID: 'pages',
    });
    await serveProvider(provider, issuer, new URL(city.gateway.url).origin);
  });
  afterAll(async () => {
    await city.stop();
    provider.closeAllConnections();
    await new Promise((resolve) => provider.close(resolve));
  });

  it('by authorization code with PKCE leads back to the page, with a token that the graph takes', async () => {
    const browser = await chromium.launch({ executablePath: chromiumFile, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      page.setDefaultTimeout(240_000);
      const challenges: (string | null)[] = [];
      page.context().on('request', (request) => {
        const { pathname, searchParams } = new URL(request.url());
        if (pathname === '/auth' && request.isNavigationRequest())
          challenges.push(searchParams.get('code_challenge_method'));
      });
      const { origin } = new URL(city.gateway.url);
      await page.goto(`${origin}/leaders?from=2026-01-01`);
      await page.getByRole('button', { name: '统一身份认证登录' }).click();
      await page.getByText(`审计监督 ${ACCOUNT}`).waitFor();
      expect(page.url()).toBe(`${origin}/leaders?from=2026-01-01`);
      expect(challenges).toEqual(['S256']);
      const kept = await page.evaluate<string>("sessionStorage.getItem('zhitong.session')");
      const { token } = JSON.parse(kept) as { token: string };
      const { body } = await city.ask({ query: '{ ledger }' }, { authorization: `Bearer ${token}` });
      expect(body).toEqual({ data: { ledger: 'ledger' } });

      // The session expires: whoever signs in again stays on the page.
      await page.evaluate('globalThis.stays = true');
      let isExpired = true;
      await page.route(city.gateway.url, (route) => {
        const headers = route.request().headers();
        return route.continue(isExpired ? { headers: { ...headers, authorization: 'Bearer expired' } } : undefined);
      });
      await page.getByRole('button', { name: '重试' }).click();
      await page.getByText('登录已过期').waitFor();
      isExpired = false;
      await page.getByRole('dialog').getByRole('button', { name: '统一身份认证登录' }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      expect(await page.evaluate('globalThis.stays')).toBe(true);
      expect(page.url()).toBe(`${origin}/leaders?from=2026-01-01`);
      expect(challenges).toEqual(['S256', 'S256']);
      const sent = page.waitForRequest(city.gateway.url);
      await page.getByRole('button', { name: '重试' }).click();
      const renewed = (await sent).headers()['authorization'] ?? '';
      expect(renewed).not.toBe(`Bearer ${token}`);
      const again = await city.ask({ query: '{ ledger }' }, { authorization: renewed });
      expect(again.body).toEqual({ data: { ledger: 'ledger' } });
    } finally {
      await browser.close();
    }
  });
});
