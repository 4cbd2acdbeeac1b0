import type { LegalDay } from '@zhitong/values';
import type { Bound, Check } from '../criteria/check.js';
import { membersOf, type Criterion, type Test, type TestOperator } from '../criteria/criteria.js';
import { fold, foldAll, joined, type GroupAlgebra } from '../criteria/fold.js';
import { originOf, type FactOrigin } from '../facts/fact-origin.js';
import { isCollection, isTitles, type FactItem, type Facts, type FactValue } from '../facts/fact-values.js';
import { attributeOf, yearOfFact } from '../facts/facts.js';
import { growthReached } from './growth.js';
import { wordingOf, writeActual } from '../criteria/wording.js';
import { askedOn } from './asked-test.js';

/** Of one criterion. UNKNOWN is "a fact is missing", which is not "no". */
export type CriterionOutcome = 'MET' | 'NOT_MET' | 'UNKNOWN';

/** Of a whole policy. */
export type Eligibility = 'ELIGIBLE' | 'NOT_ELIGIBLE' | 'UNDETERMINED';

/** One criterion with its outcome and the reason for it. */
export interface CriterionResult {
  /** In the words of the policy, or in ours where it gives none. */
  readonly text: string;
  readonly operator: TestOperator | 'ALL' | 'ANY' | 'NOT' | 'AT_LEAST';
  /** Null for a group. */
  readonly fact: string | null;
  readonly outcome: CriterionOutcome;
  /** What was asked, for example `≥ 30人`; empty for a group. */
  readonly expected: string;
  /** What is recorded, for example `18人`; null for a group and where nothing is known. */
  readonly actual: string | null;
  /** The authority whose record counts; null for a group. */
  readonly source: string | null;
  /** The day that the recorded value stands for, where it was reported. */
  readonly asOf: LegalDay | null;
  /** The year whose figure was asked; null where the newest known one counts, and for a group. */
  readonly year: number | null;
  /** Who recorded the value, when, and from which run; null where that is not known, and for a group. */
  readonly recorded: FactOrigin | null;
  /** The value that was reported and cannot be used, and why; null where there is none. */
  readonly unusable: string | null;
  readonly of: readonly CriterionResult[];
}

export interface Evaluation {
  readonly outcome: Eligibility;
  readonly criteria: readonly CriterionResult[];
}

/** Facts of one enterprise, and the day as of which the question is asked. */
export interface Situation {
  readonly facts: Facts;
  readonly referenceDate: LegalDay;
}

/**
 * Decides whether an enterprise meets all `criteria`, in the three-valued logic of Kleene, with a reason for each
 * criterion. Knowing one more fact never turns a decided outcome back into UNKNOWN. Never throws.
 */
export function evaluate(criteria: readonly Criterion[], situation: Situation): Evaluation {
  const results = criteria.map((criterion) => resultOf(criterion, situation));
  return { outcome: eligibility(KLEENE.all(results.map(({ outcome }) => outcome))), criteria: results };
}

/** The outcome of a policy whose criteria together have `outcome`. */
export function eligibility(outcome: CriterionOutcome): Eligibility {
  if (outcome === 'MET') return 'ELIGIBLE';
  return outcome === 'NOT_MET' ? 'NOT_ELIGIBLE' : 'UNDETERMINED';
}

/** The outcome of criteria that must all be met, without the reasons. */
export const outcomeOf = (criteria: readonly Criterion[], situation: Situation): CriterionOutcome =>
  foldAll(criteria, outcomeIn(situation), KLEENE);

/** The outcome of one criterion, without the reasons. */
export const outcomeOfOne = (criterion: Criterion, situation: Situation): CriterionOutcome =>
  fold(criterion, outcomeIn(situation), KLEENE);

const outcomeIn =
  ({ facts, referenceDate }: Situation) =>
  (test: Test): CriterionOutcome =>
    outcomeOfTest(askedOn(test, referenceDate).check, facts);

function resultOf(criterion: Criterion, situation: Situation): CriterionResult {
  if (criterion.kind === 'test') return resultOfTest(criterion, situation);
  const of = membersOf(criterion).map((member) => resultOf(member, situation));
  const outcome = joined(
    criterion,
    of.map((member) => member.outcome),
    KLEENE,
  );
  return {
    text: wordingOf(criterion),
    operator: GROUP_OPERATOR[criterion.kind],
    fact: null,
    outcome,
    expected: '',
    actual: null,
    source: null,
    asOf: null,
    year: null,
    recorded: null,
    unusable: null,
    of,
  };
}

const GROUP_OPERATOR = { all: 'ALL', any: 'ANY', not: 'NOT', atLeast: 'AT_LEAST' } as const;

const NO_MEMBERS: readonly CriterionResult[] = [];

function resultOfTest(test: Test, { facts, referenceDate }: Situation): CriterionResult {
  const { check, text, expected, source, year } = askedOn(test, referenceDate);
  const isKnown = facts.values[check.fact] !== undefined;
  return {
    text,
    operator: test.operator,
    fact: test.fact,
    outcome: outcomeOfTest(check, facts),
    expected,
    actual: writeActual(check, facts.values),
    source,
    asOf: facts.dates[check.fact] ?? null,
    year,
    recorded: isKnown && facts.origins !== undefined ? originOfAsked(check.fact, facts) : null,
    unusable: isKnown ? null : (facts.unusable?.[check.fact] ?? null),
    of: NO_MEMBERS,
  };
}

/** Who recorded what was asked; of figures of earlier years the register does not tell it. */
function originOfAsked(name: string, { values, dates, origins }: Facts): FactOrigin | null {
  const asked = yearOfFact(name);
  if (asked === null) return originOf(name, origins);
  const isNewest = dates[name] === dates[asked.fact] && values[name] === values[asked.fact];
  return isNewest ? originOf(asked.fact, origins) : null;
}

/** Outcomes join in the three-valued logic of Kleene. */
const KLEENE: GroupAlgebra<CriterionOutcome> = {
  all: (outcomes) => atLeast(outcomes.length, outcomes),
  any: (outcomes) => atLeast(1, outcomes),
  not: negation,
  atLeast,
};

function atLeast(count: number, outcomes: readonly CriterionOutcome[]): CriterionOutcome {
  let [met, unknown] = [0, 0];
  for (const outcome of outcomes) {
    if (outcome === 'MET') met += 1;
    else if (outcome === 'UNKNOWN') unknown += 1;
  }
  if (met >= count) return 'MET';
  return met + unknown >= count ? 'UNKNOWN' : 'NOT_MET';
}

function negation(outcome: CriterionOutcome): CriterionOutcome {
  if (outcome === 'UNKNOWN') return outcome;
  return outcome === 'MET' ? 'NOT_MET' : 'MET';
}

/** The outcome for one item of a collection: of all its checks together. */
function outcomeOfItem({ fact, of }: Extract<Check, { kind: 'some' }>, item: FactItem): CriterionOutcome {
  const values = Object.fromEntries(Object.entries(item).map(([name, value]) => [attributeOf(fact, name), value]));
  return KLEENE.all(of.map((check) => outcomeOfTest(check, { values, dates: {} })));
}

/** Whether one item passes: any that does, null when one may. */
export function hasItem(check: Extract<Check, { kind: 'some' }>, items: readonly FactItem[]): boolean | null {
  const outcome = KLEENE.any(items.map((item) => outcomeOfItem(check, item)));
  return outcome === 'UNKNOWN' ? null : outcome === 'MET';
}

/** The outcome of one check on what is known. A value of a type that the check cannot use counts as not known. */
export function outcomeOfTest(check: Check, { values }: Facts): CriterionOutcome {
  const value = values[check.fact];
  if (value === undefined) return 'UNKNOWN';
  const met = satisfied(check, value, values);
  if (met === null) return 'UNKNOWN';
  return met ? 'MET' : 'NOT_MET';
}

function satisfied(check: Check, value: FactValue, values: Facts['values']): boolean | null {
  switch (check.kind) {
    case 'oneOf':
      return typeof value === 'object' ? null : check.values.includes(value) !== check.negated;
    case 'range':
      return typeof value === 'number' || typeof value === 'string'
        ? aboveLow(value, check.low) && belowHigh(value, check.high)
        : null;
    case 'prefix':
      return typeof value === 'string' ? value.startsWith(check.prefix) : null;
    case 'titles':
      return isTitles(value) ? check.anyOf.some((title) => value.includes(title)) : null;
    case 'some':
      return isCollection(value) ? hasItem(check, value) : null;
    case 'present':
      return typeof value === 'object' ? value.length > 0 : true;
    case 'growth': {
      const before = values[check.priorYear];
      return typeof value === 'number' && typeof before === 'number'
        ? growthReached(value, before, check.percent, check.strict)
        : null;
    }
  }
}

const aboveLow = (value: number | string, low: Bound | null): boolean =>
  low === null || value > low.value || (low.inclusive && value === low.value);
const belowHigh = (value: number | string, high: Bound | null): boolean =>
  high === null || value < high.value || (high.inclusive && value === high.value);
