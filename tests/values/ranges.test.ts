import {
  addDays,
  daysBetween,
  includesDay,
  isWholeMonths,
  monthOf,
  monthsWithin,
  periodBefore,
  quarterOf,
  rangesOverlap,
  wholeMonths,
  type DayRange,
} from '@zhitong/values';
import fc from 'fast-check';

const SPAN = 12;
const dayAt = (at: number): string => addDays('2026-02-20', at);
const end = fc.option(fc.integer({ min: 0, max: SPAN - 1 }), { nil: null });
const range = fc
  .tuple(end, end)
  .map(([from, to]): DayRange => ({ from: from === null ? null : dayAt(from), to: to === null ? null : dayAt(to) }));
const days = Array.from({ length: SPAN }, (_unused, at) => dayAt(at));

describe('a range of days', () => {
  it('overlaps another where some day lies in both, open ends included', () => {
    fc.assert(
      fc.property(range, range, (one, other) => {
        const isOrdered = [one, other].every(({ from, to }) => from === null || to === null || from <= to);
        fc.pre(isOrdered);
        expect(rangesOverlap(one, other)).toBe(days.some((day) => includesDay(one, day) && includesDay(other, day)));
      }),
    );
  });

  it.each([
    ['2026-02-09', '2026-02-01', '2026-02-28', '2026-01-01', '2026-03-31'],
    ['2024-02-29', '2024-02-01', '2024-02-29', '2024-01-01', '2024-03-31'],
    ['2026-12-31', '2026-12-01', '2026-12-31', '2026-10-01', '2026-12-31'],
  ])('%s lies in the month %s to %s and the quarter %s to %s', (day, first, last, quarterFirst, quarterLast) => {
    expect(monthOf(day)).toEqual({ from: first, to: last });
    expect(quarterOf(day)).toEqual({ from: quarterFirst, to: quarterLast });
  });

  it('knows whole months', () => {
    expect(isWholeMonths({ from: '2026-01-01', to: '2026-02-28' })).toBe(true);
    expect(isWholeMonths({ from: '2024-01-01', to: '2024-02-28' })).toBe(false);
    expect(isWholeMonths({ from: '2026-01-02', to: '2026-02-28' })).toBe(false);
    expect(isWholeMonths({ from: '2026-03-01', to: '2026-02-28' })).toBe(false);
    expect(monthsWithin({ from: '2025-11-30', to: '2026-02-01' })).toEqual([
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
    ]);
    expect(monthsWithin({ from: '2026-03-01', to: '2026-02-28' })).toEqual([]);
  });

  it('has a period of the same length before it', () => {
    expect(periodBefore({ from: '2026-01-01', to: '2026-03-31' })).toEqual({ from: '2025-10-01', to: '2025-12-31' });
    expect(periodBefore({ from: '2024-03-01', to: '2024-03-31' })).toEqual({ from: '2024-02-01', to: '2024-02-29' });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), (from, length) => {
        const period = { from: addDays('2025-01-01', from), to: addDays('2025-01-01', from + length) };
        const before = periodBefore(period);
        expect(addDays(before.to, 1)).toBe(period.from);
        if (isWholeMonths(period)) expect(monthsWithin(before)).toHaveLength(monthsWithin(period).length);
        else expect(daysBetween(before.from, before.to)).toBe(length);
        expect(isWholeMonths(wholeMonths(period))).toBe(true);
      }),
    );
  });
});
