import { factInYear, factNamed, isNumeric, yearOfFact } from '../facts/facts.js';
import { FIRST_YEAR, hasYears, LAST_YEAR, yearAsked } from '../facts/year-facts.js';
import type { ProblemCode } from '../problem.js';
import { said, type Said } from '../refusal-words.js';

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
export function factProblem(name: string): ({ readonly code: ProblemCode } & Said) | null {
  if (OWN_RESULT.has(name)) return { code: 'SELF_REFERENCE', ...said('FORMULA_OF_ITSELF', { name }) };
  const [fact = '', year] = name.split('@');
  const definition = factNamed(fact);
  if (definition === null)
    return { code: 'UNKNOWN_FACT', ...said('FORMULA_UNKNOWN_FACT', { fact: fact.slice(0, 60) }) };
  if (!isNumeric(definition.type) && definition.type !== 'BOOLEAN')
    return { code: 'WRONG_TYPE', ...said('FORMULA_NO_NUMBER', { fact }) };
  if (year !== undefined && !isYear(year))
    return {
      code: 'OUT_OF_RANGE',
      ...said('FORMULA_YEAR', { fact, year: year.slice(0, 20), first: FIRST_YEAR, last: LAST_YEAR }),
    };
  return year === undefined || hasYears(fact) ? null : { code: 'WRONG_TYPE', ...said('FORMULA_NO_FIGURE', { fact }) };
}

/** The formula with years in place of those that are relative to the year for which the benefit is. */
export const formulaOfYear = (text: string, year: number): string =>
  text.replace(RELATIVE, (_, fact: string, asked: 'PREVIOUS' | 'CURRENT') => factInYear(fact, yearAsked(asked, year)));

/** The fact for which a formula asks, without the year that it may name. */
export const factOfFormula = (name: string): string => yearOfFact(name)?.fact ?? name;
