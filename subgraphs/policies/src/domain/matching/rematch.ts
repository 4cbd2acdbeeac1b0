import type { LegalDay } from '@zhitong/values';
import type { Facts } from '../facts/fact-values.js';
import { yearOfFact } from '../facts/facts.js';
import { testsOf } from '../criteria/criteria.js';
import type { MatchablePolicy } from './match.js';

/**
 * A policy as it was matched: in which version, with which values of its dated parameters (left out where it names
 * none).
 */
export interface MatchedPolicy {
  readonly id: string;
  readonly version: number;
  readonly parameters?: string | undefined;
}

/** A policy as it is matched now. */
export const matchedAs = ({ id, version, parameters }: MatchablePolicy): MatchedPolicy => ({
  id,
  version,
  ...(parameters === '' ? {} : { parameters }),
});

/** What the stored results stand for: policies with the versions that were matched, and the day. */
export interface MatchedState {
  readonly policies: readonly MatchedPolicy[];
  readonly referenceDate: LegalDay;
}

/**
 * True when a policy's outcome or amount can change by the mere passing of a day: it asks for periods that end on the
 * reference date or for figures of a year, or takes off what was had in earlier years.
 */
export const dependsOnDay = ({
  criteria,
  benefit,
  asksYears,
}: Pick<MatchablePolicy, 'criteria' | 'benefit' | 'asksYears'>): boolean =>
  asksYears.length > 0 ||
  benefit.topUpDifference ||
  testsOf([...criteria, ...benefit.tiers.flatMap(({ when }) => when)]).some(
    ({ operator }) => operator === 'WITHIN_LAST' || operator === 'AT_LEAST_AGO',
  );

/**
 * The policies whose stored results may be out of date: in another version or with other values of parameters than was
 * matched, new, applying no longer, or moved by the day. Sorted; empty when everything is current.
 */
export function policiesToRematch(
  matched: MatchedState,
  applying: readonly MatchablePolicy[],
  today: LegalDay,
): string[] {
  const before = new Map(matched.policies.map((policy) => [policy.id, policy]));
  const changed = applying.filter(
    (policy) =>
      before.get(policy.id)?.version !== policy.version ||
      (before.get(policy.id)?.parameters ?? '') !== policy.parameters ||
      (matched.referenceDate !== today && dependsOnDay(policy)),
  );
  const present = new Set(applying.map(({ id }) => id));
  const gone = [...before.keys()].filter((id) => !present.has(id));
  return [...changed.map(({ id }) => id), ...gone].sort();
}

/** What the stored results stand for after some policies were matched again. */
export function afterRematch(
  matched: MatchedState,
  policyIds: ReadonlySet<string>,
  applying: readonly MatchablePolicy[],
  today: LegalDay,
): MatchedState {
  const kept = matched.policies.filter(({ id }) => !policyIds.has(id));
  const fresh = applying.filter(({ id }) => policyIds.has(id)).map(matchedAs);
  return { policies: [...kept, ...fresh], referenceDate: today };
}

/** The facts whose values differ between two readings, in the newest value or in that of an earlier year. */
export const changedFactsOf = (
  before: Pick<Facts, 'values' | 'years'>,
  after: Pick<Facts, 'values' | 'years'>,
): string[] => [
  ...new Set([
    ...changedFacts(before.values, after.values),
    ...changedFacts(before.years ?? {}, after.years ?? {}).map((name) => yearOfFact(name)?.fact ?? name),
  ]),
];

/** The facts whose values differ between two sheets. */
export function changedFacts(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).sort();
}
