import { jest } from '@jest/globals';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from '../support/browser.js';
import { confirmMove, dayInShanghai, fillIn, openMove, part, refusedBeside } from '../support/forms.js';
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
        await city.askAs<{ specialSupervisors: { name: string }[] }>(
          COORDINATOR,
          '{ specialSupervisors { name until } }',
        )
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
    const { meetings: all } = await city.askAs<{ meetings: { title: string; date: string; isHeld: boolean }[] }>(
      COORDINATOR,
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
    const { policyParameters } = await city.askAs<{ policyParameters: { valueOn: unknown; values: unknown[] }[] }>(
      COORDINATOR,
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
});
