import { addDays, type FenTotal, type LegalDay } from '@zhitong/values';
import { AGEING_BUCKETS, AGEING_LIMITS } from '../commitments/ageing.js';

/** Figures of an audit or of one of its groups, amounts in fen of promises of money, counts of all promises. */
export interface AuditSums {
  readonly promisedCount: number;
  readonly count: number;
  readonly overdueCount: number;
  readonly undocumentedCount: number;
  readonly promised: FenTotal;
  readonly fulfilled: FenTotal;
  readonly waived: FenTotal;
  readonly outstanding: FenTotal;
  readonly overdue: FenTotal;
  /** Per ageing bucket, in its order. */
  readonly ageingAmounts: readonly FenTotal[];
  readonly ageingCounts: readonly number[];
  readonly fallenDue: number;
  readonly inTime: number;
}

/**
 * Figures that cost reading of their own, by the field of the graph that shows them; the others come with every audit.
 */
export const OPTIONAL_FIGURES = ['undocumentedCount', 'ageing', 'onTimeRate'] as const;
export type OptionalFigure = (typeof OPTIONAL_FIGURES)[number];

const NONE_PER_AGE: readonly number[] = AGEING_BUCKETS.map(() => 0);
const NOTHING_PER_AGE: readonly FenTotal[] = AGEING_BUCKETS.map(() => 0n);

export const NO_SUMS: AuditSums = {
  promisedCount: 0,
  count: 0,
  overdueCount: 0,
  undocumentedCount: 0,
  promised: 0n,
  fulfilled: 0n,
  waived: 0n,
  outstanding: 0n,
  overdue: 0n,
  ageingAmounts: NOTHING_PER_AGE,
  ageingCounts: NONE_PER_AGE,
  fallenDue: 0,
  inTime: 0,
};

/** The figures of two sets of promises together. */
export function addSums(a: AuditSums, b: AuditSums): AuditSums {
  return {
    promisedCount: a.promisedCount + b.promisedCount,
    count: a.count + b.count,
    overdueCount: a.overdueCount + b.overdueCount,
    undocumentedCount: a.undocumentedCount + b.undocumentedCount,
    promised: a.promised + b.promised,
    fulfilled: a.fulfilled + b.fulfilled,
    waived: a.waived + b.waived,
    outstanding: a.outstanding + b.outstanding,
    overdue: a.overdue + b.overdue,
    ageingAmounts: a.ageingAmounts.map((amount, age) => amount + (b.ageingAmounts[age] ?? 0n)),
    ageingCounts: a.ageingCounts.map((count, age) => count + (b.ageingCounts[age] ?? 0)),
    fallenDue: a.fallenDue + b.fallenDue,
    inTime: a.inTime + b.inTime,
  };
}

/**
 * The figures of a group at a checkpoint, kept so that those of any later day follow from them as long as nothing is
 * recorded: what does not depend on the day, and for each day on which instalments are due what they add from then on.
 */
export interface KeptFigures extends Pick<
  AuditSums,
  'promisedCount' | 'count' | 'undocumentedCount' | 'promised' | 'fulfilled' | 'waived' | 'outstanding'
> {
  /** Due days in order; what was due by {@link oldestDueDay} is together. The other lists go with it. */
  readonly days: readonly LegalDay[];
  /** Fen of the day's instalments that are not settled. */
  readonly open: readonly FenTotal[];
  /** Promises whose earliest instalment that is not settled is due that day. */
  readonly first: readonly number[];
  /** Instalments. */
  readonly due: readonly number[];
  /** Instalments that were paid in time. */
  readonly inTime: readonly number[];
}

/**
 * What was due a year and a day before a checkpoint is in the last ageing bucket on that day and on every later one.
 */
export const oldestDueDay = (on: LegalDay): LegalDay => addDays(on, -366);

/**
 * The figures of a group on a day that is not before the checkpoint, of the promises of which nothing was recorded
 * since.
 */
export function sumsFrom(
  {
    days,
    open,
    first,
    due,
    inTime,
    promisedCount,
    count,
    undocumentedCount,
    promised,
    fulfilled,
    waived,
    outstanding,
  }: KeptFigures,
  asOf: LegalDay,
): AuditSums {
  const bucketFrom = AGEING_LIMITS.map((most) => addDays(asOf, -most));
  const ageingAmounts = [...NOTHING_PER_AGE];
  const ageingCounts = [...NONE_PER_AGE];
  const sums = { overdueCount: 0, overdue: 0n, fallenDue: 0, inTime: 0 };
  days.forEach((day, i) => {
    if (day >= asOf) return;
    sums.fallenDue += due[i] ?? 0;
    sums.inTime += inTime[i] ?? 0;
    const reached = bucketFrom.findIndex((from) => day >= from);
    const bucket = reached === -1 ? AGEING_LIMITS.length : reached;
    sums.overdue += open[i] ?? 0n;
    sums.overdueCount += first[i] ?? 0;
    ageingAmounts[bucket] = (ageingAmounts[bucket] ?? 0n) + (open[i] ?? 0n);
    ageingCounts[bucket] = (ageingCounts[bucket] ?? 0) + (first[i] ?? 0);
  });
  return {
    promisedCount,
    count,
    undocumentedCount,
    promised,
    fulfilled,
    waived,
    outstanding,
    ...sums,
    ageingAmounts,
    ageingCounts,
  };
}
