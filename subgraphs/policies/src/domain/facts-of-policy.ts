import { factsOfAmount, type Benefit } from './benefit.js';
import { checkOf, factsOfCheck } from './check.js';
import { testsOf, type Criterion } from './criteria.js';

/** Any day does: the reference date moves bounds, never the facts that are asked. */
const SOME_DAY = '2000-01-01';

/** Facts that the criteria ask for, each once. */
export const factsOfCriteria = (criteria: readonly Criterion[]): string[] => [...new Set(testsOf(criteria).flatMap((test) => factsOfCheck(checkOf(test, SOME_DAY))))];

/** Every fact that can change a policy's outcome or amount, sorted: the index from a fact to the policies it can affect. */
export function factsOfPolicy({ criteria, benefit }: { readonly criteria: readonly Criterion[]; readonly benefit: Benefit }): string[] {
  const amounts = [...(benefit.amount === null ? [] : [benefit.amount]), ...benefit.tiers.map(({ amount }) => amount)];
  return [...new Set([...factsOfCriteria(criteria), ...factsOfCriteria(benefit.tiers.flatMap(({ when }) => when)), ...amounts.flatMap(factsOfAmount)])].sort();
}
