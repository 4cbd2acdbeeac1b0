import { factsOfAmount, type StatedBenefit } from './benefit.js';
import { checkOf, factsOfCheck } from './check.js';
import { leavesOf, type StatedCriterion } from './criteria.js';
import { testLike } from './stated-criteria.js';

/** Any day does: the reference date moves bounds, never the facts that are asked. */
const SOME_DAY = '2000-01-01';

/** Facts that the criteria ask for, each once. */
export const factsOfCriteria = (criteria: readonly StatedCriterion[]): string[] => [...new Set(leavesOf(criteria).flatMap((leaf) => factsOfCheck(checkOf(testLike(leaf), SOME_DAY))))];

/** Every fact that can change a policy's outcome or amount, sorted: the index from a fact to the policies it can affect. */
export function factsOfPolicy({ criteria, benefit }: { readonly criteria: readonly StatedCriterion[]; readonly benefit: StatedBenefit }): string[] {
  const amounts = [...(benefit.amount === null ? [] : [benefit.amount]), ...benefit.tiers.map(({ amount }) => amount)];
  return [...new Set([...factsOfCriteria(criteria), ...factsOfCriteria(benefit.tiers.flatMap(({ when }) => when)), ...amounts.flatMap(factsOfAmount)])].sort();
}
