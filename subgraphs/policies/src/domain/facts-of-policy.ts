import { factsOfAmount, type Benefit } from './benefit.js';
import { checkOf, factsOfCheck } from './check.js';
import { testsOf, type Criterion } from './criteria.js';

/** Any day does: the reference date moves bounds, never the facts that are asked. */
const SOME_DAY = '2000-01-01';

/** Facts that the criteria ask for, each once. */
export const factsOfCriteria = (criteria: readonly Criterion[]): string[] => [...new Set(testsOf(criteria).flatMap((test) => factsOfCheck(checkOf(test, SOME_DAY))))];

/** Facts that decide the amount of a benefit, each once. */
export function factsOfBenefit({ amount, tiers }: Benefit): string[] {
  const amounts = [...(amount === null ? [] : [amount]), ...tiers.map((tier) => tier.amount)];
  return [...new Set([...factsOfCriteria(tiers.flatMap(({ when }) => when)), ...amounts.flatMap(factsOfAmount)])];
}

/** Every fact that can change a policy's outcome or amount, sorted: the index from a fact to the policies it can affect. */
export const factsOfPolicy = ({ criteria, benefit }: { readonly criteria: readonly Criterion[]; readonly benefit: Benefit }): string[] =>
  [...new Set([...factsOfCriteria(criteria), ...factsOfBenefit(benefit)])].sort();
