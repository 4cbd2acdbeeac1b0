import { demoCity } from '@zhitong/demo';

import { demoCases } from '../../../subgraphs/cases/src/demo/demo-cases.js';
import { caseFigures } from '../../../subgraphs/cases/src/domain/case-figures.js';
import { replay } from '../../../subgraphs/cases/src/domain/history.js';
import { figuresOf } from '../../../subgraphs/cases/src/domain/statistics.js';
import { GROUP_FIELDS, type Grouping } from '../../../subgraphs/cases/src/models/case-statistics.js';
import { storedCase, type StoredCase } from '../../../subgraphs/cases/src/models/case.js';
import { casesUnderTest, type CasesUnderTest } from '../support/cases-under-test.js';

const TODAY = '2026-10-20';
let cases: CasesUnderTest;
let rows: StoredCase[];
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, TODAY);
  const histories = demoCases({
    city: demoCity({ referenceDate: TODAY, enterprises: 3_000 }),
    calendar: cases.calendar,
  });
  await cases.given(...histories);
  rows = histories.map((history) => replay(history)).map((view) => storedCase(view, caseFigures(view, cases.calendar)));
});
afterAll(async () => cases.close());

describe('the figures that the database computes', () => {
  it.each([
    ['2024-01-01', '2026-12-31'],
    ['2026-07-01', '2026-09-30'],
    ['2026-09-28', '2026-10-12'],
    ['2026-03-02', '2026-03-02'],
    ['2019-01-01', '2019-12-31'],
  ])('from %s to %s are those of the definitions', async (from, to) => {
    const period = { from, to, today: TODAY };
    const [record] = await cases.stores.statistics.figures(period, null);
    const { counts, rates } = figuresOf(
      rows.map((row) => ({ ...row })),
      period,
    );
    expect({ counts: record?.counts ?? counts, rates: record?.rates ?? rates }).toEqual({ counts, rates });
    expect(record === undefined).toBe(
      Object.values(counts).every((count) => count === 0) &&
        Object.values(rates).every(({ denominator }) => denominator === 0),
    );
  });

  it.each(Object.keys(GROUP_FIELDS).map((grouping) => [grouping as Grouping]))(
    'by %s are those of each group, and add up',
    async (grouping) => {
      const period = { from: '2026-04-01', to: '2026-10-20', today: TODAY };
      const groups = await cases.stores.statistics.figures(period, grouping);
      for (const group of groups) {
        const members = rows.filter((row) => (row[GROUP_FIELDS[grouping]] ?? '') === group.key);
        expect({ key: group.key, counts: group.counts, rates: group.rates }).toEqual({
          key: group.key,
          ...figuresOf(
            members.map((row) => ({ ...row })),
            period,
          ),
        });
        expect(group.enterprisesHelped).toBe(
          new Set(
            members
              .filter(({ resolvedOn }) => resolvedOn !== null && resolvedOn >= period.from && resolvedOn <= period.to)
              .map((row) => row.complainantKey),
          ).size,
        );
      }
      const [total] = await cases.stores.statistics.figures(period, null);
      expect(groups.reduce((sum, group) => sum + group.counts.received, 0)).toBe(total?.counts.received);
    },
  );

  it('are read through indexes', async () => {
    const plan = await cases.connection
      .collection('cases')
      .find({
        $or: ['receivedOn', 'assignedOn', 'resolvedOn', 'closedOn', 'lastDayInTime', 'rating.ratedOn'].map((field) => ({
          [field]: { $gte: '2026-10-01', $lte: '2026-10-07' },
        })),
      })
      .explain('queryPlanner');
    expect(JSON.stringify(plan)).not.toContain('COLLSCAN');
  });
});

describe('the lists of cases', () => {
  it.each([
    ['of an enterprise', { uscc: '91110000600037341L' }, { receivedAt: -1, caseNumber: -1 }],
    ['of a department', { departments: 'JXJ' }, { receivedAt: -1, caseNumber: -1 }],
    ['of the whole city', {}, { receivedAt: -1, caseNumber: -1 }],
    ['that are overdue', { isOpen: true, lastDayInTime: { $lt: TODAY } }, { lastDayInTime: 1, caseNumber: 1 }],
    ['with keywords', { keywords: { $all: ['续贷', '贷款'] } }, { receivedAt: -1, caseNumber: -1 }],
  ] as const)('%s come in order from an index', async (_which, filter, sort) => {
    const plan = JSON.stringify(
      await cases.connection
        .collection('cases')
        .find(filter)
        .sort({ ...sort })
        .limit(21)
        .explain('queryPlanner'),
    );
    expect(plan).not.toContain('COLLSCAN');
    expect(plan).not.toContain('"SORT"');
  });
});
