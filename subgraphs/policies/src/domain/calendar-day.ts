/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. Days compare as text, which is also their order in time. */
export type Day = string;

export type CalendarUnit = 'DAYS' | 'MONTHS' | 'YEARS';

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const write = (year: number, month: number, day: number): Day =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** True for a day that exists, in the years 1900 to 2199. */
export function isDay(value: unknown): value is Day {
  // Digit by digit: a city's fact sheets hold millions of days.
  if (typeof value !== 'string' || value.length !== 10 || value.charCodeAt(4) !== HYPHEN || value.charCodeAt(7) !== HYPHEN) return false;
  const [century, year, month, day] = [twoDigits(value, 0), twoDigits(value, 2), twoDigits(value, 5), twoDigits(value, 8)];
  if (century < 19 || century > 21 || year < 0 || month < 1 || month > 12 || day < 1) return false;
  return day <= 28 || day <= daysInMonth(century * 100 + year, month);
}

const HYPHEN = 45;
const ZERO = 48;

/** The number at a place of a text; below 0 when there are no two digits. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/**
 * The day that lies `count` units before `day` (after it when `count` is negative). A day that the target month does not
 * have becomes that month's last one: a year before 29 February is 28 February. The result is kept within 0001 and 9999.
 */
export function daysBack(day: Day, count: number, unit: CalendarUnit): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  if (unit === 'DAYS') {
    const shifted = new Date(Date.UTC(year, month - 1, date) - count * 86_400_000);
    return write(shifted.getUTCFullYear(), shifted.getUTCMonth() + 1, shifted.getUTCDate());
  }
  const months = year * 12 + (month - 1) - count * (unit === 'YEARS' ? 12 : 1);
  const target = Math.min(Math.max(months, 12), 9999 * 12 + 11);
  const [targetYear, targetMonth] = [Math.floor(target / 12), (target % 12) + 1];
  return write(targetYear, targetMonth, Math.min(date, daysInMonth(targetYear, targetMonth)));
}
