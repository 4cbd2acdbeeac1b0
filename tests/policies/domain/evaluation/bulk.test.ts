import fc from 'fast-check';
import type { Benefit, Tier } from '../../../../subgraphs/policies/src/domain/benefit/benefit.js';
import { TO_THE_FEN } from '../../../../subgraphs/policies/src/domain/benefit/benefit.js';
import { bulkCriteria, bulkDecider } from '../../../../subgraphs/policies/src/domain/evaluation/bulk.js';
import type { Criterion } from '../../../../subgraphs/policies/src/domain/criteria/criteria.js';
import { evaluate } from '../../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import { FactColumns } from '../../../../subgraphs/policies/src/domain/facts/fact-columns.js';
import type { Facts } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { awardFor, matchable, matchEnterprise } from '../../../../subgraphs/policies/src/domain/matching/match.js';
import { matchColumns } from '../../../../subgraphs/policies/src/domain/matching/match-bulk.js';
import { forEachRow, type RowSet } from '../../../../subgraphs/policies/src/domain/evaluation/row-set.js';
import { randomCriteria, randomCriterion, randomFacts, TODAY } from '../../support/random-criteria.js';

/** Around the 32 rows that one word holds, and beyond the rows that a table begins with. */
const citySizes = fc.constantFrom(0, 1, 31, 32, 33, 64, 70, 600);
const randomCity = citySizes.chain((size) =>
  fc
    .array(randomFacts, { minLength: Math.min(size, 70), maxLength: Math.min(size, 70) })
    .map((facts) => Array.from({ length: size }, (_, row) => facts[row % facts.length] ?? { values: {}, dates: {} })),
);

function columnsOf(city: readonly Facts[], facts?: readonly string[]): FactColumns {
  const columns = new FactColumns(facts);
  for (const { values } of city) columns.append(values);
  return columns;
}

function rowsOf(set: RowSet): number[] {
  const rows: number[] = [];
  forEachRow(set, (row) => void rows.push(row));
  return rows;
}

function outcomesInBulk(criteria: readonly Criterion[], columns: FactColumns): string[] {
  const decider = bulkDecider(columns);
  const decided = decider.outcomesOf(bulkCriteria(criteria, TODAY));
  const outcomes = Array.from({ length: columns.rows }, () => '');
  for (const [outcome, rows] of [
    ['ELIGIBLE', decided.met],
    ['NOT_ELIGIBLE', decided.unmet],
    ['UNDETERMINED', decider.unknownIn(decided)],
  ] as const) {
    for (const row of rowsOf(rows)) outcomes[row] = `${outcomes[row] ?? ''}${outcome}`;
  }
  return outcomes;
}

const expected = (criteria: readonly Criterion[], city: readonly Facts[]): string[] =>
  city.map((facts) => evaluate(criteria, { facts, referenceDate: TODAY }).outcome);

describe('criteria over columns', () => {
  it('decide every row as the interpreter does, once', () => {
    fc.assert(
      fc.property(randomCriteria, randomCity, (criteria, city) => {
        expect(outcomesInBulk(criteria, columnsOf(city))).toEqual(expected(criteria, city));
      }),
      { numRuns: 400 },
    );
  });

  it('follow rows that are replaced and removed', () => {
    const change = fc.record({ row: fc.nat(), facts: fc.option(randomFacts) });
    fc.assert(
      fc.property(
        randomCriteria,
        fc.array(randomFacts, { minLength: 1, maxLength: 40 }),
        fc.array(change, { maxLength: 30 }),
        (criteria, city, changes) => {
          const columns = columnsOf(city);
          const kept = [...city];
          for (const { row: any, facts } of changes) {
            if (kept.length === 0) break;
            const row = any % kept.length;
            if (facts !== null) {
              columns.replace(row, facts.values);
              kept[row] = facts;
            } else {
              columns.remove(row);
              const last = kept.pop();
              if (last !== undefined && row < kept.length) kept[row] = last;
            }
          }
          expect(outcomesInBulk(criteria, columns)).toEqual(expected(criteria, kept));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('tell apart more values than one byte and two bytes can number', () => {
    const city = Array.from({ length: 70_000 }, (_, row): Facts => ({
      values: { industryGroup: `行业${String(row)}` },
      dates: {},
    }));
    const columns = columnsOf(city);
    const found = [0, 254, 255, 256, 65_534, 65_535, 65_536, 69_999].map((row) => {
      const asked: Criterion = {
        kind: 'test',
        fact: 'industryGroup',
        operator: 'EQ',
        value: `行业${String(row)}`,
        text: '',
      };
      const decider = bulkDecider(columns);
      return rowsOf(decider.outcomesOf(bulkCriteria([asked], TODAY)).met);
    });
    expect(found).toEqual([[0], [254], [255], [256], [65_534], [65_535], [65_536], [69_999]]);
  });

  it('leave values of the wrong type and names that nobody knows out', () => {
    const columns = columnsOf([
      { values: { employees: '30', honours: '瞪羚企业', madeUp: 1, scale: true }, dates: {} },
    ]);
    expect(columns.valuesAt(0, ['employees', 'honours', 'madeUp', 'scale'])).toEqual({});
  });

  it('keep the wanted facts only', () => {
    expect(
      columnsOf([{ values: { employees: 30, scale: 'small' }, dates: {} }], ['scale']).valuesAt(0, [
        'employees',
        'scale',
      ]),
    ).toEqual({ scale: 'small' });
  });
});

const randomAmount = fc.oneof(
  fc.record({ kind: fc.constant('fixed' as const), fen: fc.constantFrom(0, 1, 150_000, 99_999_999_999) }),
  fc.record({
    kind: fc.constant('formula' as const),
    text: fc.constantFrom(
      '0.5 * annualRevenueYuan',
      '100 * insuredEmployees',
      'min(2000, 0.01 * annualRevenueYuan) + insuredEmployees',
      'annualRevenueYuan / insuredEmployees',
      'insuredEmployees > 12 ? 0.335 * annualRevenueYuan : 7.005',
    ),
  }),
  fc.constant({ kind: 'notStated' as const, keys: [] }),
);
const randomTier: fc.Arbitrary<Tier> = fc.record({
  when: fc.array(randomCriterion, { minLength: 1, maxLength: 2 }),
  amount: randomAmount,
  additive: fc.boolean(),
});
const randomBenefit: fc.Arbitrary<Benefit> = fc.record({
  kind: fc.constant('cash' as const),
  text: fc.constant(''),
  amount: fc.option(randomAmount),
  tiers: fc.array(randomTier, { maxLength: 3 }),
  highestOnly: fc.boolean(),
  capFen: fc.option(fc.constantFrom(100_000, 12_345)),
  topUpDifference: fc.boolean(),
  rounding: fc.constantFrom(TO_THE_FEN, { unitFen: 100, mode: 'DOWN' as const }, { unitFen: 1, mode: 'UP' as const }),
  instalments: fc.constant(null),
  formulaNote: fc.constant(''),
});

/** What a register may say, and may not. */
const BARS: readonly { readonly isDeregistered?: boolean; readonly isLicenceRevoked?: boolean }[] = [
  {},
  { isDeregistered: false, isLicenceRevoked: false },
  { isDeregistered: true },
  { isLicenceRevoked: true },
  { isDeregistered: true, isLicenceRevoked: true },
];

describe('matching over columns', () => {
  it('finds the policies and amounts that each would be awarded by itself, and none for whom the register bars', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(randomCriteria, randomBenefit), { minLength: 1, maxLength: 4 }),
        fc.array(randomFacts, { maxLength: 40 }),
        fc.array(fc.constantFrom(...BARS), { maxLength: 40 }),
        (contents, random, told) => {
          const city = random.map(({ values, dates }, row) => {
            return { values: { ...values, ...told[row] }, dates };
          });
          const policies = contents
            .map(([criteria, benefit], at) =>
              matchable({ id: `p${String(at)}`, version: 1, criteria, benefit, region: { code: null } }, TODAY),
            )
            .reverse();
          // Some had something before under some of the policies.
          const hadFen = (id: string, row: number): number => (row % 3) * 10_007 * Number(id.slice(1));
          const alone = city.map((facts, row) => {
            const withOutcome = (wanted: string): string[] =>
              policies
                .filter(({ criteria }) => evaluate(criteria, { facts, referenceDate: TODAY }).outcome === wanted)
                .map(({ id }) => id)
                .sort();
            const amounts = policies
              .filter(({ id }) => withOutcome('ELIGIBLE').includes(id))
              .map((policy) => {
                const award = awardFor(policy, facts, hadFen(policy.id, row));
                return [policy.id, award.known ? award.fen : null] as const;
              });
            if (told[row]?.isDeregistered === true || told[row]?.isLicenceRevoked === true) {
              const met = withOutcome('ELIGIBLE');
              return { eligible: [], undetermined: [], amounts: {}, ...(met.length === 0 ? {} : { struckOff: met }) };
            }
            return {
              eligible: withOutcome('ELIGIBLE'),
              undetermined: withOutcome('UNDETERMINED'),
              amounts: Object.fromEntries(amounts),
            };
          });
          expect(matchColumns(policies, columnsOf(city), hadFen)).toEqual(alone);
          expect(city.map((facts, row) => matchEnterprise(policies, facts, (id) => hadFen(id, row)))).toEqual(alone);
        },
      ),
      { numRuns: 300 },
    );
  });
});
