import { factInYear, yearOfFact } from '../facts/facts.js';
import { FIRST_YEAR, hasYears, LAST_YEAR, yearAsked } from '../facts/year-facts.js';
import type { ProblemCode } from '../problem.js';

/**
 * Years of figures in formulas: `annualRevenueYuan@PREVIOUS` [上年度], `@CURRENT` [本年度], `@2024`. Without one the newest
 * known figure counts.
 */
const RELATIVE = /\b([A-Za-z_][A-Za-z0-9_]*)@(PREVIOUS|CURRENT)\b/g;

const isYear = (year: string): boolean =>
  year === 'PREVIOUS' ||
  year === 'CURRENT' ||
  (/^\d{4}$/.test(year) && Number(year) >= FIRST_YEAR && Number(year) <= LAST_YEAR);

/** What is wrong with the year that a formula asks of a fact, or null. */
export function yearProblem(
  fact: string,
  year: string,
): { readonly code: ProblemCode; readonly message: string } | null {
  if (!isYear(year))
    return {
      code: 'OUT_OF_RANGE',
      message: `${fact}@${year.slice(0, 20)}: a year is PREVIOUS, CURRENT or from ${String(FIRST_YEAR)} to ${String(LAST_YEAR)}.`,
    };
  return hasYears(fact) ? null : { code: 'WRONG_TYPE', message: `${fact} is not a figure of a year.` };
}

/** The formula with years in place of those that are relative to the year for which the benefit is. */
export const formulaOfYear = (text: string, year: number): string =>
  text.replace(RELATIVE, (_, fact: string, asked: 'PREVIOUS' | 'CURRENT') => factInYear(fact, yearAsked(asked, year)));

/** The fact for which a formula asks, without the year that it may name. */
export const factOfFormula = (name: string): string => yearOfFact(name)?.fact ?? name;
