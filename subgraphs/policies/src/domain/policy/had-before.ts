import type { Criterion, StatedCriterion, Test } from '../criteria/criteria.js';
import { leavesOf } from '../criteria/criteria.js';
import { mapLeaves } from '../criteria/fold.js';
import { wordingOf } from '../criteria/wording.js';
import type { Facts } from '../facts/fact-values.js';

/** The fact by which a policy asks whether it was had before [已享受过同项]. */
export const HAD_BEFORE = 'priorAwardSamePolicy';
/** The policies that an enterprise had before: a list that the grants of this department tell, and nobody records. */
export const POLICIES_HAD = 'policiesHad';

/** What a grant tells of having a benefit. */
export interface Had {
  readonly policyId: string;
  readonly identifiedAt: Date;
  /**
   * Something of it has reached the enterprise: money that the bank did not send back, or what was handed over. It was
   * had though it was asked back [追回] since: whether that counts a person decides.
   */
  readonly isPaid: boolean;
}

/**
 * The policies that an enterprise had before, sorted, each once: those under which something has reached it.
 * @param before of a grant of which something is paid: what was found after it, and itself, is not before it.
 */
export const policiesHad = (held: readonly Had[], before?: Date): string[] =>
  [
    ...new Set(
      held.flatMap(({ policyId, identifiedAt, isPaid }) =>
        isPaid && (before === undefined || identifiedAt < before) ? [policyId] : [],
      ),
    ),
  ].sort();

/** Facts with the policies that the enterprise had before, as of a day. Names are made where a reason is shown. */
export function withPoliciesHad(facts: Facts, had: readonly string[]): Facts {
  let values: Facts['values'] | undefined;
  return {
    get values() {
      return (values ??= { ...facts.values, [POLICIES_HAD]: had });
    },
    get dates() {
      return facts.dates;
    },
    origins: facts.origins,
    unusable: facts.unusable,
    years: facts.years,
  };
}

/**
 * What a criterion asks of the grants of a policy's own line: whether it was had before is whether the policy stands in
 * the list of those that were. Every other criterion stays as it is.
 */
export const askedOfGrants = (criterion: Criterion, policyId: string): Criterion =>
  mapLeaves<Test, Test>(criterion, (test) => (test.fact === HAD_BEFORE ? inListOf(test, policyId) : test));

function inListOf(test: Test, policyId: string): Criterion {
  const text = wordingOf(test);
  const had: Test = { kind: 'test', fact: POLICIES_HAD, operator: 'CONTAINS', value: policyId, text };
  const answers = [true, false].filter((answer) => passes(test, answer));
  const [one, other] = answers.map((answer): Criterion => (answer ? had : { kind: 'not', of: had, text }));
  if (one === undefined) return { kind: 'all', of: [had, { kind: 'not', of: had, text }], text };
  return other === undefined ? one : { kind: 'any', of: [one, other], text };
}

/** Whether a yes or no meets a test; the fact is always known, so that it exists. */
function passes(test: Test, answer: boolean): boolean {
  switch (test.operator) {
    case 'EQ':
      return test.value === answer;
    case 'NE':
      return test.value !== answer;
    case 'IN':
      return test.value.includes(answer);
    case 'NIN':
      return !test.value.includes(answer);
    default:
      return true;
  }
}

/** The policies of which criteria ask whether they were had, each once. */
export const policiesAskedAbout = (criteria: readonly StatedCriterion[]): string[] => [
  ...new Set(
    leavesOf(criteria).flatMap((leaf) => {
      if (leaf.kind !== 'test' || leaf.fact !== POLICIES_HAD) return [];
      if (leaf.operator === 'CONTAINS') return [leaf.value];
      return leaf.operator === 'CONTAINS_ANY' ? leaf.value : [];
    }),
  ),
];
