import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { jest } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from '../support/browser.js';
import { chooseIn, confirmMove, dayInShanghai, fillIn, openMove, part, refusedBeside } from '../support/forms.js';
import { expectReadable } from '../support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const COORDINATOR: Caller = { role: 'COORDINATOR' };
/** The department that keeps policies, and with them their parameters. */
const KEEPER: Caller = { role: 'OFFICER', department: 'YSB' };

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('what the coordinator and the keeper of policies enter (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  beforeAll(async () => void (city = await startCityInBrowser()), 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  /** Asks the graph beside the pages, as the coordinator. */
  async function ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await city.hub.ask<Data>(query, {
      token: await city.hub.token('--role', 'COORDINATOR'),
      variables,
    });
    expect(errors).toBeUndefined();
    return data as Data;
  }

  it('a special supervisor, appointed for a term and released, and a meeting that has taken place', async () => {
    const { page, complaints } = await city.openAs(COORDINATOR, '/unit-checks');
    const supervisors = part(page, 'supervisors');
    await openMove(supervisors, '聘任特约监督员');
    await fillIn(supervisors, { 姓名: '页面监督员', 所在单位: '市工商联', 截止日: dayInShanghai(-1) });
    await refusedBeside(supervisors, '聘任特约监督员', '截止日');
    await fillIn(supervisors, { 截止日: dayInShanghai(300) });
    await confirmMove(supervisors, '聘任特约监督员');
    const named = async (): Promise<unknown[]> =>
      (
        await ask<{ specialSupervisors: { name: string }[] }>('{ specialSupervisors { name until } }')
      ).specialSupervisors.filter(({ name }) => name === '页面监督员');
    expect(await named()).toEqual([{ name: '页面监督员', until: dayInShanghai(300) }]);
    await openMove(supervisors.locator('tr', { hasText: '页面监督员' }), '解聘');
    await fillIn(supervisors, { 理由: '工作调动。' });
    await confirmMove(supervisors, '解聘');
    expect(await named()).toEqual([]);

    await page.goto(`${city.origin}/meetings`);
    await page.getByRole('button', { name: '补录已召开的会议' }).click();
    await expectReadable(page);
    const meetings = page
      .locator('[data-part]', { has: page.getByRole('button', { name: '补录已召开的会议' }) })
      .last();
    await fillIn(meetings, {
      类型: { choose: '恳谈会' },
      日期: dayInShanghai(1),
      标题: '页面恳谈会',
      主持人: '分管副市长',
    });
    const send = meetings.locator('form button[type=submit]');
    await send.click();
    await meetings.locator('.ant-form-item-has-error', { hasText: '日期' }).waitFor();
    await fillIn(meetings, { 日期: dayInShanghai(-1) });
    await send.dblclick();
    await page.waitForURL(/\/meetings\/[\w-]+$/);
    const { meetings: all } = await ask<{ meetings: { title: string; date: string; isHeld: boolean }[] }>(
      '{ meetings(first: 100) { title date isHeld } }',
    );
    expect(all.filter(({ title }) => title === '页面恳谈会')).toEqual([
      { title: '页面恳谈会', date: dayInShanghai(-1), isHeld: true },
    ]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('a parameter of policies, with a value that everybody reads, by its keeper alone', async () => {
    const { page, complaints } = await city.openAs(KEEPER, '/parameters');
    const parameters = part(page, 'parameters');
    await openMove(parameters, '定义参数');
    await fillIn(parameters, {
      '参数名（英文字母和数字）': 'page test',
      名称: '页面参数',
      单位: '元',
      类型: { choose: '整数' },
    });
    await refusedBeside(parameters, '定义参数', '参数名');
    await fillIn(parameters, { '参数名（英文字母和数字）': 'pageTest' });
    await confirmMove(parameters, '定义参数');
    const row = parameters.locator('tr', { hasText: '$pageTest' });
    const record = async (value: string, from: string): Promise<void> => {
      await openMove(row, '登记数值');
      await fillIn(parameters, { 数值: value, 起始日: from, 依据文件: '页面〔2026〕1号' });
    };
    await record('1200', dayInShanghai(-10));
    await expectReadable(page);
    await confirmMove(parameters, '登记数值');
    await row.getByText('1200 元').waitFor();
    // Another value of the same days stands in the way.
    await record('1300', dayInShanghai(-5));
    await refusedBeside(parameters, '登记数值', '起始日');
    const { policyParameters } = await ask<{ policyParameters: { valueOn: unknown; values: unknown[] }[] }>(
      '{ policyParameters(names: ["pageTest"]) { valueOn { value from } values { value } } }',
    );
    expect(policyParameters).toEqual([
      { valueOn: { value: 1200, from: dayInShanghai(-10) }, values: [{ value: 1200 }] },
    ]);
    expect(complaints).toEqual([]);
    const other = await city.openAs({ role: 'OFFICER', department: 'RSJ' }, '/parameters');
    await part(other.page, 'parameters').locator('tr', { hasText: '$pageTest' }).waitFor();
    expect(await part(other.page, 'parameters').getByRole('button', { name: '登记数值' }).count()).toBe(0);
    for (const one of [page, other.page]) await one.context().close();
  });

  it('an appraisal of departments, from its seed over a drawn sample and an answer to its results', async () => {
    const { page, complaints } = await city.openAs(COORDINATOR, '/appraisals');
    const plan = part(page, 'plan');
    await plan.getByRole('button', { name: '生成新种子' }).click();
    const seed = await plan.locator('[data-shown=seed]').innerText();
    await fillIn(plan, { 标题: '页面评议' });
    await chooseIn(plan, '参评部门', '发展和改革');
    await chooseIn(plan.locator('fieldset'), '企业规模', '大型');
    await fillIn(plan, { 抽取户数: '1000', 开始日期: dayInShanghai(5), 结束日期: dayInShanghai(2) });
    const send = plan.locator('form button[type=submit]');
    await send.click();
    await plan.locator('.ant-form-item-explain-error').first().waitFor();
    await fillIn(plan, { 开始日期: dayInShanghai(), 结束日期: dayInShanghai(9) });
    await expectReadable(page);
    await send.dblclick();
    await plan.getByText('摘要已公布').waitFor();

    // Days pass: a sample is drawn later than the seed was committed to, and results are published after the round.
    const port = (await readFile(path.join(city.hub.dataDir, 'mongo.port'), 'utf8')).trim();
    const client = await MongoClient.connect(`mongodb://127.0.0.1:${port}/?directConnection=true`);
    const rounds = client.db('zhitong_enterprises').collection('appraisals');
    await rounds.updateOne({ title: '页面评议' }, { $set: { committedOn: dayInShanghai(-1) } });
    await page.reload();
    const round = page.locator('[data-part^=round-]', { hasText: '页面评议' });
    await openMove(round, '抽取样本');
    await fillIn(round, { 随机种子: 'another seed' });
    await refusedBeside(round, '抽取样本', '随机种子');
    await fillIn(round, { 随机种子: seed });
    await confirmMove(round, '抽取样本');
    const { enterprises } = await ask<{
      enterprises: { totalCount: number; nodes: { uscc: string; scale: string }[] };
    }>('{ enterprises(filter: { status: [IN_OPERATION] }, first: 200) { totalCount nodes { uscc scale } } }');
    const asked = enterprises.nodes.find(({ scale }) => scale === 'LARGE')?.uscc ?? '';
    const enterprise = await city.openAs({ role: 'ENTERPRISE', uscc: asked }, '/appraisals');
    const answer = part(enterprise.page, 'to-answer');
    await openMove(answer.locator('tr', { hasText: '页面评议' }), '填写评议');
    await chooseIn(answer.locator('fieldset'), '部门', '发展和改革');
    for (const label of ['过程满意度', '结果满意度'])
      await answer.locator('.ant-form-item', { hasText: label }).getByText('5 非常满意', { exact: true }).click();
    await expectReadable(enterprise.page);
    await confirmMove(answer, '填写评议');
    await answer.locator('tr', { hasText: '页面评议' }).waitFor({ state: 'detached' });

    await rounds.updateOne(
      { title: '页面评议' },
      { $set: { closesOn: dayInShanghai(-1), opensOn: dayInShanghai(-1) } },
    );
    await client.close();
    await page.reload();
    await openMove(round, '公布结果');
    await confirmMove(round, '公布结果');
    const { appraisals } = await ask<{
      appraisals: { title: string; answered: { numerator: number } | null; results: unknown }[];
    }>('{ appraisals { title answered { numerator } results { department { code } } } }');
    expect(appraisals.find(({ title }) => title === '页面评议')).toMatchObject({
      answered: { numerator: 1 },
      results: [{ department: { code: 'FGW' } }],
    });
    await enterprise.page.reload();
    await enterprise.page.locator('[data-part^=round-]', { hasText: '页面评议' }).getByText('1 / ').waitFor();
    expect([complaints, enterprise.complaints]).toEqual([[], []]);
    for (const one of [page, enterprise.page]) await one.context().close();
  });
});
