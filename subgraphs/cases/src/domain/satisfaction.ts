import type { LegalDay, Said } from '@zhitong/values';
import { said } from './refusal-words.js';

/** The five grades of 好差评 (very satisfied 5 … very dissatisfied 1). The first three count as satisfied. */
export const LOWEST_SATISFIED = 3;
const LOWEST = 1;
const HIGHEST = 5;

export interface RatingInput {
  readonly process: number;
  readonly result: number;
  readonly reason: string | null;
}

export interface InputFault extends Pick<Said, 'message' | 'reason' | 'zh'> {
  readonly path: readonly string[];
}

export const isSatisfied = (grade: number): boolean => grade >= LOWEST_SATISFIED;

/** What is wrong with a rating; empty when it can be taken. A grade below 3 needs its reason (政务服务好差评). */
export function ratingFaults({ process, result, reason }: RatingInput): InputFault[] {
  const faults: InputFault[] = [];
  for (const [path, grade] of [
    ['process', process],
    ['result', result],
  ] as const) {
    if (!Number.isInteger(grade) || grade < LOWEST || grade > HIGHEST) {
      faults.push({ path: [path], ...said('RATING_OUTSIDE', { least: LOWEST, most: HIGHEST, grade }) });
    }
  }
  if (faults.length === 0 && !(isSatisfied(process) && isSatisfied(result)) && (reason ?? '').trim() === '') {
    faults.push({ path: ['reason'], ...said('RATING_NEEDS_REASON', { satisfied: LOWEST_SATISFIED }) });
  }
  return faults;
}

/** True when the rating must lead to a second look at the case. */
export const opensCheck = ({ process, result }: RatingInput): boolean => !isSatisfied(process) || !isSatisfied(result);

export interface SatisfactionPeriod {
  readonly from: LegalDay;
  readonly satisfiedProcess: number;
  readonly satisfiedResult: number;
  readonly rated: number;
}

/**
 * Process and result satisfaction both below the period before (双下降): the alarm of the Huaiyin programme. Needs ratings
 * in both periods.
 */
export function isDoubleDrop(before: SatisfactionPeriod, now: SatisfactionPeriod): boolean {
  if (before.rated === 0 || now.rated === 0) return false;
  // Cross-multiplied so that no rate is rounded.
  return (
    now.satisfiedProcess * before.rated < before.satisfiedProcess * now.rated &&
    now.satisfiedResult * before.rated < before.satisfiedResult * now.rated
  );
}
