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
  const [first, second, ...more] = members;
  if (first === undefined) return () => 1;
  if (second === undefined) return first;
  // Most policies have a few conditions, and most enterprises fail the first: no loop is begun for those.
  const rest = more.length === 0 ? second : every([second, ...more]);
  return (facts) => {
    const outcome = first(facts);
    if (outcome === -1) return -1;
    const others = rest(facts);
    return outcome < others ? outcome : others;
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

/** A value that is not known, or that the check cannot use, counts as not known. */
function compileCheck<Form>(check: Check, lookUp: LookUp<Form>): Predicate<Form> {
  const valueIn = lookUp(check.fact);
  switch (check.kind) {
    case 'oneOf': {
      const { values, negated } = check;
      const [found, other]: readonly [Trit, Trit] = negated ? [-1, 1] : [1, -1];
      const [only] = values;
      if (values.length === 1)
        return (facts) => {
          const value = valueIn(facts);
          if (value === only) return found;
          return value === undefined || typeof value === 'object' ? 0 : other;
        };
      const listed: ReadonlySet<FactValue> = new Set(values);
      return (facts) => {
        const value = valueIn(facts);
        if (value === undefined || typeof value === 'object') return 0;
        return listed.has(value) ? found : other;
      };
    }
    case 'range': {
      const [low, high] = [lowTest(check.low), highTest(check.high)];
      return (facts) => {
        const value = valueIn(facts);
        return typeof value === 'number' || typeof value === 'string' ? trit(low(value) && high(value)) : 0;
      };
    }
    case 'prefix': {
      const { prefix } = check;
      return (facts) => {
        const value = valueIn(facts);
        return typeof value === 'string' ? trit(value.startsWith(prefix)) : 0;
      };
    }
    case 'titles': {
      const wanted: ReadonlySet<string> = new Set(check.anyOf);
      return (facts) => {
        const value = valueIn(facts);
        return value !== undefined && isTitles(value) ? trit(value.some((title) => wanted.has(title))) : 0;
      };
    }
    case 'some':
      return (facts) => {
        const value = valueIn(facts);
        const met = value !== undefined && isCollection(value) ? hasItem(check, value) : null;
        return met === null ? 0 : trit(met);
      };
    case 'present':
      return (facts) => {
        const value = valueIn(facts);
        return value === undefined ? 0 : trit(typeof value !== 'object' || value.length > 0);
      };
    case 'growth': {
      const priorYearIn = lookUp(check.priorYear);
      return (facts) => {
        const [value, before] = [valueIn(facts), priorYearIn(facts)];
        return typeof value === 'number' && typeof before === 'number'
          ? trit(growthReached(value, before, check.percent, check.strict))
          : 0;
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
