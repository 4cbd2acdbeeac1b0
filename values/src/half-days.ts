import { formatDecimal } from './decimal.js';
import type { LegalDay } from './legal-day.js';
import { dayInShanghai, endOfDayInShanghai, startOfDayInShanghai } from './shanghai.js';
import { addWorkingDays, isWorkingDay, type CalendarAnswer, type WorkingCalendar } from './working-calendar.js';

const NOON_MS = 12 * 3_600_000;
const noonOf = (day: LegalDay): Date => new Date(startOfDayInShanghai(day).getTime() + NOON_MS);

/**
 * When a promise of whole and half working days ends ("企业开办 0.5 个工作日"). Whole days are counted as everywhere: the
 * day of receipt does not count, the last one ends at midnight. A half day behind them ends at noon of the next working
 * day. Half a day alone: what came in the morning of a working day is due by the end of that day, anything else by noon
 * of the next working day. No law counts half days; that one is a morning or an afternoon is this product's reading.
 * @param halfDays twice the promised working days, 0 or more: 1 is half a day, 5 two and a half
 * @throws RangeError for a negative or broken number
 * @example promisedMoment({ knownFrom: '2026-01-01', knownThrough: '2026-12-31', daysOff: new Set(), workingWeekends: new Set() }, new Date('2026-03-16T01:30:00Z'), 1) //=> { known: true, value: new Date('2026-03-16T16:00:00Z') }
 * @example promisedMoment({ knownFrom: '2026-01-01', knownThrough: '2026-12-31', daysOff: new Set(), workingWeekends: new Set() }, new Date('2026-03-16T06:00:00Z'), 1) //=> { known: true, value: new Date('2026-03-17T04:00:00Z') }
 */
export function promisedMoment(calendar: WorkingCalendar, receivedAt: Date, halfDays: number): CalendarAnswer<Date> {
  if (!Number.isSafeInteger(halfDays) || halfDays < 0)
    throw new RangeError(`a number of half days is a whole number from 0 on, not ${halfDays}`);
  const day = dayInShanghai(receivedAt);
  if (halfDays === 1) {
    const worked = isWorkingDay(calendar, day);
    if (!worked.known) return worked;
    if (worked.value && receivedAt < noonOf(day)) return { known: true, value: endOfDayInShanghai(day) };
  }
  const isHalf = halfDays % 2 === 1;
  const last = addWorkingDays(calendar, day, (halfDays + (isHalf ? 1 : 0)) / 2);
  if (!last.known) return last;
  return { known: true, value: isHalf ? noonOf(last.value) : endOfDayInShanghai(last.value) };
}

/**
 * Working days as they are published, of half days.
 * @example halfDaysText(1) //=> '0.5'
 * @example halfDaysText(6) //=> '3.0'
 */
export const halfDaysText = (halfDays: number): string => formatDecimal(halfDays * 5, 1);
