import { firstStartWithin, lastStartOver, yearOf, type LegalDay } from '@zhitong/values';
import type { Scalar, Test } from './criteria.js';
import { factDefinition, factInYear, prefixUnder } from '../facts/facts.js';
import { factAsked, yearAsked } from '../facts/year-facts.js';

/** One end of a range. */
export interface Bound {
  readonly value: number | LegalDay;
  readonly inclusive: boolean;
}

/**
 * What a test comes down to on one day: twenty operators become seven kinds of check, with the reference date worked
 * in. The interpreter, the compiled predicate, the filter for the database and the search for contradictions all start
 * from here.
 */
export type Check =
  | { readonly kind: 'oneOf'; readonly fact: string; readonly values: readonly Scalar[]; readonly negated: boolean }
  | { readonly kind: 'range'; readonly fact: string; readonly low: Bound | null; readonly high: Bound | null }
  | { readonly kind: 'prefix'; readonly fact: string; readonly prefix: string }
  | { readonly kind: 'titles'; readonly fact: string; readonly anyOf: readonly string[] }
  /** One item of a collection passes all of the checks, which name attributes. */
  | { readonly kind: 'some'; readonly fact: string; readonly of: readonly Check[] }
  | { readonly kind: 'present'; readonly fact: string; readonly titles: boolean }
  | {
      readonly kind: 'growth';
      readonly fact: string;
      readonly priorYear: string;
      readonly percent: number;
      readonly strict: boolean;
    };

const including = (value: number | LegalDay): Bound => ({ value, inclusive: true });
const excluding = (value: number | LegalDay): Bound => ({ value, inclusive: false });

/** The check that `test` means on `referenceDate`. Criteria read by `readCriteria` always have one. */
export function checkOf(test: Test, referenceDate: LegalDay): Check {
  const year = yearOf(referenceDate);
  const fact = factAsked(test.fact, test.year, year);
  switch (test.operator) {
    case 'EQ':
    case 'NE':
      return { kind: 'oneOf', fact, values: [test.value], negated: test.operator === 'NE' };
    case 'IN':
    case 'NIN':
      return { kind: 'oneOf', fact, values: test.value, negated: test.operator === 'NIN' };
    case 'GTE':
      return { kind: 'range', fact, low: including(test.value), high: null };
    case 'GT':
      return { kind: 'range', fact, low: excluding(test.value), high: null };
    case 'LTE':
      return { kind: 'range', fact, low: null, high: including(test.value) };
    case 'LT':
      return { kind: 'range', fact, low: null, high: excluding(test.value) };
    case 'BETWEEN':
      return { kind: 'range', fact, low: including(test.value[0]), high: including(test.value[1]) };
    case 'EXISTS':
      return { kind: 'present', fact, titles: isList(fact) };
    case 'CONTAINS':
      return { kind: 'titles', fact, anyOf: [test.value] };
    case 'CONTAINS_ANY':
      return { kind: 'titles', fact, anyOf: test.value };
    case 'HAS':
      return { kind: 'some', fact, of: test.value.map((one) => checkOf(one, referenceDate)) };
    case 'STARTS_WITH':
      return { kind: 'prefix', fact, prefix: test.value };
    case 'UNDER':
      return { kind: 'prefix', fact, prefix: prefixUnder(test.value, factDefinition(fact)?.hierarchy ?? 'INDUSTRY') };
    case 'WITHIN_LAST':
      return {
        kind: 'range',
        fact,
        low: including(firstStartWithin(referenceDate, test.value.count, test.value.unit)),
        high: including(referenceDate),
      };
    case 'AT_LEAST_AGO':
      return {
        kind: 'range',
        fact,
        low: null,
        high: including(lastStartOver(referenceDate, test.value.count, test.value.unit)),
      };
    case 'WAS_NOT_BEFORE':
      return { kind: 'range', fact: factDefinition(fact)?.since ?? fact, low: including(test.value), high: null };
    case 'GROWTH_GTE':
    case 'GROWTH_GT':
      return {
        kind: 'growth',
        fact,
        priorYear:
          test.year === undefined
            ? (factDefinition(fact)?.priorYear ?? fact)
            : factInYear(test.fact, yearAsked(test.year, year) - 1),
        percent: test.value,
        strict: test.operator === 'GROWTH_GT',
      };
  }
}

/** A list that is known may be empty. */
const isList = (fact: string): boolean => ['TITLES', 'RECORDS'].includes(factDefinition(fact)?.type ?? '');

/** The facts whose values decide the check. */
export const factsOfCheck = (check: Check): readonly string[] =>
  check.kind === 'growth' ? [check.fact, check.priorYear] : [check.fact];
