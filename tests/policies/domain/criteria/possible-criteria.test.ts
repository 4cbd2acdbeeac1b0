import fc from 'fast-check';
import type { Criterion, Scalar } from '../../../../subgraphs/policies/src/domain/criteria/criteria.js';
import { outcomeOf } from '../../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import type { FactValue } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { isSatisfiable, negated } from '../../../../subgraphs/policies/src/domain/criteria/satisfiability.js';
import { TODAY } from '../../support/random-criteria.js';

type Operator = Extract<Criterion, { kind: 'test' }>['operator'];
const test = (fact: string, operator: Operator, value: unknown): Criterion =>
  ({ kind: 'test', fact, operator, value, text: '' }) as Criterion;
const possible = (...criteria: readonly Criterion[]): boolean => isSatisfiable(criteria, TODAY);
const not = (of: Criterion): Criterion => ({ kind: 'not', of, text: '' });
const staff = (operator: Operator, value: number | readonly number[]): Criterion => test('employees', operator, value);
const rate = (operator: Operator, value: number | readonly number[]): Criterion =>
  test('layoffRatePct', operator, value);

describe('criteria that some enterprise could meet', () => {
  /** Facts with so few values that each enterprise there can be is tried out. */
  const DOMAIN: Readonly<Record<string, readonly FactValue[]>> = {
    employees: [0, 1, 2, 3, 4, 5, 6],
    dishonestyRecord: [true, false],
    taxCreditGrade: ['A', 'B', 'M', 'C', 'D'],
    honours: [[], ['甲'], ['乙'], ['甲', '乙'], ['丙']],
  };
  const numbers = fc.constantFrom<Scalar>(1, 2, 3, 4, 5);
  const leaf: fc.Arbitrary<Criterion> = fc.oneof(
    fc
      .tuple(fc.constantFrom<Operator>('GTE', 'GT', 'LTE', 'LT', 'EQ', 'NE'), numbers)
      .map(([operator, value]) => test('employees', operator, value)),
    fc
      .tuple(fc.constantFrom<Operator>('IN', 'NIN'), fc.subarray([1, 2, 3, 4, 5], { minLength: 1 }))
      .map(([operator, value]) => test('employees', operator, value)),
    fc
      .tuple(numbers, numbers)
      .map(([one, other]) =>
        test('employees', 'BETWEEN', [Math.min(Number(one), Number(other)), Math.max(Number(one), Number(other))]),
      ),
    fc
      .tuple(fc.constantFrom<Operator>('EQ', 'NE'), fc.boolean())
      .map(([operator, value]) => test('dishonestyRecord', operator, value)),
    fc
      .tuple(fc.constantFrom<Operator>('IN', 'NIN'), fc.subarray(['A', 'B', 'M', 'C', 'D'], { minLength: 1 }))
      .map(([operator, value]) => test('taxCreditGrade', operator, value)),
    fc
      .tuple(fc.constantFrom<Operator>('EQ', 'NE'), fc.constantFrom('A', 'B'))
      .map(([operator, value]) => test('taxCreditGrade', operator, value)),
    fc.subarray(['甲', '乙'], { minLength: 1 }).map((titles) => test('honours', 'CONTAINS_ANY', titles)),
    fc.constantFrom('honours', 'employees', 'taxCreditGrade').map((fact) => test(fact, 'EXISTS', true)),
  );
  const criterion = fc.letrec<{ tree: Criterion }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      { arbitrary: leaf, weight: 4 },
      { arbitrary: tie('tree').map(not), weight: 2 },
      {
        arbitrary: fc.record({
          kind: fc.constantFrom('all' as const, 'any' as const),
          of: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
          text: fc.constant(''),
        }),
        weight: 2,
      },
      {
        arbitrary: fc
          .tuple(fc.array(tie('tree'), { minLength: 1, maxLength: 3 }), fc.nat())
          .map(([of, any]): Criterion => ({ kind: 'atLeast', count: 1 + (any % of.length), of, text: '' })),
        weight: 1,
      },
    ),
  })).tree;
  const everybody = Object.entries(DOMAIN).reduce<Record<string, FactValue>[]>(
    (found, [fact, values]) => found.flatMap((one) => values.map((value) => ({ ...one, [fact]: value }))),
    [{}],
  );

  it('are those that trying out every enterprise finds', () => {
    fc.assert(
      fc.property(fc.array(criterion, { minLength: 1, maxLength: 4 }), (criteria) => {
        const somebody = everybody.some(
          (values) => outcomeOf(criteria, { facts: { values, dates: {} }, referenceDate: TODAY }) === 'MET',
        );
        expect(isSatisfiable(criteria, TODAY)).toBe(somebody);
      }),
      { numRuns: 80 },
    );
  });

  it('may be none at all, and then everybody is negated', () => {
    expect([
      possible(),
      possible(negated([])),
      possible(negated([staff('GTE', 3)]), staff('LT', 3)),
      possible(negated([staff('GTE', 3)]), staff('GTE', 3)),
    ]).toEqual([true, false, true, false]);
  });
});

describe('bounds', () => {
  it.each<[string, readonly Criterion[], boolean]>([
    ['a whole number between 3 and 5', [staff('GT', 3), staff('LT', 5)], true],
    ['no whole number between 3 and 4', [staff('GT', 3), staff('LT', 4)], false],
    ['the only whole number, unless it is excluded', [staff('GT', 3), staff('LT', 5), staff('NE', 4)], false],
    ['the whole number beside the excluded one', [staff('GTE', 3), staff('LTE', 4), staff('NE', 4)], true],
    [
      'no whole number of a range that lists exclude',
      [staff('BETWEEN', [4, 6]), staff('NIN', [4, 5]), staff('NE', 6)],
      false,
    ],
    ['the one that the lists leave', [staff('BETWEEN', [4, 6]), staff('NIN', [3, 4, 7]), staff('NE', 6)], true],
    ['a rate between 3 and 4', [rate('GT', 3), rate('LT', 4)], true],
    ['exactly 3 per cent', [rate('GTE', 3), rate('LTE', 3)], true],
    ['exactly 3 per cent, which is excluded', [rate('GTE', 3), rate('LTE', 3), rate('NE', 3)], false],
    ['more than 3 and at most 3 per cent', [rate('GT', 3), rate('LTE', 3)], false],
    ['at least 3 and less than 3 per cent', [rate('GTE', 3), rate('LT', 3)], false],
    ['the highest of several floors', [rate('GTE', 1), rate('GTE', 3), rate('GTE', 2), rate('LT', 3)], false],
    ['the lowest of several ceilings', [rate('LTE', 9), rate('LTE', 3), rate('LTE', 5), rate('GT', 3)], false],
    ['a floor that counts itself beside one that does not', [rate('GTE', 3), rate('GT', 3), rate('LTE', 3)], false],
    ['a ceiling that counts itself beside one that does not', [rate('LTE', 3), rate('LT', 3), rate('GTE', 3)], false],
    ['outside of a range, below', [not(rate('BETWEEN', [3, 5])), rate('LT', 3)], true],
    ['outside of a range, above', [not(rate('BETWEEN', [3, 5])), rate('GT', 5)], true],
    ['outside of a range and in it', [not(rate('BETWEEN', [3, 5])), rate('GTE', 3), rate('LTE', 5)], false],
    ['a value that a list allows within the bounds', [rate('IN', [1, 9]), rate('GT', 5)], true],
    ['a list with nothing within the bounds', [rate('IN', [1, 3]), rate('GT', 5)], false],
    ['two lists with nothing in common', [rate('IN', [1, 3]), rate('IN', [2, 4, 6])], false],
    ['two days in order', [test('registeredOn', 'GTE', '2026-01-01'), test('registeredOn', 'LTE', '2026-01-01')], true],
    [
      'two days out of order',
      [test('registeredOn', 'GTE', '2026-01-02'), test('registeredOn', 'LTE', '2026-01-01')],
      false,
    ],
    [
      'young and old at once',
      [
        test('registeredOn', 'WITHIN_LAST', { count: 1, unit: 'YEARS' }),
        test('registeredOn', 'AT_LEAST_AGO', { count: 2, unit: 'YEARS' }),
      ],
      false,
    ],
    ['each true and false', [test('dishonestyRecord', 'EQ', true), test('dishonestyRecord', 'EQ', false)], false],
  ])('%s', (_what, criteria, expected) => {
    expect(possible(...criteria)).toBe(expected);
  });
});

describe('codes', () => {
  const under = (code: string): Criterion => test('industryCode', 'UNDER', code);
  it.each<[string, readonly Criterion[], boolean]>([
    ['one under the other', [under('C'), under('C13')], true],
    ['side by side', [under('C13'), under('C14')], false],
    ['in an industry, a part of it left out', [under('C'), not(under('C13'))], true],
    ['in a part of an industry that is left out', [under('C1330'), not(under('C13'))], false],
    ['any but one', [not(under('C13'))], true],
    ['a listed code in the industry', [test('industryCode', 'IN', ['C1330', 'F51']), under('C')], true],
    ['a listed code outside of it', [test('industryCode', 'IN', ['F51']), under('C')], false],
    ['a listed code that is left out', [test('industryCode', 'IN', ['C1330']), not(under('C13'))], false],
  ])('%s', (_what, criteria, expected) => {
    expect(possible(...criteria)).toBe(expected);
  });
});

describe('growth', () => {
  const growth = (operator: Operator, percent: number): Criterion => test('annualRevenueYuan', operator, percent);
  it.each<[string, readonly Criterion[], boolean]>([
    ['at least 5 and not at least 10 per cent', [growth('GROWTH_GTE', 5), not(growth('GROWTH_GTE', 10))], true],
    ['at least 10 and not at least 5 per cent', [growth('GROWTH_GTE', 10), not(growth('GROWTH_GTE', 5))], false],
    ['at least 5 and not at least 5 per cent', [growth('GROWTH_GTE', 5), not(growth('GROWTH_GTE', 5))], false],
    ['more than 5 and not at least 5 per cent', [growth('GROWTH_GT', 5), not(growth('GROWTH_GTE', 5))], false],
    ['more than 5 and not more than 5 per cent', [growth('GROWTH_GT', 5), not(growth('GROWTH_GT', 5))], false],
    ['exactly 5 per cent', [growth('GROWTH_GTE', 5), not(growth('GROWTH_GT', 5))], true],
    ['two floors', [growth('GROWTH_GTE', 5), growth('GROWTH_GT', 50)], true],
    ['two ceilings', [not(growth('GROWTH_GTE', 5)), not(growth('GROWTH_GT', 50))], true],
  ])('%s', (_what, criteria, expected) => {
    expect(possible(...criteria)).toBe(expected);
  });
});

describe('too many alternatives to try', () => {
  it('are believed', () => {
    const wide = Array.from({ length: 12 }, (_, index): Criterion => ({
      kind: 'any',
      of: [rate('EQ', index), test('employees', 'EQ', index)],
      text: '',
    }));
    expect(possible(...wide, staff('GT', 3), staff('LT', 3))).toBe(true);
  });
});
