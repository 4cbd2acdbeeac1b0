import { randomBytes } from 'node:crypto';
import { MongoClient, MongoServerError, type Db } from 'mongodb';
import { StartProblem } from '../start-problem.js';

const FIND_WITHIN_MS = 8_000;
/** `$topN` came with 5.2, so the first release for everybody that has it. */
export const OLDEST_MONGODB = 6;
/** Where it is tried whether a user may write, with an ending of its own for each trial; nothing is left there. */
const TRIAL = 'zhitong_start_check';
const UNAUTHORIZED = 13;
const AUTHENTICATION_FAILED = 18;

/** A MongoDB that an operator configured, and what it is used for. */
export interface Deployment {
  readonly uri: string;
  readonly databases: readonly string[];
  /** The variable that names it, for the message. */
  readonly variable?: string;
}

/**
 * Makes sure that a configured MongoDB can do what the hub needs, before anything rests on it: it answers, is a replica
 * set or a sharded cluster (transactions and change streams need one), is new enough, and lets this user write and
 * build indexes.
 * @throws StartProblem that names the server, without its password, and what to do.
 */
export async function assertDeployment({ uri, databases, variable = 'MONGODB_URI' }: Deployment): Promise<void> {
  const where = addressOf(uri);
  let client: MongoClient;
  try {
    client = new MongoClient(uri, {
      serverSelectionTimeoutMS: FIND_WITHIN_MS,
      connectTimeoutMS: FIND_WITHIN_MS,
      appName: 'zhitong start',
    });
  } catch (cause) {
    throw new StartProblem(
      `${variable} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}. Write it as mongodb://host:port/?replicaSet=name.`,
      { cause },
    );
  }
  try {
    const hello = await client.db('admin').command({ hello: 1 });
    if (hello['setName'] === undefined && hello['msg'] !== 'isdbgrid') {
      throw new StartProblem(
        `MongoDB at ${where} is a single server without a replica set, on which no transaction can be made. Start it with --replSet, run rs.initiate(), and try again; or unset ${variable} for the embedded one.`,
      );
    }
    if (hello['isWritablePrimary'] !== true)
      throw new StartProblem(
        `MongoDB at ${where} has no writable primary. Let ${variable} name the whole replica set, or wait until it has elected one.`,
      );
    await assertVersion(client.db('admin'), where);
    await Promise.all(databases.map(async (database) => assertRights(client.db(database), where)));
  } catch (cause) {
    throw cause instanceof StartProblem ? cause : new StartProblem(unusable(cause, where, variable), { cause });
  } finally {
    await client.close();
  }
}

async function assertVersion(admin: Db, where: string): Promise<void> {
  const { version } = await admin.command({ buildInfo: 1 });
  if (Number.parseInt(String(version), 10) < OLDEST_MONGODB)
    throw new StartProblem(
      `MongoDB at ${where} is version ${String(version)}; version ${OLDEST_MONGODB} or later is needed.`,
    );
}

/** Writes, builds an index, follows changes and takes all of it away again. */
async function assertRights(db: Db, where: string): Promise<void> {
  try {
    const trial = db.collection(`${TRIAL}_${randomBytes(4).toString('hex')}`);
    await trial.insertOne({});
    await trial.createIndexes([{ key: { tried: 1 } }]);
    // There is nothing to wait for: that it may be asked is enough.
    const changes = trial.watch([], { maxAwaitTimeMS: 1 });
    await changes.tryNext();
    await changes.close();
    await trial.drop();
  } catch (cause) {
    if (cause instanceof MongoServerError && cause.code === UNAUTHORIZED) {
      throw new StartProblem(
        `The user of MongoDB at ${where} may not write, build indexes and follow changes in the database ${db.databaseName}. Grant it the role readWrite there.`,
        { cause },
      );
    }
    throw cause;
  }
}

function unusable(cause: unknown, where: string, variable: string): string {
  if (cause instanceof MongoServerError && cause.code === AUTHENTICATION_FAILED)
    return `MongoDB at ${where} does not accept the user or the password in ${variable}.`;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return `MongoDB at ${where} cannot be used: ${reason.replaceAll('\n', ' ')}. Start it, or correct ${variable}.`;
}

/** Hosts of a connection string, without user and password. */
export function addressOf(uri: string): string {
  return /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?([^/?]+)/.exec(uri)?.[1] ?? 'the configured address';
}
