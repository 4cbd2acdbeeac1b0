import type { Connection } from 'mongoose';
import { keysetFilter, keysetSort, type Position, type SortKey } from './keyset.js';
import { aggregateAtOnce, findAtOnce } from './read-at-once.js';
import { withStatedDefaults } from './stated-defaults.js';

/**
 * One parent's page: up to `limit + 1` rows (the extra one shows that there are more), the count of all, and the totals
 * asked for.
 */
export interface ParentPage<Row> {
  readonly rows: readonly Row[];
  readonly totalCount: number;
  readonly totals: Readonly<Record<string, unknown>>;
}

/** How totals are added up here, of all rows of a parent, with `fields` of each. */
export interface AddedUp<Row> {
  readonly fields: readonly string[];
  of(rows: readonly Row[]): Readonly<Record<string, unknown>>;
}

interface PageRequest<Row> {
  readonly connection: Connection;
  readonly collection: string;
  readonly parentField: string;
  readonly parents: readonly string[];
  readonly match?: Readonly<Record<string, unknown>>;
  readonly sort: readonly SortKey[];
  readonly limit: number | undefined;
  readonly position?: Position | undefined;
  readonly backwards?: boolean;
  readonly project?: readonly string[] | undefined;
  /** What projected fields stand for in rows from before them (`StatedDefaults`). */
  readonly defaults?: Readonly<Record<string, unknown>> | undefined;
  readonly totals?: Readonly<Record<string, unknown>>;
  readonly readTotals?: ((sums: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>) | undefined;
  readonly addedUp?: AddedUp<Row> | undefined;
}

/** A list of one parent that has fewer rows than this is read whole: cheaper than having it grouped beside its page. */
const SHORT_LIST = 50;

/**
 * Reads the first rows, the count and totals for many parents with one command, whatever the number of parents. Two are
 * needed when a cursor is given, because a count is of all rows and not of those behind the cursor, and for a single
 * parent with a long list.
 *
 * @param parentField field that names the parent; it should lead an index that goes on with the sort keys.
 * @param match condition on the children, applied to count, totals and rows alike.
 * @param limit page size; undefined reads no rows (only count and totals were asked for).
 * @param project fields of a row to read, always with the sort keys; undefined reads whole rows.
 * @param totals further `$group` accumulators over all children of a parent, by name.
 * @param readTotals makes totals of what those accumulators gave; without it they are taken as they are.
 * @param addedUp the same figures made of rows; without it a single parent with totals is grouped like many.
 */
export async function pagePerParent<Row extends object>(
  request: PageRequest<Row>,
): Promise<Map<string, ParentPage<Row>>> {
  const { parents, limit, position, totals = {}, addedUp, project = [], defaults = {} } = request;
  const [parent] = parents;
  const canAddUp = addedUp !== undefined || Object.keys(totals).length === 0;
  const isShortRead = parents.length === 1 && position === undefined && canAddUp;
  const pages = await (isShortRead && parent !== undefined && limit !== undefined
    ? pageOfOne(request, parent, limit)
    : pagesOfMany(request));
  for (const { rows } of pages.values()) withStatedDefaults(rows, project, defaults);
  return pages;
}

/** One parent's first page: its whole list where that is short, else the page and then the summary. */
async function pageOfOne<Row>(
  request: PageRequest<Row>,
  parent: string,
  limit: number,
): Promise<Map<string, ParentPage<Row>>> {
  const { connection, collection, parentField, match = {}, sort, backwards = false, project, addedUp } = request;
  const most = Math.max(limit + 1, SHORT_LIST);
  const projection =
    project === undefined ? undefined : { _id: 0, ...included([...project, ...(addedUp?.fields ?? [])], sort) };
  const list = await findAtOnce<Row>(connection, {
    collection,
    filter: within({ [parentField]: parent }, match),
    projection,
    sort: keysetSort(sort, backwards),
    limit: most,
  });
  if (list.length === 0) return new Map();
  const rows = list.slice(0, limit + 1);
  if (list.length < most)
    return new Map([[parent, { rows, totalCount: list.length, totals: addedUp?.of(list) ?? {} }]]);
  const summaries = await pagesOfMany({ ...request, limit: undefined });
  return new Map([...summaries].map(([key, summary]) => [key, { ...summary, rows }]));
}

/** Both conditions, also where the second names the parent's own field: it must not take the first one's place. */
const within = (
  parent: Readonly<Record<string, unknown>>,
  match: Readonly<Record<string, unknown>>,
): Record<string, unknown> =>
  Object.keys(parent).some((field) => field in match) ? { $and: [parent, match] } : { ...parent, ...match };

async function pagesOfMany<Row>({
  connection,
  collection,
  parentField,
  parents,
  match = {},
  sort,
  limit,
  position,
  backwards = false,
  project,
  totals = {},
  readTotals = (sums) => sums,
}: PageRequest<Row>): Promise<Map<string, ParentPage<Row>>> {
  const ofParents = { $match: within({ [parentField]: { $in: [...parents] } }, match) };
  const shape =
    project === undefined
      ? '$$ROOT'
      : Object.fromEntries(Object.keys(included(project, sort)).map((top) => [top, `$${top}`]));
  const rows =
    limit === undefined
      ? {}
      : { rows: { $topN: { n: limit + 1, sortBy: keysetSort(sort, backwards), output: shape } } };
  const counted = { totalCount: { $sum: 1 }, ...totals };
  const read = async (pipeline: object[]): Promise<Record<string, unknown>[]> =>
    aggregateAtOnce(connection, { collection, pipeline, most: parents.length });
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
      {
        totalCount: totalCount as number,
        totals: readTotals(rest),
        rows: pages === undefined ? ((direct as Row[] | undefined) ?? []) : (behindCursor.get(_id as string) ?? []),
      },
    ]),
  );
}

/** The projection of these fields and of the sort keys, each with all that is below it. */
function included(fields: readonly string[], sort: readonly SortKey[]): Record<string, 1> {
  return Object.fromEntries(
    [...fields, ...sort.map(({ field }) => field)].map((field) => [field.split('.')[0] ?? field, 1] as const),
  );
}
