import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { runToEnd, type RunningHub } from '../../hub/support/start-hub.js';
import { startLoadedHub } from '../../hub/support/loaded-city.js';
import { noteAcknowledged } from './acknowledged.js';

/** The Chromium of this machine; undefined where none is installed. */
export const chromiumFile = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
  existsSync(file),
);

/** A browser on a machine that does much else takes long for its first page. */
const SLOW_MACHINE_MS = Number(process.env['ZHITONG_BROWSER_WAIT_MS'] ?? 240_000);

/** Who works at a window. */
export interface Caller {
  readonly role: 'ENTERPRISE' | 'OFFICER' | 'COORDINATOR' | 'AUDITOR' | 'ADMIN';
  readonly uscc?: string;
  readonly department?: string;
  /** The token of this very person; left out, that of the role. */
  readonly token?: string;
}

/** A window of somebody, and what was asked of the graph and complained of in it. */
export interface Window {
  readonly page: Page;
  /** The names of the operations that were sent, to the city's graph and to the schema registry's. */
  readonly asked: string[];
  /** What the browser complained of: errors, refused styles and scripts, requests to elsewhere. */
  readonly complaints: string[];
}

/** A browser at the pages of one gateway. */
export interface PagesInBrowser {
  readonly origin: string;
  /** A window in which nobody is signed in. */
  open(address?: string): Promise<Window>;
  /** A window in which somebody has signed in. */
  openAs(caller: Caller, address: string): Promise<Window>;
  stop(): Promise<void>;
}

/** The hub over the demo city with its pages, and a browser. */
export interface CityInBrowser extends PagesInBrowser {
  readonly hub: RunningHub;
  /** The enterprise that the hub names when it is ready. */
  readonly enterprise: Caller & { readonly uscc: string };
  /** Asks the graph beside the pages, as somebody. @throws Error when anything of the question is not answered */
  askAs<Data>(caller: Caller, query: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>;
}

/** Builds the pages, as `npm start` does. */
export async function buildPages(): Promise<void> {
  await runToEnd(['web/build.mjs'], process.env);
}

/** Builds the pages, and starts a hub and a browser. */
export async function startCityInBrowser(departmentTimeoutMs = 30_000): Promise<CityInBrowser> {
  await buildPages();
  // On a machine that does much else what is only slow is neither silent nor hung, and a department that a test stops
  // stays stopped: the launcher would start it again, or the gateway under the browser.
  process.env['GATEWAY_DEPARTMENT_TIMEOUT_MS'] = String(departmentTimeoutMs);
  process.env['GATEWAY_REQUEST_TIMEOUT_MS'] = '60000';
  process.env['ZHITONG_HUNG_SECONDS'] = '0';
  const hub = await startLoadedHub();
  const pages = await startBrowser(hub.graph);
  return {
    ...pages,
    hub,
    enterprise: { role: 'ENTERPRISE', uscc: /A demo enterprise: (\w{18})/.exec(hub.output())?.[1] ?? '' },
    askAs: async <Data>(caller: Caller, query: string, variables = {}) => {
      const token = caller.token ?? (await hub.token(...argumentsOf(caller)));
      const { data, errors } = await hub.ask<Data>(query, { token, variables });
      if (data == null || errors !== undefined) throw new Error(`The graph answered errors: ${JSON.stringify(errors)}`);
      return data;
    },
    stop: async () => {
      await pages.stop();
      await hub.remove();
    },
  };
}

const argumentsOf = ({ role, uscc, department }: Caller): string[] => [
  ...['--role', role],
  ...(uscc === undefined ? [] : ['--uscc', uscc]),
  ...(department === undefined ? [] : ['--department', department]),
];

/** Starts a browser at the pages of the gateway that serves a graph. */
export async function startBrowser(graph: string): Promise<PagesInBrowser> {
  const browser: Browser = await chromium.launch({ executablePath: chromiumFile, args: ['--no-sandbox'] });
  const { origin } = new URL(graph);

  const window = async (storage?: string): Promise<Window> => {
    // Elsewhere, as some of the city's enterprises are.
    const context = await browser.newContext({ timezoneId: 'America/New_York', locale: 'zh-CN' });
    const page = await context.newPage();
    page.setDefaultTimeout(SLOW_MACHINE_MS);
    if (storage !== undefined)
      await page.addInitScript((text) => {
        const storage: unknown = Reflect.get(globalThis, 'sessionStorage');
        (storage as { setItem(key: string, value: string): void }).setItem('zhitong.session', text);
      }, storage);
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) complaints.push(request.url());
      if ([graph, `${origin}/registry/graphql`].includes(request.url()))
        asked.push(String((JSON.parse(request.postData() ?? '{}') as { operationName?: unknown }).operationName));
    });
    page.on('response', (response) => void noteAcknowledged(response));
    page.on('pageerror', (error) => void complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    return { page, asked, complaints };
  };
  /** The token that the pages get for whoever is chosen at the sign-in. */
  const chosenToken = async (caller: Caller): Promise<string> => {
    const response = await fetch(`${origin}/app/development-token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(caller),
    });
    return ((await response.json()) as { token: string }).token;
  };
  return {
    origin,
    open: async (address = '/') => {
      const opened = await window();
      await opened.page.goto(`${origin}${address}`);
      return opened;
    },
    openAs: async (caller, address) => {
      const token = caller.token ?? (await chosenToken(caller));
      const opened = await window(JSON.stringify({ ...caller, token, sub: subjectOf(token), name: '' }));
      await opened.page.goto(`${origin}${address}`);
      return opened;
    },
    stop: async () => {
      await browser.close();
    },
  };
}

/** Whom a token stands for. */
function subjectOf(token: string): unknown {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: unknown };
  return claims.sub;
}

/** Chooses an entry of one of the component library's lists by the label of its field. */
export async function choose(page: Page, label: string, entry: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click();
  await page.locator('.ant-select-item-option', { hasText: entry }).last().click();
}
