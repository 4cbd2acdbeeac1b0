/**
 * A day without a time in the calendar of the city (Asia/Shanghai): `YYYY-MM-DD`, the extended format of GB/T
 * 7408.1-2023 (ISO 8601-1:2019). Never a `Date`: a term has no hour and no time zone. Days compare as text, which is
 * their order in time.
 */
export type LegalDay = string;

/** Days that may be given: the years 1900 to 2199. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/**
 * Whether a value is a day that exists in the Gregorian calendar, in the years 1900 to 2199. What comes from outside is
 * checked with this; calculated days may lie beyond (see `addDays`).
 * @example isLegalDay('2024-02-29') //=> true
 * @example isLegalDay('2023-02-29') //=> false
 * @example isLegalDay('2024-2-9') //=> false
 */
export function isLegalDay(text: string): boolean;
export function isLegalDay(value: unknown): value is LegalDay;
export function isLegalDay(value: unknown): boolean {
  return typeof value === 'string' && isDayWithin(value, FIRST_YEAR, LAST_YEAR);
}

/** Whether a text is a day that exists, in some years. Digit by digit: a city's fact sheets hold millions of days. */
export function isDayWithin(text: string, firstYear: number, lastYear: number): boolean {
  if (text.length !== 10 || text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN) return false;
  const [century, yearOfCentury, month, day] = [
    twoDigits(text, 0),
    twoDigits(text, 2),
    twoDigits(text, 5),
    twoDigits(text, 8),
  ];
  if (century < 0 || yearOfCentury < 0 || month < 1 || month > 12 || day < 1) return false;
  const year = century * 100 + yearOfCentury;
  return year >= firstYear && year <= lastYear && (day <= 28 || day <= daysInMonth(year, month));
}

/**
 * Days of a month of the Gregorian calendar.
 * @param month 1 to 12
 * @example daysInMonth(2024, 2) //=> 29
 */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * The year of a day.
 * @example yearOf('2026-11-28') //=> 2026
 */
export function yearOf(day: LegalDay): number {
  return Number(day.slice(0, 4));
}

const HYPHEN = 45;
const ZERO = 48;

/** The number at a place of a text; below 0 when there are no two digits. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}
