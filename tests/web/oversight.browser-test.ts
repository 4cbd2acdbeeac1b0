import { jest } from '@jest/globals';
import { choose, chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { dayInShanghai } from './support/forms.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const COORDINATOR: Caller = { role: 'COORDINATOR' };

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('the pages of oversight in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let enterprise: Caller;
  beforeAll(async () => {
    city = await startCityInBrowser();
    enterprise = { role: 'ENTERPRISE', uscc: /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] };
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  it('submit a briefing on a common issue, which a second person alone acknowledges', async () => {
    const { page, complaints } = await city.openAs(COORDINATOR, '/briefings');
    const form = page.locator('[data-part=submit]');
    await form.getByRole('checkbox').first().check();
    const issue = await form.locator('label', { has: page.locator('input:checked') }).innerText();
    await choose(page, '呈报对象', '市长');
    await page.keyboard.press('Escape');
    await form.getByLabel('标题', { exact: true }).fill('页面测试专报标题');
    await form.getByLabel('内容', { exact: true }).fill('本年企业反映集中的问题，建议专题研究。');
    await form.getByRole('button', { name: '呈报专报' }).dblclick();
    const row = page.locator('[data-part=briefings] tr', { hasText: '页面测试专报标题' });
    await row.getByText('待签收').waitFor();
    expect(await row.count()).toBe(1);
    expect(await row.innerText()).toContain(issue.split(' (')[0]?.split('、')[0]);

    // Whoever submitted it does not acknowledge it; another person of the office does.
    expect(await row.getByRole('button').count()).toBe(0);
    const token = await city.hub.token('--role', 'COORDINATOR', '--person', 'second');
    const second = await city.openAs({ ...COORDINATOR, token }, '/briefings');
    const there = second.page.locator('[data-part=briefings] tr', { hasText: '页面测试专报标题' });
    await there.getByRole('button', { name: '登记签收' }).click();
    await choose(second.page, '签收领导', '市长');
    await there.getByLabel('签收日期', { exact: true }).fill(dayInShanghai(1));
    await there.getByLabel('批示', { exact: true }).fill('请发改委牵头研究。');
    const confirm = there.getByRole('button', { name: '确认签收：页面测试专报标题' });
    await confirm.click();
    await there.locator('.ant-form-item-explain-error').first().waitFor();
    await there.getByLabel('签收日期', { exact: true }).fill(dayInShanghai());
    await confirm.dblclick();
    await there.getByText('待签收').waitFor({ state: 'detached' });
    expect(second.complaints).toEqual([]);
    await second.page.context().close();

    await page.reload();
    await row.getByText('请发改委牵头研究。').waitFor();
    expect(await row.getByText('待签收').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('enter an inspection, flagged for what is irregular, which the enterprise then reads', async () => {
    const officer: Caller = { role: 'OFFICER', department: 'YJGLJ' };
    const { page, complaints } = await city.openAs(officer, '/inspections');
    const form = page.locator('[data-part=record]');
    const field = (label: string) => form.getByLabel(label, { exact: true });
    await field('统一社会信用代码').fill(enterprise.uscc ?? '');
    await choose(page, '检查类型', '日常检查');
    await field('检查通知书文号').fill('应急检查〔2026〕页面测试1号');
    await field('检查事项及法律依据').fill('安全生产条件检查（安全生产法第六十五条）');
    const say = (label: string, answer: string): Promise<void> =>
      form.locator('.ant-form-item', { hasText: label }).getByText(answer, { exact: true }).click();
    await say('经部门负责人批准', '否');
    await say('入企检查', '是');
    await choose(page, '检查结果', '未发现问题');
    await field('结果说明').fill('未发现问题。');
    // Beside the day: the graph's scalar refuses the first, the department the second.
    for (const wrong of ['2999-01-01', `${Number(dayInShanghai().slice(0, 4)) + 1}-01-05`]) {
      await field('检查日期').fill(wrong);
      await form.getByRole('button', { name: '登记检查' }).click();
      await form
        .locator('.ant-form-item', { hasText: '检查日期' })
        .locator('.ant-form-item-explain-error', { hasText: wrong })
        .waitFor();
    }
    await field('检查日期').fill(dayInShanghai());
    await form.getByRole('button', { name: '登记检查' }).click();
    const row = page.locator('[data-part=inspections] tr', { hasText: '页面测试1号' });
    await row.getByText('无检查计划、未经负责人批准').waitFor();
    // What a scalar refuses is a request with wrong variables: by its status 400, which Chromium notes.
    expect(complaints).toEqual(['Failed to load resource: the server responded with a status of 400 (Bad Request)']);
    await page.context().close();

    const theirs = await city.openAs(enterprise, '/inspections');
    await theirs.page.locator('[data-part=inspections] tr', { hasText: '页面测试1号' }).waitFor();
    // Who else is inspected, and by which plans, is for officials.
    expect(await theirs.page.locator('[data-part=frequency], [data-part=plans], [data-part=record]').count()).toBe(0);
    await theirs.page.context().close();
  });

  it('show how an enterprise stands, and take back a record that was wrong', async () => {
    const officer: Caller = { role: 'OFFICER', department: 'FGW' };
    const token = await city.hub.token('--role', 'OFFICER', '--department', 'FGW');
    const input = `{ idempotencyKey: "page-test-record", uscc: "${enterprise.uscc ?? ''}", category: "合同履约", seriousness: GENERAL, documentNumber: "页面测试失信认定1号", from: "${dayInShanghai()}" }`;
    const recorded = await city.hub.ask<{ recordDishonesty: { refusal: { message: string } | null } }>(
      `mutation { recordDishonesty(input: ${input}) { refusal { message } } }`,
      { token },
    );
    expect(recorded).toMatchObject({ data: { recordDishonesty: { refusal: null } } });
    const { page, asked, complaints } = await city.openAs(officer, `/standing/${enterprise.uscc ?? ''}`);
    const row = page.locator('[data-part=records] tr', { hasText: '页面测试失信认定1号' });
    await row.waitFor();
    expect(asked).toEqual(['Standing']);
    await expectReadable(page);
    const records = page.locator('[data-part=records]');
    await row.getByRole('button', { name: '撤销记录' }).click();
    await records.getByLabel('理由', { exact: true }).fill('认定对象有误。');
    await records.getByLabel('文号', { exact: true }).fill('更正2号');
    await records.getByLabel('文件日期', { exact: true }).fill(dayInShanghai());
    await records.locator('form button[type=submit]').dblclick();
    await row.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
