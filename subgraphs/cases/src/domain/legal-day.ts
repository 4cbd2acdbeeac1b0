/** A legal day in Asia/Shanghai, `YYYY-MM-DD`. Never a `Date`: a deadline has no hour and no time zone. */
export type LegalDay = string;

const SHANGHAI_OFFSET_MS = 8 * 3_600_000; // China has kept UTC+8 without summer time since 1992.
const DAY_MS = 86_400_000;
const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The legal day that a moment falls on in Asia/Shanghai. Valid for moments from 1992 on. */
export function legalDayOf(moment: Date): LegalDay {
  return new Date(moment.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** True for a day that exists in the Gregorian calendar, written `YYYY-MM-DD`. */
export function isLegalDay(text: string): boolean {
  if (!PATTERN.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === text;
}

const epochDay = (day: LegalDay): number => {
  if (!isLegalDay(day)) throw new RangeError(`"${day}" is not a day written YYYY-MM-DD`);
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
};

/** The day `count` calendar days later (earlier when negative). Throws a RangeError on a day that does not exist. */
export function addCalendarDays(day: LegalDay, count: number): LegalDay {
  return new Date((epochDay(day) + count) * DAY_MS).toISOString().slice(0, 10);
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function calendarDaysBetween(from: LegalDay, to: LegalDay): number {
  return epochDay(to) - epochDay(from);
}

/** True on Saturday and Sunday. */
export function isWeekend(day: LegalDay): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}
