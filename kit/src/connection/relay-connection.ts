import { isObjectType, type GraphQLSchema } from 'graphql';
import type { SortKey } from '../mongo/keyset.js';
import { encodeCursor, type Page } from './page.js';

/** A Relay connection; `totalCount` may be a function, so that it is counted only when it is asked for. */
export interface RelayConnection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number | (() => Promise<number>);
}

type SortValue = string | number | boolean | Date | null;

/**
 * Makes a connection of the rows that a store read for a page: up to `page.limit + 1` of them, in reading order (turned
 * when backwards).
 * @param sort the order's keys; each names a field of the row, dots reach inside.
 */
export function connectionOf<Row extends object>({
  rows,
  page,
  sort,
  totalCount,
}: {
  rows: readonly Row[];
  page: Page;
  sort: readonly SortKey[];
  totalCount: RelayConnection<Row>['totalCount'];
}): RelayConnection<Row> {
  const more = rows.length > page.limit;
  const kept = rows.slice(0, page.limit);
  const nodes = page.backwards ? kept.reverse() : kept;
  let binding: string | undefined;
  const cursor = (row: Row): string =>
    encodeCursor(
      (binding ??= page.binding),
      sort.map(({ field }) => sortValue(row, field)),
    );
  const [start, end] = [nodes[0], nodes.at(-1)];
  return {
    nodes,
    get edges() {
      return nodes.map((node) => ({ cursor: cursor(node), node }));
    },
    pageInfo: {
      hasNextPage: page.backwards ? page.position !== undefined : more,
      hasPreviousPage: page.backwards ? more : page.position !== undefined,
      get startCursor() {
        return start === undefined ? null : cursor(start);
      },
      get endCursor() {
        return end === undefined ? null : cursor(end);
      },
    },
    totalCount,
  };
}

/**
 * Gives connections the resolver that counts when `totalCount` is asked for; a compiled query reads properties and
 * calls no function that it finds there. Changes the schema that it is given.
 */
export function countWhenAsked(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    const { pageInfo, totalCount } = type.getFields();
    if (pageInfo === undefined || totalCount === undefined) continue;
    totalCount.resolve ??= (connection: Pick<RelayConnection<unknown>, 'totalCount'>) =>
      typeof connection.totalCount === 'function' ? connection.totalCount() : connection.totalCount;
  }
  return schema;
}

function sortValue(row: object, field: string): SortValue {
  let value: unknown = row;
  for (const step of field.split('.'))
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value instanceof Date)
    return value;
  if (value === null || value === undefined) return null;
  throw new TypeError(`A cursor cannot be made of the field ${field}: it holds ${typeof value}.`);
}
