import { addDays, isWeekend } from './day-arithmetic.js';
import { formatDecimal, parseDecimal } from './decimal.js';
import { isLegalDay, type LegalDay } from './legal-day.js';
import { dayInShanghai, endOfDayInShanghai, startOfDayInShanghai } from './shanghai.js';

/**
 * Working days as the State Council's yearly notice sets them: Monday to Friday without the public holidays (放假),
 * and the make-up working days (调休上班) that fall on weekends. Only days from `knownFrom` to `knownThrough` are known:
 * the notice for a year appears in the autumn before it.
 */
export interface WorkingCalendar {
  readonly knownFrom: LegalDay;
  readonly knownThrough: LegalDay;
  readonly daysOff: ReadonlySet<LegalDay>;
  readonly workingWeekends: ReadonlySet<LegalDay>;
}

/** A result that depends on the calendar: a value, or the first day that the calendar says nothing about. */
export type CalendarAnswer<T> =
  { readonly known: true; readonly value: T } | { readonly known: false; readonly unknownDay: LegalDay };

/**
 * A city's own changes: days that it gives off (a flood, a local festival), days that it works. Both may be listed for
 * any known day.
 */
export interface CalendarOverrides {
  readonly daysOff: readonly LegalDay[];
  readonly workingDays: readonly LegalDay[];
  /** The year up to whose end the lists are whole: enters the notice of a year that the calendar does not know yet. */
  readonly through?: number | undefined;
}

const known = <T>(value: T): CalendarAnswer<T> => ({ known: true, value });
const unknown = (unknownDay: LegalDay): CalendarAnswer<never> => ({ known: false, unknownDay });
const covers = (calendar: WorkingCalendar, day: LegalDay): boolean =>
  day >= calendar.knownFrom && day <= calendar.knownThrough;
const works = (calendar: WorkingCalendar, day: LegalDay): boolean =>
  calendar.workingWeekends.has(day) || (!isWeekend(day) && !calendar.daysOff.has(day));

/**
 * Whether `day` is worked, or that the calendar does not reach it.
 * @example isWorkingDay({ knownFrom: '2026-01-01', knownThrough: '2026-12-31', daysOff: new Set(['2026-10-01']), workingWeekends: new Set() }, '2026-10-01') //=> { known: true, value: false }
 */
export function isWorkingDay(calendar: WorkingCalendar, day: LegalDay): CalendarAnswer<boolean> {
  return covers(calendar, day) ? known(works(calendar, day)) : unknown(day);
}

/**
 * The `count`-th working day after `from`; the day itself never counts (民法典 art. 201: the day of the event is not
 * counted). `count` 0 returns `from`. Returns the first unknown day when the count runs out of the calendar: nothing is
 * guessed.
 * @throws RangeError for a negative or broken count
 * @example addWorkingDays({ knownFrom: '2026-01-01', knownThrough: '2026-12-31', daysOff: new Set(['2026-10-01']), workingWeekends: new Set() }, '2026-09-30', 1) //=> { known: true, value: '2026-10-02' }
 */
export function addWorkingDays(calendar: WorkingCalendar, from: LegalDay, count: number): CalendarAnswer<LegalDay> {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new RangeError(`a number of working days is a whole number from 0 on, not ${count}`);
  if (count === 0) return known(from);
  const before = workedUpTo(calendar, from);
  if (!before.known) return before;
  const day = tableOf(calendar).worked[before.value + count - 1];
  return day === undefined ? unknown(addDays(calendar.knownThrough, 1)) : known(day);
}

/**
 * Working days in (from, to]; negative of those in (to, from] when `to` is the earlier one.
 * @example workingDaysBetween({ knownFrom: '2026-01-01', knownThrough: '2026-12-31', daysOff: new Set(['2026-10-01']), workingWeekends: new Set() }, '2026-09-30', '2026-10-05') //=> { known: true, value: 2 }
 */
export function workingDaysBetween(calendar: WorkingCalendar, from: LegalDay, to: LegalDay): CalendarAnswer<number> {
  if (to < from) {
    const back = workingDaysBetween(calendar, to, from);
    return back.known ? known(-back.value) : back;
  }
  if (from === to) return known(0);
  const before = workedUpTo(calendar, from);
  if (!before.known) return before;
  if (to > calendar.knownThrough) return unknown(addDays(calendar.knownThrough, 1));
  const until = workedUpTo(calendar, to);
  return until.known ? known(until.value - before.value) : until;
}

/**
 * The first working day from `day` on, the day itself included: where the last day of a period falls when it is a day
 * off (民法典 art. 203). Beyond the calendar weekends are the only days off, and `isKnown` is false.
 * @example workingDayFrom({ knownFrom: '2026-01-01', knownThrough: '2026-12-31', daysOff: new Set(['2026-10-01']), workingWeekends: new Set() }, '2026-10-01') //=> { day: '2026-10-02', isKnown: true }
 */
export function workingDayFrom(
  calendar: WorkingCalendar,
  day: LegalDay,
): { readonly day: LegalDay; readonly isKnown: boolean } {
  let [worked, isKnown] = [day, true];
  for (;;) {
    const answer = isWorkingDay(calendar, worked);
    isKnown &&= answer.known;
    if (answer.known ? answer.value : !isWeekend(worked)) return { day: worked, isKnown };
    worked = addDays(worked, 1);
  }
}

/**
 * How many known working days lie up to a day; unknown with the day after it when the calendar says nothing about that
 * one.
 */
function workedUpTo(calendar: WorkingCalendar, day: LegalDay): CalendarAnswer<number> {
  const count = tableOf(calendar).upTo.get(day);
  if (count !== undefined) return known(count);
  const next = addDays(day, 1);
  return next === calendar.knownFrom ? known(0) : unknown(next);
}

/** A calendar's working days in order, and for each known day how many of them lie up to it. */
interface WorkedDays {
  readonly worked: readonly LegalDay[];
  readonly upTo: ReadonlyMap<LegalDay, number>;
}

/** Made once for a calendar, which never changes: every case that is shown asks it several times. */
const tables = new WeakMap<WorkingCalendar, WorkedDays>();

function tableOf(calendar: WorkingCalendar): WorkedDays {
  const made = tables.get(calendar);
  if (made !== undefined) return made;
  const worked: LegalDay[] = [];
  const upTo = new Map<LegalDay, number>();
  for (let day = calendar.knownFrom; covers(calendar, day); day = addDays(day, 1)) {
    if (works(calendar, day)) worked.push(day);
    upTo.set(day, worked.length);
  }
  const table = { worked, upTo };
  tables.set(calendar, table);
  return table;
}

/** The calendar with the years that a city enters itself. @throws RangeError for a year without its National Day */
function extendedThrough(calendar: WorkingCalendar, { through, daysOff }: CalendarOverrides): WorkingCalendar {
  const last = Number(calendar.knownThrough.slice(0, 4));
  if (through === undefined || through <= last) return calendar;
  for (let year = last + 1; year <= through; year += 1) {
    if (!daysOff.includes(`${year}-10-01`))
      throw new RangeError(`the days off of ${year} are not whole: ${year}-10-01 (National Day) is missing`);
  }
  return { ...calendar, knownThrough: `${through}-12-31` };
}

/**
 * The calendar with a city's own days. A day may not be listed on both sides and must lie in the known calendar.
 * @throws RangeError naming the day that is wrong
 * @example withOverrides({ knownFrom: '2026-01-01', knownThrough: '2026-12-31', daysOff: new Set(['2026-10-01']), workingWeekends: new Set() }, { daysOff: ['2026-10-02'], workingDays: [] }).daysOff.has('2026-10-02') //=> true
 */
export function withOverrides(published: WorkingCalendar, overrides: CalendarOverrides): WorkingCalendar {
  const calendar = extendedThrough(published, overrides);
  const daysOff = new Set(calendar.daysOff);
  const workingWeekends = new Set(calendar.workingWeekends);
  const both = overrides.daysOff.find((day) => overrides.workingDays.includes(day));
  if (both !== undefined) throw new RangeError(`${both} is listed as a day off and as a working day`);
  for (const day of [...overrides.daysOff, ...overrides.workingDays]) {
    if (!isLegalDay(day)) throw new RangeError(`"${day}" in the city's calendar is not a day written YYYY-MM-DD`);
    if (!covers(calendar, day))
      throw new RangeError(
        `${day} lies outside the known calendar (${calendar.knownFrom} to ${calendar.knownThrough}); a later year is entered whole, with its last year as CASES_CALENDAR_THROUGH`,
      );
  }
  for (const day of overrides.daysOff) {
    workingWeekends.delete(day);
    daysOff.add(day);
  }
  for (const day of overrides.workingDays) {
    daysOff.delete(day);
    if (isWeekend(day)) workingWeekends.add(day);
  }
  return { ...calendar, daysOff, workingWeekends };
}

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

const HALF_DAY = 5;

/**
 * Half days of a time in working days and halves, as it is written; null for anything else than 0 to `most` working
 * days in steps of 0.5.
 * @example parseHalfDays('2.5', 90) //=> 5
 * @example parseHalfDays('0.3', 90) //=> null
 */
export function parseHalfDays(text: string, most: number): number | null {
  const read = parseDecimal(text, 1);
  return read.ok && read.units % HALF_DAY === 0 && read.units >= 0 && read.units <= most * 10
    ? read.units / HALF_DAY
    : null;
}
