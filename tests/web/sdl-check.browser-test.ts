import { jest } from '@jest/globals';
import { createLogger } from '@zhitong/kit';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import type { Page } from 'playwright-core';
import { registryConfig } from '../../registry/src/config.js';
import { startRegistry } from '../../registry/src/server.js';
import { openRegistry, type Registry } from '../../registry/src/service.js';
import { bearer, CASES_SDL, REGISTRY_SDL, startSmallCity, type SmallCity } from '../gateway/support/small-city.js';
import { admin, composeHere } from '../registry/support/small-parts.js';
import { buildPages, chromiumFile, choose, startBrowser, type PagesInBrowser } from './support/browser.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

interface Report {
  readonly ok: boolean;
  readonly faults: readonly { readonly message: string }[];
  readonly changes: readonly { readonly severity: string; readonly message: string }[];
}

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('the check of a schema on the page (skipped without a Chromium)', () => {
  let database: TestDatabase;
  let registry: Registry;
  let service: Awaited<ReturnType<typeof startRegistry>>;
  let city: SmallCity;
  let pages: PagesInBrowser;

  beforeAll(async () => {
    await buildPages();
    database = await testDatabase(import.meta.url);
    registry = await openRegistry({ connection: database.connection, compose: composeHere });
    const settings = { REGISTRY_MONGODB_URI: database.uri, REGISTRY_DATABASE: database.name };
    const first = await startSmallCity(settings);
    await first.stop();
    const { dataDir } = first;
    service = await startRegistry({
      config: registryConfig({ ...settings, ZHITONG_DATA_DIR: dataDir, REGISTRY_PORT: '0' }),
      compose: composeHere,
      logger: createLogger({ name: 'registry', level: 'silent' }),
    });
    city = await startSmallCity({ ...settings, ZHITONG_DATA_DIR: dataDir, REGISTRY_URL: service.url });
    await registry.begin(
      admin,
      [
        { department: 'registry', url: city.registry.url, sdl: REGISTRY_SDL, owner: 'SCJG' },
        { department: 'cases', url: city.cases.url, sdl: CASES_SDL, owner: 'YSB' },
      ],
      { reason: 'The city begins.' },
    );
    pages = await startBrowser(city.gateway.url);
  }, 1_800_000);
  afterAll(async () => {
    await pages.stop();
    await city.stop();
    await service.stop();
    await database.close();
  }, 600_000);

  /** What the registry's own API says of the cases' schema. */
  async function judged(sdl: string): Promise<Report> {
    const answer = await fetch(`${pages.origin}/registry/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(await city.token('ADMIN')) },
      body: JSON.stringify({
        query:
          'query ($proposal: SchemaProposalInput!) { schemaCheck(proposal: $proposal) { ok faults { message } changes { severity message } } }',
        variables: { proposal: { department: 'cases', url: city.cases.url, sdl } },
      }),
    });
    return ((await answer.json()) as { data: { schemaCheck: Report } }).data.schemaCheck;
  }
  const sdlOf = (page: Page) => page.getByLabel('模式（SDL）', { exact: true });
  async function checked(page: Page, sdl: string): Promise<string> {
    await sdlOf(page).fill(sdl);
    await page.locator('[data-part=check-report]').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '核查', exact: true }).dblclick();
    const report = page.locator('[data-part=check-report]');
    await report.waitFor();
    return report.innerText();
  }

  it('begins with what is published, and says by severity what a change would break, as the registry judges it', async () => {
    const { page, complaints } = await pages.openAs({ role: 'ADMIN' }, '/schemas');
    await page.locator('[data-part=check]').waitFor();
    await choose(page, '部门', 'cases');
    await page.getByRole('button', { name: '以现行模式为底稿' }).click();
    await page.waitForFunction(() => {
      const scope = globalThis as unknown as { document: { querySelector(what: string): { value: string } | null } };
      return (scope.document.querySelector('textarea')?.value ?? '').includes('type Case ');
    });
    expect(await sdlOf(page).inputValue()).toBe(CASES_SDL);

    const less = CASES_SDL.replace('"Title." title: String ', '');
    const told = await checked(page, less);
    const report = await judged(less);
    expect(report.changes.some(({ severity }) => severity === 'BREAKING')).toBe(true);
    for (const { severity, message } of report.changes)
      expect(await page.locator(`[data-severity=${severity}]`).innerText()).toContain(message);
    expect(told).toContain(report.ok ? '可以发布' : '不能发布');
    await expectReadable(page);

    const more = CASES_SDL.replace('"Title." title: String ', '"Title." title: String "Since." since: String ');
    expect(await checked(page, more)).toContain('可以发布');
    expect(await page.locator('[data-severity=BREAKING]').count()).toBe(0);
    expect(await page.locator('[data-severity=SAFE]').innerText()).toContain('Case.since');
    // Nothing was published by looking.
    expect((await registry.history(admin, { limit: 10 })).length).toBe(2);
    expect(complaints).toEqual([]);
  });

  it('says why a schema cannot be composed', async () => {
    const { page } = await pages.openAs({ role: 'ADMIN' }, '/schemas');
    await choose(page, '部门', 'cases');
    await page.getByLabel('服务地址').fill(city.cases.url);
    const broken = CASES_SDL.replace('"Title." title: String', '"Title." title: Nothing');
    const told = await checked(page, broken);
    const { faults } = await judged(broken);
    expect(faults.length).toBeGreaterThan(0);
    for (const { message } of faults) expect(told).toContain(message.split('\n')[0]);
    expect(told).toContain('不能发布');
  });
});
