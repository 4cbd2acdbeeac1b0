import fc from 'fast-check';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { ensureIndexes } from '@zhitong/kit/mongo';
import { figuresOf } from '../../../subgraphs/enterprises/src/domain/figures.js';
import { factSheet } from '../../../subgraphs/enterprises/src/domain/fact-sheet.js';
import type { Criterion, Test } from '../../../subgraphs/policies/src/domain/criteria/criteria.js';
import { bulkDecider } from '../../../subgraphs/policies/src/domain/evaluation/bulk.js';
import { evaluate } from '../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import { forEachRow } from '../../../subgraphs/policies/src/domain/evaluation/row-set.js';
import { toMongoFilter } from '../../../subgraphs/policies/src/domain/evaluation/to-mongo-filter.js';
import { FactColumns } from '../../../subgraphs/policies/src/domain/facts/fact-columns.js';
import { slotsOf } from '../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { sheetDays } from '../../../subgraphs/policies/src/domain/facts/versioned-facts.js';
import { withYears } from '../../../subgraphs/policies/src/domain/facts/facts-in-years.js';
import type { AskedYear } from '../../../subgraphs/policies/src/domain/facts/year-facts.js';
import { factsOfSheet, matchable } from '../../../subgraphs/policies/src/domain/matching/match.js';
import {
  enterpriseFactsStore,
  type EnterpriseFactsStore,
} from '../../../subgraphs/policies/src/models/enterprise-facts.js';

/**
 * Figures of single years, from what departments recorded year by year to what is decided, against a program that looks
 * into the records themselves.
 */
const TODAY = '2026-11-20';
const FACTS = ['annualRevenueYuan', 'employees', 'insuredEmployees'] as const;
type Recorded = Readonly<Record<number, Readonly<Record<string, number>>>>;

const register = {
  legalForm: null,
  scale: null,
  industryCode: null,
  regionCode: null,
  registeredOn: '2015-01-01',
  status: null,
  honours: [],
};
const uscc = (row: number): string => `E${String(row).padStart(4, '0')}`;

const records = fc.dictionary(
  fc.constantFrom('2020', '2021', '2022', '2023', '2024', '2025', '2026'),
  fc.dictionary(fc.constantFrom(...FACTS), fc.constantFrom(0, 10, 11, 20), { minKeys: 1 }),
);

/** What the register would send of these records, as this department keeps it. */
function kept(recorded: Recorded) {
  const figures = figuresOf(
    Object.entries(recorded).map(([year, values]) => ({
      year: Number(year),
      asOf: year === '2026' ? '2026-06-30' : `${year}-12-31`,
      values,
    })),
  );
  const sheet = factSheet(register, figures ?? undefined, TODAY);
  const { facts } = factsOfSheet(sheet, null, TODAY);
  const days = sheetDays(sheet, 'v1', TODAY, facts);
  if (days === undefined) throw new Error('the sheet has no days');
  return { facts, told: { ...days, on: TODAY, creditOn: null } };
}

const years = fc.constantFrom<AskedYear>('PREVIOUS', 'CURRENT', 2021, 2023, 2024, 2025);
const tests: fc.Arbitrary<Test> = fc.oneof(
  fc.record({
    kind: fc.constant('test' as const),
    text: fc.constant(''),
    fact: fc.constantFrom(...FACTS),
    year: years,
    operator: fc.constantFrom('GTE' as const, 'LT' as const),
    value: fc.constantFrom(10, 11, 20),
  }),
  fc.record({
    kind: fc.constant('test' as const),
    text: fc.constant(''),
    fact: fc.constantFrom(...FACTS),
    year: years,
    operator: fc.constantFrom('GROWTH_GTE' as const, 'GROWTH_GT' as const),
    value: fc.constantFrom(0, 10, 100),
  }),
);
const trees: fc.Arbitrary<Criterion> = fc.oneof(
  tests,
  tests.map((of): Criterion => ({ kind: 'not', of, text: '' })),
  fc
    .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(tests, { minLength: 1, maxLength: 3 }))
    .map(([kind, of]): Criterion => ({ kind, of, text: '' })),
);

/** True, false, or undefined for what nobody can say. */
type Answer = boolean | undefined;

/** What is recorded of a year, as far as the register tells it: of two years before the newest, or the newest value. */
function figure(recorded: Recorded, fact: string, year: number): number | undefined {
  const newest = Math.max(...Object.keys(recorded).map(Number));
  const newestOfFact = Math.max(
    ...Object.keys(recorded)
      .map(Number)
      .filter((one) => recorded[one]?.[fact] !== undefined),
  );
  return year >= newest - 2 || year === newestOfFact ? recorded[year]?.[fact] : undefined;
}

function answer(criterion: Criterion, recorded: Recorded): Answer {
  if (criterion.kind === 'not') {
    const inner = answer(criterion.of, recorded);
    return inner === undefined ? undefined : !inner;
  }
  if (criterion.kind !== 'test') {
    if (criterion.kind === 'atLeast') throw new Error('not asked here');
    const decisive = criterion.kind === 'any';
    const answers = criterion.of.map((one) => answer(one, recorded));
    if (answers.includes(decisive)) return decisive;
    return answers.includes(undefined) ? undefined : !decisive;
  }
  const year = criterion.year === 'PREVIOUS' ? 2025 : criterion.year === 'CURRENT' ? 2026 : (criterion.year ?? 0);
  const value = figure(recorded, criterion.fact, year);
  const before = figure(recorded, criterion.fact, year - 1);
  if (value === undefined) return undefined;
  switch (criterion.operator) {
    case 'GTE':
      return value >= Number(criterion.value);
    case 'LT':
      return value < Number(criterion.value);
    case 'GROWTH_GTE':
      return before === undefined ? undefined : before > 0 && value * 100 >= before * (100 + criterion.value);
    case 'GROWTH_GT':
      return before === undefined ? undefined : before > 0 && value * 100 > before * (100 + criterion.value);
    default:
      throw new Error(criterion.operator);
  }
}

let database: TestDatabase;
let store: EnterpriseFactsStore;
const city = fc.sample(records, { numRuns: 200, seed: 7 }).map((recorded) => ({ recorded, ...kept(recorded) }));

beforeAll(async () => {
  database = await testDatabase(import.meta.url);
  store = enterpriseFactsStore(database.connection);
  await ensureIndexes(database.connection);
  await store.putAll(
    city.map(({ facts, told }, row) => ({
      uscc: uscc(row),
      name: uscc(row),
      industry: { code: 'C', name: '制造业' },
      region: { code: '421202', name: '咸安区' },
      values: facts.values,
      dates: facts.dates,
      told,
      readingId: 'test',
      readAt: new Date(0),
    })),
  );
});
afterAll(async () => database.close());

it('figures of single years are decided alike by explanation, compiled checks, columns and the database, and as recorded', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(trees, { minLength: 1, maxLength: 2 }), async (criteria) => {
      const policy = matchable(
        {
          id: 'p',
          version: 1,
          criteria,
          region: { code: null },
          benefit: {
            kind: 'cash',
            text: '',
            amount: { kind: 'fixed', fen: 100 },
            tiers: [],
            highestOnly: false,
            capFen: null,
            topUpDifference: false,
            rounding: { unitFen: 1, mode: 'DOWN' },
            instalments: null,
            formulaNote: '',
          },
        },
        TODAY,
      );
      const expected = city.map(({ recorded }) => {
        const all = answer({ kind: 'all', of: criteria, text: '' }, recorded);
        return all === undefined ? 'UNDETERMINED' : all ? 'ELIGIBLE' : 'NOT_ELIGIBLE';
      });
      const known = city.map(({ facts }) => withYears(facts, policy.asksYears));
      expect(known.map((facts) => evaluate(criteria, { facts, referenceDate: TODAY }).outcome)).toEqual(expected);
      expect(known.map(({ values }) => policy.decide(values))).toEqual(expected);
      expect(known.map(({ values }) => policy.decideSlots(slotsOf(values)))).toEqual(expected);
      const columns = new FactColumns();
      for (const { values } of known) columns.append(values);
      const decider = bulkDecider(columns);
      const decided = decider.outcomesOf(policy.bulk);
      const byColumns = expected.map(() => 'UNDETERMINED');
      forEachRow(decided.met, (row) => void (byColumns[row] = 'ELIGIBLE'));
      forEachRow(decided.unmet, (row) => void (byColumns[row] = 'NOT_ELIGIBLE'));
      expect(byColumns).toEqual(expected);
      const filters = toMongoFilter(criteria, TODAY);
      for (const [outcome, filter] of [
        ['ELIGIBLE', filters.eligible],
        ['NOT_ELIGIBLE', filters.notEligible],
        ['UNDETERMINED', filters.undetermined],
      ] as const)
        expect(await store.find(filter, city.length)).toEqual(
          expected.flatMap((one, row) => (one === outcome ? [uscc(row)] : [])),
        );
    }),
    { numRuns: 60, seed: 11 },
  );
});
