import { jest } from '@jest/globals';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from '../support/browser.js';
import { confirmMove, dayInShanghai, fillIn, openMove, part, refusedBeside, type Filled } from '../support/forms.js';
import { expectReadable } from '../support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const officer = (department: string): Caller => ({ role: 'OFFICER', department });
const DOCUMENT = { 文号: '页面测试文件1号', 文件日期: '2026-01-05' };
const TODAY = dayInShanghai();
const TOMORROW = dayInShanghai(1);

interface Money {
  readonly amount: string;
}
interface Debt {
  readonly id: string;
  readonly subject: string;
  readonly version: number;
  readonly debtor: { readonly code: string };
  readonly acceptedOn: string | null;
  readonly principal: Money;
  readonly paidAmount: Money;
  readonly disputedAmount: Money;
  readonly plans: readonly { readonly state: string }[];
  readonly withdrawal: { readonly reason: string } | null;
}

/** One record about an enterprise: who makes it, how, what is refused at first, and what the graph then says. */
interface Recorded {
  readonly by: string;
  readonly move: string;
  readonly fields: (other: string) => Readonly<Record<string, Filled>>;
  readonly wrong: Readonly<Record<string, string>>;
  /** Asked as the enterprise itself. */
  readonly seen: (uscc: string) => string;
  /** What its answer holds once, and did not before. */
  readonly holds: (other: string) => string;
}
const ofEnterprise =
  (fields: string) =>
  (uscc: string): string =>
    `{ enterprise(uscc: "${uscc}") { ${fields} } }`;

/** In the order in which they rest on each other: a repair is of a record. */
const RECORDS: readonly Recorded[] = [
  {
    ...{ by: 'RSJ', move: '登记承诺', holds: () => '页面测试承诺' },
    fields: () => ({
      ...{ 标题: '页面测试承诺', 类型: { choose: '资金奖补' }, 履行地区: { choose: '咸安' }, 承诺日期: '2026-01-05' },
      ...{ 期限: '2027-06-30', '金额（元）': '5000.00', 姓名: '张局长', 职务: '局长' },
    }),
    wrong: { 承诺日期: TOMORROW },
    seen: ofEnterprise('commitments(first: 100) { nodes { title } }'),
  },
  {
    ...{ by: 'FGW', move: '登记失信记录', holds: () => '页面测试失信1号' },
    fields: () => ({
      ...{ 失信类别: '合同履约', 失信程度: { choose: '一般' }, 文号: '页面测试失信1号', 起始日: '2026-01-05' },
    }),
    wrong: { 起始日: TOMORROW },
    seen: ofEnterprise('creditStanding { dishonestyRecords { documentNumber } }'),
  },
  {
    ...{ by: 'FGW', move: '信用修复', holds: () => '"openRecordCount":0' },
    fields: () => ({
      ...{ 失信记录: { choose: '页面测试失信1号' }, 修复日期: TODAY, 修复情况: '已履行义务。' },
      ...{ 决定书文号: '页面测试修复1号' },
    }),
    wrong: { 修复日期: TOMORROW },
    seen: ofEnterprise('creditStanding { openRecordCount }'),
  },
  {
    ...{ by: 'FGW', move: '登记生效判决', holds: () => '9001号' },
    fields: () => ({
      ...{ 案号: '（2026）鄂1202民初9001号', 法院: '咸安区人民法院', '金额（元）': '1000.00' },
      ...{ 生效日期: '2026-01-05' },
    }),
    wrong: { 生效日期: TOMORROW },
    seen: ofEnterprise('creditStanding { judgments { caseNumber } }'),
  },
  {
    ...{ by: 'RSJ', move: '登记行政处罚', holds: () => '页面测试处罚1号' },
    fields: () => ({
      ...{ 决定书文号: '页面测试处罚1号', 违法程度: { choose: '一般' }, 违法事实: '未按规定公示用工信息。' },
      ...{ 处罚依据: '劳动保障监察条例第三十条', '罚款（元）': '1000.00', 决定日期: TODAY },
      ...{ 公示截止: dayInShanghai(200) },
    }),
    wrong: { 决定日期: TOMORROW },
    seen: () => '{ penalties(first: 200) { nodes { decisionNumber } } }',
  },
  {
    ...{ by: 'RSJ', move: '登记用工监测', holds: () => '"shortage":4321' },
    fields: () => ({ '月份（YYYY-MM）': '2026-10', 在岗人数: '5000', 缺工人数: '4321' }),
    wrong: { '月份（YYYY-MM）': '2099-01' },
    seen: ofEnterprise('labourReports { month employees shortage }'),
  },
  {
    ...{ by: 'SCJGJ', move: '登记隶属关系', holds: (other) => other },
    fields: (other) => ({ 关系: { choose: '集团成员' }, '上级企业信用代码（不填为解除）': other }),
    wrong: { '上级企业信用代码（不填为解除）': '91421200000000000X' },
    seen: ofEnterprise('superiors { enterprise { uscc } }'),
  },
  {
    ...{ by: 'SCJGJ', move: '登记承继关系', holds: (other) => other },
    fields: (other) => ({
      ...{ 被承继企业信用代码: other, 承继方式: { choose: '合并' }, 承继日期: '2026-01-05' },
      ...{ 登记文书: '合并登记通知书页面1号' },
    }),
    wrong: { 承继日期: TOMORROW },
    seen: ofEnterprise('predecessors { uscc }'),
  },
];

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('records and debts in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let own: Caller & { readonly uscc: string };
  let other: string;
  beforeAll(async () => {
    city = await startCityInBrowser();
    own = { role: 'ENTERPRISE', uscc: /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] ?? '' };
    const { enterprises } = await ask<{ enterprises: { nodes: { uscc: string }[] } }>(
      '{ enterprises(first: 5) { nodes { uscc } } }',
      'COORDINATOR',
    );
    other = enterprises.nodes.find(({ uscc }) => uscc !== own.uscc)?.uscc ?? '';
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  /** Asks the graph beside the pages, as somebody. */
  async function ask<Data>(query: string, ...caller: string[]): Promise<Data> {
    const { data, errors } = await city.hub.ask<Data>(query, { token: await city.hub.token('--role', ...caller) });
    expect(errors).toBeUndefined();
    return data as Data;
  }
  const asOwn = (): string[] => ['ENTERPRISE', '--uscc', own.uscc];

  it.each(RECORDS)('$move is seen by the enterprise, once, and refused beside its field', async (record) => {
    const { page, complaints } = await city.openAs(officer(record.by), `/standing/${own.uscc}`);
    const about = part(page, 'record-about');
    const held = async (): Promise<number> =>
      JSON.stringify(await ask(record.seen(own.uscc), ...asOwn())).split(record.holds(other)).length - 1;
    expect(await held()).toBe(0);
    await openMove(about, record.move);
    await expectReadable(page);
    const fields = record.fields(other);
    await fillIn(about, { ...fields, ...record.wrong });
    await refusedBeside(about, record.move, Object.keys(record.wrong)[0] ?? '');
    expect(await held()).toBe(0);
    await fillIn(about, Object.fromEntries(Object.keys(record.wrong).map((name) => [name, fields[name] ?? ''])));
    await confirmMove(about, record.move);
    expect(await held()).toBe(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('a code that is irregular is confirmed by who keeps registrations, and a regular one is not', async () => {
    const irregular = own.uscc.slice(0, -1) + (own.uscc.endsWith('0') ? '1' : '0');
    const move = '确认特殊信用代码';
    const { page } = await city.openAs(officer('SCJGJ'), `/standing/${own.uscc}`);
    for (const uscc of [own.uscc, irregular]) {
      await page.goto(`${city.origin}/standing/${uscc}`);
      const about = part(page, 'record-about');
      await openMove(about, move);
      await fillIn(about, { 核对依据: '营业执照原件。' });
      if (uscc === irregular) await confirmMove(about, move);
      else {
        await about.getByRole('button', { name: `确认${move}` }).click();
        await about.locator('form .ant-alert').waitFor();
      }
    }
    await page.context().close();
  });

  it('every move of a debt is made, once, and seen by who is owed it', async () => {
    const keeper = await city.openAs(officer('FGW'), `/standing/${own.uscc}`);
    const about = part(keeper.page, 'record-about');
    await openMove(about, '登记拖欠账款');
    await fillIn(about, {
      ...{
        债务单位: { choose: '人力资源' },
        事项: '页面测试账款',
        合同编号: '页面合同1号',
        合同签订日期: '2025-01-05',
      },
      ...{ 交付日期: TOMORROW, '本金（元）': '100000.00', '争议金额（元）': '20000.00' },
      ...{ 付款以检验或验收为条件: { check: '是' }, 约定先抵本金: { check: '是' } },
    });
    await refusedBeside(about, '登记拖欠账款', '交付日期');
    await fillIn(about, { 交付日期: '2025-03-01' });
    await confirmMove(about, '登记拖欠账款');
    const { enterprise } = await ask<{ enterprise: { arrears: { nodes: Debt[] } } }>(
      `{ enterprise(uscc: "${own.uscc}") { arrears(first: 100) { nodes { id subject debtor { code } } } } }`,
      ...asOwn(),
    );
    const recorded = enterprise.arrears.nodes.filter(({ subject }) => subject === '页面测试账款');
    expect(recorded.map(({ debtor }) => debtor.code)).toEqual(['RSJ']);
    const { id } = recorded[0] ?? { id: '' };
    const seen = async (): Promise<Debt> =>
      (
        await ask<{ arrear: Debt }>(
          `{ arrear(id: "${id}") { id subject version debtor { code } acceptedOn principal { amount }
            paidAmount { amount } disputedAmount { amount } plans { state } withdrawal { reason } } }`,
          ...asOwn(),
        )
      ).arrear;

    const debtor = await city.openAs(officer('RSJ'), `/debts/${id}`);
    const creditor = await city.openAs(own, `/debts/${id}`);
    /** Makes a move, after what is wrong was refused; the graph then holds one version more, as it is expected. */
    async function make(
      at: typeof debtor,
      move: string,
      fields: Readonly<Record<string, Filled>>,
      expected: Partial<Debt>,
      wrong: Readonly<Record<string, string>> = {},
    ): Promise<void> {
      const moves = part(at.page, 'moves');
      const { version } = await seen();
      await openMove(moves, move);
      await fillIn(moves, { ...fields, ...wrong });
      for (const label of Object.keys(wrong)) {
        await refusedBeside(moves, move, label);
        expect((await seen()).version).toBe(version);
        await fillIn(moves, { [label]: fields[label] ?? '' });
      }
      await confirmMove(moves, move);
      expect([move, await seen()]).toMatchObject([move, { ...expected, version: version + 1 }]);
    }
    const amount = (yuan: string): Money => ({ amount: yuan });
    const reason = { 理由: '页面测试误录。', ...DOCUMENT };
    await make(
      debtor,
      '登记验收',
      { 验收日期: '2025-03-05', ...DOCUMENT },
      { acceptedOn: '2025-03-05' },
      { 验收日期: TOMORROW },
    );
    await make(
      debtor,
      '登记支付',
      { '金额（元）': '10000.00', 支付日期: '2025-06-02', 银行回单号: 'HD-PAGE-1' },
      { paidAmount: amount('10000.00') },
      { 支付日期: TOMORROW },
    );
    await make(debtor, '冲正支付', { 支付: { choose: '10,000.00' }, ...reason }, { paidAmount: amount('0.00') });
    await make(
      debtor,
      '解决争议',
      {
        解决日期: '2025-07-01',
        '确认应付（元）': '5000.00',
        '核减（元）': '15000.00',
        理由: '双方协商。',
        ...DOCUMENT,
      },
      { disputedAmount: amount('0.00') },
      { 解决日期: TOMORROW },
    );
    await make(
      debtor,
      '冲正争议处理',
      { 争议处理: { choose: '2025-07-01' }, ...reason },
      { disputedAmount: amount('20000.00') },
    );
    await make(
      debtor,
      '更正',
      { 事项: '页面测试账款（更正）', '本金（元）': '90000.00', ...reason },
      { subject: '页面测试账款（更正）', principal: amount('90000.00') },
      { 文件日期: TOMORROW },
    );
    // Proposed by one side and answered by the other.
    const { arrear } = await ask<{ arrear: { undisputedTotalAmount: Money } }>(
      `{ arrear(id: "${id}") { undisputedTotalAmount { amount } } }`,
      ...asOwn(),
    );
    const plan = { 期限: dayInShanghai(60), '金额（元）': arrear.undisputedTotalAmount.amount };
    const proposing = part(debtor.page, 'moves');
    await openMove(proposing, '提出还款计划');
    await fillIn(proposing, { ...plan, '金额（元）': '0.01' });
    await refusedBeside(proposing, '提出还款计划', '分期');
    await openMove(proposing, '提出还款计划');
    await make(debtor, '提出还款计划', plan, { plans: [{ state: 'PROPOSED' }] });
    await creditor.page.reload();
    await expectReadable(creditor.page);
    await make(creditor, '不同意或撤回还款计划', { 理由: '期限过长。' }, { plans: [{ state: 'DECLINED' }] });
    await make(creditor, '提出还款计划', { ...plan, 期限: dayInShanghai(30) }, {});
    await debtor.page.reload();
    await make(debtor, '同意还款计划', {}, {});
    expect((await seen()).plans.map(({ state }) => state).toSorted()).toEqual(['DECLINED', 'IN_FORCE']);

    await keeper.page.goto(`${city.origin}/debts/${id}`);
    await make(
      keeper,
      '移交',
      { 接收单位: { choose: '财政' }, 生效日期: TODAY, 理由: '职能调整。' },
      { debtor: { code: 'CZJ' } },
    );
    await make(keeper, '冲正移交', { 移交: { choose: TODAY }, ...reason }, { debtor: { code: 'RSJ' } });
    await make(keeper, '撤销登记', reason, { withdrawal: { reason: '页面测试误录。' } }, { 文件日期: TOMORROW });
    await creditor.page.reload();
    await part(creditor.page, 'debt').getByText('页面测试误录。').waitFor();
    for (const { page, complaints } of [keeper, debtor, creditor]) {
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });
});
