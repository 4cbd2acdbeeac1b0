import type { RunReport } from '@zhitong/connect';
import { expectChinese, type Values } from '../../../support/deliveries.js';
import { deliveries } from '../../support/deliveries.js';
import { emptyEnterprises, type EnterprisesUnderTest } from '../../support/enterprises-under-test.js';

/** What a delivery of figures, items, titles and registrations refuses, repeats, tells of, and leaves on undoing. */
let under: Omit<EnterprisesUnderTest, 'city'>;
const [USCC, OTHER, NOBODY] = ['91421222MA3L4W7M5Q', '91110000600037341L', '91310000631696382C'];

const facts = () => deliveries(under, 'enterprise-facts', 'SHUIWJ');
const hires = () => deliveries(under, 'enterprise-hires', 'RSJ');
const titles = () => deliveries(under, 'enterprise-title', 'KJJ');
const register = () => deliveries(under, 'enterprise', 'SCJGJ');
const entry = (uscc: string, more: Values = {}): Values => ({
  ...{ uscc, name: `${uscc.slice(-4)}公司`, registeredOn: '2020-01-07' },
  ...more,
});
const counts = ({ run }: RunReport): number[] => {
  const { new: entered, changed, unchanged, refused } = run.counts;
  return [entered, changed, unchanged, refused];
};
/** How many records undoing took back, and why it left the others. */
async function undone(list: ReturnType<typeof deliveries>, { run }: RunReport): Promise<(string | number)[]> {
  const { undoing } = await list.undo(run._id);
  const { undone: back = 0, leftRecords = [] } = undoing ?? {};
  for (const { reason } of leftRecords) expectChinese(reason);
  return [back, ...leftRecords.map(({ reason }) => reason)];
}
const told = async (type: string): Promise<unknown[]> =>
  (
    await under.database.connection
      .collection('outbox')
      .find({ 'event.type': `cn.zhitong.enterprise.${type}` })
      .toArray()
  ).map(({ event }) => (event as { data: unknown }).data);
const stored = async (uscc: string) => under.database.connection.collection('enterprises').findOne({ uscc });

beforeEach(async () => {
  under = await emptyEnterprises(import.meta.url);
  await register().deliver([entry(USCC), entry(OTHER)]);
});
afterEach(async () => under.close());

describe('yearly figures', () => {
  it.each<[string, Values, string | null, string]>([
    ['of a year before there are any', { year: 1989, employees: 3 }, 'year', '不在'],
    ['that say nothing', { year: 2025 }, null, '该行没有任何数据'],
  ])('%s are refused', async (_what, part, field, reason) => {
    await facts().deliver([{ uscc: USCC, ...part }]);
    expect(await facts().refusals()).toEqual([[field, expect.stringContaining(reason)]]);
  });

  it('are told of, those that changed anything', async () => {
    await facts().deliver([
      { uscc: USCC, year: 2025, employees: 3, taxArrears: false },
      { uscc: OTHER, year: 2025, employees: 4 },
    ]);
    await facts().deliver(
      [
        { uscc: USCC, year: 2025, employees: 3 },
        { uscc: OTHER, year: 2025, employees: 5 },
      ],
      { source: 'second' },
    );
    expect(await told('facts-recorded')).toEqual([
      { uscc: USCC, year: 2025, facts: ['employees', 'taxArrears'] },
      { uscc: OTHER, year: 2025, facts: ['employees'] },
      { uscc: OTHER, year: 2025, facts: ['employees'] },
    ]);
  });
});

describe('an item of a collection', () => {
  const hire = (number: string, people: number, more: Values = {}): Values => ({
    ...{ uscc: USCC, year: 2025, number, group: '高校毕业生', people },
    ...more,
  });

  it('of a year before there are any is refused', async () => {
    await hires().deliver([hire('1', 3, { year: 1989 })]);
    expect(await hires().refusals()).toEqual([['year', expect.stringContaining('不在')]]);
  });

  it('is left on undoing when another list of its department has changed it since', async () => {
    const first = await hires().deliver([hire('1', 3), hire('2', 4)]);
    await hires().deliver([hire('1', 5)], { source: 'second' });
    expect(await undone(hires(), first)).toEqual([1, '此后又有新的数据，未撤销']);
    const changed = await hires().deliver([hire('1', 6)]);
    await hires().deliver([hire('1', 7)], { source: 'second' });
    expect(await undone(hires(), changed)).toEqual([0, '此后又有新的数据，未撤销']);
  });

  it('beyond the five hundredth of a year is refused with how many there are', async () => {
    await hires().deliver(Array.from({ length: 501 }, (_none, at) => hire(String(at), at + 1)));
    expect(await hires().refusals()).toEqual([[null, '该企业该年度已有 500 项，不能再增加']]);
  });
});

describe('a title', () => {
  const award = (more: Values = {}): Values => ({
    ...{ uscc: USCC, title: '瞪羚企业', level: 'CITY', awardedOn: '2025-05-01' },
    ...more,
  });

  it('of an enterprise that is not registered is refused', async () => {
    await titles().deliver([award({ uscc: NOBODY })]);
    expect(await titles().refusals()).toEqual([['uscc', expect.stringContaining('登记库中没有')]]);
  });

  it.each<[string, Values]>([
    ['level', { level: 'PROVINCIAL' }],
    ['last day', { validTo: '2028-04-30' }],
    ['first time', { firstTime: false }],
  ])('is changed by its %s, and the same when another list says what stands', async (_what, part) => {
    await titles().deliver([award()]);
    expect(counts(await titles().deliver([award()], { source: 'second' }))).toEqual([0, 0, 1, 0]);
    expect(counts(await titles().deliver([award(part)]))).toEqual([0, 1, 0, 0]);
    expect((await stored(USCC))?.['honours']).toEqual([expect.objectContaining(part)]);
    expect(await told('changed')).toEqual([
      { uscc: USCC, version: 2, fields: ['honours'] },
      { uscc: USCC, version: 3, fields: ['honours'] },
    ]);
  });

  it('is left on undoing when another list has changed it since', async () => {
    const first = await titles().deliver([award(), award({ uscc: OTHER })]);
    await titles().deliver([award({ level: 'NATIONAL' })], { source: 'second' });
    expect(await undone(titles(), first)).toEqual([1, '此后该称号又有变更，未撤销']);
    expect((await stored(USCC))?.['honours']).toHaveLength(1);
    expect((await stored(OTHER))?.['honours']).toEqual([]);
  });
});

describe('a registration', () => {
  it('is left on undoing when another list has changed it since, whether it was entered or changed', async () => {
    const entered = await register().deliver([entry(NOBODY), entry(OTHER, { shortName: '甲' })], { source: 'first' });
    await register().deliver([entry(NOBODY, { shortName: '乙' }), entry(OTHER, { shortName: '乙' })], {
      source: 'second',
    });
    const since = '此后登记信息又有变更，未撤销';
    expect(await undone(register(), entered)).toEqual([0, since, since]);
    expect(await stored(NOBODY)).toMatchObject({ shortName: '乙' });
    expect(await stored(OTHER)).toMatchObject({ shortName: '乙' });
  });

  it('that has ended already is not ended again by a list without it', async () => {
    await register().deliver([entry(NOBODY, { status: 'DEREGISTERED' }), entry(OTHER)], { source: 'whole' });
    await register().deliver([entry(OTHER)], { source: 'whole', sweep: { mostShare: 0.6 } });
    expect(await stored(NOBODY)).toMatchObject({ status: 'DEREGISTERED', version: 1 });
    expect(await told('changed')).toEqual([]);
  });
});
