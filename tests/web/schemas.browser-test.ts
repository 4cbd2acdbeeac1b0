import { jest } from '@jest/globals';
import { createLogger } from '@zhitong/kit';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { registryConfig } from '../../registry/src/config.js';
import { startRegistry } from '../../registry/src/server.js';
import { openRegistry, type Registry } from '../../registry/src/service.js';
import { bearer, CASES_SDL, REGISTRY_SDL, startSmallCity, type SmallCity } from '../gateway/support/small-city.js';
import { admin, composeHere } from '../registry/support/small-parts.js';
import { buildPages, chromiumFile, startBrowser, type PagesInBrowser } from './support/browser.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;
const PORTAL = { 'apollographql-client-name': 'portal', 'apollographql-client-version': '3.2' };

pageDescribe('the page of schemas in a browser (skipped without a Chromium)', () => {
  let database: TestDatabase;
  let registry: Registry;
  let service: Awaited<ReturnType<typeof startRegistry>> | undefined;
  let city: SmallCity | undefined;
  let pages: PagesInBrowser | undefined;

  beforeAll(async () => {
    await buildPages();
    database = await testDatabase(import.meta.url);
    registry = await openRegistry({ connection: database.connection, compose: composeHere });
  });
  afterEach(async () => {
    await pages?.stop();
    await city?.stop();
    await service?.stop();
    service = undefined;
  });
  afterAll(() => database.close());

  /** The city's gateway with the registry beside it, as `npm start` starts them. */
  async function startBoth(): Promise<SmallCity> {
    const settings = { REGISTRY_MONGODB_URI: database.uri, REGISTRY_DATABASE: database.name };
    const first = await startSmallCity(settings);
    await first.stop();
    service = await startRegistry({
      config: registryConfig({ ...settings, ZHITONG_DATA_DIR: first.dataDir, REGISTRY_PORT: '0' }),
      compose: composeHere,
      logger: createLogger({ name: 'registry', level: 'silent' }),
    });
    return startSmallCity({ ...settings, ZHITONG_DATA_DIR: first.dataDir, REGISTRY_URL: service.url });
  }

  it('shows what was published and changed, and who uses what', async () => {
    city = await startBoth();
    const cases = (sdl: string) => ({ department: 'cases', url: city?.cases.url ?? '', sdl });
    const old = CASES_SDL.replace('title: String', 'title: String @deprecated(reason: "Ask subject.")');
    await registry.begin(
      admin,
      [
        { department: 'registry', url: city.registry.url, sdl: REGISTRY_SDL, owner: 'SCJG' },
        { ...cases(CASES_SDL), owner: 'YSB' },
      ],
      { reason: 'The city begins.' },
    );
    await registry.publish(admin, cases(old), { reason: 'Titles go.' });
    const ask = (query: string) => city?.ask({ query }, PORTAL);
    while ((await ask('{ __type(name: "Case") { fields { name } } }'))?.body.data?.['__type'] === undefined);
    const deprecated = '{ __type(name: "Case") { fields(includeDeprecated: true) { isDeprecated } } }';
    while (!JSON.stringify((await ask(deprecated))?.body).includes('true'));
    await ask('{ case(caseNumber: "C-1") { title } }');
    // A gateway tells what it counted when it stops.
    const { dataDir } = city;
    await city.stop();
    city = await startSmallCity({
      REGISTRY_MONGODB_URI: database.uri,
      REGISTRY_DATABASE: database.name,
      REGISTRY_URL: service?.url ?? '',
      ZHITONG_DATA_DIR: dataDir,
    });
    pages = await startBrowser(city.gateway.url);
    const { page, asked, complaints } = await pages.openAs({ role: 'ADMIN' }, '/schemas');

    const publications = page.locator('[data-part=publications]');
    await publications.getByText('Titles go.').waitFor();
    await page.waitForLoadState('networkidle');
    expect(asked).toEqual(['Schemas']);
    await expectReadable(page);
    const told = await publications.innerText();
    expect(told).toMatch(/deprecates `Case\.title`: Ask subject\./);
    expect(told.indexOf('Titles go.')).toBeLessThan(told.indexOf('The city begins.'));
    await page.locator('[data-part=published]').getByRole('link', { name: 'cases' }).click();
    const uses = page.locator('[data-part=uses]');
    await uses.getByText('Case.title').waitFor();
    expect(await uses.innerText()).toMatch(/portal 3\.2：1 次请求/);
    await uses.getByRole('link', { name: '无人使用' }).click();
    await uses.getByText('Enterprise.openCount').waitFor();
    expect(await uses.getByText('Case.title', { exact: true }).count()).toBe(0);
    expect(complaints).toEqual([]);

    // What the page's gateway hands on is judged as by the command line: the removal is refused with who uses it.
    const proposal = cases(CASES_SDL.replace('"Title." title: String ', ''));
    const checked = await fetch(`${pages.origin}/registry/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(await city.token('ADMIN')) },
      body: JSON.stringify({
        query: 'query Check($proposal: SchemaProposalInput!) { schemaCheck(proposal: $proposal) { ok text } }',
        variables: { proposal },
      }),
    });
    const { data } = (await checked.json()) as { data: { schemaCheck: { ok: boolean; text: string } } };
    expect(data.schemaCheck.ok).toBe(false);
    expect(data.schemaCheck.text).toContain('removes `Case.title`: portal 3.2 used it once this week');
  });

  it('says in the reader’s language that there is no registry', async () => {
    city = await startSmallCity();
    pages = await startBrowser(city.gateway.url);
    const { page } = await pages.openAs({ role: 'ADMIN' }, '/schemas');
    await page.getByRole('alert').getByText('本网关未接入模式注册中心。').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('alert').getByText('This gateway follows no schema registry.').waitFor();
  });
});
