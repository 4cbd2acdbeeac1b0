import { addDays, addWorkingDays, isWeekend, type LegalDay, type WorkingCalendar } from '@zhitong/values';

/**
 * Working days within which an objection [异议] is decided. No general source is found: configurable by whoever finds
 * one, and shown as what is aimed at, never as law.
 */
const DECISION_DAYS = 5;

/**
 * The last day of a public notice [公示期] of so many working days: the day on which it begins does not count (民法典
 * 201). Beyond the calendar that is published, weekends are taken as the only days off, until the notice of the State
 * Council says more: `lastDayOfNotice` is asked again before an approval.
 */
export function lastDayOfNotice(calendar: WorkingCalendar, from: LegalDay, workingDays: number): LegalDay {
  const counted = addWorkingDays(calendar, from, workingDays);
  return counted.known ? counted.value : weekdaysAfter(from, workingDays);
}

/** The day by which an objection is to be decided. */
export const objectionDueOn = (calendar: WorkingCalendar, raisedOn: LegalDay): LegalDay =>
  lastDayOfNotice(calendar, raisedOn, DECISION_DAYS);

function weekdaysAfter(from: LegalDay, count: number): LegalDay {
  let day = from;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (!isWeekend(day)) left -= 1;
  }
  return day;
}
