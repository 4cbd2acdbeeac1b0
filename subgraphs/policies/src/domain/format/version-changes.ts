/** One difference between two versions of a policy, side by side. */
export interface VersionChange {
  /** Where, as one would write it in the policy file: `criteria[0].value`. */
  readonly place: string;
  /** Null where the earlier version has nothing there. */
  readonly before: unknown;
  /** Null where the later version has nothing there. */
  readonly after: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCriterion = (value: unknown): boolean =>
  isObject(value) && ('fact' in value || 'anyOf' in value || 'allOf' in value || 'not' in value || 'atLeast' in value);

/**
 * The differences between two versions in the file format, in the order of the file. A criterion or a list that is only
 * on one side is shown whole; one that is on both is looked into.
 */
export function versionChanges(before: unknown, after: unknown, place = ''): VersionChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    const [left, right]: [readonly unknown[], readonly unknown[]] = [before, after];
    return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
      versionChanges(left[index], right[index], `${place}[${String(index)}]`),
    ).flat();
  }
  if (isObject(before) && isObject(after) && sameKind(before, after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => versionChanges(before[key], after[key], place === '' ? key : `${place}.${key}`));
  }
  return [{ place, before: before ?? null, after: after ?? null }];
}

/** A test of another fact, or a group of another kind, is another criterion and not a change of this one. */
function sameKind(before: Record<string, unknown>, after: Record<string, unknown>): boolean {
  if (!isCriterion(before) || !isCriterion(after)) return true;
  return (
    before['fact'] === after['fact'] &&
    ['anyOf', 'allOf', 'not', 'atLeast'].every((key) => key in before === key in after)
  );
}
