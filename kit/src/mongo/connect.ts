import type { IndexDescription } from 'mongodb';
import mongoose, { type ClientSession, type Connection } from 'mongoose';

/**
 * Opens a department's connection to its own database. Writes are acknowledged by the majority and journalled: what was
 * acknowledged is not lost.
 * @param maxPoolSize connections to MongoDB at most.
 */
export async function connectMongo({
  uri,
  database,
  maxPoolSize = 20,
  monitorCommands = false,
}: {
  uri: string;
  database: string;
  maxPoolSize?: number;
  monitorCommands?: boolean;
}): Promise<Connection> {
  return mongoose
    .createConnection(uri, {
      dbName: database,
      maxPoolSize,
      monitorCommands,
      autoIndex: false,
      serverSelectionTimeoutMS: 5_000,
      writeConcern: { w: 'majority', journal: true },
      ignoreUndefined: true,
    })
    .asPromise();
}

/**
 * Builds the indexes that the department's models declare; safe to call at each start. Those of a collection are built
 * by one command, and the collections beside one another: one by one, as the models do it themselves, a new department
 * waits for each of some seventy.
 */
export async function ensureIndexes(connection: Connection): Promise<void> {
  await Promise.all(
    Object.values(connection.models).map(async ({ schema, collection }) => {
      const indexes = schema.indexes().map(([key, options]) => ({ ...options, key }) as IndexDescription);
      if (indexes.length > 0) await collection.createIndexes(indexes);
    }),
  );
}

/**
 * Runs `work` in a transaction with snapshot reads and majority writes; transient conflicts are retried by the driver.
 */
export async function inTransaction<Result>(
  connection: Connection,
  work: (session: ClientSession) => Promise<Result>,
): Promise<Result> {
  return connection.getClient().withSession((session) =>
    session.withTransaction(async () => work(session), {
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority', journal: true },
    }),
  );
}
