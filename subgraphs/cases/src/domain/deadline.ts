import {
  addDays,
  type LegalDay,
  addWorkingDays,
  workingDaysBetween,
  type CalendarAnswer,
  type WorkingCalendar,
} from '@zhitong/values';

/**
 * The clocks of a case. TRIAGE: from receipt (or return) to assignment or a direct answer. FIRST_CONTACT: from
 * assignment to the department's first word with the enterprise. ANSWER: from assignment to the answer. EXTENSION: the
 * answer clock with the working days that the coordinator granted.
 */
export const CLOCK_KINDS = ['TRIAGE', 'FIRST_CONTACT', 'ANSWER', 'EXTENSION'] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];

/**
 * Waiting for the enterprise. The day of asking (`from`) and the days after it do not count, the day of the answer
 * (`to`) does: whoever asks on the last day still has that day when the answer comes. `to` null is still waiting.
 */
export interface Pause {
  readonly from: LegalDay;
  readonly to: LegalDay | null;
  /** The last day that it can last: this day counts again, whether the enterprise has answered or not. */
  readonly until?: LegalDay;
}

export interface Clock {
  readonly kind: ClockKind;
  /** `seq` of the event that started it: distinguishes two clocks of one kind. */
  readonly startedBy: number;
  readonly startedOn: LegalDay;
  /** Working days allowed; the starting day does not count. */
  readonly budget: number;
  readonly pauses: readonly Pause[];
  /** The day on which what the clock waits for happened. */
  readonly stoppedOn: LegalDay | null;
}

/**
 * What a clock says on one day. `null` = the calendar does not reach far enough; `unknownDay` is the first day missing.
 */
export interface ClockReading {
  /** Last day on time. While waiting for the enterprise: the day it would be if the enterprise answered today. */
  readonly dueOn: LegalDay | null;
  readonly isOverdue: boolean | null;
  /** Working days left after today; negative when overdue; of a stopped or waiting clock, what was left on that day. */
  readonly workingDaysLeft: number | null;
  readonly isPaused: boolean;
  readonly unknownDay: LegalDay | null;
}

/**
 * The last day on time as it stands on `day`; what happens after `day` is not looked at, and a pause that lasts is
 * taken to end on `day`.
 */
export function dueOn(clock: Clock, calendar: WorkingCalendar, day: LegalDay): CalendarAnswer<LegalDay> {
  let left = clock.budget;
  let counted = clock.startedOn; // the last day that has been counted or skipped
  for (const pause of clock.pauses) {
    if (pause.from > day) break;
    const before = addDays(pause.from, -1);
    if (before > counted) {
      const ran = workingDaysBetween(calendar, counted, before);
      if (!ran.known) return ran;
      if (ran.value >= left) return addWorkingDays(calendar, counted, left);
      left -= ran.value;
      counted = before;
    }
    const asked = pause.to === null || pause.to > day ? day : pause.to;
    const end = pause.until !== undefined && pause.until < asked ? pause.until : asked;
    const skipped = addDays(end, -1);
    if (skipped > counted) counted = skipped;
  }
  return addWorkingDays(calendar, counted, left);
}

/** Reads a clock on any day, past ones included: its due day, whether it is overdue, how many working days are left. */
export function readClock(clock: Clock, calendar: WorkingCalendar, today: LegalDay): ClockReading {
  const at = clock.stoppedOn !== null && clock.stoppedOn < today ? clock.stoppedOn : today;
  const waiting = clock.pauses.find(
    ({ from, to, until }) => from <= at && (to === null || to > at) && (until === undefined || until > at),
  );
  const isPaused = waiting !== undefined && at !== clock.stoppedOn;
  const due = dueOn(clock, calendar, at);
  if (!due.known) {
    // The due day lies after everything known: whoever asks on an earlier day is certainly in time.
    return {
      dueOn: null,
      isOverdue: at < due.unknownDay ? false : null,
      workingDaysLeft: null,
      isPaused,
      unknownDay: due.unknownDay,
    };
  }
  const left =
    waiting && isPaused ? leftWhenAsked(clock, calendar, waiting.from) : workingDaysBetween(calendar, at, due.value);
  return {
    dueOn: due.value,
    isOverdue: at > due.value,
    workingDaysLeft: left.known ? left.value : null,
    isPaused,
    unknownDay: left.known ? null : left.unknownDay,
  };
}

function leftWhenAsked(clock: Clock, calendar: WorkingCalendar, askedOn: LegalDay): CalendarAnswer<number> {
  const due = dueOn(clock, calendar, askedOn);
  return due.known ? workingDaysBetween(calendar, askedOn, due.value) : due;
}

/**
 * The last day on time if nothing more happens: stored beside a case so that the database can find what is overdue on
 * any day. Null when the clock has stopped, when it waits for the enterprise in time and without an end, or when the
 * calendar does not reach so far.
 */
export function lastDayInTime(clock: Clock, calendar: WorkingCalendar): LegalDay | null {
  if (clock.stoppedOn !== null) return null;
  const waitingSince = clock.pauses.find(({ to, until }) => to === null && until === undefined)?.from ?? null;
  const due = dueOn(clock, calendar, waitingSince ?? END_OF_TIME);
  if (!due.known) return null;
  return waitingSince === null || waitingSince > due.value ? due.value : null;
}

const END_OF_TIME: LegalDay = '9999-12-31';

/** A clock of `budget` working days that the event number `startedBy` starts on `startedOn`. */
export const startClock = (kind: ClockKind, startedBy: number, startedOn: LegalDay, budget: number): Clock => ({
  kind,
  startedBy,
  startedOn,
  budget,
  pauses: [],
  stoppedOn: null,
});

/**
 * The clock from `from` on waits for the enterprise, at most until `until`; a clock that has stopped or waits already
 * is left as it is.
 */
export const pauseClock = (clock: Clock, from: LegalDay, until?: LegalDay): Clock =>
  clock.stoppedOn !== null || clock.pauses.some((pause) => pause.to === null)
    ? clock
    : { ...clock, pauses: [...clock.pauses, { from, to: null, ...(until === undefined ? {} : { until }) }] };

/** The clock runs again; `to` counts. */
export const resumeClock = (clock: Clock, to: LegalDay): Clock => ({
  ...clock,
  pauses: clock.pauses.map((pause) => (pause.to === null ? { ...pause, to } : pause)),
});

/** What the clock waited for happened; stopping it twice keeps the first day. */
export const stopClock = (clock: Clock, stoppedOn: LegalDay): Clock =>
  clock.stoppedOn === null ? { ...resumeClock(clock, stoppedOn), stoppedOn } : clock;
