import type { Page } from '@zhitong/kit';

/** A sort key of rows in memory: what to compare, ascending. */
export type RowKey<Row> = (row: Row) => string | number;

/** Rows in the order of the keys, the last of which is unique. */
export function sortedRows<Row>(rows: readonly Row[], keys: readonly RowKey<Row>[]): Row[] {
  return rows.toSorted((one, other) => {
    for (const key of keys) {
      const [left, right] = [key(one), key(other)];
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  });
}

/**
 * The rows of a page out of rows in memory, with one more when more follow, in reading order (turned when backwards),
 * as a store would return them.
 */
export const rowsOnPage = <Row>(rows: readonly Row[], page: Page, keys: readonly RowKey<Row>[]): Row[] =>
  sortedRowsOnPage(sortedRows(rows, keys), page, keys);

/** The same of rows that are in the order of the keys. */
export function sortedRowsOnPage<Row>(sorted: readonly Row[], page: Page, keys: readonly RowKey<Row>[]): Row[] {
  const { position } = page;
  const against = (row: Row): number => {
    for (const [index, key] of keys.entries()) {
      const own = key(row);
      const other = position?.[index] ?? '';
      if (own !== other) return own < other ? -1 : 1;
    }
    return 0;
  };
  const turned = page.backwards ? sorted.toReversed() : sorted;
  const remaining =
    position === undefined ? turned : turned.filter((row) => (page.backwards ? against(row) < 0 : against(row) > 0));
  return remaining.slice(0, page.limit + 1);
}
