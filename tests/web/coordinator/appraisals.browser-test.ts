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

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('appraisals of departments (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  beforeAll(async () => void (city = await startCityInBrowser()), 1_800_000);
  afterAll(async () => city.stop(), 600_000);

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
    await expectReadable(page);
    await send.click();
    await plan.locator('.ant-form-item-explain-error').first().waitFor();
    await fillIn(plan, { 开始日期: dayInShanghai(1), 结束日期: dayInShanghai(9) });
    await send.dblclick();
    await plan.getByText('摘要已公布').waitFor();

    // Days pass: a sample is drawn later than the seed was committed to, and results are published after the round.
    const port = (await readFile(path.join(city.hub.dataDir, 'mongo.port'), 'utf8')).trim();
    const client = await MongoClient.connect(`mongodb://127.0.0.1:${port}/?directConnection=true`);
    const rounds = client.db('zhitong_enterprises').collection('appraisals');
    await rounds.updateOne(
      { title: '页面评议' },
      { $set: { committedOn: dayInShanghai(-1), opensOn: dayInShanghai() } },
    );
    await page.reload();
    const round = page.locator('[data-part^=round-]', { hasText: '页面评议' });
    await openMove(round, '抽取样本');
    await fillIn(round, { 随机种子: 'another seed' });
    await refusedBeside(round, '抽取样本', '随机种子');
    await fillIn(round, { 随机种子: seed });
    await confirmMove(round, '抽取样本');
    const { enterprises } = await city.askAs<{
      enterprises: { totalCount: number; nodes: { uscc: string; scale: string }[] };
    }>(
      COORDINATOR,
      '{ enterprises(filter: { status: [IN_OPERATION] }, first: 200) { totalCount nodes { uscc scale } } }',
    );
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
    await page.reload();
    await openMove(round, '公布结果');
    await confirmMove(round, '公布结果');
    const { appraisals } = await city.askAs<{
      appraisals: { title: string; answered: { numerator: number } | null; results: unknown }[];
    }>(COORDINATOR, '{ appraisals { title answered { numerator } results { department { code } } } }');
    expect(appraisals.find(({ title }) => title === '页面评议')).toMatchObject({
      answered: { numerator: 1 },
      results: [{ department: { code: 'FGW' } }],
    });
    await enterprise.page.reload();
    await enterprise.page.locator('[data-part^=round-]', { hasText: '页面评议' }).getByText('1 / ').waitFor();

    // Two rounds later it has dropped twice: the department itself says why, and what it does about it.
    await rounds.updateOne({ title: '页面评议' }, { $set: { 'published.results.$[].isDoubleDrop': true } });
    await client.close();
    const department = await city.openAs({ role: 'OFFICER', department: 'FGW' }, '/appraisals');
    const dropped = department.page.locator('[data-part^=round-]', { hasText: '页面评议' });
    await openMove(dropped, '说明原因与措施');
    await fillIn(dropped, { 原因: '窗口轮换过多。', 改进措施: '固定专窗。', 期限: dayInShanghai(-1) });
    await refusedBeside(dropped, '说明原因与措施', '期限');
    await fillIn(dropped, { 期限: dayInShanghai(30) });
    await confirmMove(dropped, '说明原因与措施');
    await dropped.getByRole('button', { name: '说明原因与措施', exact: true }).waitFor({ state: 'detached' });
    await page.reload();
    await round.getByText('窗口轮换过多。 固定专窗。').waitFor();
    expect([complaints, enterprise.complaints, department.complaints]).toEqual([[], [], []]);
    for (const one of [page, enterprise.page, department.page]) await one.context().close();
  });
});
