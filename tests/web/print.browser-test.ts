import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { cutOff } from './support/in-page.js';
import { pdfText } from './support/pdf-text.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const COORDINATOR: Caller = { role: 'COORDINATOR' };
const AUDITOR: Caller = { role: 'AUDITOR' };
/** What A4 leaves between the margins of the pages, in CSS pixels of 96 to the inch. */
const PAPER = { width: 703, height: 1000 };
const SHANGHAI_AHEAD_MS = 8 * 3_600_000;

interface Money {
  readonly amount: string;
}
const yuan = ({ amount }: Money): string =>
  `¥${Number(amount).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
/** A moment as Shanghai's clocks show it, which know no summer time. */
const inShanghai = (moment: string): string =>
  new Date(Date.parse(moment) + SHANGHAI_AHEAD_MS).toISOString().slice(0, 16).replace('T', '');
/** As a reader takes it from paper: fonts have characters of radicals that look like those of words. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '');

/** Looks at a page as it would lie on paper: nothing of it is cut; answers its text. */
async function printed(page: Page): Promise<string> {
  await page.locator('[data-part] h2').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize(PAPER);
  expect(await cutOff(page)).toEqual([]);
  expect(await page.locator('nav, a.skip, button:not([aria-expanded]), form').locator('visible=true').count()).toBe(0);
  return plain(pdfText(await page.pdf({ format: 'A4', preferCSSPageSize: true })));
}

/** All of them in turn; where a font has the character of a radical for that of a word, it counts for that. */
function expectInOrder(text: string, parts: readonly string[]): void {
  let from = 0;
  for (const part of parts.map(plain)) {
    const words = new RegExp(
      [...part].map((one) => `(?:${one.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')}|[\u2e80-\u2eff])`).join(''),
      'gu',
    );
    words.lastIndex = from;
    if (!words.test(text))
      throw new Error(`"${part}" is not on paper after "${text.slice(Math.max(0, from - 60), from)}".`);
    from = words.lastIndex;
  }
}

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('what lies on paper (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  beforeAll(async () => void (city = await startCityInBrowser()), 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  async function ask<Data>(query: string, ...caller: string[]): Promise<Data> {
    const { data, errors } = await city.hub.ask<Data>(query, { token: await city.hub.token(...caller) });
    expect(errors).toBeUndefined();
    return data as Data;
  }

  it('is a case with its answer, its clocks and its whole history, and without what only a screen can do', async () => {
    const { cases } = await ask<{
      cases: {
        nodes: {
          caseNumber: string;
          title: string;
          text: string;
          answer: string;
          clocks: { startedOn: string; dueOn: string; stoppedOn: string }[];
          history: { at: string; reason: string | null }[];
        }[];
      };
    }>(
      `{ cases(filter: { status: [CLOSED] }, first: 1) { nodes {
        caseNumber title text answer clocks { startedOn dueOn stoppedOn } history { at reason } } } }`,
      ...['--role', 'COORDINATOR'],
    );
    const [shown] = cases.nodes;
    if (shown === undefined) throw new Error('The demo city has no closed case.');
    const { page } = await city.openAs(COORDINATOR, `/cases/${shown.caseNumber}`);
    const text = await printed(page);
    expectInOrder(text, [shown.title, `诉求 ${shown.caseNumber}`, shown.text, shown.answer]);
    for (const { startedOn, dueOn, stoppedOn } of shown.clocks)
      expectInOrder(text, [startedOn, dueOn, `${stoppedOn} 完成`]);
    expectInOrder(
      text,
      shown.history.flatMap(({ at, reason }) => [inShanghai(at), ...(reason === null ? [] : [reason])]),
    );
    // The title heads each sheet, and names the file.
    expect(await page.title()).toBe(`${shown.caseNumber} · 直通`);
    for (const ofAScreen of ['受理交办', '退出', '打印', '现在可以办理']) expect(text).not.toContain(ofAScreen);
    await page.context().close();
  });

  it('is an audit with every department’s figures, also where two days stand side by side', async () => {
    interface Audit {
      readonly asOf: string;
      readonly count: number;
      readonly promisedAmount: Money;
      readonly outstandingAmount: Money;
      readonly overdueAmount: Money;
      readonly groups: readonly {
        readonly key: string;
        readonly count: number;
        readonly overdueCount: number;
        readonly undocumentedCount: number;
        readonly department: { readonly name: string };
        readonly outstandingAmount: Money;
        readonly overdueAmount: Money;
      }[];
    }
    const fields = `asOf count promisedAmount { amount } outstandingAmount { amount } overdueAmount { amount }
      groups { key count overdueCount undocumentedCount department { name } outstandingAmount { amount } overdueAmount { amount } }`;
    const { now, then } = await ask<{ now: Audit; then: Audit }>(
      `{ now: commitmentAudit(asOf: "2026-11-20", groupBy: DEPARTMENT) { ${fields} }
        then: commitmentAudit(asOf: "2026-01-31", groupBy: DEPARTMENT) { ${fields} } }`,
      ...['--role', 'AUDITOR'],
    );
    const { page } = await city.openAs(AUDITOR, '/audit?asOf=2026-11-20&compareTo=2026-01-31');
    const text = await printed(page);
    for (const amount of [now.promisedAmount, now.outstandingAmount, now.overdueAmount])
      expectInOrder(text, [yuan(amount)]);
    expect(now.groups.length).toBeGreaterThan(9);
    for (const group of now.groups) {
      const { department, count, overdueCount, undocumentedCount } = group;
      const counts = `${String(count)}${String(overdueCount)}${String(undocumentedCount)}`;
      const amounts = `${yuan(group.outstandingAmount)}${yuan(group.overdueAmount)}`;
      expectInOrder(text, [`${department.name}${counts}${amounts}`]);
      const before = then.groups.find(({ key }) => key === group.key);
      if (before !== undefined)
        expectInOrder(text, [
          `${department.name}${String(before.count)}${String(count)}${yuan(before.outstandingAmount)}${yuan(group.outstandingAmount)}`,
        ]);
    }
    const total = `${String(then.count)}${String(now.count)}${yuan(then.outstandingAmount)}${yuan(now.outstandingAmount)}`;
    expectInOrder(text, [`合计${total}`]);
    expect(await page.title()).toBe('承诺审计 · 直通');
    for (const ofAScreen of ['风险清单', '退出', '打印', '下载表格']) expect(text).not.toContain(ofAScreen);
    await page.context().close();
  });

  it('is a promise whose ledger is open, entry by entry with its hashes, although it is closed on the screen', async () => {
    const { commitments } = await ask<{
      commitments: {
        nodes: {
          id: string;
          promisedAmount: Money | null;
          entries: { seq: number; hash: string; previousHash: string; recordedAt: string }[];
        }[];
      };
    }>(
      `{ commitments(filter: { state: [OUTSTANDING] }, first: 20) { nodes {
        id promisedAmount { amount } entries { seq hash previousHash recordedAt } } } }`,
      ...['--role', 'AUDITOR'],
    );
    const promise = commitments.nodes.find(
      ({ entries, promisedAmount }) => entries.length > 1 && promisedAmount !== null,
    );
    if (promise === undefined) throw new Error('The demo city has no promise in money with two entries.');
    const { page } = await city.openAs(AUDITOR, `/commitments/${promise.id}`);
    await page.locator('[data-part=ledger] h2').waitFor();
    expect(await page.getByText('本笔哈希').locator('visible=true').count()).toBe(0);
    const text = await printed(page);
    expectInOrder(text, [promise.id, ...(promise.promisedAmount === null ? [] : [yuan(promise.promisedAmount)])]);
    expectInOrder(
      text,
      promise.entries.flatMap(({ recordedAt, previousHash, hash }) => [inShanghai(recordedAt), previousHash, hash]),
    );
    await page.context().close();
  });
});
