import { includesDay, rangesOverlap, rangeText } from '@zhitong/values';
import { outcomeOf } from '../../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import { growthReached } from '../../../../subgraphs/policies/src/domain/evaluation/growth.js';
import { shown } from '../../../../subgraphs/policies/src/domain/problem.js';

describe('what a message shows of a value', () => {
  it.each<[unknown, string]>([
    [undefined, 'nothing'],
    [null, 'null'],
    [5, '5'],
    [true, 'true'],
    ['x', '"x"'],
    [[1, 2], 'a list of 2'],
    [{}, 'an object'],
    [() => 0, 'a function'],
    [Symbol('x'), 'a symbol'],
    ['x'.repeat(58), `"${'x'.repeat(58)}"`],
    ['x'.repeat(59), `"${'x'.repeat(59)}…`],
    [10n, '10'],
  ])('%# is %s', (value, expected) => {
    expect(shown(value)).toBe(expected);
  });
});

describe('windows', () => {
  it.each<[[string | null, string | null], [string | null, string | null], boolean]>([
    [['2026-01-01', '2026-01-31'], ['2026-01-31', '2026-02-28'], true],
    [['2026-01-01', '2026-01-31'], ['2026-02-01', null], false],
    [['2026-02-01', null], [null, '2026-01-31'], false],
    [['2026-01-31', null], [null, '2026-01-31'], true],
    [[null, null], ['2026-01-01', '2026-01-01'], true],
  ])('%j and %j have a day in common: %s', ([from, to], [otherFrom, otherTo], expected) => {
    expect([
      rangesOverlap({ from, to }, { from: otherFrom, to: otherTo }),
      rangesOverlap({ from: otherFrom, to: otherTo }, { from, to }),
    ]).toEqual([expected, expected]);
  });

  it('hold their first and their last day', () => {
    const window = { from: '2026-01-01', to: '2026-01-31' };
    expect(['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01'].map((day) => includesDay(window, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([
      includesDay({ from: null, to: null }, '2026-01-01'),
      rangeText(window),
      rangeText({ from: null, to: null }),
    ]).toEqual([true, '2026-01-01 – 2026-01-31', '… – …']);
  });
});

it('growth is reached exactly, and never from nothing or from a loss', () => {
  expect([
    growthReached(105.5, 100, 5.5, false),
    growthReached(105.5, 100, 5.5, true),
    growthReached(105.51, 100, 5.5, true),
    growthReached(105.49, 100, 5.5, false),
  ]).toEqual([true, false, true, false]);
  expect([
    growthReached(5, 0, 0, false),
    growthReached(5, -1, 0, false),
    growthReached(0.3, 0.1, 200, false),
    growthReached(0.3, 0.1, 200, true),
    growthReached(0, 100, -100, false),
    growthReached(-1, 100, -100, false),
  ]).toEqual([false, false, true, false, true, false]);
});

it('counts terms of months forward from their start: six months from 31 August are over on 28 February', () => {
  const check = (operator: 'AT_LEAST_AGO' | 'WITHIN_LAST', registeredOn: string, referenceDate: string) =>
    outcomeOf([{ kind: 'test', fact: 'registeredOn', operator, value: { count: 6, unit: 'MONTHS' }, text: '' }], {
      facts: { values: { registeredOn }, dates: {} },
      referenceDate,
    });
  expect(check('AT_LEAST_AGO', '2026-08-31', '2027-02-27')).toBe('NOT_MET');
  expect(check('AT_LEAST_AGO', '2026-08-31', '2027-02-28')).toBe('MET');
  expect(check('WITHIN_LAST', '2026-08-31', '2027-02-28')).toBe('MET');
  expect(check('WITHIN_LAST', '2026-08-31', '2027-03-01')).toBe('NOT_MET');
});
