import type { Connection } from 'mongoose';
import type { Scenario } from '../write-rights.js';

let made = 0;

/** A delivery to another system that was given up, as the outbox keeps it. */
export async function aDeadLetter(connection: Connection): Promise<string> {
  made += 1;
  const _id = `receiver:event-${String(made)}`;
  const at = new Date('2026-03-01T02:00:00Z');
  await connection.collection<{ _id: string }>('outboxDeliveries').insertOne({
    ...{ _id, webhookId: 'receiver', subject: 'thing', sequence: made, state: 'dead', attempts: 12 },
    ...{ dueOn: at, queuedOn: at, deadOn: at, lastStatus: 500, lastError: 'answered 500' },
    event: { id: `event-${String(made)}`, type: 'cn.zhitong.thing.changed', subject: 'thing' },
  } as { _id: string });
  return _id;
}

/** What sending deliveries again is tried on, in each department alike. */
export const deadLetterScenario = (connection: () => Connection): Scenario => ({
  prepare: async () => ({ deadLetters: [await aDeadLetter(connection())] }),
});

/** A row as a system delivers it, of a source whose mapping the department ships. */
interface DeliveredRow {
  readonly source: string;
  readonly target: string;
  /** Code of the department that delivers. */
  readonly department: string;
  readonly cells: Readonly<Record<string, string>>;
  /** The column that was refused. */
  readonly column: string;
}

/** A refused row of a system that delivers, as the engine keeps it. */
export async function aRefusedRow(
  connection: Connection,
  { source, target, department, cells, column }: DeliveredRow,
): Promise<string> {
  made += 1;
  const at = new Date('2026-03-01T02:00:00Z');
  const settings = { precedence: 1, keeper: null, schedule: null, silentAfterHours: null, silenceToldAt: null };
  await connection
    .collection<{ _id: string }>('connector_sources')
    .replaceOne({ _id: source }, { ...settings, target, department, registeredAt: at }, { upsert: true });
  const _id = `${source}/row-${String(made)}`;
  await connection.collection<{ _id: string }>('connector_refusals').insertOne({
    ...{ _id, source, run: 'run-1', key: null, place: { source: 'delivery.csv', line: 7 }, line: 7, column, at },
    cells: Object.entries(cells).map(([header, text]) => [header, header === column ? '？' : text]),
    ...{ reason: '不能识别', state: 'OPEN', settledBy: null },
  } as { _id: string });
  return _id;
}

/** What correcting a refused row is tried on. */
export const rowScenario = (connection: () => Connection, row: DeliveredRow): Scenario => ({
  department: row.department,
  prepare: async () => ({
    row: await aRefusedRow(connection(), row),
    cells: Object.entries(row.cells).map(([column, text]) => ({ column, text })),
  }),
});

const USCC = '91421222MA3L4W7M5Q';

/** A row of a system of each department, with one cell that was refused. */
export const DELIVERED = {
  enterprises: {
    ...{ source: 'market-register', target: 'enterprise', department: 'SCJGJ', column: '成立日期' },
    cells: {
      ...{ 企业名称: '通城贺胜科技股份有限公司', 统一社会信用代码: USCC, 企业类型: '股份有限公司(非上市)' },
      ...{ 所属区县: '通城县', 行业名称: '软件开发', 行业代码: 'I651', '注册资本(万元)': '100万元', 币种: '人民币' },
      ...{ 成立日期: '2022-02-16', 登记状态: '经营异常', 联系人: '王丽华', 联系电话: '0715-8254656' },
      住所: '湖北省咸宁市通城县青砖路134号',
    },
  },
  cases: {
    ...{ source: 'hotline-12345', target: 'case', department: 'YSB', column: '受理时间' },
    cells: {
      ...{ 工单编号: 'GD-2025-0001', 受理时间: '2025-03-03 09:12', 诉求标题: '园区供电多次跳闸' },
      ...{ 诉求内容: '供电线路多次跳闸，影响生产，请求处理。', 问题分类: '政务服务', 所属区县: '咸安区' },
      ...{ 统一社会信用代码: USCC, 承办单位: '市住建局', 转办时间: '2025-03-03 10:00' },
    },
  },
  policies: {
    ...{ source: 'policy-list', target: 'policy', department: 'RSJ', column: '发布日期' },
    cells: {
      ...{
        文号: '咸人社发〔2026〕12号',
        政策名称: '失业保险稳岗返还实施办法',
        发文单位: '市人社局',
        适用区划: '421200',
      },
      ...{
        发布日期: '2026-03-10',
        有效期自: '2026-03-10',
        有效期至: '2026-12-31',
        支持方式: '补贴',
        兑现方式: '免申即享',
      },
      ...{
        支持内容: '中小微企业按60%返还',
        '资金预算(万元)': '1200',
        原文链接: 'http://rsj.example.cn/2026/0310.html',
      },
    },
  },
  credit: {
    ...{ source: 'finance-commitments', target: 'commitment', department: 'CZJ', column: '批复日期' },
    cells: {
      ...{ 承诺编号: 'CZ-2025-001', 承诺事项: '固定资产投资奖励', 资金类别: '奖补', 统一社会信用代码: USCC },
      ...{ 所属区县: '通城县', 批复日期: '2025-03-10', '承诺金额(万元)': '120', 应兑现日期: '2025-12-31' },
      ...{ 文号: '咸财企〔2025〕8号', 文件日期: '2025-03-05', 责任人: '王建国', 职务: '企业科科长' },
    },
  },
} as const satisfies Readonly<Record<string, DeliveredRow>>;
