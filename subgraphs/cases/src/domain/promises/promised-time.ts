import {
  formatDecimal,
  parseHalfDays,
  workingDaysBetween,
  type CalendarAnswer,
  type LegalDay,
  type WorkingCalendar,
} from '@zhitong/values';
import type { InputFault } from '../satisfaction.js';
import { said } from '../refusal-words.js';
import type { ActualTime, PromisedItem } from './promised-item.js';

/** The time as an input tells it: in working days, or by its two days. */
export interface ToldTime {
  readonly actualDays?: string | null | undefined;
  readonly askedOn?: LegalDay | null | undefined;
  readonly hadOn?: LegalDay | null | undefined;
}

/** Longer than any promise or legal term; what lies beyond was mistyped. */
const LONGEST_DAYS = 999;
const HALVES = 2;

const given = <Value>(value: Value | null | undefined): value is Value => value !== null && value !== undefined;

export const isTimeTold = ({ actualDays, askedOn, hadOn }: ToldTime): boolean =>
  [actualDays, askedOn, hadOn].some(given);

/** What is wrong with a told time by itself, whatever day it is. */
export function toldTimeFaults({ actualDays, askedOn, hadOn }: ToldTime): InputFault[] {
  if (given(actualDays)) {
    if (given(askedOn) || given(hadOn)) return [{ path: ['actualDays'], ...said('DAYS_OR_DATES') }];
    return parseHalfDays(actualDays, LONGEST_DAYS) === null
      ? [
          {
            path: ['actualDays'],
            ...said('NO_HALF_DAYS', { value: actualDays.slice(0, 20), most: LONGEST_DAYS }),
          },
        ]
      : [];
  }
  if (given(askedOn) !== given(hadOn))
    return [{ path: [given(askedOn) ? 'hadOn' : 'askedOn'], ...said('DATES_TOGETHER') }];
  return given(askedOn) && given(hadOn) && hadOn < askedOn
    ? [{ path: ['hadOn'], ...said('HAD_BEFORE_ASKED', { hadOn, askedOn }) }]
    : [];
}

/**
 * A told time as it is kept. Of two days it is the working days by the city's calendar, the day asked not counted
 * (民法典 art. 201).
 * @returns the time, or what is wrong with its days today: one that has not come yet, or that the calendar does not
 *   know
 */
export function actualTime(
  { actualDays, askedOn, hadOn }: ToldTime,
  { today, calendar }: { readonly today: LegalDay; readonly calendar: WorkingCalendar },
): { readonly ok: true; readonly time: ActualTime } | { readonly ok: false; readonly fault: InputFault } {
  if (!given(askedOn) || !given(hadOn)) {
    const halfDays = parseHalfDays(actualDays ?? '', LONGEST_DAYS) ?? 0;
    return { ok: true, time: { halfDays, askedOn: null, hadOn: null } };
  }
  if (hadOn > today) return { ok: false, fault: { path: ['hadOn'], ...said('HAD_STILL_TO_COME', { hadOn, today }) } };
  const days: CalendarAnswer<number> = workingDaysBetween(calendar, askedOn, hadOn);
  if (!days.known)
    return {
      ok: false,
      fault: {
        path: ['askedOn'],
        ...said('CALENDAR_DOES_NOT_KNOW', { day: days.unknownDay }),
      },
    };
  return { ok: true, time: { halfDays: days.value * HALVES, askedOn, hadOn } };
}

/**
 * Whether what was promised was not kept; null where nobody can say. Days tell no hours: a promise that ends at noon is
 * kept by whoever decided on that day, which is this product's reading in the department's favour.
 * @example isPromiseBroken({ promisedHalfDays: 5 }, { halfDays: 6, askedOn: null, hadOn: null }) //=> true
 * @example isPromiseBroken({ promisedHalfDays: 5 }, { halfDays: 6, askedOn: '2026-03-16', hadOn: '2026-03-19' }) //=> false
 */
export function isPromiseBroken(
  item: Pick<PromisedItem, 'promisedHalfDays'> | null | undefined,
  actual: ActualTime | null | undefined,
): boolean | null {
  const promised = item?.promisedHalfDays ?? null;
  if (promised === null || !given(actual)) return null;
  return actual.halfDays > (actual.askedOn === null ? promised : Math.ceil(promised / HALVES) * HALVES);
}

/** The number of a matter as it is compared: without space around it, in half width and capitals. */
export const itemNumber = (text: string): string => text.normalize('NFKC').trim().toUpperCase();

/** So many cases told the same time. */
export interface TimesTold {
  readonly halfDays: number;
  readonly cases: number;
}

/** Of all told times the median and the longest, in working days as they are written; null without any. */
export function timesInDays(times: readonly TimesTold[]): { readonly median: string; readonly longest: string } | null {
  const sorted = [...times].filter(({ cases }) => cases > 0).sort((a, b) => a.halfDays - b.halfDays);
  const all = sorted.reduce((sum, { cases }) => sum + cases, 0);
  const longest = sorted.at(-1);
  if (longest === undefined) return null;
  /** The time of the case at a place, from 0 on, in the order of times. */
  const at = (place: number): number => {
    let before = 0;
    for (const { halfDays, cases } of sorted) {
      before += cases;
      if (place < before) return halfDays;
    }
    return longest.halfDays;
  };
  // Two middle half days, in hundredths of a day: (a + b) / 2 half days are (a + b) / 4 days.
  const median = (at(Math.floor((all - 1) / 2)) + at(Math.floor(all / 2))) * 25;
  return { median: formatDecimal(median, 2), longest: formatDecimal(longest.halfDays * 5, 1) };
}
