import { daysBetween, type LegalDay } from '@zhitong/values';

/** How long something has been overdue: up to 30 days, 31 to 90, 91 to 180, 181 to 365, more (账龄). */
export const AGEING_BUCKETS = ['UP_TO_30', 'UP_TO_90', 'UP_TO_180', 'UP_TO_365', 'OVER_365'] as const;
export type AgeingBucket = (typeof AGEING_BUCKETS)[number];

/** The last day of each bucket but the open one. */
export const AGEING_LIMITS: readonly number[] = [30, 90, 180, 365];

/** Whole days after the due day; 0 on the due day itself and before it. */
export function daysOverdue(dueOn: LegalDay, asOf: LegalDay): number {
  return Math.max(0, daysBetween(dueOn, asOf));
}

/** The bucket of `days` overdue; null when it is not overdue. */
export function ageingBucket(days: number): AgeingBucket | null {
  if (days <= 0) return null;
  const index = AGEING_LIMITS.findIndex((limit) => days <= limit);
  return AGEING_BUCKETS[index === -1 ? AGEING_LIMITS.length : index] ?? null;
}
