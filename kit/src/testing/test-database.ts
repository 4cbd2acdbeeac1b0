import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connection } from 'mongoose';
import { kitConfig } from '../config.js';
import { connectMongo } from '../mongo/connect.js';

/** A database on the run's real MongoDB, which one test file has for itself. */
export interface TestDatabase {
  readonly connection: Connection;
  readonly uri: string;
  readonly name: string;
  /** Removes every document; collections and indexes stay. */
  empty(): Promise<void>;
  /** Closes the connection; the database goes, or waits for another test file of the department. */
  close(): Promise<void>;
}

/**
 * Where the environment of the test files keeps databases that wait, by department. A department opens with more than
 * a hundred indexes, which takes longer than most files' tests; in a database that waits they are there, and what a
 * test dropped of them is made again by the next opening.
 */
const WAITING = Symbol.for('zhitong.tests.databases');

/** A name must be one that settings take (38 characters), with something short behind it too. */
const LONGEST_STEM = 22;

/**
 * Opens a database for a test file alone, empty, on the server that the test run started.
 * @param file `import.meta.url` of the test.
 * @param isNew that it is one without any collection
 */
export async function testDatabase(file: string, { isNew = false } = {}): Promise<TestDatabase> {
  const uri = kitConfig().testMongoUri;
  if (uri === undefined) throw new Error('Tests need the MongoDB of the test run: start them with `npm test`.');
  const waiting = isNew ? undefined : waitingOf(file);
  const kept = waiting?.pop();
  const stem = path.basename(fileURLToPath(file)).replace(/\W+/g, '_').slice(0, LONGEST_STEM);
  const name = kept ?? `t_${stem}_${randomBytes(4).toString('hex')}`;
  const connection = await connectMongo({ uri, database: name, monitorCommands: true });
  const empty = async (): Promise<void> => {
    const names = (await connection.listCollections()).map((collection) => collection.name);
    const filled = await filledOf(connection, names);
    await Promise.all(filled.map(async (collection) => connection.collection(collection).deleteMany({})));
  };
  if (kept !== undefined) await empty();
  return {
    connection,
    uri,
    name,
    empty,
    close: async () => {
      if (waiting === undefined) await connection.dropDatabase();
      await connection.close();
      waiting?.push(name);
    },
  };
}

/** The databases that wait for files of the same department; undefined where none are kept. */
function waitingOf(file: string): string[] | undefined {
  const [, folder = ''] = /\/tests\/([^/]+)\//.exec(file) ?? [];
  return (globalThis as { [WAITING]?: ReadonlyMap<string, string[]> })[WAITING]?.get(folder);
}

/** Those of the collections that hold something, by one question: most of a department's are empty in most tests. */
async function filledOf(connection: Connection, names: readonly string[]): Promise<string[]> {
  const [first, ...others] = names;
  if (first === undefined) return [];
  const nameIfAny = (name: string) => [{ $limit: 1 }, { $project: { _id: { $literal: name } } }];
  const found = await connection
    .collection(first)
    .aggregate<{ _id: string }>([
      ...nameIfAny(first),
      ...others.map((coll) => ({ $unionWith: { coll, pipeline: nameIfAny(coll) } })),
    ])
    .toArray();
  return found.map(({ _id }) => _id);
}
