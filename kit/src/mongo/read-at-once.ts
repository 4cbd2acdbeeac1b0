import { Long, MongoNetworkError, MongoServerError, type Db, type Document, type Filter } from 'mongodb';
import type { Connection } from 'mongoose';

interface FindAtOnce {
  readonly collection: string;
  readonly filter: Filter<Document>;
  readonly projection?: Document | undefined;
  readonly sort?: Document | undefined;
  /** Rows that are wanted at most; without it all are. */
  readonly limit?: number | undefined;
}

/** Rows that one batch is to hold where all are wanted. */
const ONE_BATCH = 1_000;

interface AggregateAtOnce {
  readonly collection: string;
  readonly pipeline: readonly Document[];
  /** Rows that the result has at most, so that one batch holds them. */
  readonly most: number;
}

interface CursorAnswer {
  readonly cursor: { readonly id: number | Long; readonly firstBatch: Document[] };
}

/**
 * Reads a short list with one plain command. A cursor of the driver costs this process about a third more than the
 * command, which most reads of an operation never need: they end with their first batch. Where the command is not
 * enough, because the connection broke or the rows exceed a batch, the driver's cursor reads them all, with its own
 * retries.
 */
export async function findAtOnce<Row>(
  connection: Connection,
  { collection, filter, projection, sort, limit }: FindAtOnce,
): Promise<Row[]> {
  const db = openDb(connection);
  const batchSize = (limit ?? ONE_BATCH) + 1;
  const command = {
    find: collection,
    filter,
    ...(projection === undefined ? {} : { projection }),
    ...(sort === undefined ? {} : { sort }),
    ...(limit === undefined ? {} : { limit }),
    batchSize,
  };
  const rows =
    (await firstBatch(db, collection, command)) ??
    (await db
      .collection(collection)
      .find(filter, { projection, sort, limit, batchSize } as Document)
      .toArray());
  return rows as Row[];
}

/** Runs a pipeline of few rows likewise. */
export async function aggregateAtOnce<Row>(
  connection: Connection,
  { collection, pipeline, most }: AggregateAtOnce,
): Promise<Row[]> {
  const db = openDb(connection);
  const batchSize = most + 1;
  const command = { aggregate: collection, pipeline: [...pipeline], cursor: { batchSize } };
  const rows =
    (await firstBatch(db, collection, command)) ??
    (await db
      .collection(collection)
      .aggregate([...pipeline], { batchSize })
      .toArray());
  return rows as Row[];
}

/** The rows of a command's only batch; undefined when the driver's cursor has to read them. */
async function firstBatch(db: Db, collection: string, command: Document): Promise<Document[] | undefined> {
  try {
    const { cursor } = (await db.command(command, { ignoreUndefined: true })) as CursorAnswer;
    if (cursor.id === 0) return cursor.firstBatch;
    await db.command({ killCursors: collection, cursors: [Long.fromValue(cursor.id)] });
  } catch (error) {
    if (!(error instanceof MongoNetworkError || error instanceof MongoServerError)) throw error;
  }
  return undefined;
}

function openDb(connection: Connection): Db {
  if (connection.db === undefined) throw new Error('The department needs an open connection.');
  return connection.db;
}
