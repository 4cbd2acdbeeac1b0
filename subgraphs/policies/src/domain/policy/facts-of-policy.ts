import { factsOfAmount, type StatedBenefit } from '../benefit/benefit.js';
import { checkOf, factsOfCheck } from '../criteria/check.js';
import { leavesOf, type StatedCriterion } from '../criteria/criteria.js';
import { appliedCriteria, type WhoGetsIt } from './applied-criteria.js';
import { testLike } from '../parameters/stated-criteria.js';

/** Any day does: the reference date moves bounds, never the facts that are asked. */
const SOME_DAY = '2000-01-01';

/** Facts that the criteria ask for, each once. */
export const factsOfCriteria = (criteria: readonly StatedCriterion[]): string[] => [
  ...new Set(leavesOf(criteria).flatMap((leaf) => factsOfCheck(checkOf(testLike(leaf), SOME_DAY)))),
];

/** Facts that decide the amount of a benefit, each once. */
export function factsOfBenefit({ amount, tiers }: StatedBenefit): string[] {
  const amounts = [...(amount === null ? [] : [amount]), ...tiers.map((tier) => tier.amount)];
  return [...new Set([...factsOfCriteria(tiers.flatMap(({ when }) => when)), ...amounts.flatMap(factsOfAmount)])];
}

/**
 * Every fact that can change a policy's outcome or amount, sorted: the index from a fact to the policies it can affect.
 */
export const factsOfPolicy = (policy: WhoGetsIt & { readonly benefit: StatedBenefit }): string[] =>
  factsDeciding({ criteria: appliedCriteria(policy), benefit: policy.benefit });

/** The same of a policy that is ready for matching, whose criteria ask for the region already. */
export const factsDeciding = ({
  criteria,
  benefit,
}: {
  readonly criteria: readonly StatedCriterion[];
  readonly benefit: StatedBenefit;
}): string[] => [...new Set([...factsOfCriteria(criteria), ...factsOfBenefit(benefit)])].sort();
