import type { PolicyContent } from './policy.js';

/**
 * The policies of which an enterprise may hold none beside this one. Exclusion is mutual: it is enough that one of the
 * two names the other, or else the order of the payments would decide.
 */
export function excludedBeside(
  policy: Pick<PolicyContent, 'id' | 'excludes'>,
  all: readonly Pick<PolicyContent, 'id' | 'excludes'>[],
): string[] {
  const naming = all.flatMap(({ id, excludes }) => (id !== policy.id && excludes.includes(policy.id) ? [id] : []));
  return [...new Set([...policy.excludes, ...naming])].sort();
}
