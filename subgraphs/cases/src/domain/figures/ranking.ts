import { divideHalfUp, type Rate } from '@zhitong/values';
import { NO_FIGURES, type RateName } from './statistics.js';

/**
 * The weights of the department appraisal, in per cent. A rate without any case is left out and the others weigh more.
 */
export const RANKING_WEIGHTS = {
  response: 20,
  onTime: 30,
  processSatisfaction: 20,
  resultSatisfaction: 30,
} as const satisfies Partial<Record<RateName, number>>;

/**
 * Fewer decided cases than this (the denominator of the on-time rate) and a department is not ranked: chance would
 * decide.
 */
export const LEAST_DECIDED_CASES = 5;

export interface Appraised {
  readonly department: string;
  readonly rates: Readonly<Record<RateName, Rate>>;
  /** Referrals to discipline inspection in the period that are pending or ended in a sanction. */
  readonly openAccountability: number;
}

export interface RankedDepartment {
  readonly department: string;
  /** 0 to 10,000: hundredths of a point of 100, rounded half up; null when no rate of the formula has a case. */
  readonly score: number | null;
  /** 1 is best; equal scores share a rank and the next one is skipped; null when not ranked. */
  readonly rank: number | null;
  /** Holds the moving flag (流动红旗) for the period. */
  readonly holdsFlag: boolean;
}

/** Hundredths of a point of a rate of one. */
const SCORE_OF_ONE = 10_000n;
const WEIGHTED = ['response', 'onTime', 'processSatisfaction', 'resultSatisfaction'] as const;

/** Weighted mean of the rates that have a denominator, in ten-thousandths, without rounding in between. */
export function score(rates: Appraised['rates']): number | null {
  const parts = WEIGHTED.filter((name) => rates[name].denominator > 0);
  if (parts.length === 0) return null;
  const common = parts.reduce((product, name) => product * BigInt(rates[name].denominator), 1n);
  const sum = parts.reduce(
    (total, name) =>
      total +
      (BigInt(RANKING_WEIGHTS[name]) * BigInt(rates[name].numerator) * common) / BigInt(rates[name].denominator),
    0n,
  );
  const divisor = common * BigInt(parts.reduce((total, name) => total + RANKING_WEIGHTS[name], 0));
  return divideHalfUp(sum * SCORE_OF_ONE, divisor);
}

/**
 * Ranks departments for one period. The flag goes to every department on rank 1 against which no referral is pending or
 * was upheld; when none is left the flag is not awarded. The result is sorted by rank, the unranked last, by department
 * code within.
 */
export function rank(departments: readonly Appraised[]): RankedDepartment[] {
  const scored = departments.map((appraised) => ({
    appraised,
    score: score(appraised.rates),
    isRanked: appraised.rates.onTime.denominator >= LEAST_DECIDED_CASES,
  }));
  const rankedScores = scored.flatMap((entry) => (entry.isRanked && entry.score !== null ? [entry.score] : []));
  return scored
    .map((entry): RankedDepartment => {
      const own = entry.score;
      const place = entry.isRanked && own !== null ? 1 + rankedScores.filter((other) => other > own).length : null;
      return {
        department: entry.appraised.department,
        score: own,
        rank: place,
        holdsFlag: place === 1 && entry.appraised.openAccountability === 0,
      };
    })
    .sort(
      (a, b) =>
        (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER) ||
        (a.department < b.department ? -1 : 1),
    );
}

/**
 * A department of published figures as its place may be told: without any rate, and so without score and place, where
 * one of the weighted ones is withheld. A score is a formula of four rates; three that are told would give the fourth.
 */
export function withoutWithheld<Group extends Pick<Appraised, 'rates'> & { readonly withheld: ReadonlySet<string> }>(
  group: Group,
): Group {
  return WEIGHTED.some((name) => group.withheld.has(name)) ? { ...group, rates: NO_FIGURES.rates } : group;
}
