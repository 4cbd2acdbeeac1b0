import { createHash } from 'node:crypto';
import type { WorkingCalendar } from '@zhitong/values';

const marks = new WeakMap<WorkingCalendar, string>();

/** Tells calendars apart: two with the same mark give the same due days. */
export function calendarMark(calendar: WorkingCalendar): string {
  const made = marks.get(calendar);
  if (made !== undefined) return made;
  const { knownFrom, knownThrough, daysOff, workingWeekends } = calendar;
  const text = JSON.stringify([knownFrom, knownThrough, [...daysOff].sort(), [...workingWeekends].sort()]);
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 16);
  marks.set(calendar, mark);
  return mark;
}
