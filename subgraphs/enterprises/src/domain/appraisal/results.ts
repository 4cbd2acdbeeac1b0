import { SMALLEST_CELL, type Rate } from '@zhitong/values';
import { isSatisfied, type Tally } from './appraisal.js';

/** What enterprises say of one department, fixed at publication. */
export interface DepartmentResult {
  /** Code. */
  readonly department: string;
  /** Of those who graded it how many are satisfied with how it worked; null where too few did. */
  readonly process: Rate | null;
  /** The same of what came of it. */
  readonly result: Rate | null;
  /** 1 is the best; equal figures share a rank. Null where there are no figures. */
  readonly rank: number | null;
  /** Both rates are lower than in the round before: 双下降. Null where one of the two rounds has no figures. */
  readonly isDoubleDrop: boolean | null;
  /** Holds the moving flag (流动红旗) from the publication to the next one. */
  readonly holdsFlag: boolean;
}

/** Whether one rate is lower than another, exactly. */
export const isLower = (one: Rate, other: Rate): boolean =>
  BigInt(one.numerator) * BigInt(other.denominator) < BigInt(other.numerator) * BigInt(one.denominator);

/**
 * The results of a round. A department that fewer than `SMALLEST_CELL` enterprises graded gets none: its graders could
 * be identified. No total over all departments is told, so that nothing withheld can be found by subtraction. Ranks go
 * by the satisfied over both questions; whoever is first holds the flag, unless all are equal.
 * @param before the results of the round before
 */
export function resultsOf(
  tallies: readonly Tally[],
  departments: readonly string[],
  before: readonly DepartmentResult[],
): DepartmentResult[] {
  const figures = departments.map((department) => {
    const own = tallies.filter((tally) => tally.department === department);
    const denominator = countOf(own);
    if (denominator < SMALLEST_CELL) return { department, process: null, result: null };
    return {
      department,
      process: { numerator: countOf(own.filter(({ process }) => isSatisfied(process))), denominator },
      result: { numerator: countOf(own.filter(({ result }) => isSatisfied(result))), denominator },
    };
  });
  const both = (one: { readonly process: Rate | null; readonly result: Rate | null }): Rate | null =>
    one.process === null || one.result === null
      ? null
      : {
          numerator: one.process.numerator + one.result.numerator,
          denominator: one.process.denominator + one.result.denominator,
        };
  const rates = figures.map(both);
  const ranks = rates.map((rate) =>
    rate === null ? null : 1 + rates.filter((other) => other !== null && isLower(rate, other)).length,
  );
  const isDecided = ranks.some((rank) => rank !== null && rank > 1);
  return figures.map((figure, at) => ({
    ...figure,
    rank: ranks[at] ?? null,
    isDoubleDrop: isDoubleDrop(
      figure,
      before.find(({ department }) => department === figure.department),
    ),
    holdsFlag: isDecided && ranks[at] === 1,
  }));
}

const countOf = (tallies: readonly Tally[]): number => tallies.reduce((sum, { count }) => sum + count, 0);

function isDoubleDrop(
  now: Pick<DepartmentResult, 'process' | 'result'>,
  before: Pick<DepartmentResult, 'process' | 'result'> | undefined,
): boolean | null {
  if (now.process === null || now.result === null) return null;
  if (before === undefined || before.process === null || before.result === null) return null;
  return isLower(now.process, before.process) && isLower(now.result, before.result);
}
