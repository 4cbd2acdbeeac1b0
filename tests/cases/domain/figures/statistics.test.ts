import { nationalCalendar } from '@zhitong/kit';
import fc from 'fast-check';

import { periodBefore, rateText, wholeMonths } from '@zhitong/values';
import {
  factsOf,
  figuresOf,
  type CaseFact,
  type Knowledge,
} from '../../../../subgraphs/cases/src/domain/figures/case-facts.js';
import type { Intake } from '../../../../subgraphs/cases/src/domain/case-event.js';
import { accepted, aHistory, assigned, contacted, rated, resolvedWith, type Happening } from '../../support/a-case.js';

const calendar = nationalCalendar();
const row = (day: string, happenings: readonly Happening[], intake: Partial<Intake> = {}): CaseFact[] =>
  factsOf(aHistory(day, happenings, intake), calendar);
/** A matter that promised two and a half working days, and took so many half days. */
const took = (halfDays: number): Partial<Intake> => ({
  serviceItem: { id: 'ZZ-SPJY', promisedHalfDays: 5 },
  actualTime: { halfDays, askedOn: null, hadOn: null },
});
const MARCH: Knowledge = { from: '2026-03-01', to: '2026-03-31', knownOn: '2026-04-15', today: '2026-04-15' };

describe('the figures of a period', () => {
  // Seven cases, counted by hand.
  const rows = [
    row('2026-03-02', [
      ['2026-03-03', assigned()],
      ['2026-03-03', accepted],
      ['2026-03-04', contacted],
      ['2026-03-09', resolvedWith()],
      ['2026-03-11', rated(5, 5)],
    ]), // in time, satisfied
    row('2026-03-02', [
      ['2026-03-03', assigned()],
      ['2026-03-03', accepted],
      ['2026-03-09', contacted],
      ['2026-03-12', resolvedWith()],
      ['2026-03-13', rated(4, 2)],
    ]), // late contact, late answer, result bad
    row(
      '2026-03-10',
      [
        ['2026-03-10', { type: 'ANSWERED_DIRECTLY', answer: '政策依据见附件' }],
        ['2026-03-12', rated(1, 2)],
      ],
      took(5),
    ), // at the desk, in time, promise kept
    row('2026-03-16', [['2026-03-17', assigned()]], took(6)), // promise broken; never contacted, overdue since 25 March
    row('2026-03-30', [
      ['2026-03-31', assigned()],
      ['2026-03-31', accepted],
      ['2026-04-01', contacted],
    ]), // contacted and due in April, overdue today
    row('2026-03-20', [['2026-03-23', { type: 'WITHDRAWN', reason: '已自行解决' }]], took(9)), // withdrawn
    row('2026-02-02', [
      ['2026-02-03', assigned()],
      ['2026-02-03', accepted],
      ['2026-03-05', resolvedWith()],
    ]), // February's case, missed in February, answered in March
  ];

  it('are what a person counts', () => {
    expect(figuresOf(rows.flat(), MARCH)).toEqual({
      counts: { received: 6, assigned: 4, resolved: 4, answeredDirectly: 1, overdue: 2, escalated: 0, closed: 0 },
      rates: {
        response: { numerator: 1, denominator: 3 },
        onTime: { numerator: 2, denominator: 4 },
        resolution: { numerator: 3, denominator: 5 },
        processSatisfaction: { numerator: 2, denominator: 3 },
        resultSatisfaction: { numerator: 1, denominator: 3 },
        satisfaction: { numerator: 1, denominator: 3 },
        promiseBroken: { numerator: 1, denominator: 2 },
      },
    });
  });

  it('are all zero, with no rate, for nothing', () => {
    const { counts, rates } = figuresOf([], MARCH);
    expect(new Set(Object.values(counts))).toEqual(new Set([0]));
    expect(Object.values(rates).map((rate) => rateText(rate))).toEqual(Object.keys(rates).map(() => null));
  });
});

describe('a rate', () => {
  it.each([
    [38, 39, '0.9744'],
    [59, 60, '0.9833'],
    [641, 3245, '0.1975'],
    [1, 3, '0.3333'],
    [2, 3, '0.6667'],
    [1, 20_000, '0.0001'],
    [0, 7, '0.0000'],
    [7, 7, '1.0000'],
    [0, 0, null],
  ])('of %d in %d is %s', (numerator, denominator, rate) => {
    expect(rateText({ numerator, denominator })).toBe(rate);
  });

  it('is never further from the quotient than half its last digit', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }), (a, b) => {
        const [numerator, denominator] = [Math.min(a, b), Math.max(a, b)];
        return Math.abs(Number(rateText({ numerator, denominator })) - numerator / denominator) <= 0.000_05 + 1e-12;
      }),
    );
  });
});

describe('the period before', () => {
  it.each([
    ['2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31'],
    ['2026-03-05', '2026-03-11', '2026-02-26', '2026-03-04'],
    ['2026-03-01', '2026-03-01', '2026-02-28', '2026-02-28'],
  ])('of %s to %s is %s to %s', (from, to, earlierFrom, earlierTo) => {
    expect(periodBefore({ from, to })).toEqual({ from: earlierFrom, to: earlierTo });
  });

  it('is shown without login in whole months only', () => {
    expect(wholeMonths({ from: '2026-01-15', to: '2026-02-10' })).toEqual({ from: '2026-01-01', to: '2026-02-28' });
    expect(wholeMonths({ from: '2025-12-01', to: '2025-12-31' })).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  });
});
