import fc from 'fast-check';
import type { Criterion, Test } from '../../../subgraphs/policies/src/domain/criteria/criteria.js';
import type { Facts, FactValue } from '../../../subgraphs/policies/src/domain/facts/fact-values.js';

export const TODAY = '2026-11-20';

const SCALES = ['large', 'medium', 'small', 'micro', 'individual'];
const TITLES = ['高新技术企业', '瞪羚企业', '雏鹰企业', '科技型中小企业'];
const REGIONS = ['420000', '421200', '421281', '421202', '440300'];
const INDUSTRIES = ['C', 'C13', 'C1330', 'F51', 'F5211', 'H62'];
const GROUPS = ['零售', '餐饮', '$where', '^x'];
const DAYS = ['2016-02-29', '2023-11-19', '2023-11-20', '2023-11-21', '2025-11-20', '2026-11-20', '2026-12-01'];
const COUNTS = [0, 1, 12, 29, 30, 31];
const MONEY = [-5, 0, 0.01, 100, 105.5, 110, 20_000_000, 9_999_999_999_999];
const RATES = [-10, 0, 5.5, 5.51, 20];

/** Few facts and few values, so that random criteria and random facts meet at the boundaries. */
const FACT_VALUES: Readonly<Record<string, fc.Arbitrary<FactValue>>> = {
  scale: fc.constantFrom(...SCALES),
  honours: fc.subarray(TITLES),
  insuredEmployees: fc.constantFrom(...COUNTS),
  annualRevenueYuan: fc.constantFrom(...MONEY),
  annualRevenuePriorYearYuan: fc.constantFrom(...MONEY),
  layoffRatePct: fc.constantFrom(...RATES),
  registeredOn: fc.constantFrom(...DAYS),
  industryCode: fc.constantFrom(...INDUSTRIES),
  registeredRegion: fc.constantFrom(...REGIONS),
  industryGroup: fc.constantFrom(...GROUPS),
  isAboveDesignatedSize: fc.boolean(),
  aboveDesignatedSizeSince: fc.constantFrom(...DAYS),
  dishonestyRecord: fc.boolean(),
  loans: fc.array(
    fc.record({
      product: fc.constantFrom('技改贷', '设备更新贷'),
      principalYuan: fc.constantFrom(100, 105, 110),
      takenOn: fc.constantFrom(...DAYS),
    }),
    { maxLength: 3 },
  ),
};

/** Facts of an enterprise, about a third of them not known. */
export const randomFacts: fc.Arbitrary<Facts> = fc
  .tuple(
    ...Object.entries(FACT_VALUES).map(([name, value]) => fc.tuple(fc.constant(name), fc.option(value, { freq: 3 }))),
  )
  .map((pairs) => ({
    values: Object.fromEntries(pairs.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
    dates: {},
  }));

/** Facts, and the same facts with one more that was not known. */
export const factsAndOneMore: fc.Arbitrary<{ readonly before: Facts; readonly after: Facts }> = fc
  .tuple(
    randomFacts,
    fc
      .constantFrom(...Object.keys(FACT_VALUES))
      .chain((name) => fc.tuple(fc.constant(name), FACT_VALUES[name] ?? fc.constant(true))),
  )
  .map(([before, [name, value]]) => ({ before, after: { values: { [name]: value, ...before.values }, dates: {} } }));

const text = '';
const choices = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...values], { minLength: 1 });
const numbers = { insuredEmployees: COUNTS, annualRevenueYuan: MONEY, layoffRatePct: RATES } as const;

const scalarTest: fc.Arbitrary<Test> = fc.oneof(
  fc.record({
    kind: fc.constant('test' as const),
    text: fc.constant(text),
    fact: fc.constant('scale'),
    operator: fc.constantFrom('IN' as const, 'NIN' as const),
    value: choices(SCALES),
  }),
  fc.record({
    kind: fc.constant('test' as const),
    text: fc.constant(text),
    fact: fc.constant('industryGroup'),
    operator: fc.constantFrom('EQ' as const, 'NE' as const),
    value: fc.constantFrom(...GROUPS),
  }),
  fc.record({
    kind: fc.constant('test' as const),
    text: fc.constant(text),
    fact: fc.constantFrom('dishonestyRecord', 'isAboveDesignatedSize'),
    operator: fc.constantFrom('EQ' as const, 'NE' as const),
    value: fc.boolean(),
  }),
);

const orderedTest: fc.Arbitrary<Test> = fc
  .constantFrom('insuredEmployees' as const, 'annualRevenueYuan' as const, 'layoffRatePct' as const)
  .chain((fact) =>
    fc.oneof(
      fc.record({
        kind: fc.constant('test' as const),
        text: fc.constant(text),
        fact: fc.constant(fact),
        operator: fc.constantFrom('GTE' as const, 'GT' as const, 'LTE' as const, 'LT' as const),
        value: fc.constantFrom(...numbers[fact]),
      }),
      fc.tuple(fc.constantFrom(...numbers[fact]), fc.constantFrom(...numbers[fact])).map(([one, other]): Test => ({
        kind: 'test',
        text,
        fact,
        operator: 'BETWEEN',
        value: [Math.min(one, other), Math.max(one, other)],
      })),
    ),
  );

const dateTest: fc.Arbitrary<Test> = fc.oneof(
  fc.record({
    kind: fc.constant('test' as const),
    text: fc.constant(text),
    fact: fc.constant('registeredOn'),
    operator: fc.constantFrom('WITHIN_LAST' as const, 'AT_LEAST_AGO' as const),
    value: fc.record({
      count: fc.constantFrom(1, 3),
      unit: fc.constantFrom('DAYS' as const, 'MONTHS' as const, 'YEARS' as const),
    }),
  }),
  fc.record({
    kind: fc.constant('test' as const),
    text: fc.constant(text),
    fact: fc.constantFrom('registeredOn', 'isAboveDesignatedSize'),
    operator: fc.constant('WAS_NOT_BEFORE' as const),
    value: fc.constantFrom(...DAYS),
  }),
  fc.record({
    kind: fc.constant('test' as const),
    text: fc.constant(text),
    fact: fc.constant('registeredOn'),
    operator: fc.constantFrom('GTE' as const, 'LT' as const),
    value: fc.constantFrom(...DAYS),
  }),
);

const otherTest: fc.Arbitrary<Test> = fc.oneof(
  fc.record({
    kind: fc.constant('test' as const),
    text: fc.constant(text),
    fact: fc.constant('honours'),
    operator: fc.constant('CONTAINS_ANY' as const),
    value: choices(TITLES),
  }),
  fc.record({
    kind: fc.constant('test' as const),
    text: fc.constant(text),
    fact: fc.constant('honours'),
    operator: fc.constant('CONTAINS' as const),
    value: fc.constantFrom(...TITLES),
  }),
  fc.record({
    kind: fc.constant('test' as const),
    text: fc.constant(text),
    fact: fc.constantFrom('honours', 'scale', 'registeredOn'),
    operator: fc.constant('EXISTS' as const),
    value: fc.constant(true as const),
  }),
  fc.record({
    kind: fc.constant('test' as const),
    text: fc.constant(text),
    fact: fc.constant('industryCode'),
    operator: fc.constantFrom('STARTS_WITH' as const, 'UNDER' as const),
    value: fc.constantFrom('C', 'F51', 'F52'),
  }),
  fc.record({
    kind: fc.constant('test' as const),
    text: fc.constant(text),
    fact: fc.constant('registeredRegion'),
    operator: fc.constant('UNDER' as const),
    value: fc.constantFrom('CN', '420000', '421200', '421281'),
  }),
  fc.record({
    kind: fc.constant('test' as const),
    text: fc.constant(text),
    fact: fc.constant('annualRevenueYuan'),
    operator: fc.constantFrom('GROWTH_GTE' as const, 'GROWTH_GT' as const),
    value: fc.constantFrom(-100, 0, 5.5, 10),
  }),
);

const condition = (attribute: string) => ({
  kind: fc.constant('test' as const),
  text: fc.constant(text),
  fact: fc.constant(`loans.${attribute}`),
});
const collectionTest: fc.Arbitrary<Test> = fc.record({
  kind: fc.constant('test' as const),
  text: fc.constant(text),
  fact: fc.constant('loans'),
  operator: fc.constant('HAS' as const),
  value: fc
    .subarray<fc.Arbitrary<Test>>(
      [
        fc.record({
          ...condition('product'),
          operator: fc.constantFrom('EQ' as const, 'NE' as const),
          value: fc.constantFrom('技改贷', '设备更新贷'),
        }),
        fc.record({
          ...condition('principalYuan'),
          operator: fc.constantFrom('GTE' as const, 'LT' as const),
          value: fc.constantFrom(100, 105, 110),
        }),
        fc.record({
          ...condition('takenOn'),
          operator: fc.constant('WITHIN_LAST' as const),
          value: fc.record({ count: fc.constantFrom(1, 3), unit: fc.constant('YEARS' as const) }),
        }),
      ],
      { minLength: 1 },
    )
    .chain((some) => fc.tuple(...some)),
});

export const randomTest: fc.Arbitrary<Test> = fc.oneof(scalarTest, orderedTest, dateTest, otherTest, collectionTest);

/** Criteria of any shape, groups within groups. */
export const randomCriterion: fc.Arbitrary<Criterion> = fc.letrec<{ criterion: Criterion }>((tie) => ({
  criterion: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: randomTest, weight: 2 },
    {
      arbitrary: fc.record({
        kind: fc.constantFrom('all' as const, 'any' as const),
        of: fc.array(tie('criterion'), { minLength: 1, maxLength: 3 }),
        text: fc.constant(text),
      }),
      weight: 2,
    },
    {
      arbitrary: fc.record({ kind: fc.constant('not' as const), of: tie('criterion'), text: fc.constant(text) }),
      weight: 1,
    },
    {
      arbitrary: fc
        .tuple(fc.array(tie('criterion'), { minLength: 1, maxLength: 4 }), fc.nat({ max: 3 }))
        .map(([of, extra]): Criterion => ({ kind: 'atLeast', count: 1 + (extra % of.length), of, text })),
      weight: 1,
    },
  ),
})).criterion;

export const randomCriteria: fc.Arbitrary<Criterion[]> = fc.array(randomCriterion, { minLength: 1, maxLength: 3 });
