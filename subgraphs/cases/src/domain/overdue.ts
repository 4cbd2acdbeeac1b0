import { addDays, type LegalDay, type WorkingCalendar } from '@zhitong/values';
import {
  clockId,
  contactClock,
  decidingClock,
  dutyId,
  isOpen,
  runningDuties,
  runningSupervision,
  type CaseView,
} from './case-view.js';
import { lastDayInTime, type Clock } from './deadline.js';
import type { EscalationLevel } from './taxonomy.js';

/** A last day that is still to come or has passed, of which the history has no notice yet. */
export interface LastDay {
  /** What is noted when it has passed: once for each. */
  readonly clock: string;
  readonly dueOn: LegalDay;
  /** The calendar of that year is not published: its notice may still move the day. */
  readonly isProvisional: boolean;
  /** The level that the case is brought to when it has passed; left out, it follows from the clock. */
  readonly level?: EscalationLevel;
  /** Referral to discipline inspection whose day it is: of its passing coordinator and auditor alone learn. */
  readonly referralId?: string;
}

/** Years after the known calendar for which days are counted provisionally. */
const PROVISIONAL_YEARS = 3;
/** Holidays of fixed date (全国年节及纪念日放假办法, 2024-11-10, art. 2); those of the lunar calendar are not guessed. */
const FIXED_HOLIDAYS = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'] as const;
const provisional = new WeakMap<WorkingCalendar, WorkingCalendar>();

/**
 * The calendar with the years after it, of which only weekends and the holidays of fixed date are known. What is
 * counted with it may be moved by the notice of that year, and is only good for noticing that something has been left
 * lying.
 */
export function provisionalCalendar(calendar: WorkingCalendar): WorkingCalendar {
  const made = provisional.get(calendar);
  if (made !== undefined) return made;
  const first = Number(addDays(calendar.knownThrough, 1).slice(0, 4));
  const years = Array.from({ length: PROVISIONAL_YEARS }, (_none, index) => first + index);
  const extended = {
    ...calendar,
    knownThrough: `${first + PROVISIONAL_YEARS - 1}-12-31`,
    daysOff: new Set([...calendar.daysOff, ...years.flatMap((year) => FIXED_HOLIDAYS.map((day) => `${year}-${day}`))]),
  };
  provisional.set(calendar, extended);
  return extended;
}

/** The last day of a clock, by the calendar that is known or, beyond it, provisionally. Null when it does not run. */
function lastDayOf(clock: Clock | null, calendar: WorkingCalendar): LastDay[] {
  if (clock === null) return [];
  const known = lastDayInTime(clock, calendar);
  const dueOn = known ?? lastDayInTime(clock, provisionalCalendar(calendar));
  return dueOn === null ? [] : [{ clock: clockId(clock), dueOn, isProvisional: known === null }];
}

/** The last days of referrals that are not concluded, whether or not the case is open. */
const lastDaysOfReferrals = ({ referrals }: Pick<CaseView, 'referrals'>): LastDay[] =>
  referrals.flatMap(({ referralId, outcome, dueOn = null, overdueNoticedOn = null }) =>
    outcome !== null || dueOn === null || overdueNoticedOn !== null
      ? []
      : [{ clock: `REFERRAL#${referralId}`, dueOn, isProvisional: false, referralId }],
  );

/**
 * Every last day of a case whose passing has not been noticed: of the clock that decides, of the first contact, of the
 * latest supervision (which comes before the joint meeting when it is overrun), of what assisting departments owe, and
 * of referrals that are to be concluded. The earliest first.
 */
export const unnoticedLastDays = (view: CaseView, calendar: WorkingCalendar): LastDay[] =>
  [...lastDaysOfHandling(view, calendar), ...lastDaysOfReferrals(view)].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));

/** Those of what is owed to the enterprise, while somebody owes it an answer. */
function lastDaysOfHandling(view: CaseView, calendar: WorkingCalendar): LastDay[] {
  if (!isOpen(view.status)) return [];
  const supervision = runningSupervision(view);
  return [
    ...lastDayOf(decidingClock(view), calendar),
    ...lastDayOf(contactClock(view), calendar),
    ...(supervision === null
      ? []
      : [
          {
            clock: `SUPERVISION#${supervision.orderedOn}/${supervision.dueOn}`,
            dueOn: supervision.dueOn,
            isProvisional: false,
            level: 'JOINT_MEETING',
          } as const,
        ]),
    ...runningDuties(view).flatMap((duty): LastDay[] =>
      duty.dueOn === null ? [] : [{ clock: dutyId(duty), dueOn: duty.dueOn, isProvisional: false, level: 'NONE' }],
    ),
  ].filter(({ clock }) => !view.overdueEscalations.includes(clock));
}
