import { addDays, addMonths, quarterOf, type LegalDay, type Period, type Rate } from '@zhitong/values';
import type { StepState } from './project-life.js';

/** Scheduling meetings: counties each month (月调度), the city each quarter (季调度). */
export const SCHEDULE_LEVELS = ['COUNTY_MONTHLY', 'CITY_QUARTERLY'] as const;
export type ScheduleLevel = (typeof SCHEDULE_LEVELS)[number];

/** The month or quarter in which a day lies. */
export function schedulePeriod(level: ScheduleLevel, day: LegalDay): Period {
  if (level === 'CITY_QUARTERLY') return quarterOf(day);
  const from = `${day.slice(0, 7)}-01`;
  return { from, to: addDays(addMonths(from, 1), -1) };
}

/**
 * Steps that a meeting takes: those that are planned for its period, and those of before it that were not completed
 * when it began.
 */
export const isScheduled = ({ plannedOn, completedOn }: StepState, { from, to }: Period): boolean =>
  plannedOn !== null && plannedOn <= to && (plannedOn >= from || completedOn === null || completedOn >= from);

/** Of the steps planned for a period how many were completed by their planned day. */
export function inTime(steps: readonly StepState[], { from, to }: Period): Rate {
  const due = steps.filter(({ plannedOn }) => plannedOn !== null && plannedOn >= from && plannedOn <= to);
  return {
    numerator: due.filter(({ plannedOn, completedOn }) => completedOn !== null && completedOn <= (plannedOn ?? ''))
      .length,
    denominator: due.length,
  };
}
