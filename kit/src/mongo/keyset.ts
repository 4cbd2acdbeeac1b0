import type { Filter, Sort } from 'mongodb';

/** One key of a stable order; the last key of an order must be unique. 1 ascending, -1 descending. */
export interface SortKey {
  readonly field: string;
  readonly direction: 1 | -1;
}

/** What a cursor remembers of the row it stands on, one value per sort key. */
export type Position = readonly (string | number | boolean | Date | null)[];

type Condition = Filter<Record<string, unknown>>;

/** The order as MongoDB wants it, turned round when a page is read backwards. */
export function keysetSort(sort: readonly SortKey[], backwards = false): Sort & Record<string, 1 | -1> {
  return Object.fromEntries(sort.map(({ field, direction }) => [field, backwards === (direction === 1) ? -1 : 1]));
}

/**
 * A filter for the rows strictly behind a position in the order (before it when read backwards); {} without a position.
 */
export function keysetFilter(sort: readonly SortKey[], position: Position | undefined, backwards = false): Condition {
  if (position === undefined) return {};
  const branches: Condition[] = [];
  let equal: Condition = {};
  sort.forEach(({ field, direction }, index) => {
    const value = position[index] ?? null;
    const beyond = strictlyBeyond(field, value, backwards === (direction === 1) ? -1 : 1);
    if (beyond !== undefined) branches.push({ ...equal, ...beyond });
    equal = { ...equal, [field]: value };
  });
  return branches.length === 1 ? (branches[0] ?? {}) : { $or: branches };
}

/** MongoDB sorts null before every value, so null is behind everything in a descending order. */
function strictlyBeyond(field: string, value: Position[number], direction: 1 | -1): Condition | undefined {
  if (direction === 1) return value === null ? { [field]: { $ne: null } } : { [field]: { $gt: value } };
  return value === null ? undefined : { $or: [{ [field]: { $lt: value } }, { [field]: null }] };
}
