import { factInYear, factNamed, isNumeric, yearOfFact } from '../facts/facts.js';
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

/** Names by which a formula could ask for its own result. */
const OWN_RESULT = new Set(['benefit', 'amount', 'result', 'formula', 'this', 'self']);

/** What is wrong with a fact that a formula names, or null. */
export function factProblem(name: string): { readonly code: ProblemCode; readonly message: string } | null {
  if (OWN_RESULT.has(name))
    return { code: 'SELF_REFERENCE', message: `A formula cannot ask for its own result (${name}).` };
  const [fact = '', year] = name.split('@');
  const definition = factNamed(fact);
  if (definition === null)
    return { code: 'UNKNOWN_FACT', message: `${fact.slice(0, 60)} is not in the vocabulary of facts.` };
  if (!isNumeric(definition.type) && definition.type !== 'BOOLEAN')
    return { code: 'WRONG_TYPE', message: `${fact} is no number, and not true or false.` };
  if (year !== undefined && !isYear(year))
    return {
      code: 'OUT_OF_RANGE',
      message: `${fact}@${year.slice(0, 20)}: a year is PREVIOUS, CURRENT or from ${String(FIRST_YEAR)} to ${String(LAST_YEAR)}.`,
    };
  return year === undefined || hasYears(fact)
    ? null
    : { code: 'WRONG_TYPE', message: `${fact} is not a figure of a year.` };
}

/** The formula with years in place of those that are relative to the year for which the benefit is. */
export const formulaOfYear = (text: string, year: number): string =>
  text.replace(RELATIVE, (_, fact: string, asked: 'PREVIOUS' | 'CURRENT') => factInYear(fact, yearAsked(asked, year)));

/** The fact for which a formula asks, without the year that it may name. */
export const factOfFormula = (name: string): string => yearOfFact(name)?.fact ?? name;
