import { existsSync } from 'node:fs';
import http from 'node:http';
import { chromium } from 'playwright-core';
import { writePlaygroundNote } from '../../gateway/src/http/playground-note.js';
import { FIRST, startSmallCity, type SmallCity } from './support/small-city.js';

const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
  existsSync(file),
);

interface Start {
  readonly query: string;
  readonly variables: { uscc: string };
  readonly headers: { Authorization: string };
}

/** A browser on a machine that does much else takes long for its first page. */
const SLOW_MACHINE_MS = 300_000;

describe('the playground', () => {
  let city: SmallCity;
  beforeAll(async () => {
    city = await startSmallCity();
    writePlaygroundNote(city.dataDir, { uscc: FIRST });
  });
  afterAll(() => city.stop());
  const base = (): string => city.gateway.url.replace('/graphql', '');
  const page = (headers: Record<string, string>): Promise<Response> => fetch(city.gateway.url, { headers });

  it('is a page for a browser, with nothing from elsewhere and a policy that allows nothing from elsewhere', async () => {
    const response = await page({ accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    const html = await response.text();
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(html).not.toMatch(/https?:\/\//);
    for (const [, asset] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      const answer = await fetch(`${base()}${asset ?? ''}`);
      expect([asset, answer.status]).toEqual([asset, 200]);
      await answer.arrayBuffer();
    }
  });

  it('is not in the way of a client that asks for JSON', async () => {
    expect(
      (await page({ accept: 'application/json', 'apollo-require-preflight': 'yes' })).headers.get('content-type'),
    ).toContain('application/json');
  });

  it('opens with the flagship query, the demo enterprise and, on this machine, a token that works', async () => {
    const start = (await (await fetch(`${base()}/graphiql/start.json`)).json()) as Start;
    expect(start.query).toContain('query EnterpriseOverview($uscc: ID!)');
    expect(start.variables).toEqual({ uscc: FIRST });
    const { body } = await city.ask({ query: '{ ledger }' }, { authorization: start.headers.Authorization });
    expect(body).toEqual({ data: { ledger: 'ledger' } });
  });

  it('gives a token for the role that is chosen, and says for whom there can be none', async () => {
    const chosen = async (caller: string): Promise<Response> => fetch(`${base()}/graphiql/start.json?${caller}`);
    const start = (await (await chosen('role=OFFICER&department=RSJ')).json()) as Start;
    const { body } = await city.ask({ query: '{ ledger }' }, { authorization: start.headers.Authorization });
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect((await chosen('role=OFFICER')).ok).toBe(false);
    expect((await chosen('role=MAYOR')).ok).toBe(false);
  });

  it('gives no token to a page of another name or behind a proxy', async () => {
    const { port } = new URL(base());
    const startFor = (headers: Record<string, string>): Promise<Start> =>
      new Promise((resolve, reject) => {
        http
          .get({ port, host: '127.0.0.1', path: '/graphiql/start.json', headers }, (response) => {
            let text = '';
            response
              .on('data', (chunk: Buffer) => (text += chunk.toString()))
              .on('end', () => resolve(JSON.parse(text) as Start));
          })
          .on('error', reject);
      });
    expect((await startFor({ host: 'evil.example' })).headers).toEqual({ Authorization: 'Bearer' });
    expect((await startFor({ 'x-forwarded-for': '203.0.113.7' })).headers).toEqual({ Authorization: 'Bearer' });
  });

  (browser === undefined ? it.skip : it)(
    'shows the editor, runs an operation and asks nobody else (skipped without a Chromium)',
    async () => {
      const chrome = await chromium.launch({ executablePath: browser, args: ['--no-sandbox'] });
      try {
        const tab = await chrome.newPage();
        tab.setDefaultTimeout(SLOW_MACHINE_MS);
        const elsewhere: string[] = [];
        const complaints: string[] = [];
        tab.on('request', (request) => {
          if (!request.url().startsWith(base()) && !request.url().startsWith('data:')) elsewhere.push(request.url());
        });
        tab.on('console', (message) => {
          if (message.type() === 'error') complaints.push(message.text());
        });
        await tab.goto(city.gateway.url);
        await tab.locator('.graphiql-query-editor .CodeMirror').waitFor();
        expect(await tab.locator('.graphiql-query-editor').innerText()).toContain('EnterpriseOverview');
        expect(await tab.locator('.graphiql-editor-tools').innerText()).toMatch(/Variables[\s\S]*Headers/);
        await tab
          .locator('.graphiql-query-editor .CodeMirror')
          .evaluate((editor: object) =>
            (editor as { CodeMirror: { setValue(text: string): void } }).CodeMirror.setValue(
              'query EnterpriseOverview { ledger }',
            ),
          );
        await tab.locator('.graphiql-execute-button').click();
        await tab.locator('.graphiql-response', { hasText: '"ledger": "ledger"' }).waitFor();

        // One's own query asks as the role that is chosen, also after a reload, in the one tab that there is.
        const told = async (caller: string, choose: () => Promise<unknown>): Promise<void> => {
          const answered = tab.waitForResponse((response) => response.url().includes(caller));
          await choose();
          await answered;
        };
        /** Looks at the page frame by frame: its content policy lets nothing wait in it that is given as text. */
        const until = async (predicate: string): Promise<void> => {
          while ((await tab.evaluate(predicate)) !== true) await tab.evaluate('new Promise(requestAnimationFrame)');
        };
        const expectAnswer = async (hasText: string): Promise<void> => {
          await tab.locator('.graphiql-execute-button').click();
          await tab.locator('.graphiql-response', { hasText }).waitFor();
        };
        await tab.getByLabel('Role').selectOption('OFFICER');
        await tab.getByLabel('department').fill('RSJ');
        await told('department=RSJ', async () => tab.getByLabel('department').press('Tab'));
        await expectAnswer('FORBIDDEN');
        await until("Object.values(localStorage).some((kept) => kept.includes('{ ledger }'))");
        await tab.reload();
        await tab.locator('.graphiql-query-editor', { hasText: 'ledger' }).waitFor();
        expect(await tab.getByLabel('Role').inputValue()).toBe('OFFICER');
        await expectAnswer('FORBIDDEN');
        await told('role=AUDITOR', async () => tab.getByLabel('Role').selectOption('AUDITOR'));
        await expectAnswer('"ledger": "ledger"');
        await tab.reload();
        await tab.locator('.graphiql-query-editor', { hasText: 'ledger' }).waitFor();
        await expectAnswer('"ledger": "ledger"');
        // Written a moment after the last change.
        await until("localStorage.getItem('graphiql:tabState') !== null");
        const tabs = await tab.evaluate("JSON.parse(localStorage.getItem('graphiql:tabState')).tabs.length");
        expect(tabs).toBe(1);
        expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
      } finally {
        await chrome.close();
      }
    },
    SLOW_MACHINE_MS,
  );
});
