import { isDoubleDrop, type SatisfactionPeriod } from '../domain/satisfaction.js';
import { rank, type RankedDepartment } from '../domain/figures/ranking.js';
import type { Knowledge } from '../domain/figures/case-facts.js';
import { NO_FIGURES, type Figures } from '../domain/figures/statistics.js';
import type { KeptFigures } from '../models/figures/kept-figures.js';

/** The figures and places of all departments in one period. */
export interface Appraisal {
  readonly period: Knowledge;
  readonly figures: ReadonlyMap<string, KeptFigures>;
  readonly ranking: ReadonlyMap<string, RankedDepartment>;
}

/**
 * Ranks the departments by their figures, cases that no department leads left out; `referred` counts the referrals in
 * the period that stand against each.
 */
export const rankDepartments = (
  rows: readonly (Pick<Figures, 'rates'> & { readonly key: string })[],
  referred: ReadonlyMap<string, number>,
): RankedDepartment[] =>
  rank(
    rows
      .filter(({ key }) => key !== '')
      .map(({ key, rates }) => ({ department: key, rates, openAccountability: referred.get(key) ?? 0 })),
  );

/** Appraises the departments by their figures in a period. */
export function appraise(
  period: Knowledge,
  rows: readonly KeptFigures[],
  referred: ReadonlyMap<string, number>,
): Appraisal {
  const ranked = rankDepartments(rows, referred);
  return {
    period,
    figures: new Map(rows.map((row) => [row.key, row])),
    ranking: new Map(ranked.map((entry) => [entry.department, entry])),
  };
}

/** One department's figures; all zero when it had no case. */
export const figuresOfDepartment = (appraisal: Appraisal, code: string): Figures =>
  appraisal.figures.get(code) ?? NO_FIGURES;

/** Whether both satisfactions of a department dropped from one period to the next. */
export function dropsTwice(before: Appraisal, now: Appraisal, code: string): boolean {
  const side = (appraisal: Appraisal): SatisfactionPeriod => {
    const { processSatisfaction, resultSatisfaction } = figuresOfDepartment(appraisal, code).rates;
    return {
      from: appraisal.period.from,
      satisfiedProcess: processSatisfaction.numerator,
      satisfiedResult: resultSatisfaction.numerator,
      rated: processSatisfaction.denominator,
    };
  };
  return isDoubleDrop(side(before), side(now));
}
