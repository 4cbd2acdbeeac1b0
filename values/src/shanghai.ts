import { addDays } from './day-arithmetic.js';
import type { LegalDay } from './legal-day.js';

/** The offset of Asia/Shanghai from universal time, as RFC 3339 and MongoDB write it. */
export const SHANGHAI_OFFSET = '+08:00';

/** China has kept UTC+8 without summer time since 1992 (IANA time zone database, Asia/Shanghai). */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** The day that was written last, by its number: nearly every moment that is asked for is of today. */
let latest: { readonly number: number; readonly day: LegalDay } = { number: 0, day: '1970-01-01' };

/**
 * The day on which a moment falls in Asia/Shanghai. Exact for moments from 1992 on.
 * @param moment a Date, or a text as RFC 3339
 * @throws RangeError for a moment that does not exist
 * @example dayInShanghai('2024-06-30T16:00:00Z') //=> '2024-07-01'
 */
export function dayInShanghai(moment: Date | string): LegalDay {
  const local = (typeof moment === 'string' ? Date.parse(moment) : moment.getTime()) + OFFSET_MS;
  const number = Math.floor(local / DAY_MS);
  if (number !== latest.number) latest = { number, day: new Date(local).toISOString().slice(0, 10) };
  return latest.day;
}

/**
 * The first moment of a day in Asia/Shanghai.
 * @throws RangeError for a text that is no day
 * @example startOfDayInShanghai('2024-07-01').toISOString() //=> '2024-06-30T16:00:00.000Z'
 */
export function startOfDayInShanghai(day: LegalDay): Date {
  return new Date(Date.parse(addDays(day, 0)) - OFFSET_MS);
}

/**
 * The first moment after a day has ended in Asia/Shanghai.
 * @throws RangeError for a text that is no day
 * @example endOfDayInShanghai('2024-06-30').toISOString() //=> '2024-06-30T16:00:00.000Z'
 */
export function endOfDayInShanghai(day: LegalDay): Date {
  return startOfDayInShanghai(addDays(day, 1));
}

/**
 * A moment as clocks in Shanghai show it, to the second, in RFC 3339. Exact for moments from 1992 on.
 * @param moment a Date, or a text as RFC 3339
 * @throws RangeError for a moment that does not exist
 * @example momentInShanghai('2024-06-30T16:05:09.700Z') //=> '2024-07-01T00:05:09+08:00'
 */
export function momentInShanghai(moment: Date | string): string {
  const local = (typeof moment === 'string' ? Date.parse(moment) : moment.getTime()) + OFFSET_MS;
  return `${new Date(local).toISOString().slice(0, 19)}${SHANGHAI_OFFSET}`;
}
