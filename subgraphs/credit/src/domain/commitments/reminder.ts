import { daysBetween, type LegalDay } from '@zhitong/values';

/** A point at which the responsible department is reminded, for example `BEFORE_30`, `DUE`, `OVERDUE_WEEK_2`. */
export type ReminderStage = 'BEFORE_30' | 'BEFORE_7' | 'DUE' | `OVERDUE_WEEK_${number}`;

/** How many days before the due day the first reminder comes. */
export const FIRST_REMINDER_DAYS = 30;

/**
 * The stage that a due day has reached on a day: 30 and 7 days before, on the day, and every week after it. A stage
 * lasts until the next one, so a reminder that could not be sent on its day is sent when it can be. Null while none is
 * reached.
 */
export function reminderStage(dueOn: LegalDay, today: LegalDay): ReminderStage | null {
  const daysLeft = daysBetween(today, dueOn);
  if (daysLeft > FIRST_REMINDER_DAYS) return null;
  if (daysLeft > 7) return 'BEFORE_30';
  if (daysLeft > 0) return 'BEFORE_7';
  const weeks = Math.floor(-daysLeft / 7);
  return weeks === 0 ? 'DUE' : `OVERDUE_WEEK_${weeks}`;
}
