import { connectorReads, readMapping, runSource } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import { verifyLedger } from '../../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { creditUnderTest, type CreditUnderTest } from '../../support/credit-under-test.js';
import { deliveries, targetsOf } from '../../support/deliveries.js';

const RECORD = {
  documentNumber: '咸市监列严〔2026〕3号',
  uscc: '91421222MA3L4W7M5Q',
  category: '提交虚假材料取得登记',
  seriousness: 'GENERAL',
  from: '2026-03-02',
};
const REPAIR = { repairedOn: '2026-07-01', repairProcedure: '已履行义务', repairDecision: '咸信修〔2026〕20号' };

let under: CreditUnderTest;
let records: ReturnType<typeof deliveries>;
beforeAll(async () => void (under = await creditUnderTest(import.meta.url)));
beforeEach(async () => {
  await under.database.empty();
  await under.department.stores.running.make();
  records = deliveries(under, 'credit-record', 'SCJGJ');
});
afterAll(async () => under.close());

const stored = async () =>
  under.database.connection
    .collection('dishonesty_records')
    .find({}, { projection: { _id: 0, id: 0, documentKey: 0 } })
    .toArray();

it('a record is recorded by who delivers it, once, and its repair is added later', async () => {
  expect((await records.deliver([RECORD])).run.counts).toMatchObject({ new: 1 });
  expect(await stored()).toEqual([{ ...RECORD, recordedBy: 'SCJGJ', until: null, repair: null }]);
  const other = { source: 'other-list' };
  expect((await records.deliver([RECORD], other)).run.counts).toMatchObject({ unchanged: 1 });
  const { run } = await records.deliver([{ ...RECORD, ...REPAIR }]);
  expect(run.counts).toMatchObject({ changed: 1 });
  expect((await stored())[0]?.['repair']).toEqual({
    repairedOn: '2026-07-01',
    procedure: '已履行义务',
    decisionNumber: '咸信修〔2026〕20号',
  });
  const events = await under.database.connection.collection('outbox').find().toArray();
  expect(events.map(({ event }) => (event as { type: string }).type)).toEqual([
    'cn.zhitong.credit.dishonesty-recorded',
    'cn.zhitong.credit.dishonesty-repaired',
  ]);
  expect((await records.undo(run._id)).undoing).toMatchObject({ undone: 0, left: 1 });
  expect((await stored())[0]?.['repair']).not.toBeNull();
});

it('of one document, spelled in two ways in one list, is recorded by the first row alone', async () => {
  const { run } = await records.deliver([RECORD, { ...RECORD, ...REPAIR, documentNumber: '咸市监列严〔2026〕 ３号' }]);
  expect(run.counts).toMatchObject({ new: 1, refused: 1 });
  expect(await records.refusals()).toEqual([
    ['documentNumber', expect.stringContaining('与第 2 行是同一条记录') as unknown],
  ]);
  expect((await stored())[0]?.['repair']).toBeNull();
});

it.each([
  ['an enterprise that is not registered', { uscc: '91421222MA3L4W7M50' }, 'uscc', '登记库中没有'],
  ['another department', { recordedBy: 'RSJ' }, 'recordedBy', 'SCJGJ 不能代 RSJ 记录失信'],
  ['a day to come', { from: '2027-01-01' }, 'from', '尚未到来'],
  ['an end before its beginning', { until: '2026-03-01' }, 'until', '早于起始日期'],
  ['a repair within the least publication', { ...REPAIR, repairedOn: '2026-05-01' }, 'repairedOn', '2026-06-02'],
  ['a repair without its decision', { ...REPAIR, repairDecision: null }, 'repairDecision', '决定文书号'],
])('of %s is refused, and the others land', async (_what, part, field, reason) => {
  const other = { ...RECORD, documentNumber: '咸市监列严〔2026〕4号' };
  const { run } = await records.deliver([{ ...RECORD, ...part }, other]);
  expect(run.counts).toMatchObject({ new: 1, refused: 1 });
  expect(await records.refusals()).toEqual([[field, expect.stringContaining(reason) as unknown]]);
  expect(await stored()).toHaveLength(1);
});

it('of a department that does not punish dishonesty is refused', async () => {
  const others = deliveries(under, 'credit-record', 'ZSZX');
  await others.deliver([RECORD]);
  expect(await others.refusals()).toEqual([[null, expect.stringContaining('不是失信惩戒的主管部门') as unknown]]);
});

it('never changes otherwise', async () => {
  await records.deliver([RECORD]);
  await records.deliver([{ ...RECORD, seriousness: 'MINOR' }]);
  expect(await records.refusals()).toEqual([['seriousness', expect.stringContaining('只能信用修复') as unknown]]);
  expect((await stored())[0]).toMatchObject({ seriousness: 'GENERAL' });
});

it.each([
  [
    ['finance-commitments', 'finance-payments'],
    [3, 3],
  ],
  [['dishonesty-records'], [2]],
])('the examples %j land whole, and the ledger verifies', async (names, counts) => {
  const { connection } = under.database;
  const entered: number[] = [];
  for (const name of names) {
    const { drift, ...read } = await readMapping(`subgraphs/credit/connectors/${name}.yaml`, {
      targets: targetsOf(under),
      reads: connectorReads(connection),
      environment: {},
    });
    const { run } = await runSource({
      ...read,
      connection,
      drift,
      clock: under.clock,
      outbox: under.department.outbox,
      logger: createLogger({ name: 'test', level: 'silent' }),
    });
    entered.push(run.counts.new);
  }
  expect(entered).toEqual(counts);
  expect((await verifyLedger(under.department)).findings).toEqual([]);
});
