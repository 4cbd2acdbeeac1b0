import { allFacts } from './facts.js';
import type { Facts, FactValue } from './fact-values.js';

/**
 * One enterprise's values by the number of the fact, undefined where nothing is known. Facts as objects have keys of their
 * own each, which makes every look-up by name a search; many criteria over one enterprise are decided on slots.
 */
export type FactSlots = readonly (FactValue | undefined)[];

const numbers: ReadonlyMap<string, number> = new Map(allFacts().map(({ name }, number) => [name, number]));

/** The number of a fact; one behind the others for a name that the vocabulary does not have, of which nothing is ever known. */
export const slotOf = (fact: string): number => numbers.get(fact) ?? numbers.size;

/** Puts values into slots; names that the vocabulary does not have are left out. */
export function slotsOf(values: Facts['values']): FactSlots {
  const slots = new Array<FactValue | undefined>(numbers.size + 1).fill(undefined);
  for (const fact of Object.keys(values)) {
    const number = numbers.get(fact);
    if (number !== undefined) slots[number] = values[fact];
  }
  return slots;
}
