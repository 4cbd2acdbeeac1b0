import type { Day } from './calendar-day.js';
import { checkOf, type Bound, type Check } from './check.js';
import { membersOf, type Criterion } from './criteria.js';
import type { Eligibility } from './evaluate.js';
import { slotOf, slotsOf, type FactSlots } from './fact-slots.js';
import type { Facts, FactValue } from './fact-values.js';
import { growthReached } from './growth.js';

/** 1 met, 0 unknown, −1 not met: in this order, "all" is the least and "any" the greatest. */
type Trit = -1 | 0 | 1;
type Predicate = (slots: FactSlots) => Trit;

const trit = (met: boolean): Trit => (met ? 1 : -1);

/** A policy's criteria as one function of an enterprise's facts, made once. */
export type CompiledCriteria = (values: Facts['values']) => Eligibility;

/** The same for facts in slots: who decides many policies for one enterprise makes its slots once. */
export type CompiledForSlots = (slots: FactSlots) => Eligibility;

/**
 * Compiles criteria for one reference date: closures over sets and bounds, no explanation, no allocation, no generated source
 * text that a policy could inject into. Decides as `evaluate` does. Many enterprises are decided by `bulkDecider`.
 */
export function compileForSlots(criteria: readonly Criterion[], referenceDate: Day): CompiledForSlots {
  const decide = every(criteria.map((criterion) => compileOne(criterion, referenceDate)));
  return (slots) => {
    const outcome = decide(slots);
    if (outcome === 0) return 'UNDETERMINED';
    return outcome === 1 ? 'ELIGIBLE' : 'NOT_ELIGIBLE';
  };
}

/** Compiles criteria for facts by name. */
export function compileCriteria(criteria: readonly Criterion[], referenceDate: Day): CompiledCriteria {
  const decide = compileForSlots(criteria, referenceDate);
  return (values) => decide(slotsOf(values));
}

function compileOne(criterion: Criterion, referenceDate: Day): Predicate {
  if (criterion.kind === 'test') return compileCheck(checkOf(criterion, referenceDate));
  const members = membersOf(criterion).map((member) => compileOne(member, referenceDate));
  switch (criterion.kind) {
    case 'all':
      return every(members);
    case 'any':
      return some(members);
    case 'not': {
      const [member] = members;
      // Negative zero would be a fourth value.
      return (slots) => {
        const outcome = member?.(slots) ?? 0;
        if (outcome === 0) return 0;
        return outcome === 1 ? -1 : 1;
      };
    }
    case 'atLeast':
      return atLeast(criterion.count, members);
  }
}

function every(members: readonly Predicate[]): Predicate {
  return (slots) => {
    let least: Trit = 1;
    for (const member of members) {
      const outcome = member(slots);
      if (outcome === -1) return -1;
      if (outcome === 0) least = 0;
    }
    return least;
  };
}

function some(members: readonly Predicate[]): Predicate {
  return (slots) => {
    let greatest: Trit = -1;
    for (const member of members) {
      const outcome = member(slots);
      if (outcome === 1) return 1;
      if (outcome === 0) greatest = 0;
    }
    return greatest;
  };
}

function atLeast(count: number, members: readonly Predicate[]): Predicate {
  return (slots) => {
    let met = 0;
    let unknown = 0;
    for (const member of members) {
      const outcome = member(slots);
      if (outcome === 1) met += 1;
      else if (outcome === 0) unknown += 1;
    }
    if (met >= count) return 1;
    return met + unknown >= count ? 0 : -1;
  };
}

/** Reads the fact and lets `decide` judge it; a value it cannot judge (null) counts as not known. */
function onFact(fact: string, decide: (value: FactValue, slots: FactSlots) => boolean | null): Predicate {
  const slot = slotOf(fact);
  return (slots) => {
    const value = slots[slot];
    if (value === undefined) return 0;
    const met = decide(value, slots);
    return met === null ? 0 : trit(met);
  };
}

function compileCheck(check: Check): Predicate {
  switch (check.kind) {
    case 'oneOf': {
      const listed: ReadonlySet<FactValue> = new Set(check.values);
      return onFact(check.fact, (value) => (typeof value === 'object' ? null : listed.has(value) !== check.negated));
    }
    case 'range': {
      const [low, high] = [lowTest(check.low), highTest(check.high)];
      return onFact(check.fact, (value) => (typeof value === 'number' || typeof value === 'string' ? low(value) && high(value) : null));
    }
    case 'prefix':
      return onFact(check.fact, (value) => (typeof value === 'string' ? value.startsWith(check.prefix) : null));
    case 'titles': {
      const wanted: ReadonlySet<string> = new Set(check.anyOf);
      return onFact(check.fact, (value) => (typeof value === 'object' ? value.some((title) => wanted.has(title)) : null));
    }
    case 'present':
      return onFact(check.fact, (value) => typeof value !== 'object' || value.length > 0);
    case 'growth': {
      const priorYear = slotOf(check.priorYear);
      return onFact(check.fact, (value, slots) => {
        const before = slots[priorYear];
        return typeof value === 'number' && typeof before === 'number' ? growthReached(value, before, check.percent, check.strict) : null;
      });
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
