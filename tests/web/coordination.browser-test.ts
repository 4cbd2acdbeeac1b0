import { createHash } from 'node:crypto';
import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { choose, chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { dayInShanghai, workingDayInShanghai } from './support/forms.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const COORDINATOR: Caller = { role: 'COORDINATOR' };

/** First and last day of the month after the next: for the next one the department commits in its last days before. */
function monthAfterNext(): [from: string, to: string] {
  const [year = 0, month = 0] = dayInShanghai().split('-').map(Number);
  const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
  return [day(Date.UTC(year, month + 1, 1)), day(Date.UTC(year, month + 2, 0))];
}

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('the pages of coordination in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  beforeAll(async () => {
    city = await startCityInBrowser();
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  /** The department that leads a case answers it. */
  async function answer(caseNumber: string, department: string): Promise<void> {
    const token = await city.hub.token('--role', 'OFFICER', '--department', department);
    const { data } = await city.hub.ask<{ case: { version: number } }>(
      `{ case(caseNumber: "${caseNumber}") { version } }`,
      { token },
    );
    const input = `{ caseNumber: "${caseNumber}", expectedVersion: ${String(data?.case.version)}, answer: "限高杆已经拆除，货车可以通行。", idempotencyKey: "page-test-answer" }`;
    const answered = await city.hub.ask<{ resolveCase: { refusal: { message: string } | null } }>(
      `mutation { resolveCase(input: ${input}) { refusal { message } } }`,
      { token },
    );
    expect(answered.data?.resolveCase.refusal).toBeNull();
  }

  it('lead a meeting from its agenda to a decision that is struck off with evidence', async () => {
    const token = await city.hub.token('--role', 'COORDINATOR');
    const { data } = await city.hub.ask<{
      cases: { nodes: { caseNumber: string; handler: { code: string; name: string } }[] };
    }>('{ cases(filter: { status: [IN_PROGRESS] }, first: 1) { nodes { caseNumber handler { code name } } } }', {
      token,
    });
    const { caseNumber, handler } = data?.cases.nodes[0] ?? { caseNumber: '', handler: { code: '', name: '' } };
    const { page } = await city.openAs(COORDINATOR, '/meetings');
    await page.getByRole('button', { name: '筹备会议' }).click();
    await choose(page, '类型', '专题会议');
    await page.getByLabel('日期', { exact: true }).fill(dayInShanghai());
    await page.getByLabel('标题', { exact: true }).fill('页面测试专题会议');
    await page.getByLabel('上会诉求编号（每行一个）', { exact: true }).fill(caseNumber);
    await page.getByRole('button', { name: '筹备会议' }).last().dblclick();
    await page.getByRole('heading', { name: '页面测试专题会议' }).waitFor();
    await page.locator('[data-part=agenda]').getByText(caseNumber).waitFor();
    await page.getByLabel('主持人', { exact: true }).fill('王市长');
    await page.getByRole('button', { name: '确认已召开' }).click();
    await page.getByRole('button', { name: '登记议定事项' }).click();
    await page.getByLabel('诉求', { exact: true }).click();
    await page.locator('.ant-select-item-option', { hasText: caseNumber }).click();
    await page.getByLabel('部门', { exact: true }).fill(handler.name);
    await page.keyboard.press('Enter');
    await page.getByLabel('决定', { exact: true }).fill('由牵头单位本月内解决限高问题。');
    await page.getByLabel('期限', { exact: true }).fill(workingDayInShanghai(5));
    await page.getByRole('button', { name: '登记议定事项' }).last().click();
    await page.locator('[data-part=decisions] td', { hasText: '由牵头单位本月内解决限高问题' }).waitFor();
    await page.getByRole('button', { name: '登记落实情况' }).click();
    await page.getByLabel('说明', { exact: true }).fill('限高杆已经拆除并复核。');
    await page.getByText('是', { exact: true }).click();
    // Refused by the graph: nothing is struck off without evidence.
    await page.getByRole('button', { name: '登记第 1 项的落实情况' }).click();
    await page.locator('.ant-form-item-explain-error, [role=alert]').first().waitFor();
    await page.getByLabel('证据链接（https，每行一个）', { exact: true }).fill('https://city.example/evidence/1');
    await page.getByRole('button', { name: '登记第 1 项的落实情况' }).click();
    // Refused still: what its department has not answered is not done.
    await page.locator('[data-part=decisions] .ant-alert').waitFor();
    await answer(caseNumber, handler.code);
    await page.getByRole('button', { name: '登记第 1 项的落实情况' }).click();
    await page.locator('[data-part=decisions] td', { hasText: '已办结' }).waitFor();
  });

  it('commit to a seed whose hash alone is sent', async () => {
    const { page } = await city.openAs(COORDINATOR, '/spot-checks');
    await page.getByRole('button', { name: '生成新种子' }).click();
    const seed = await page.locator('[data-shown=seed]').innerText();
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    const [from, to] = monthAfterNext();
    await page.locator('[data-part=commitments]').getByLabel('起始日', { exact: true }).fill(from);
    await page.locator('[data-part=commitments]').getByLabel('截止日', { exact: true }).fill(to);
    await page.getByRole('button', { name: '公布摘要' }).click();
    const hash = createHash('sha256').update(seed).digest('hex');
    await page.locator('[data-part=commitments] td', { hasText: hash }).waitFor();
    expect(sent.join()).toContain(hash);
    expect(sent.join()).not.toContain(seed);
  });

  it('show a debt with its account, and reverse what was recorded wrongly, refused beside the field', async () => {
    const office: Caller = { role: 'OFFICER', department: 'FGW' };
    const openMove = async (of: Page, move: string): Promise<void> =>
      of.locator('[data-part=moves]').getByRole('button', { name: move, exact: true }).click();
    const confirm = async (of: Page, move: string): Promise<void> => {
      await of.getByRole('button', { name: `确认${move}` }).click();
      await of.getByText(`已确认：${move}`).waitFor();
    };
    const token = await city.hub.token('--role', 'AUDITOR');
    const { data } = await city.hub.ask<{ arrearsReport: { departments: { department: { code: string } }[] } }>(
      `{ arrearsReport(from: "2026-01-01", to: "${dayInShanghai()}") { departments { department { code } } } }`,
      { token },
    );
    const debtor = data?.arrearsReport.departments[0]?.department.code ?? '';
    const { page, asked, complaints } = await city.openAs(office, `/debts?department=${debtor}`);
    await page.locator('[data-part=debts] td a').first().click();
    const field = (label: string) => page.getByLabel(label, { exact: true });
    await page.locator('[data-part=account]').waitFor();
    expect(asked).toEqual(['Debts', 'Debt']);
    await openMove(page, '登记费用');
    await field('金额（元）').fill('500.00');
    await field('发生日期').fill(dayInShanghai());
    await field('事项').fill('页面测试诉讼费');
    await field('文号').fill('鄂1202民初1号');
    const nextYear = `${Number(dayInShanghai().slice(0, 4)) + 1}-01-01`;
    await field('文件日期').fill(nextYear);
    await page.getByRole('button', { name: '确认登记费用' }).click();
    // Refused by the graph, beside the part of the document that is wrong.
    await page.locator('.ant-form-item', { hasText: '文件日期' }).locator('.ant-form-item-explain-error').waitFor();
    await field('文件日期').fill('2026-01-05');
    await confirm(page, '登记费用');
    await page.locator('[data-part=account]').getByText('页面测试诉讼费').waitFor();
    await openMove(page, '冲正费用');
    await choose(page, '费用', '页面测试诉讼费');
    await field('理由').fill('页面测试误录');
    await field('文号').fill('更正1号');
    await field('文件日期').fill('2026-01-05');
    await confirm(page, '冲正费用');
    await page.locator('[data-part=account]').getByText('页面测试误录').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
