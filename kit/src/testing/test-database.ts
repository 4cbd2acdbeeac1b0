import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connection } from 'mongoose';
import { kitConfig } from '../config.js';
import { connectMongo } from '../mongo/connect.js';

/** A database of one test file's own on the run's real MongoDB. */
export interface TestDatabase {
  readonly connection: Connection;
  readonly uri: string;
  readonly name: string;
  /** Removes every document; collections and indexes stay. */
  empty(): Promise<void>;
  /** Drops the database and closes the connection. */
  close(): Promise<void>;
}

/**
 * Opens a database of its own for a test file, on the server that the test run started.
 * @param file `import.meta.url` of the test.
 */
export async function testDatabase(file: string): Promise<TestDatabase> {
  const uri = kitConfig().testMongoUri;
  if (uri === undefined) throw new Error('Tests need the MongoDB of the test run: start them with `npm test`.');
  const stem = path.basename(fileURLToPath(file)).replace(/\W+/g, '_').slice(0, 40);
  const name = `t_${stem}_${randomBytes(4).toString('hex')}`;
  const connection = await connectMongo({ uri, database: name, monitorCommands: true });
  return {
    connection,
    uri,
    name,
    empty: async () => {
      const collections = (await connection.db?.collections()) ?? [];
      await Promise.all(collections.map(async (collection) => collection.deleteMany({})));
    },
    close: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
