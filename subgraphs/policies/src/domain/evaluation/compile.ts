import type { LegalDay } from '@zhitong/values';
import { checkOf, type Bound, type Check } from '../criteria/check.js';
import type { Criterion, Test } from '../criteria/criteria.js';
import { foldAll, type GroupAlgebra } from '../criteria/fold.js';
import { hasItem, type Eligibility } from './evaluate.js';
import { isCollection, isTitles, type Facts, type FactSlots, type FactValue } from '../facts/fact-values.js';
import { factDefinition } from '../facts/facts.js';
import { growthReached } from './growth.js';

/** 1 met, 0 unknown, −1 not met: in this order, "all" is the least and "any" the greatest. */
type Trit = -1 | 0 | 1;
/** Decides on an enterprise's facts in one form, by name or in slots. */
type Predicate<Form> = (facts: Form) => Trit;
/** Makes the look-up of one fact. */
type LookUp<Form> = (fact: string) => (facts: Form) => FactValue | undefined;

const trit = (met: boolean): Trit => (met ? 1 : -1);

const byName: LookUp<Facts['values']> = (fact) => (values) => values[fact];

function bySlot(fact: string): (slots: FactSlots) => FactValue | undefined {
  const number = factDefinition(fact)?.number;
  return number === undefined ? () => undefined : (slots) => slots[number];
}

/** A policy's criteria as one function of an enterprise's facts, made once. */
export type CompiledCriteria = (values: Facts['values']) => Eligibility;

/** The same for facts in slots: for who has them, or decides so many policies that making them pays. */
export type CompiledForSlots = (slots: FactSlots) => Eligibility;

/**
 * Compiles criteria for one reference date: closures over sets and bounds, no explanation, no allocation, no generated
 * source text that a policy could inject into. Decides as `evaluate` does. Many enterprises are decided by
 * `bulkDecider`.
 */
export const compileCriteria = (criteria: readonly Criterion[], referenceDate: LegalDay): CompiledCriteria =>
  compileFor(criteria, referenceDate, byName);

/** Compiles criteria for facts in slots. */
export const compileForSlots = (criteria: readonly Criterion[], referenceDate: LegalDay): CompiledForSlots =>
  compileFor(criteria, referenceDate, bySlot);

function compileFor<Form>(
  criteria: readonly Criterion[],
  referenceDate: LegalDay,
  lookUp: LookUp<Form>,
): (facts: Form) => Eligibility {
  const algebra: GroupAlgebra<Predicate<Form>> = { all: every, any: some, not: negation, atLeast };
  const decide = foldAll(criteria, (test: Test) => compileCheck(checkOf(test, referenceDate), lookUp), algebra);
  return (facts) => {
    const outcome = decide(facts);
    if (outcome === 0) return 'UNDETERMINED';
    return outcome === 1 ? 'ELIGIBLE' : 'NOT_ELIGIBLE';
  };
}

function negation<Form>(member: Predicate<Form>): Predicate<Form> {
  // Negative zero would be a fourth value.
  return (facts) => {
    const outcome = member(facts);
    if (outcome === 0) return 0;
    return outcome === 1 ? -1 : 1;
  };
}

function every<Form>(members: readonly Predicate<Form>[]): Predicate<Form> {
  return (facts) => {
    let least: Trit = 1;
    for (const member of members) {
      const outcome = member(facts);
      if (outcome === -1) return -1;
      if (outcome === 0) least = 0;
    }
    return least;
  };
}

function some<Form>(members: readonly Predicate<Form>[]): Predicate<Form> {
  return (facts) => {
    let greatest: Trit = -1;
    for (const member of members) {
      const outcome = member(facts);
      if (outcome === 1) return 1;
      if (outcome === 0) greatest = 0;
    }
    return greatest;
  };
}

function atLeast<Form>(count: number, members: readonly Predicate<Form>[]): Predicate<Form> {
  return (facts) => {
    let met = 0;
    let unknown = 0;
    for (const member of members) {
      const outcome = member(facts);
      if (outcome === 1) met += 1;
      else if (outcome === 0) unknown += 1;
    }
    if (met >= count) return 1;
    return met + unknown >= count ? 0 : -1;
  };
}

function compileCheck<Form>(check: Check, lookUp: LookUp<Form>): Predicate<Form> {
  const valueIn = lookUp(check.fact);
  const judge = judgeOf(check, lookUp);
  return (facts) => {
    const value = valueIn(facts);
    if (value === undefined) return 0;
    const met = judge(value, facts);
    return met === null ? 0 : trit(met);
  };
}

/** Judges a value that is known; one that the check cannot use (null) counts as not known. */
function judgeOf<Form>(check: Check, lookUp: LookUp<Form>): (value: FactValue, facts: Form) => boolean | null {
  switch (check.kind) {
    case 'oneOf': {
      const listed: ReadonlySet<FactValue> = new Set(check.values);
      return (value) => (typeof value === 'object' ? null : listed.has(value) !== check.negated);
    }
    case 'range': {
      const [low, high] = [lowTest(check.low), highTest(check.high)];
      return (value) => (typeof value === 'number' || typeof value === 'string' ? low(value) && high(value) : null);
    }
    case 'prefix':
      return (value) => (typeof value === 'string' ? value.startsWith(check.prefix) : null);
    case 'titles': {
      const wanted: ReadonlySet<string> = new Set(check.anyOf);
      return (value) => (isTitles(value) ? value.some((title) => wanted.has(title)) : null);
    }
    case 'some':
      return (value) => (isCollection(value) ? hasItem(check, value) : null);
    case 'present':
      return (value) => typeof value !== 'object' || value.length > 0;
    case 'growth': {
      const priorYearIn = lookUp(check.priorYear);
      return (value, facts) => {
        const before = priorYearIn(facts);
        return typeof value === 'number' && typeof before === 'number'
          ? growthReached(value, before, check.percent, check.strict)
          : null;
      };
    }
  }
}

function lowTest(low: Bound | null): (value: number | string) => boolean {
  if (low === null) return () => true;
  return low.inclusive ? (value) => value >= low.value : (value) => value > low.value;
}

function highTest(high: Bound | null): (value: number | string) => boolean {
  if (high === null) return () => true;
  return high.inclusive ? (value) => value <= high.value : (value) => value < high.value;
}
