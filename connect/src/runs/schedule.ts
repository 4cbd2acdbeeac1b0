import { Cron } from 'croner';

/** Schedules are in the city's time. */
const SCHEDULE_ZONE = 'Asia/Shanghai';

/**
 * When a schedule is due next after a moment; null where it never is again. @throws Error for an expression that is
 * none
 */
export const nextAfter = (schedule: string, after: Date): Date | null =>
  new Cron(schedule, { timezone: SCHEDULE_ZONE, paused: true }).nextRun(after);

/** Whether it is an expression of a schedule. */
export function isSchedule(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    nextAfter(value, new Date(0));
    return true;
  } catch {
    return false;
  }
}
