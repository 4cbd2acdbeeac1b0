import { createHash } from 'node:crypto';

/**
 * The place of a mutant in the order that a seed gives: the same for the same change of the same source, whatever else
 * is mutated.
 */
export function rank(seed, { file, line, column, mutator, replacement }) {
  return createHash('sha256')
    .update(JSON.stringify([seed, file, line, column, mutator, replacement]))
    .digest('hex');
}

/**
 * The `size` first of some mutants in the seed's order; all of them when there are no more, or when no size is given.
 */
export function chosen(mutants, size, seed) {
  if (size === undefined || size >= mutants.length) return [...mutants];
  return [...mutants]
    .map((mutant) => ({ mutant, rank: rank(seed, mutant) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ mutant }) => mutant);
}
