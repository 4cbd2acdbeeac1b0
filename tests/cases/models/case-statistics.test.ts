import { demoCity } from '@zhitong/demo';

import { demoCases } from '../../../subgraphs/cases/src/demo/demo-cases.js';
import { figuresOf, isCounted, type CaseFact } from '../../../subgraphs/cases/src/domain/figures/case-facts.js';
import { GROUPINGS, type Grouping } from '../../../subgraphs/cases/src/domain/figures/kept-figures.js';
import { storedCase, type StoredCase } from '../../../subgraphs/cases/src/models/stored-case.js';
import { casesUnderTest, type CasesUnderTest } from '../support/cases-under-test.js';

const TODAY = '2026-10-20';
const KNOWS = { anonymous: true, named: 'ALL' } as const;
let cases: CasesUnderTest;
let rows: StoredCase[];
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, TODAY);
  const histories = demoCases({
    city: demoCity({ referenceDate: TODAY, enterprises: 3_000 }),
    calendar: cases.calendar,
  });
  await cases.given(...histories);
  rows = histories.map((history) => storedCase(history, cases.calendar));
});
afterAll(async () => cases.close());

const valueOf = (grouping: Grouping, fact: CaseFact, row: StoredCase): string | null => {
  if (grouping === 'DEPARTMENT') return fact.department;
  if (grouping === 'CATEGORY') return fact.category;
  const name = grouping.toLowerCase();
  return Object.entries(row).find(([field]) => field === name)?.[1] as string | null;
};

describe('the figures that the database computes', () => {
  it.each([
    ['2024-01-01', '2026-12-31', TODAY],
    ['2026-07-01', '2026-09-30', '2026-09-30'],
    ['2026-07-01', '2026-09-30', '2026-08-15'],
    ['2026-09-28', '2026-10-12', TODAY],
    ['2026-03-02', '2026-03-02', TODAY],
    ['2019-01-01', '2019-12-31', TODAY],
  ])('from %s to %s, as known on %s, are those of the definitions', async (from, to, knownOn) => {
    const period = { from, to, knownOn, today: TODAY };
    const [record] = await cases.stores.figures.figures(period, null);
    const { counts, rates } = figuresOf(
      rows.flatMap(({ facts }) => facts),
      period,
    );
    expect({ counts: record?.counts ?? counts, rates: record?.rates ?? rates }).toEqual({ counts, rates });
    expect(record === undefined).toBe(
      Object.values(counts).every((count) => count === 0) &&
        Object.values(rates).every(({ denominator }) => denominator === 0),
    );
  });

  it.each(GROUPINGS.map((grouping) => [grouping]))('by %s are those of each group, and add up', async (grouping) => {
    const period = { from: '2026-04-01', to: '2026-10-20', knownOn: TODAY, today: TODAY };
    const groups = await cases.stores.figures.figures(period, grouping);
    const helped = await cases.stores.figures.enterprisesHelped(period, grouping, KNOWS);
    for (const group of groups) {
      const members = rows.flatMap((row) =>
        row.facts
          .filter((fact) => (valueOf(grouping, fact, row) ?? '') === group.key)
          .map((fact) => ({ fact, complainant: row.complainantKey })),
      );
      expect({ key: group.key, counts: group.counts, rates: group.rates }).toEqual({
        key: group.key,
        ...figuresOf(
          members.map(({ fact }) => fact),
          period,
        ),
      });
      expect(helped.get(group.key) ?? 0).toBe(
        new Set(
          members
            .filter(({ fact }) => fact.figure === 'resolved' && isCounted(fact, period))
            .map(({ complainant }) => complainant),
        ).size,
      );
    }
    const [total] = await cases.stores.figures.figures(period, null);
    expect(groups.reduce((sum, group) => sum + group.counts.received, 0)).toBe(total?.counts.received);
  });

  it('are read through indexes', async () => {
    const plan = await cases.connection
      .collection('cases')
      .find({ facts: { $elemMatch: { on: { $gte: '2026-10-01', $lte: '2026-10-07' } } } })
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
    const explained = await cases.connection
      .collection('cases')
      .find(filter)
      .sort({ ...sort })
      .limit(21)
      .explain('queryPlanner');
    // What was weighed and rejected may sort.
    const plan = JSON.stringify((explained['queryPlanner'] as { winningPlan: unknown }).winningPlan);
    expect(plan).not.toContain('COLLSCAN');
    expect(plan).not.toContain('"SORT"');
  });
});
