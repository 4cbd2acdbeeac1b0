import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { root, runToEnd } from '../hub/support/start-hub.js';
import { choose, chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const AUDITOR: Caller = { role: 'AUDITOR' };
/** Evening of the last day of a year in New York, morning of the first one of the next in Shanghai. */
const NEW_YEAR = '2026-12-31T17:30:00Z';

interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}
interface Figures {
  readonly caseStatistics: { readonly total: Readonly<Record<'response' | 'resolution' | 'satisfaction', Rate>> };
  readonly commitmentAudit: { readonly promisedCount: number; readonly count: number };
  readonly byDistrict: {
    readonly groups: readonly {
      readonly districtCode: string | null;
      readonly promisedCount: number;
      readonly count: number;
      readonly overdueCount: number;
    }[];
  };
  readonly cityDivisions: readonly { readonly code: string; readonly name: string; readonly level: string }[];
}

const card = (page: Page, part: string, title: string): Locator =>
  page
    .locator(`[data-part=${part}] .ant-card`, { has: page.locator('.ant-statistic-title', { hasText: title }) })
    .last();

/** How much of the map is painted in the colours of places with and without something overdue. */
const COLOURS = `(() => {
  const canvas = document.querySelector('[data-part=districts] canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const found = { red: 0, blue: 0 };
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue, opacity] = data.subarray(at, at + 4);
    if (opacity < 100 || green > 140) continue;
    if (red > 180 && blue < 120) found.red += 1;
    if (blue > 180 && red < 120) found.blue += 1;
  }
  return found;
})()`;

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('leaders and engineers in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  beforeAll(async () => void (city = await startCityInBrowser()), 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  /** Asks the graph beside the pages, as somebody. */
  async function ask<Data>(query: string, ...caller: string[]): Promise<Data> {
    const { data, errors } = await city.hub.ask<Data>(query, { token: await city.hub.token(...caller) });
    expect(errors).toBeUndefined();
    return data as Data;
  }

  let keys = 0;
  /** A command that the graph does not refuse, and what names the case and its version to the next one. */
  async function command(name: string, input: string, caller: readonly string[]): Promise<string> {
    const key = `leaders-page-${String((keys += 1))}`;
    const { change } = await ask<{
      change: { case: { caseNumber: string; version: number } | null; refusal: unknown };
    }>(
      `mutation { change: ${name}(input: { ${input}, idempotencyKey: "${key}" }) { case { caseNumber version } refusal { message } } }`,
      ...caller,
    );
    expect([name, change.refusal]).toEqual([name, null]);
    return `caseNumber: "${change.case?.caseNumber ?? ''}", expectedVersion: ${String(change.case?.version)}`;
  }

  const figuresOf = (from: string, to: string): Promise<Figures> =>
    ask<Figures>(
      `{ caseStatistics(from: "${from}", to: "${to}") { total {
          response { numerator denominator } resolution { numerator denominator } satisfaction { numerator denominator } } }
        commitmentAudit(asOf: "${to}") { promisedCount count }
        byDistrict: commitmentAudit(asOf: "${to}", groupBy: DISTRICT) { groups { districtCode promisedCount count overdueCount } }
        cityDivisions { code name level } }`,
      ...['--role', 'AUDITOR'],
    );

  /** Holds the rates and the promises of the page against the graph's, each with what it is made of. */
  async function expectFigures(page: Page, figures: Figures): Promise<void> {
    const rates = [
      ['响应率', figures.caseStatistics.total.response],
      ['办结率', figures.caseStatistics.total.resolution],
      ['满意率', figures.caseStatistics.total.satisfaction],
    ] as const;
    for (const [title, { numerator, denominator }] of rates) {
      const shown = card(page, 'rates', title);
      await shown.getByText(`${String(numerator)} / ${String(denominator)}`, { exact: true }).waitFor();
      const percent = Number((/([\d.]+)%/.exec(await shown.innerText()) ?? [])[1]);
      expect(Math.abs(percent - (100 * numerator) / denominator)).toBeLessThan(0.01);
    }
    const { promisedCount, count } = figures.commitmentAudit;
    await card(page, 'promises', '已兑现')
      .getByText(`${String(promisedCount - count)} / ${String(promisedCount)}`)
      .waitFor();
  }

  it('a leader signs in, reads three rates with what they are made of, and learns of a rating in them', async () => {
    const { page, complaints } = await city.open();
    await choose(page, '角色', '审计监督');
    await page.getByRole('button', { name: '进入' }).click();
    await page.getByRole('link', { name: '驾驶舱' }).click();
    const [from, to] = [
      await page.getByLabel('从', { exact: true }).inputValue(),
      await page.getByLabel('至', { exact: true }).inputValue(),
    ];
    const before = await figuresOf(from, to);
    await expectFigures(page, before);

    // An enterprise brings a case, the desk answers it at once, and the enterprise is not satisfied.
    const theirs = ['--role', 'ENTERPRISE', '--uscc', /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] ?? ''];
    const brought = await command(
      'submitCase',
      'kind: APPEAL, category: LOGISTICS, title: "货运站排队过长", text: "货运站每日排队两小时，请求增开通道。", region: "421202"',
      theirs,
    );
    const answered = await command('answerCaseDirectly', `${brought}, answer: "已增开一条通道。"`, [
      '--role',
      'COORDINATOR',
    ]);
    await command('rateCase', `${answered}, process: 1, result: 1, reason: "仍未解决"`, theirs);
    await page.reload();
    const { numerator, denominator } = before.caseStatistics.total.satisfaction;
    await card(page, 'rates', '满意率')
      .getByText(`${String(numerator)} / ${String(denominator + 1)}`, { exact: true })
      .waitFor();
    await expectFigures(page, await figuresOf(from, to));

    // Another period, as the address keeps it.
    await page.getByLabel('至', { exact: true }).fill('2026-06-30');
    await expectFigures(page, await figuresOf(from, '2026-06-30'));
    expect(new URL(page.url()).searchParams.get('to')).toBe('2026-06-30');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('a leader sees the districts on a map and in a list, on a telephone as well', async () => {
    const { page, complaints } = await city.openAs(AUDITOR, '/leaders?from=2026-01-01&to=2026-11-20');
    const { cityDivisions, byDistrict } = await figuresOf('2026-01-01', '2026-11-20');
    const rows = page.locator('[data-part=districts] tbody tr');
    await rows.first().waitFor();
    const shown = await Promise.all((await rows.all()).map((row) => row.locator('td').allInnerTexts()));
    const counties = cityDivisions.filter(({ level }) => level === 'COUNTY');
    expect(counties.length).toBeGreaterThan(4);
    expect(shown.map(([name, kept, overdue]) => [name, kept, overdue])).toEqual(
      counties.map(({ code, name }) => {
        const group = byDistrict.groups.find(({ districtCode }) => districtCode === code);
        if (group === undefined) return [name, '—', '—'];
        const { promisedCount, count, overdueCount } = group;
        return [name, `${String(promisedCount - count)} / ${String(promisedCount)}`, String(overdueCount)];
      }),
    );
    const ofDistricts = byDistrict.groups.filter(({ districtCode }) =>
      counties.some(({ code }) => code === districtCode),
    );
    await page.getByRole('img', { name: '各县市区未兑现承诺分布图' }).locator('canvas').waitFor();
    const { red, blue } = await page.evaluate<{ red: number; blue: number }>(COLOURS);
    expect(red > 0).toBe(ofDistricts.some(({ overdueCount }) => overdueCount > 0));
    expect(blue > 0).toBe(ofDistricts.length < counties.length || ofDistricts.some((one) => one.overdueCount === 0));

    await page.setViewportSize({ width: 375, height: 800 });
    // The charts follow within a frame.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
    const cut = `[...document.querySelectorAll('.ant-statistic-content')].filter((one) => one.scrollWidth > one.clientWidth).length`;
    expect(await page.evaluate<number>(cut)).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('counts days by Shanghai where the browser’s year has not ended', async () => {
    const { page } = await city.openAs(AUDITOR, '/');
    await page.clock.setFixedTime(NEW_YEAR);
    await page.goto(`${city.origin}/leaders`);
    for (const label of ['从', '至'])
      expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe('2027-01-01');
    await page.goto(`${city.origin}/audit`);
    expect(await page.getByLabel('截至', { exact: true }).inputValue()).toBe('2027-01-01');
    await page.context().close();
  });

  it('an engineer sees what a system delivered, with the refused rows, and the department what it has to correct', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'zhitong-page-register-'));
    await cp(path.join(root, 'subgraphs/enterprises/connectors'), folder, { recursive: true });
    const [mapping, refused] = ['yaml', 'refused.csv'].map((ending) => path.join(folder, `market-register.${ending}`));
    const deliver = (...args: string[]): Promise<string> =>
      runToEnd(['subgraphs/enterprises/dist/cli.js', 'connect', 'run', mapping ?? '', ...args], city.hub.environment);
    await deliver();

    const { page, complaints } = await city.open();
    await choose(page, '角色', '系统管理');
    await page.getByRole('button', { name: '进入' }).click();
    await page.locator('[data-health]').first().waitFor();
    expect(await page.locator('[data-health]').allInnerTexts()).toEqual([
      '企业登记: 正常应答',
      '诉求: 正常应答',
      '惠企政策: 正常应答',
      '信用与承诺: 正常应答',
    ]);
    await page.getByRole('link', { name: '系统接入' }).click();
    const source = page.locator('[data-part=enterprises] tr', { hasText: 'market-register' });
    await source.getByText('读取 100，新增 97，变更 0，未变 0，拒收 3').waitFor();
    expect(await source.locator('td').last().innerText()).toBe('3');
    await source.getByRole('link', { name: 'market-register' }).click();
    const rows = page.locator('[data-part=refusals] tbody tr');
    await rows.first().waitFor();
    const told = await rows.allInnerTexts();
    // Read by hand from the file: what is wrong with these three lines.
    expect(told.map((row) => ['第 24 行', '第 49 行', '第 83 行'].find((line) => row.includes(line)))).toEqual([
      '第 24 行',
      '第 49 行',
      '第 83 行',
    ]);
    expect(told[0]).toContain('第 18 位校验码是“4”，按前 17 位应当是“F”');
    expect(told[1]).toContain('美元');
    expect(told[2]).toContain('2025-02-30');
    await page.locator('[data-part=runs] tbody tr', { hasText: '完成' }).waitFor();

    const keeper = await city.openAs(
      { role: 'OFFICER', department: 'SCJGJ' },
      '/connectors/enterprises/market-register',
    );
    const theirs = keeper.page.locator('[data-part=refusals] tbody tr');
    await theirs.first().waitFor();
    expect(await theirs.count()).toBe(3);
    // Whom to call is no matter of the correction.
    const words = (await theirs.allInnerTexts()).join('\n');
    expect(words).toContain('嘉鱼金桂建筑股份有限公司');
    for (const personal of ['0715-8855085', '0715-8987999', '0715-8279747', '刘永胜', '徐海波', '刘小红'])
      expect(words).not.toContain(personal);
    const other = await city.openAs({ role: 'OFFICER', department: 'CZJ' }, '/connectors');
    await other.page.locator('[data-part=enterprises] .ant-empty, [data-part=enterprises] table').waitFor();
    expect(await other.page.getByText('market-register').count()).toBe(0);

    await writeFile(
      refused ?? '',
      (await readFile(refused ?? '', 'utf8'))
        .replace('91421221MAHG6C8334', '91421221MAHG6C833F')
        .replace('120万美元,美元', '800万元,人民币')
        .replace('2025-02-30', '2025-02-28'),
    );
    await deliver('--input', refused ?? '');
    await page.reload();
    await page.locator('[data-part=refusals] .ant-empty').waitFor();
    await page.locator('[data-part=runs]').getByText('读取 3，新增 3，变更 0，未变 0，拒收 0').waitFor();
    const office = await city.openAs({ role: 'OFFICER', department: 'FGW' }, '/standing/91421221MAX395G39W');
    const { enterprise } = await ask<{ enterprise: { name: string } }>(
      '{ enterprise(uscc: "91421221MAX395G39W") { name } }',
      ...['--role', 'COORDINATOR'],
    );
    await office.page.getByText(enterprise.name).first().waitFor();
    for (const one of [complaints, keeper.complaints, other.complaints, office.complaints]) expect(one).toEqual([]);
    for (const { page: opened } of [keeper, other, office]) await opened.context().close();
    await page.context().close();
    await rm(folder, { recursive: true });
  });
});
