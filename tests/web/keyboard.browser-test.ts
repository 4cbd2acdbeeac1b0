import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { walkThrough } from './support/in-page.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

/** What the demo city has of each kind that an address names. */
interface Found {
  readonly uscc: string;
  readonly caseNumber: string;
  readonly meeting: string;
  readonly commitment: string;
  readonly debt: string;
  readonly department: string;
  readonly debtor: string;
}
type Visit = readonly [role: Caller['role'], address: (of: Found) => string];

const COORDINATOR: Caller = { role: 'COORDINATOR' };
const at =
  (address: string): Visit[1] =>
  () =>
    address;

/** Each address of the pages, and for whom it has the most to do. */
const VISITS: Readonly<Record<string, Visit>> = {
  portal: ['ENTERPRISE', at('/portal')],
  'appeals/new': ['ENTERPRISE', at('/appeals/new')],
  financing: ['ENTERPRISE', at('/financing')],
  cases: ['COORDINATOR', at('/cases?figure=RESOLUTION&met=true')],
  'cases/:caseNumber': ['COORDINATOR', ({ caseNumber }) => `/cases/${caseNumber}`],
  triage: ['COORDINATOR', at('/triage')],
  service: ['COORDINATOR', at('/service')],
  meetings: ['COORDINATOR', at('/meetings')],
  'meetings/:id': ['COORDINATOR', ({ meeting }) => `/meetings/${meeting}`],
  briefings: ['COORDINATOR', at('/briefings')],
  'spot-checks': ['COORDINATOR', at('/spot-checks')],
  'unit-checks': ['COORDINATOR', at('/unit-checks')],
  'typical-cases': ['COORDINATOR', at('/typical-cases')],
  ranking: ['COORDINATOR', at('/ranking')],
  grants: ['OFFICER', at('/grants')],
  inspections: ['OFFICER', at('/inspections')],
  work: ['OFFICER', at('/work')],
  audit: ['AUDITOR', at('/audit?compareTo=2026-01-31')],
  'audit/worklist': ['AUDITOR', at('/audit/worklist')],
  'audit/:department': ['AUDITOR', ({ department }) => `/audit/${department}`],
  'commitments/:id': ['AUDITOR', ({ commitment }) => `/commitments/${commitment}`],
  debts: ['OFFICER', ({ debtor }) => `/debts?department=${debtor}`],
  'standing/:uscc': ['OFFICER', ({ uscc }) => `/standing/${uscc}`],
  'debts/:id': ['OFFICER', ({ debt }) => `/debts/${debt}`],
  leaders: ['AUDITOR', at('/leaders')],
  promises: ['AUDITOR', at('/promises?figure=promised')],
  policies: ['ENTERPRISE', at('/policies')],
  'policies/:id': ['ENTERPRISE', at('/policies/cn-kuogang-2023')],
  'policies/:id/edit': ['OFFICER', at('/policies/cn-kuogang-2023/edit')],
  connectors: ['ADMIN', at('/connectors')],
  'connectors/:subgraph/:name': ['ADMIN', at('/connectors/enterprises/market-register')],
  schemas: ['ADMIN', at('/schemas')],
  operations: ['AUDITOR', at('/operations')],
};
/** Of officials the one who looks after debts and standing of everybody. */
const OFFICE = 'FGW';

const focused = (page: Page) => page.locator(':focus');

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

it('has a visit for each address of the pages', () => {
  const routes = readFileSync(new URL('../../web/src/app/routes.tsx', import.meta.url), 'utf8');
  const addresses = [...routes.matchAll(/path: '([^'/*][^'*]*)'/g)].map(([, address]) => address);
  expect(Object.keys(VISITS).toSorted()).toEqual(addresses.toSorted());
});

pageDescribe('the pages with the keyboard alone (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let enterprise: Caller & { uscc: string };
  let found: Found;
  beforeAll(async () => {
    city = await startCityInBrowser();
    enterprise = { role: 'ENTERPRISE', uscc: /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] ?? '' };
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now());
    const oversight = await ask<{
      commitments: { nodes: { id: string; promisor: { code: string } }[] };
      arrearsReport: { departments: { department: { code: string } }[] };
    }>(
      `{ commitments(first: 1) { nodes { id promisor { code } } }
        arrearsReport(from: "2026-01-01", to: "${day}") { departments { department { code } } } }`,
      ...['--role', 'AUDITOR'],
    );
    const [commitment] = oversight.commitments.nodes;
    const debtor = oversight.arrearsReport.departments[0]?.department.code ?? '';
    const debts = await ask<{ department: { arrears: { nodes: { id: string }[] } } }>(
      `{ department(code: "${debtor}") { arrears(first: 1) { nodes { id } } } }`,
      ...['--role', 'OFFICER', '--department', OFFICE],
    );
    const desk = await ask<{ cases: { nodes: { caseNumber: string }[] }; meetings: { id: string }[] }>(
      '{ cases(filter: { status: [IN_PROGRESS] }, first: 1) { nodes { caseNumber } } meetings(first: 1) { id } }',
      ...['--role', 'COORDINATOR'],
    );
    found = {
      uscc: enterprise.uscc,
      caseNumber: desk.cases.nodes[0]?.caseNumber ?? '',
      meeting: desk.meetings[0]?.id ?? '',
      commitment: commitment?.id ?? '',
      department: commitment?.promisor.code ?? '',
      debtor,
      debt: debts.department.arrears.nodes[0]?.id ?? '',
    };
    expect(Object.entries(found).filter(([, one]) => one === '')).toEqual([]);
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  /** Asks the graph beside the pages, as somebody. */
  async function ask<Data>(query: string, ...caller: string[]): Promise<Data> {
    const { data, errors } = await city.hub.ask<Data>(query, { token: await city.hub.token(...caller) });
    expect(errors).toBeUndefined();
    return data as Data;
  }

  const callerOf = (role: Caller['role']): Caller =>
    role === 'ENTERPRISE' ? enterprise : role === 'OFFICER' ? { role, department: OFFICE } : { role };

  it.each(Object.entries(VISITS))(
    '%s: each control is reached by Tab and shows it',
    async (_address, [role, address]) => {
      const { page } = await city.openAs(callerOf(role), address(found));
      await page.locator('[data-part], [role=alert]').first().waitFor();
      await page.waitForLoadState('networkidle');
      const walk = await walkThrough(page);
      expect(walk).toMatchObject({ missed: [], hidden: [], forTheMouseAlone: [] });
      // The way past the menu, the menu, the language and the way out at least.
      expect(walk.steps).toBeGreaterThan(4);

      await page.locator('a.skip').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      // Past the menu: to the first control of the page, or out of it where it has none.
      expect(await page.locator('.shell-header :focus').count()).toBe(0);
      expect(await page.locator('main :focus').count()).toBe(walk.inMain > 0 ? 1 : 0);
      await page.context().close();
    },
  );

  it('leads through a form that a key has opened, its rows among it', async () => {
    const { page } = await city.openAs(COORDINATOR, `/cases/${found.caseNumber}`);
    const move = page.locator('[data-part=moves]').getByRole('button', { name: '拆分', exact: true });
    await move.focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('标题', { exact: true }).waitFor();
    const split = await walkThrough(page);
    expect(split).toMatchObject({ missed: [], hidden: [] });
    await move.focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('标题', { exact: true }).waitFor({ state: 'detached' });
    expect(await focused(page).innerText()).toBe('拆分');
    await page.context().close();
  });

  it('puts whoever follows a link into the page that it leads to', async () => {
    const { page } = await city.openAs(COORDINATOR, '/triage');
    await page.locator('[data-part=overdue] td a').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-part=case]').waitFor();
    expect(await focused(page).getAttribute('id')).toBe('content');
    await page.keyboard.press('Tab');
    expect(await focused(page).innerText()).toBe('打印');
    await page.context().close();
  });

  it('opens a list of choices with a key, and Escape closes it where one stood', async () => {
    const { page } = await city.openAs(enterprise, '/appeals/new');
    const kind = page.getByLabel('类型', { exact: true });
    await kind.focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('.ant-select-dropdown').waitFor();
    expect(await kind.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Escape');
    await page.locator('.ant-select-dropdown').waitFor({ state: 'hidden' });
    expect(await kind.getAttribute('aria-expanded')).toBe('false');
    expect(await focused(page).getAttribute('id')).toBe(await kind.getAttribute('id'));
    await page.context().close();
  });

  it('keeps the focus in the dialog of a session that has expired, leaves it by Escape, and gives it back', async () => {
    const { page } = await city.openAs(enterprise, '/appeals/new');
    const text = page.getByLabel('标题', { exact: true });
    const typed = async (label: string, first: string): Promise<void> => {
      await page.getByLabel(label, { exact: true }).focus();
      await page.keyboard.type(first);
      await page.keyboard.press('Enter');
    };
    await typed('类型', '建议');
    await typed('类别', '用工');
    await typed('所在区域', '咸安区');
    await text.fill('键盘提交的建议');
    await page.getByLabel('内容', { exact: true }).fill('夜班职工下班后没有公交车，建议延长运营时间。');
    let isExpired = true;
    await page.route(city.hub.graph, (route) => {
      const headers = { ...route.request().headers(), authorization: 'Bearer expired' };
      return route.continue(isExpired ? { headers } : undefined);
    });
    const submit = page.getByRole('button', { name: '提交', exact: true });
    const dialog = page.getByRole('dialog');
    await submit.focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('登录已过期').waitFor();
    await dialog.getByRole('button', { name: '进入' }).waitFor();
    // Further than there are controls in it.
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      expect(await dialog.locator(':focus').count()).toBe(1);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await focused(page).innerText()).toBe('提交');
    expect(await text.inputValue()).toBe('键盘提交的建议');

    // What is refused next asks for it again.
    await page.keyboard.press('Enter');
    const enter = dialog.getByRole('button', { name: '进入' });
    await enter.waitFor();
    isExpired = false;
    await enter.focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expect(await focused(page).innerText()).toBe('提交');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/cases\/SQ/);
    await page.getByRole('heading', { name: '键盘提交的建议' }).waitFor();
    await page.context().close();
  });
});
