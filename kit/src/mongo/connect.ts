import mongoose, { type ClientSession, type Connection } from 'mongoose';

/**
 * Opens a department's connection to its own database. Writes are acknowledged by the majority and journalled: what was
 * acknowledged is not lost.
 * @param maxPoolSize connections to MongoDB at most.
 */
export async function connectMongo({ uri, database, maxPoolSize = 20, monitorCommands = false }: { uri: string; database: string; maxPoolSize?: number; monitorCommands?: boolean }): Promise<Connection> {
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

/** Builds the indexes that the department's models declare; safe to call at each start. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) await model.createIndexes();
}

/** Runs `work` in a transaction with snapshot reads and majority writes; transient conflicts are retried by the driver. */
export async function inTransaction<Result>(connection: Connection, work: (session: ClientSession) => Promise<Result>): Promise<Result> {
  return connection.getClient().withSession((session) =>
    session.withTransaction(async () => work(session), { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', journal: true } }),
  );
}
