import { createHash } from 'node:crypto';
import type { WorkingCalendar } from '@zhitong/values';

/** Form of what is stored of a case: a view of an earlier one is written again as one of another calendar is. */
const FORM = 5;
const marks = new WeakMap<WorkingCalendar, string>();

/** Tells calendars apart: two with the same mark give the same due days, in the same form. */
export function calendarMark(calendar: WorkingCalendar): string {
  const made = marks.get(calendar);
  if (made !== undefined) return made;
  const { knownFrom, knownThrough, daysOff, workingWeekends } = calendar;
  const text = JSON.stringify([FORM, knownFrom, knownThrough, [...daysOff].sort(), [...workingWeekends].sort()]);
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 16);
  marks.set(calendar, mark);
  return mark;
}
