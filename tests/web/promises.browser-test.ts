import { readFile } from 'node:fs/promises';
import { jest } from '@jest/globals';
import { choose, chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const SMALL_PAGE = 25;
const AUDITOR: Caller = { role: 'AUDITOR' };
const COORDINATOR: Caller = { role: 'COORDINATOR' };

interface Promised {
  readonly id: string;
  readonly version: number;
  readonly promisor: { readonly code: string };
  readonly outstandingAmount: { readonly amount: string };
}

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('promises in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  beforeAll(async () => {
    city = await startCityInBrowser();
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  /** Asks the graph beside the pages, as somebody. */
  async function ask<Data>(query: string, ...caller: string[]): Promise<Data> {
    const { data, errors } = await city.hub.ask<Data>(query, { token: await city.hub.token('--role', ...caller) });
    expect(errors).toBeUndefined();
    return data as Data;
  }
  const promised = async (id: string): Promise<Promised & { entries: { kind: string }[] }> =>
    (
      await ask<{ commitment: Promised & { entries: { kind: string }[] } }>(
        `{ commitment(id: "${id}") { id version promisor { code } outstandingAmount { amount } entries { kind } } }`,
        'AUDITOR',
      )
    ).commitment;

  it('are fulfilled by who owes them, once, with what is refused beside its field; others are offered nothing', async () => {
    const { commitments } = await ask<{ commitments: { nodes: Promised[] } }>(
      '{ commitments(filter: { state: [OUTSTANDING], kind: [CASH] }, first: 1) { nodes { id version promisor { code } outstandingAmount { amount } } } }',
      'AUDITOR',
    );
    const [promise] = commitments.nodes;
    if (promise === undefined) throw new Error('the city owes nothing');
    const address = `/commitments/${promise.id}`;
    const { page, complaints } = await city.openAs({ role: 'OFFICER', department: promise.promisor.code }, address);
    const moves = page.locator('[data-part=moves]');
    await moves.getByRole('button', { name: '登记兑现', exact: true }).click();
    await expectReadable(page);
    await page.getByLabel('金额（元）', { exact: true }).fill('99999999.00');
    await page.getByLabel('生效日期', { exact: true }).fill('2026-11-30');
    await page.getByLabel('回单号或交付单号').fill('HD-PAGE-0001');
    await page.getByLabel('佐证').fill('银行回单');
    await moves.getByRole('button', { name: '确认登记兑现' }).click();
    const refused = moves.locator('.ant-form-item-has-error', { hasText: '金额（元）' });
    await refused.waitFor();
    expect((await promised(promise.id)).version).toBe(promise.version);
    await page.getByLabel('金额（元）', { exact: true }).fill('0.01');
    await moves.getByRole('button', { name: '确认登记兑现' }).dblclick();
    await moves.getByText('已确认：登记兑现').waitFor();
    const after = await promised(promise.id);
    expect(after.version).toBe(promise.version + 1);
    expect(after.entries.at(-1)?.kind).toBe('FULFILLED');
    expect(Number(after.outstandingAmount.amount)).toBeCloseTo(Number(promise.outstandingAmount.amount) - 0.01, 2);

    // The entry that was made is reversed: the page offers those that the graph says can be.
    await moves.getByRole('button', { name: '冲销更正', exact: true }).click();
    await choose(page, '冲销的记录', `${String(after.version)} · 兑现`);
    await page.getByLabel('理由', { exact: true }).fill('误录');
    await moves.getByRole('button', { name: '确认冲销更正' }).click();
    await moves.getByText('已确认：冲销更正').waitFor();
    expect((await promised(promise.id)).outstandingAmount).toEqual(promise.outstandingAmount);
    expect(complaints).toEqual([]);

    const other = promise.promisor.code === 'RSJ' ? 'SCJGJ' : 'RSJ';
    const stranger = await city.openAs({ role: 'OFFICER', department: other }, address);
    await stranger.page.locator('[data-part=moves]').getByText('目前没有可由您办理的事项。').waitFor();
    const reader = await city.openAs(AUDITOR, address);
    await reader.page.locator('[data-part=ledger]').waitFor();
    expect(await reader.page.locator('[data-part=moves]').count()).toBe(0);
  });

  it('stand behind each figure of the leaders, as many as it counts', async () => {
    const { page, complaints } = await city.openAs(COORDINATOR, '/leaders?to=2026-11-20');
    const figures = page.locator('[data-part=promises] .ant-card');
    for (const [title, name] of [
      ['已作承诺', 'promised'],
      ['已兑现', 'kept'],
      ['逾期', 'overdue'],
      ['按期兑现率', 'fallenDue'],
    ] as const) {
      const figure = figures.filter({ has: page.locator('.ant-statistic-title', { hasText: title }) }).last();
      const words = (await figure.innerText()).replace(/,/g, '');
      await figure.getByRole('link').click();
      await page.waitForURL(new RegExp(`/promises\\?.*figure=${name}`));
      const count = page.locator('[data-part=promises] [data-count]');
      await count.waitFor();
      const listed = Number(await count.getAttribute('data-count'));
      expect(listed).toBeGreaterThan(0);
      // The rate counts instalments, and so does its list.
      if (name === 'fallenDue')
        expect(words).toContain(await page.locator('[data-instalments]').getAttribute('data-instalments'));
      else expect(words).toMatch(new RegExp(`\\b${String(listed)}\\b`));
      await expectReadable(page);
      await page.goBack();
    }
    expect(complaints).toEqual([]);
  });

  it('and cases stand behind each part of each rate, of the city and of a district, as often as it counts them', async () => {
    const { page, complaints } = await city.openAs(COORDINATOR, '/leaders?to=2026-11-20');
    const counted = page.locator('[data-part=cases] [data-count]');
    const linked = async (part: string): Promise<{ figure: string; address: string }[]> => {
      await page.locator(`${part} a[href^="/cases"]`).first().waitFor();
      const links = await page.locator(`${part} a[href^="/cases"]`).all();
      return Promise.all(
        links.map(async (link) => ({
          figure: (await link.innerText()).trim(),
          address: (await link.getAttribute('href')) ?? '',
        })),
      );
    };
    const ofCity = await linked('[data-part=rates]');
    const ofDistrict = await linked('[data-part=districts] tbody tr:first-child');
    const named = (links: readonly { address: string }[]): (string | null)[] =>
      links.map(({ address }) => new URL(address, page.url()).searchParams.get('figure'));
    expect(named(ofCity)).toEqual(['RESPONSE', 'RESOLUTION', 'SATISFACTION'].flatMap((one) => [one, one]));
    expect(named(ofDistrict)).toEqual(['RECEIVED', ...named(ofCity)]);
    await page.locator('[data-part=rates] .note a').first().click();
    await counted.waitFor();
    for (const { figure, address } of [...ofCity, ...ofDistrict]) {
      await page.goto(new URL(address, page.url()).href);
      await counted.waitFor();
      expect([address, await counted.getAttribute('data-count')]).toEqual([address, figure]);
    }
    await expectReadable(page);
    expect(complaints).toEqual([]);
  });

  it('of cases are saved as a file as well', async () => {
    const { page, complaints } = await city.openAs(
      COORDINATOR,
      '/cases?figure=RESOLUTION&from=2026-01-01&to=2026-11-20',
    );
    await page.locator('[data-part=cases] [data-count]').waitFor();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: /下载全部 [\d,]+ 条/ }).click();
    const lines = (await readFile(await (await saving).path(), 'utf8')).trim().split('\r\n');
    const { cases } = await ask<{ cases: { totalCount: number } }>(
      '{ cases(first: 0, filter: { counted: { figure: RESOLUTION, from: "2026-01-01", to: "2026-11-20" } }) { totalCount } }',
      'COORDINATOR',
    );
    expect(lines.length).toBe(Math.min(cases.totalCount, 5_000) + 1);
    expect(lines[0]).toContain('"编号","期限","诉求"');
    expect(lines[1]).toMatch(/^"SQ\d{4}-\d{6}"/);
    expect(complaints).toEqual([]);
  });

  it('are saved as a file beyond one page, with how far the reading is, and a bound that is told', async () => {
    const { page, asked, complaints } = await city.openAs(AUDITOR, '/promises?figure=promised&asOf=2026-11-20');
    const count = page.locator('[data-part=promises] [data-count]');
    await count.waitFor();
    const total = Number(await count.getAttribute('data-count'));
    // A small city has fewer promises than a page of the reading; it is asked for smaller ones.
    expect(total).toBeGreaterThan(SMALL_PAGE);
    await page.route('**/graphql', async (route) =>
      route.continue({
        postData: route
          .request()
          .postData()
          ?.replace('"first":200', `"first":${String(SMALL_PAGE)}`),
      }),
    );
    asked.splice(0);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载全部' }).dblclick();
    const file = await (await saving).path();
    await page.getByText(`已存为文件：${String(total)} 条`).waitFor();
    const lines = (await readFile(file, 'utf8')).trim().split('\r\n');
    expect(lines.length).toBe(total + 1);
    expect(new Set(lines).size).toBe(lines.length);
    expect(asked.length).toBe(Math.ceil(total / SMALL_PAGE));
    expect(complaints).toEqual([]);
  });

  it('of a case to assign are suggested in the list, and one press opens the assignment filled in', async () => {
    const enterprise = /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] ?? '';
    const bring = async (key: string): Promise<string> => {
      const input = `{ kind: APPEAL, category: LOGISTICS, title: "码头岸线装卸排队时间过长", text: "码头岸线装卸排队时间过长，船舶滞港，请求协调。", region: "421202", idempotencyKey: "${key}" }`;
      const { submitCase } = await ask<{ submitCase: { case: { caseNumber: string } } }>(
        `mutation { submitCase(input: ${input}) { case { caseNumber } refusal { message } } }`,
        ...['ENTERPRISE', '--uscc', enterprise],
      );
      return submitCase.case.caseNumber;
    };
    const { departments } = await ask<{ departments: { code: string; name: string }[] }>(
      '{ departments(level: CITY) { code name } }',
      'COORDINATOR',
    );
    const { code, name } = departments[2] ?? { code: '', name: '' };
    const before = await bring('list-test-similar-1');
    await ask(
      `mutation { assignCase(input: { caseNumber: "${before}", expectedVersion: 1, lead: "${code}", idempotencyKey: "list-test-assign" }) { refusal { message } } }`,
      'COORDINATOR',
    );
    const caseNumber = await bring('list-test-similar-2');
    const { page } = await city.openAs(COORDINATOR, '/triage');
    const list = page.locator('[data-part=to-triage]');
    const press = list.getByRole('link', { name: `将 ${caseNumber} 交办给` });
    await list.waitFor();
    while ((await press.count()) === 0) {
      const shown = await list.locator('tbody tr').first().innerText();
      await page.getByRole('button', { name: '下一页' }).first().click();
      await page.waitForFunction((text) => {
        const scope = globalThis as unknown as {
          document: { querySelector(what: string): { innerText: string } | null };
        };
        return scope.document.querySelector('[data-part=to-triage] tbody tr')?.innerText !== text;
      }, shown);
    }
    expect(await press.innerText()).toContain('件');
    await press.click();
    await page.waitForURL(new RegExp(`/cases/${caseNumber}\\?assign=`));
    const form = page.locator('[data-part=moves] form');
    await form.waitFor();
    expect(await form.innerText()).toContain(name);
    expect(
      (await ask<{ case: { status: string } }>(`{ case(caseNumber: "${caseNumber}") { status } }`, 'COORDINATOR')).case
        .status,
    ).toBe('RECEIVED');
  });
});
