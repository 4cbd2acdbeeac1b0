import { addDays, addMonths, daysBetween } from './day-arithmetic.js';
import { daysInMonth, type LegalDay } from './legal-day.js';

/** Days from a first to a last one, both included; null where an end is open. */
export interface DayRange {
  readonly from: LegalDay | null;
  readonly to: LegalDay | null;
}

/** A range of days with both ends. */
export interface Period {
  readonly from: LegalDay;
  readonly to: LegalDay;
}

/**
 * Whether a day lies in a range.
 * @example includesDay({ from: '2026-01-01', to: null }, '2026-01-01') //=> true
 */
export const includesDay = ({ from, to }: DayRange, day: LegalDay): boolean =>
  (from === null || from <= day) && (to === null || day <= to);

/**
 * Whether some day lies in both ranges.
 * @example rangesOverlap({ from: null, to: '2026-06-30' }, { from: '2026-07-01', to: null }) //=> false
 */
export const rangesOverlap = (one: DayRange, other: DayRange): boolean =>
  (one.from === null || other.to === null || one.from <= other.to) &&
  (other.from === null || one.to === null || other.from <= one.to);

/**
 * A range in words, with … for an open end.
 * @example rangeText({ from: '2026-01-01', to: null }) //=> '2026-01-01 – …'
 */
export const rangeText = ({ from, to }: DayRange): string => `${from ?? '…'} – ${to ?? '…'}`;

/**
 * The calendar month that a day lies in.
 * @example monthOf('2024-02-09') //=> { from: '2024-02-01', to: '2024-02-29' }
 */
export function monthOf(day: LegalDay): Period {
  return { from: firstOfMonth(day), to: lastOfMonth(day) };
}

/**
 * The calendar quarter that a day lies in.
 * @example quarterOf('2026-11-28') //=> { from: '2026-10-01', to: '2026-12-31' }
 */
export function quarterOf(day: LegalDay): Period {
  const from = addMonths(firstOfMonth(day), -((Number(day.slice(5, 7)) - 1) % 3));
  return { from, to: lastOfMonth(addMonths(from, 2)) };
}

/**
 * The whole calendar months that a period touches.
 * @example wholeMonths({ from: '2026-01-15', to: '2026-03-01' }) //=> { from: '2026-01-01', to: '2026-03-31' }
 */
export function wholeMonths({ from, to }: Period): Period {
  return { from: firstOfMonth(from), to: lastOfMonth(to) };
}

/**
 * Whether a period runs from a first to a last day of months.
 * @example isWholeMonths({ from: '2026-01-01', to: '2026-02-28' }) //=> true
 */
export const isWholeMonths = ({ from, to }: Period): boolean =>
  from <= to && from === firstOfMonth(from) && to === lastOfMonth(to);

/**
 * The months that a period touches, `YYYY-MM`, in order.
 * @example monthsWithin({ from: '2025-12-31', to: '2026-01-01' }) //=> ['2025-12', '2026-01']
 */
export function monthsWithin({ from, to }: Period): string[] {
  const months: string[] = [];
  for (let first = firstOfMonth(from); first <= to; first = addMonths(first, 1)) months.push(first.slice(0, 7));
  return months;
}

/**
 * The period of the same length right before; whole months stay whole months.
 * @example periodBefore({ from: '2026-03-01', to: '2026-03-31' }) //=> { from: '2026-02-01', to: '2026-02-28' }
 * @example periodBefore({ from: '2026-03-02', to: '2026-03-03' }) //=> { from: '2026-02-28', to: '2026-03-01' }
 */
export function periodBefore({ from, to }: Period): Period {
  const last = addDays(from, -1);
  if (isWholeMonths({ from, to })) return { from: addMonths(from, -monthsWithin({ from, to }).length), to: last };
  return { from: addDays(last, -daysBetween(from, to)), to: last };
}

const firstOfMonth = (day: LegalDay): LegalDay => `${day.slice(0, 7)}-01`;
const lastOfMonth = (day: LegalDay): LegalDay =>
  `${day.slice(0, 7)}-${String(daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7))))}`;
