import { daysInMonth, isDayWithin, type LegalDay } from './legal-day.js';

/** What a term is counted in: calendar days, months or years (民法典 article 200). */
export type CalendarUnit = 'DAYS' | 'MONTHS' | 'YEARS';

const DAY_MS = 86_400_000;
const FIRST_YEAR = 1;
const LAST_YEAR = 9999;
const MONTHS_OF_A_YEAR = 12;

/**
 * The day `count` calendar days later (earlier when negative). A term begins on the day after the event (民法典 article
 * 201), so the last day of a term of 30 days from an event is `addDays(event, 30)`.
 * @throws RangeError for a text that is no day, a count that is not whole, a result outside the years 1 to 9999
 * @example addDays('2026-07-06', 60) //=> '2026-09-04'
 * @example addDays('2024-03-01', -1) //=> '2024-02-29'
 */
export function addDays(day: LegalDay, count: number): LegalDay {
  return dayOfNumber(dayNumber(day) + whole(count));
}

/**
 * The same day of the month `count` months later (earlier when negative), or that month's last day where it has no such
 * day (民法典 article 202).
 * @throws RangeError as `addDays`
 * @example addMonths('2026-01-31', 1) //=> '2026-02-28'
 */
export function addMonths(day: LegalDay, count: number): LegalDay {
  if (!isDay(day)) throw noDay(day);
  const months = Number(day.slice(0, 4)) * MONTHS_OF_A_YEAR + Number(day.slice(5, 7)) - 1 + whole(count);
  const [year, month] = [Math.floor(months / MONTHS_OF_A_YEAR), (months % MONTHS_OF_A_YEAR) + 1];
  if (year < FIRST_YEAR || year > LAST_YEAR) throw outside(day, count, 'months');
  const last = Math.min(Number(day.slice(8)), daysInMonth(year, month));
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(last).padStart(2, '0')}`;
}

/**
 * The same day `count` years later (earlier when negative); 28 February where that year has no 29 February.
 * @throws RangeError as `addDays`
 * @example addYears('2024-02-29', -1) //=> '2023-02-28'
 */
export function addYears(day: LegalDay, count: number): LegalDay {
  return addMonths(day, whole(count) * MONTHS_OF_A_YEAR);
}

/**
 * The day `count` days, months or years later, for terms whose unit is data.
 * @throws RangeError as `addDays`
 * @example addTerm('2026-11-20', -3, 'YEARS') //=> '2023-11-20'
 */
export function addTerm(day: LegalDay, count: number, unit: CalendarUnit): LegalDay {
  switch (unit) {
    case 'DAYS':
      return addDays(day, count);
    case 'MONTHS':
      return addMonths(day, count);
    case 'YEARS':
      return addYears(day, count);
  }
}

/**
 * The last day from which a term of so many days, months or years is over on the day `on`: counted forward from it, its
 * last day is `on` or lies before it. Counting back from `on` would miss days at the end of a longer month (民法典
 * article 202).
 * @throws RangeError as `addDays`, for a count below zero too
 * @example lastStartOver('2027-02-28', 6, 'MONTHS') //=> '2026-08-31'
 * @example lastStartOver('2026-03-31', 1, 'MONTHS') //=> '2026-02-28'
 */
export function lastStartOver(on: LegalDay, count: number, unit: CalendarUnit): LegalDay {
  let start = addTerm(on, -term(count), unit);
  for (let next = addDays(start, 1); addTerm(next, count, unit) <= on; next = addDays(next, 1)) start = next;
  return start;
}

/**
 * The first day from which a term of so many days, months or years still runs on the day `on`: counted forward from it,
 * its last day is `on` or lies behind it.
 * @throws RangeError as `addDays`, for a count below zero too
 * @example firstStartWithin('2026-03-31', 1, 'MONTHS') //=> '2026-03-01'
 * @example firstStartWithin('2027-02-28', 6, 'MONTHS') //=> '2026-08-28'
 */
export function firstStartWithin(on: LegalDay, count: number, unit: CalendarUnit): LegalDay {
  const start = addTerm(on, -term(count), unit);
  return addTerm(start, count, unit) < on ? addDays(start, 1) : start;
}

function term(count: number): number {
  if (count < 0) throw new RangeError(`a term is not ${String(count)} long`);
  return count;
}

/**
 * Calendar days from one day to another; negative when the second is the earlier.
 * @throws RangeError for a text that is no day
 * @example daysBetween('2023-12-31', '2024-12-31') //=> 366
 */
export function daysBetween(from: LegalDay, to: LegalDay): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * Whether a day is a Saturday or a Sunday. Whether it is worked is another question: see the working calendar of cases.
 * @throws RangeError for a text that is no day
 * @example isWeekend('2026-11-28') //=> true
 */
export function isWeekend(day: LegalDay): boolean {
  const weekday = new Date(dayNumber(day) * DAY_MS).getUTCDay();
  return weekday === 0 || weekday === 6;
}

const isDay = (text: string): boolean => isDayWithin(text, FIRST_YEAR, LAST_YEAR);

/** Days since 1970-01-01. */
function dayNumber(day: LegalDay): number {
  if (!isDay(day)) throw noDay(day);
  return Date.parse(day) / DAY_MS; // ECMAScript reads a date without a time as UTC.
}

function dayOfNumber(number: number): LegalDay {
  if (number < FIRST_DAY || number > LAST_DAY) throw new RangeError('the day lies outside the years 1 to 9999');
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

const FIRST_DAY = Date.parse('0001-01-01') / DAY_MS;
const LAST_DAY = Date.parse('9999-12-31') / DAY_MS;

function whole(count: number): number {
  if (!Number.isSafeInteger(count))
    throw new RangeError(`a number of days, months or years is a whole number, not ${String(count)}`);
  return count;
}

const noDay = (text: string): RangeError => new RangeError(`"${text}" is not a day written YYYY-MM-DD`);
const outside = (day: LegalDay, count: number, unit: string): RangeError =>
  new RangeError(`${day} and ${String(count)} ${unit} lies outside the years 1 to 9999`);
