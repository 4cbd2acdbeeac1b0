import type { Page } from '@zhitong/kit';

/** A sort key of rows in memory: what to compare, ascending. */
export type RowKey<Row> = (row: Row) => string | number;

/**
 * The rows of a page out of rows in memory, with one more when more follow, in reading order (turned when backwards),
 * as a store would return them. Rows are sorted by the keys, the last of which is unique.
 */
export function rowsOnPage<Row>(rows: readonly Row[], page: Page, keys: readonly RowKey<Row>[]): Row[] {
  const { position } = page;
  const against = (row: Row): number => {
    for (const [index, key] of keys.entries()) {
      const own = key(row);
      const other = position?.[index] ?? '';
      if (own !== other) return own < other ? -1 : 1;
    }
    return 0;
  };
  const compare = (one: Row, other: Row): number => {
    for (const key of keys) {
      const [left, right] = [key(one), key(other)];
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };
  const sorted = rows.toSorted(compare);
  if (page.backwards) sorted.reverse();
  const remaining =
    position === undefined ? sorted : sorted.filter((row) => (page.backwards ? against(row) < 0 : against(row) > 0));
  return remaining.slice(0, page.limit + 1);
}
