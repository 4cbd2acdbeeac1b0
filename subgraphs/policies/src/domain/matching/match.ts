import { isLegalDay, yearOf, type LegalDay } from '@zhitong/values';
import {
  awardOf,
  conditionsOf,
  mapAmounts,
  mapConditions,
  type Award,
  type Benefit,
  type StatedBenefit,
} from '../benefit/benefit.js';
import { bulkAmount, type BulkAmount } from './bulk-amount.js';
import { bulkCriteria, type BulkCriterion } from '../evaluation/bulk.js';
import {
  compileCriteria,
  compileForSlots,
  type CompiledCriteria,
  type CompiledForSlots,
} from '../evaluation/compile.js';
import type { Criterion, Test } from '../criteria/criteria.js';
import type { Eligibility } from '../evaluation/evaluate.js';
import { readFacts, type Facts, type FactValue, type ReadFacts } from '../facts/fact-values.js';
import { NO_PARAMETERS, type Parameters } from '../parameters/parameters.js';
import { resolvePolicy } from '../parameters/resolve-parameters.js';
import { yearsOfPolicy } from '../policy/facts-of-policy.js';
import { formulaOfYear } from '../benefit/formula-facts.js';
import { mapLeaves } from '../criteria/fold.js';
import { yearAsked } from '../facts/year-facts.js';
import { appliedCriteria, type WhoGetsIt } from '../policy/applied-criteria.js';
import { askedOfGrants, HAD_BEFORE, policiesAskedAbout, POLICIES_HAD } from '../policy/had-before.js';
import { registerBar } from '../policy/register-bar.js';

/** What a match is decided by: the part of a policy version that does not depend on who asks. */
export interface MatchablePolicy {
  readonly id: string;
  readonly version: number;
  readonly criteria: readonly Criterion[];
  readonly benefit: Benefit;
  /** The values of dated parameters that were put in; see `resolvePolicy`. */
  readonly parameters: string;
  readonly decide: CompiledCriteria;
  readonly decideSlots: CompiledForSlots;
  /** For many enterprises at a time. */
  readonly bulk: BulkCriterion;
  readonly amount: BulkAmount;
  readonly referenceDate: LegalDay;
  /** The policies of which it asks whether they were had before, itself often; mostly none. */
  readonly asksHadOf: readonly string[];
  /** Facts in single years for which it asks, by name with the year; mostly none. */
  readonly asksYears: readonly string[];
}

/**
 * Makes a policy ready for matching on one day, with the values that its dated parameters have on it.
 * @param year the year for which the benefit is: the years that criteria and formulas ask for are counted from it.
 *   Conditions of instalments are decided when these are due, and count from the day.
 */
export function matchable(
  {
    id,
    version,
    benefit: stated,
    ...who
  }: {
    readonly id: string;
    readonly version: number;
    readonly benefit: StatedBenefit;
  } & WhoGetsIt,
  referenceDate: LegalDay,
  known: Parameters = NO_PARAMETERS,
  year: number = yearOf(referenceDate),
): MatchablePolicy {
  const resolved = resolvePolicy({ criteria: appliedCriteria(who), benefit: stated }, known, referenceDate);
  const { parameters } = resolved;
  const asked = (conditions: readonly Criterion[], from: number): Criterion[] =>
    conditions.map((one) => askedOfYear(askedOfGrants(one, id), from));
  const criteria = asked(resolved.criteria, year);
  const conditioned = mapConditions(resolved.benefit, {
    tier: (when) => asked(when, year),
    term: (when) => asked(when, yearOf(referenceDate)),
  });
  const benefit = mapAmounts(conditioned, (amount) =>
    amount.kind === 'formula' ? { kind: 'formula', text: formulaOfYear(amount.text, year) } : amount,
  );
  const conditions = [...criteria, ...conditionsOf(benefit)];
  return {
    id,
    version,
    criteria,
    benefit,
    parameters,
    decide: compileCriteria(criteria, referenceDate),
    decideSlots: compileForSlots(criteria, referenceDate),
    bulk: bulkCriteria(criteria, referenceDate),
    amount: bulkAmount(benefit, referenceDate),
    referenceDate,
    asksHadOf: policiesAskedAbout(conditions),
    asksYears: yearsOfPolicy({ criteria, benefit }, referenceDate),
  };
}

/** The criterion with years in place of what is relative to one. */
const askedOfYear = (criterion: Criterion, from: number): Criterion =>
  mapLeaves<Test, Test>(criterion, (test) =>
    typeof test.year === 'string' ? { ...test, year: yearAsked(test.year, from) } : test,
  );

/**
 * One enterprise's stored results: policies by outcome; of the eligible ones the amount in fen, null where nobody knows
 * it.
 */
export interface StoredMatches {
  readonly eligible: readonly string[];
  readonly undetermined: readonly string[];
  readonly amounts: Readonly<Record<string, number | null>>;
  /**
   * Policies whose conditions it meets and of which it has nothing by the register (`registerBar`); left out where none
   * are.
   */
  readonly struckOff?: readonly string[] | undefined;
}

export const NO_MATCHES: StoredMatches = { eligible: [], undetermined: [], amounts: {} };

/**
 * Matches one enterprise against policies; sorted by id, so that equal results are equal. Whom the register bars
 * matches none.
 * @param hadFen what it had before under a policy that pays the difference only.
 */
export function matchEnterprise(
  policies: readonly MatchablePolicy[],
  facts: Facts,
  hadFen: (policyId: string) => number = () => 0,
): StoredMatches {
  const eligible: string[] = [];
  const undetermined: string[] = [];
  const amounts: Record<string, number | null> = {};
  if (registerBar(facts.values) !== null) {
    const met = policies.flatMap(({ id, decide }) => (decide(facts.values) === 'ELIGIBLE' ? [id] : []));
    return met.length === 0 ? NO_MATCHES : { ...NO_MATCHES, struckOff: met.sort() };
  }
  for (const policy of policies) {
    const outcome = policy.decide(facts.values);
    if (outcome === 'UNDETERMINED') undetermined.push(policy.id);
    if (outcome !== 'ELIGIBLE') continue;
    eligible.push(policy.id);
    amounts[policy.id] = policy.amount.of(facts.values, hadFen(policy.id));
  }
  return { eligible: eligible.sort(), undetermined: undetermined.sort(), amounts };
}

/** What an enterprise that is eligible would have. @param hadFen what it had under the policy before. */
export const awardFor = (policy: MatchablePolicy, facts: Facts, hadFen: number): Award =>
  awardOf(policy.benefit, { facts, referenceDate: policy.referenceDate }, hadFen);

export type MatchChangeKind = 'NEWLY_ELIGIBLE' | 'NO_LONGER_ELIGIBLE' | 'NEWLY_UNDETERMINED' | 'AMOUNT_CHANGED';

/** How one enterprise's result under one policy changed. */
export interface MatchChange {
  readonly policyId: string;
  readonly kind: MatchChangeKind;
  readonly before: Eligibility;
  readonly after: Eligibility;
  readonly amountBefore: number | null;
  readonly amountAfter: number | null;
}

/**
 * The differences that a new matching makes for one enterprise. From undetermined to not eligible is no difference to
 * act on.
 */
export function differences(before: StoredMatches, after: StoredMatches): MatchChange[] {
  if (isSame(before, after)) return [];
  const [outcomesBefore, outcomesAfter] = [outcomesOf(before), outcomesOf(after)];
  const changes: MatchChange[] = [];
  for (const policyId of [...new Set([...outcomesBefore.keys(), ...outcomesAfter.keys()])].sort()) {
    const change = {
      before: outcomesBefore.get(policyId) ?? NONE,
      after: outcomesAfter.get(policyId) ?? NONE,
      amountBefore: before.amounts[policyId] ?? null,
      amountAfter: after.amounts[policyId] ?? null,
    };
    const kind = kindOf(change);
    if (kind !== null) changes.push({ policyId, kind, ...change });
  }
  return changes;
}

const NONE: Eligibility = 'NOT_ELIGIBLE';

const isSame = (before: StoredMatches, after: StoredMatches): boolean =>
  sameIds(before.eligible, after.eligible) &&
  sameIds(before.undetermined, after.undetermined) &&
  after.eligible.every((id) => before.amounts[id] === after.amounts[id]);
const sameIds = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id, at) => id === other[at]);

/** By policy; one that is not there is not matched. */
function outcomesOf({ eligible, undetermined }: StoredMatches): Map<string, Eligibility> {
  const outcomes = new Map<string, Eligibility>();
  for (const id of undetermined) outcomes.set(id, 'UNDETERMINED');
  for (const id of eligible) outcomes.set(id, 'ELIGIBLE');
  return outcomes;
}

function kindOf({
  before,
  after,
  amountBefore,
  amountAfter,
}: Omit<MatchChange, 'kind' | 'policyId'>): MatchChangeKind | null {
  if (before !== 'ELIGIBLE' && after === 'ELIGIBLE') return 'NEWLY_ELIGIBLE';
  if (before === 'ELIGIBLE' && after !== 'ELIGIBLE') return 'NO_LONGER_ELIGIBLE';
  if (before !== 'UNDETERMINED' && after === 'UNDETERMINED') return 'NEWLY_UNDETERMINED';
  return after === 'ELIGIBLE' && amountBefore !== amountAfter ? 'AMOUNT_CHANGED' : null;
}

/** Puts the results of a part of the policies in place of the stored ones; those of other policies stay. */
export function mergeMatches(
  stored: StoredMatches,
  fresh: StoredMatches,
  matchedIds: ReadonlySet<string>,
): StoredMatches {
  const others = (ids: readonly string[]): string[] => ids.filter((id) => !matchedIds.has(id));
  const struckOff = [...others(stored.struckOff ?? []), ...(fresh.struckOff ?? [])].sort();
  return {
    eligible: [...others(stored.eligible), ...fresh.eligible].sort(),
    undetermined: [...others(stored.undetermined), ...fresh.undetermined].sort(),
    amounts: {
      ...Object.fromEntries(Object.entries(stored.amounts).filter(([id]) => !matchedIds.has(id))),
      ...fresh.amounts,
    },
    ...(struckOff.length === 0 ? {} : { struckOff }),
  };
}

/** What the credit department says; null while it cannot be asked. */
export interface CreditFacts {
  readonly hasOpenDishonestyRecord?: boolean | null | undefined;
  readonly hasUnfulfilledJudgment?: boolean | null | undefined;
}

/**
 * Reads a fact sheet of the register together with what the credit department says, see `withCredit`. Values without a
 * day of their own stand for the day `asOf` of the sheet.
 */
export function factsOfSheet(sheet: unknown, credit: CreditFacts | null | undefined, today: LegalDay): ReadFacts {
  const asOf = typeof sheet === 'object' && sheet !== null && 'asOf' in sheet ? sheet.asOf : null;
  return readFacts(sheet, {
    day: isLegalDay(asOf) ? asOf : null,
    ignored: NOT_OF_THE_REGISTER,
    beside: factsOfCredit(credit, today),
  });
}

/**
 * Adds what the credit department says to the facts of the register. It owns these, so what the register says of
 * them does not count: while credit is silent they are not known.
 */
export function withCredit(facts: Facts, credit: CreditFacts | null | undefined, today: LegalDay): Facts {
  const others = Object.entries(facts.values).filter(([fact]) => !CREDIT_FACTS.includes(fact));
  const told = factsOfCredit(credit, today);
  return {
    ...facts,
    values: { ...Object.fromEntries(others), ...told.values },
    dates: { ...facts.dates, ...told.dates },
  };
}

/**
 * What the credit department says, as values of facts; what it does not say is not known. The credit review [信用审查]
 * of policies is passed by who has neither an open record of serious dishonesty nor an unfulfilled judgment: that is
 * what is asked before a payment (广州, 厦门, 衢州; no national rule says more, so this is the project's reading).
 */
export function creditValues(credit: CreditFacts | null | undefined): Record<string, FactValue> {
  const values: Record<string, FactValue> = {};
  const { hasOpenDishonestyRecord: isDishonest, hasUnfulfilledJudgment: isUnfulfilled } = credit ?? {};
  if (typeof isDishonest === 'boolean') values['dishonestyRecord'] = isDishonest;
  if (typeof isUnfulfilled === 'boolean') values['hasUnfulfilledJudgment'] = isUnfulfilled;
  // One of the two is enough to fail; both are needed to pass.
  if (isDishonest === true || isUnfulfilled === true) values['creditReviewPassed'] = false;
  else if (isDishonest === false && isUnfulfilled === false) values['creditReviewPassed'] = true;
  return values;
}

function factsOfCredit(credit: CreditFacts | null | undefined, today: LegalDay): Facts {
  const values = creditValues(credit);
  return { values, dates: Object.fromEntries(Object.keys(values).map((fact) => [fact, today])) };
}

/** The facts that the credit department owns, and what follows from them alone. */
export const CREDIT_FACTS: readonly string[] = ['dishonestyRecord', 'hasUnfulfilledJudgment', 'creditReviewPassed'];

/** What a sheet of the register cannot say: the credit department's facts, and what the grants here tell. */
const NOT_OF_THE_REGISTER: readonly string[] = [...CREDIT_FACTS, HAD_BEFORE, POLICIES_HAD];

/**
 * Keeps what the credit department said last, with its day, where it says nothing now: an hour in which it cannot be
 * reached must not turn the stored matches of a whole city.
 */
export function withHeldCredit(facts: Facts, held: Facts): Facts {
  const kept = CREDIT_FACTS.filter((fact) => facts.values[fact] === undefined && held.values[fact] !== undefined);
  const of = <Value>(from: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(kept.flatMap((fact) => (from[fact] === undefined ? [] : [[fact, from[fact]]])));
  return {
    ...facts,
    values: { ...facts.values, ...of(held.values) },
    dates: { ...facts.dates, ...of(held.dates) },
  };
}
