import type { StandingBenefit } from '../domain/grant/held-benefit.js';
import type { CreditFacts } from '../domain/matching/match.js';
import type { VersionedFacts } from '../domain/facts/versioned-facts.js';
import type { ApplyingPolicy } from './policy-shelf.js';

/** What decides, beside the facts of the register in one version, which policies of today an enterprise can have. */
export interface EligibilityBasis {
  readonly credit: CreditFacts | null | undefined;
  readonly held: readonly StandingBenefit[];
  readonly applying: readonly ApplyingPolicy[];
}

/**
 * The policies that enterprises can have today, as they were decided last: nothing is decided again while facts,
 * credit, what is held and the policies are what they were. Facts, benefits and policies are compared as objects,
 * because each of them is another one after a change.
 */
export interface EligibleInMemory<Match> {
  /** @param decide called where anything is not as it was */
  find(facts: VersionedFacts, basis: EligibilityBasis, decide: () => readonly Match[]): readonly Match[];
}

/** Keeps what was decided of the facts that are in memory, for as long as they are. */
export function eligibleInMemory<Match>(): EligibleInMemory<Match> {
  let applying: readonly ApplyingPolicy[] | undefined;
  let decided = new WeakMap<VersionedFacts, EligibilityBasis & { readonly eligible: readonly Match[] }>();
  return {
    find: (facts, basis, decide) => {
      if (basis.applying !== applying) {
        // Nothing keeps policies of before, which hold much more than they decide.
        applying = basis.applying;
        decided = new WeakMap();
      }
      const known = decided.get(facts);
      if (known !== undefined && known.held === basis.held && isSameCredit(known.credit, basis.credit))
        return known.eligible;
      const eligible = decide();
      decided.set(facts, { ...basis, eligible });
      return eligible;
    },
  };
}

const isSameCredit = (one: EligibilityBasis['credit'], other: EligibilityBasis['credit']): boolean =>
  one?.hasOpenDishonestyRecord === other?.hasOpenDishonestyRecord &&
  one?.hasUnfulfilledJudgment === other?.hasUnfulfilledJudgment;
