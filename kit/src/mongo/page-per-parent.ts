import type { Connection } from 'mongoose';
import { keysetFilter, keysetSort, type Position, type SortKey } from './keyset.js';

/** One parent's page: up to `limit + 1` rows (the extra one tells that there are more), the count of all, and the totals asked for. */
export interface ParentPage<Row> {
  readonly rows: readonly Row[];
  readonly totalCount: number;
  readonly totals: Readonly<Record<string, unknown>>;
}

/**
 * Reads the first rows, the count and totals for many parents with one command (two when a cursor is given, because a
 * count is of all rows and not of those behind the cursor), whatever the number of parents.
 *
 * @param parentField field that names the parent; it should lead an index that goes on with the sort keys.
 * @param match condition on the children, applied to count, totals and rows alike.
 * @param limit page size; undefined reads no rows (only count and totals were asked for).
 * @param project fields of a row to read, always with the sort keys; undefined reads whole rows.
 * @param totals further `$group` accumulators over all children of a parent, by name.
 */
export async function pagePerParent<Row>({ connection, collection, parentField, parents, match = {}, sort, limit, position, backwards = false, project, totals = {} }: {
  connection: Connection;
  collection: string;
  parentField: string;
  parents: readonly string[];
  match?: Readonly<Record<string, unknown>>;
  sort: readonly SortKey[];
  limit: number | undefined;
  position?: Position | undefined;
  backwards?: boolean;
  project?: readonly string[] | undefined;
  totals?: Readonly<Record<string, unknown>>;
}): Promise<Map<string, ParentPage<Row>>> {
  const children = connection.collection(collection);
  const ofParents = { $match: { [parentField]: { $in: [...parents] }, ...match } };
  const shape = project === undefined ? '$$ROOT' : Object.fromEntries([...project, ...sort.map(({ field }) => field)].map((field) => field.split('.')[0] ?? field).map((top) => [top, `$${top}`]));
  const rows = limit === undefined ? {} : { rows: { $topN: { n: limit + 1, sortBy: keysetSort(sort, backwards), output: shape } } };
  const counted = { totalCount: { $sum: 1 }, ...totals };
  // One batch for all groups: the driver's first batch has 101, and a getMore is a command.
  const read = async (pipeline: object[]): Promise<Record<string, unknown>[]> => children.aggregate(pipeline, { batchSize: parents.length + 1 }).toArray();
  const group = (accumulators: object): object => ({ $group: { _id: `$${parentField}`, ...accumulators } });

  const [summaries, pages] =
    position === undefined || limit === undefined
      ? [await read([ofParents, group({ ...counted, ...rows })]), undefined]
      : await Promise.all([
          read([ofParents, group(counted)]),
          read([ofParents, { $match: keysetFilter(sort, position, backwards) }, group(rows)]),
        ]);
  const behindCursor = new Map(pages?.map((page) => [page['_id'] as string, page['rows'] as Row[]]));
  return new Map(
    summaries.map(({ _id, totalCount, rows: direct, ...rest }) => [
      _id as string,
      { totalCount: totalCount as number, totals: rest, rows: pages === undefined ? ((direct as Row[] | undefined) ?? []) : (behindCursor.get(_id as string) ?? []) },
    ]),
  );
}
