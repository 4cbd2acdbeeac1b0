import type { LegalDay } from '@zhitong/values';
import { conditionsOf, factsOfAmount, type StatedBenefit } from '../benefit/benefit.js';
import { factInYear } from '../facts/facts.js';
import { isToldNoLonger } from '../facts/year-facts.js';
import { checkOf, factsOfCheck } from '../criteria/check.js';
import { leavesOf, type Criterion, type StatedCriterion, type Test } from '../criteria/criteria.js';
import { appliedCriteria, type WhoGetsIt } from './applied-criteria.js';
import { testLike } from '../parameters/stated-criteria.js';

/** Any day does: the reference date moves bounds, never the facts that are asked. */
const SOME_DAY = '2000-01-01';

/** Facts that the criteria ask for, in whichever year, each once. */
export const factsOfCriteria = (criteria: readonly StatedCriterion[]): string[] => [
  ...new Set(leavesOf(criteria).flatMap((leaf) => factsOfCheck(checkOf(withoutYear(testLike(leaf)), SOME_DAY)))),
];

const withoutYear = ({ year: _, ...test }: Test): Test => test;

/** Facts in single years that criteria ask for on a day, each once; mostly none. */
export const yearsOfCriteria = (criteria: readonly Criterion[], referenceDate: LegalDay): string[] => [
  ...new Set(
    leavesOf(criteria).flatMap((leaf) =>
      leaf.kind === 'test' && leaf.year !== undefined ? factsOfCheck(checkOf(leaf, referenceDate)) : [],
    ),
  ),
];

/** Facts that decide the amount of a benefit, each once. */
export function factsOfBenefit({ amount, tiers }: StatedBenefit): string[] {
  const amounts = [...(amount === null ? [] : [amount]), ...tiers.map((tier) => tier.amount)];
  return [...new Set([...factsOfCriteria(tiers.flatMap(({ when }) => when)), ...amounts.flatMap(factsOfAmount)])];
}

/**
 * Facts for which a policy asks and that nobody tells, each once: of years that the register tells no longer. What asks
 * for them stays undetermined.
 */
export const factsWithoutSource = (
  { criteria, benefit }: Pick<WhoGetsIt, 'criteria'> & { readonly benefit: StatedBenefit },
  decidedIn: number,
): string[] => [
  ...new Set(
    leavesOf([...criteria, ...conditionsOf(benefit)]).flatMap(({ fact, year }) =>
      typeof year === 'number' && isToldNoLonger(year, decidedIn) ? [factInYear(fact, year)] : [],
    ),
  ),
];

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
