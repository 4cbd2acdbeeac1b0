import { checkOf, factsOfCheck } from '../../../../subgraphs/policies/src/domain/criteria/check.js';
import { compileCriteria } from '../../../../subgraphs/policies/src/domain/evaluation/compile.js';
import {
  leavesOf,
  membersOf,
  testsOf,
  type Criterion,
  type ParameterTest,
  type Test,
} from '../../../../subgraphs/policies/src/domain/criteria/criteria.js';
import { evaluate, outcomeOf } from '../../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import type { FactValue } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { TODAY } from '../../support/random-criteria.js';

/** A criterion that is met (M), refused (R) or not known (U) for an enterprise of 10 employees. */
const leaf = (letter: string): Test => ({
  kind: 'test',
  fact: letter === 'U' ? 'insuredEmployees' : 'employees',
  operator: 'GTE',
  value: letter === 'M' ? 10 : 11,
  text: letter,
});
const group = (kind: 'all' | 'any', letters: string): Criterion => ({ kind, of: [...letters].map(leaf), text: '' });
const not = (letter: string): Criterion => ({ kind: 'not', of: leaf(letter), text: '' });
const atLeast = (count: number, letters: string): Criterion => ({
  kind: 'atLeast',
  count,
  of: [...letters].map(leaf),
  text: '',
});

function decided(
  criteria: readonly Criterion[],
  values: Readonly<Record<string, FactValue>> = { employees: 10 },
): string {
  const situation = { facts: { values, dates: {} }, referenceDate: TODAY };
  const { outcome } = evaluate(criteria, situation);
  expect(compileCriteria(criteria, TODAY)(values)).toBe(outcome);
  expect(outcomeOf(criteria, situation)).toBe(
    { ELIGIBLE: 'MET', NOT_ELIGIBLE: 'NOT_MET', UNDETERMINED: 'UNKNOWN' }[outcome],
  );
  return { ELIGIBLE: 'M', NOT_ELIGIBLE: 'R', UNDETERMINED: 'U' }[outcome];
}

describe('a group of criteria', () => {
  it.each([
    ['MM', 'M', 'M'],
    ['MR', 'R', 'M'],
    ['RM', 'R', 'M'],
    ['RR', 'R', 'R'],
    ['MU', 'U', 'M'],
    ['UM', 'U', 'M'],
    ['RU', 'R', 'U'],
    ['UR', 'R', 'U'],
    ['UU', 'U', 'U'],
    ['M', 'M', 'M'],
    ['R', 'R', 'R'],
    ['U', 'U', 'U'],
  ])('of %s is %s where all count and %s where any does', (letters, all, any) => {
    expect([
      decided([group('all', letters)]),
      decided([group('any', letters)]),
      decided([...letters].map(leaf)),
    ]).toEqual([all, any, all]);
  });

  it('is turned round by "not", which leaves what is not known', () => {
    expect(['M', 'R', 'U'].map((letter) => decided([not(letter)]))).toEqual(['R', 'M', 'U']);
  });

  it.each([
    [1, 'RRM', 'M'],
    [1, 'RRU', 'U'],
    [1, 'RRR', 'R'],
    [2, 'MMR', 'M'],
    [2, 'MUR', 'U'],
    [2, 'URR', 'R'],
    [2, 'UUR', 'U'],
    [3, 'MMU', 'U'],
    [3, 'MMR', 'R'],
    [3, 'MMM', 'M'],
    [2, 'MMM', 'M'],
  ])('that needs %d of %s is %s', (count, letters, expected) => {
    expect(decided([atLeast(count, letters)])).toBe(expected);
  });

  it('without criteria is met', () => {
    expect(decided([])).toBe('M');
  });

  it('gives its reasons by member', () => {
    const { criteria } = evaluate(
      [
        { ...group('any', 'RU'), text: '两者之一' },
        { ...not('M'), text: '除外' },
        { ...atLeast(1, 'MR'), text: '至少一项' },
        group('all', 'M'),
      ],
      { facts: { values: { employees: 10 }, dates: {} }, referenceDate: TODAY },
    );
    const none = { fact: null, expected: '', actual: null, source: null, asOf: null };
    expect(criteria).toMatchObject([
      {
        text: '两者之一',
        operator: 'ANY',
        outcome: 'UNKNOWN',
        ...none,
        of: [
          { text: 'R', operator: 'GTE', fact: 'employees', outcome: 'NOT_MET', of: [] },
          { text: 'U', outcome: 'UNKNOWN', actual: null },
        ],
      },
      {
        text: '除外',
        operator: 'NOT',
        outcome: 'NOT_MET',
        ...none,
        of: [{ text: 'M', outcome: 'MET', expected: '≥ 10人', actual: '10人', source: '税务局' }],
      },
      {
        text: '至少一项',
        operator: 'AT_LEAST',
        outcome: 'MET',
        ...none,
        of: [{ outcome: 'MET' }, { outcome: 'NOT_MET' }],
      },
      { operator: 'ALL', outcome: 'MET', ...none, of: [{ outcome: 'MET' }] },
    ]);
  });
});

describe('a test of one fact', () => {
  const test = (fact: string, operator: string, value: unknown): Test =>
    ({ kind: 'test', fact, operator, value, text: '' }) as Test; // each row below is a pair that the format allows
  it.each<[string, string, unknown, FactValue, string]>([
    ['employees', 'EQ', 10, 10, 'M'],
    ['employees', 'EQ', 10, 11, 'R'],
    ['employees', 'NE', 10, 10, 'R'],
    ['employees', 'NE', 10, 11, 'M'],
    ['employees', 'EQ', 10, ['10'], 'U'],
    ['scale', 'IN', ['small', 'micro'], 'micro', 'M'],
    ['scale', 'IN', ['small', 'micro'], 'large', 'R'],
    ['scale', 'NIN', ['small'], 'small', 'R'],
    ['scale', 'NIN', ['small'], 'large', 'M'],
    ['employees', 'GTE', 10, 10, 'M'],
    ['employees', 'GTE', 10, 9, 'R'],
    ['employees', 'GT', 10, 10, 'R'],
    ['employees', 'GT', 10, 11, 'M'],
    ['employees', 'LTE', 10, 10, 'M'],
    ['employees', 'LTE', 10, 11, 'R'],
    ['employees', 'LT', 10, 10, 'R'],
    ['employees', 'LT', 10, 9, 'M'],
    ['employees', 'LT', 10, true, 'U'],
    ['employees', 'BETWEEN', [10, 20], 9, 'R'],
    ['employees', 'BETWEEN', [10, 20], 10, 'M'],
    ['employees', 'BETWEEN', [10, 20], 20, 'M'],
    ['employees', 'BETWEEN', [10, 20], 21, 'R'],
    ['honours', 'EXISTS', true, [], 'R'],
    ['honours', 'EXISTS', true, ['瞪羚企业'], 'M'],
    ['employees', 'EXISTS', true, 0, 'M'],
    ['taxArrears', 'EXISTS', true, false, 'M'],
    ['honours', 'CONTAINS', '瞪羚企业', ['高新技术企业', '瞪羚企业'], 'M'],
    ['honours', 'CONTAINS', '瞪羚企业', ['高新技术企业'], 'R'],
    ['honours', 'CONTAINS', '瞪羚企业', '瞪羚企业', 'U'],
    ['honours', 'CONTAINS_ANY', ['雏鹰企业', '瞪羚企业'], ['瞪羚企业'], 'M'],
    ['honours', 'CONTAINS_ANY', ['雏鹰企业', '瞪羚企业'], [], 'R'],
    ['industryCode', 'STARTS_WITH', 'C13', 'C1330', 'M'],
    ['industryCode', 'STARTS_WITH', 'C13', 'C14', 'R'],
    ['industryCode', 'STARTS_WITH', 'C13', 13, 'U'],
    ['registeredRegion', 'STARTS_WITH', '421200', '421281', 'R'],
    ['registeredRegion', 'UNDER', '421200', '421281', 'M'],
    ['industryCode', 'UNDER', 'C', 'C1330', 'M'],
    ['registeredOn', 'WITHIN_LAST', { count: 6, unit: 'MONTHS' }, '2026-05-20', 'M'],
    ['registeredOn', 'WITHIN_LAST', { count: 6, unit: 'MONTHS' }, '2026-05-19', 'R'],
    ['registeredOn', 'WITHIN_LAST', { count: 6, unit: 'MONTHS' }, '2026-11-20', 'M'],
    ['registeredOn', 'WITHIN_LAST', { count: 6, unit: 'MONTHS' }, '2026-11-21', 'R'],
    ['registeredOn', 'AT_LEAST_AGO', { count: 1, unit: 'YEARS' }, '2025-11-20', 'M'],
    ['registeredOn', 'AT_LEAST_AGO', { count: 1, unit: 'YEARS' }, '2025-11-21', 'R'],
    ['registeredOn', 'WAS_NOT_BEFORE', '2025-01-01', '2025-01-01', 'M'],
    ['registeredOn', 'WAS_NOT_BEFORE', '2025-01-01', '2024-12-31', 'R'],
  ])('%s %s %j: %j is %s', (fact, operator, value, recorded, expected) => {
    expect(decided([test(fact, operator, value)], { [fact]: recorded })).toBe(expected);
    expect(decided([test(fact, operator, value)], {})).toBe('U');
  });

  it.each([
    ['GROWTH_GTE', 10, 110, 100, 'M'],
    ['GROWTH_GT', 10, 110, 100, 'R'],
    ['GROWTH_GT', 10, 110.01, 100, 'M'],
    ['GROWTH_GTE', 0, 100, 0, 'R'],
    ['GROWTH_GTE', -10, 89.99, 100, 'R'],
  ])('%s %d: %d after %d is %s', (operator, value, annualRevenueYuan, annualRevenuePriorYearYuan, expected) => {
    const growth = test('annualRevenueYuan', operator, value);
    expect(decided([growth], { annualRevenueYuan, annualRevenuePriorYearYuan })).toBe(expected);
    expect(decided([growth], { annualRevenueYuan })).toBe('U');
    expect(decided([growth], { annualRevenuePriorYearYuan })).toBe('U');
    expect(decided([growth], { annualRevenueYuan: '110', annualRevenuePriorYearYuan })).toBe('U');
  });

  it('of a fact that the vocabulary does not have is not known, by name or in a group', () => {
    expect(decided([test('madeUp', 'EQ', 1)], {})).toBe('U');
  });

  it('asks of growth both years, of "was not before" the first day alone', () => {
    expect(factsOfCheck(checkOf(test('annualRevenueYuan', 'GROWTH_GT', 5), TODAY))).toEqual([
      'annualRevenueYuan',
      'annualRevenuePriorYearYuan',
    ]);
    expect(factsOfCheck(checkOf(test('isAboveDesignatedSize', 'WAS_NOT_BEFORE', '2025-01-01'), TODAY))).toEqual([
      'aboveDesignatedSizeSince',
    ]);
  });
});

describe('the tests within criteria', () => {
  const named: ParameterTest = {
    kind: 'parameterTest',
    fact: 'employees',
    operator: 'GTE',
    value: '$leastStaff',
    text: '',
  };

  it('come in the order of the text, those with dated figures apart', () => {
    const criteria = [
      leaf('M'),
      { kind: 'any' as const, of: [named, { kind: 'not' as const, of: leaf('R'), text: '' }], text: '' },
      leaf('U'),
    ];
    expect(leavesOf(criteria)).toEqual([leaf('M'), named, leaf('R'), leaf('U')]);
    expect(testsOf(criteria)).toEqual([leaf('M'), leaf('R'), leaf('U')]);
    expect(membersOf(named)).toEqual([]);
  });
});
