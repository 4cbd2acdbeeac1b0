/** A set of rows, one bit for each: row 0 is the lowest bit of word 0. Bits behind the last row are 0. */
export type RowSet = Uint32Array;

const BITS = 32;

/** A set without rows, for tables of so many rows. */
export const noRows = (rows: number): RowSet => new Uint32Array(Math.ceil(rows / BITS));

/** The set of the first `rows` rows. */
export function allRows(rows: number): RowSet {
  const all = noRows(rows).fill(0xffff_ffff);
  if (rows % BITS !== 0) all[all.length - 1] = 2 ** (rows % BITS) - 1;
  return all;
}

/** The rows for which `holds` is true. */
export function rowsWhere(rows: number, holds: (row: number) => boolean): RowSet {
  const found = noRows(rows);
  for (let row = 0; row < rows; row += 1)
    if (holds(row)) found[row >>> 5] = (found[row >>> 5] ?? 0) | (1 << (row & 31));
  return found;
}

/** The rows of both sets. */
export const both = (one: RowSet, other: RowSet): RowSet => keepRows(one.slice(), other);

/** The rows of either set. */
export const either = (one: RowSet, other: RowSet): RowSet => addRows(one.slice(), other);

/** The rows that are in each of the sets; `everyone` where there are none. */
export function inAll(sets: readonly RowSet[], everyone: RowSet): RowSet {
  const [first, ...others] = sets;
  if (first === undefined || others.length === 0) return first ?? everyone;
  return others.reduce(keepRows, first.slice());
}

/** The rows that are in any of the sets; `nobody` where there are none. */
export function inAny(sets: readonly RowSet[], nobody: RowSet): RowSet {
  const [first, ...others] = sets;
  if (first === undefined || others.length === 0) return first ?? nobody;
  return others.reduce(addRows, first.slice());
}

function keepRows(found: RowSet, other: RowSet): RowSet {
  for (let at = 0; at < found.length; at += 1) found[at] = (found[at] ?? 0) & (other[at] ?? 0);
  return found;
}

function addRows(found: RowSet, other: RowSet): RowSet {
  for (let at = 0; at < found.length; at += 1) found[at] = (found[at] ?? 0) | (other[at] ?? 0);
  return found;
}

/** The rows that are in neither of two sets. */
export function inNeither(one: RowSet, other: RowSet, everyone: RowSet): RowSet {
  const found = everyone.slice();
  for (let at = 0; at < found.length; at += 1) found[at] = (found[at] ?? 0) & ~((one[at] ?? 0) | (other[at] ?? 0));
  return found;
}

/** The rows of the one set that are not in the other. */
export function without(one: RowSet, other: RowSet): RowSet {
  const found = one.slice();
  for (let at = 0; at < found.length; at += 1) found[at] = (found[at] ?? 0) & ~(other[at] ?? 0);
  return found;
}

/** How many rows the set has. */
export function countRows(set: RowSet): number {
  let count = 0;
  for (let word of set) {
    word -= (word >>> 1) & 0x5555_5555;
    word = (word & 0x3333_3333) + ((word >>> 2) & 0x3333_3333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
  }
  return count;
}

/** Calls `visit` with each row of the set, in order. */
export function forEachRow(set: RowSet, visit: (row: number) => void): void {
  for (let at = 0; at < set.length; at += 1)
    for (let left = set[at] ?? 0; left !== 0; left &= left - 1) visit(at * BITS + 31 - Math.clz32(left & -left));
}
