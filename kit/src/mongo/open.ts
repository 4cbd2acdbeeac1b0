import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { z } from 'zod';
import type { KitConfig } from '../config.js';
import { prepareDataFolder } from '../data-folder.js';
import { systemCodeOf } from '../error-code.js';
import { StartProblem } from '../start-problem.js';
import { startEmbeddedMongo } from './embedded.js';
import { superviseEmbeddedMongo } from './supervise-embedded.js';

const noteSchema = z.object({ uri: z.string(), pid: z.number().int() });
type Note = z.infer<typeof noteSchema>;

/** A command beside which a hub starts may take so long to end, and so may the server of a hub that was killed. */
const OTHERS_END_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 200;

/** A MongoDB to work with; `release` stops it when this process started it and does nothing otherwise. */
export interface OpenMongo {
  readonly uri: string;
  /** `configured`: an existing deployment; `found`: the embedded server of a running hub; `started`: started here. */
  readonly origin: 'configured' | 'found' | 'started';
  release(): Promise<void>;
}

/**
 * Opens the MongoDB that this installation uses: the configured deployment, else the embedded server of a hub that runs
 * in the same data folder, else an embedded server of our own over that folder.
 * @param supervise for the launcher, which works alone in its folder: an embedded server is its own, whatever a killed
 *   hub left running
 *   there, and is started again when it ends; called with one line for each event.
 * @throws StartProblem in one line when none can be had.
 */
export async function openMongo({
  config,
  uri = config.mongo.uri,
  supervise,
}: {
  config: KitConfig;
  uri?: string | undefined;
  supervise?: (line: string) => void;
}): Promise<OpenMongo> {
  if (uri !== undefined) return { uri, origin: 'configured', release: async () => undefined };
  const note = path.join(config.dataDir, 'mongo.json');
  const dbPath = path.join(config.dataDir, 'mongo');
  if (supervise === undefined) {
    const found = await runningServer(note);
    if (found !== undefined) return { uri: found.uri, origin: 'found', release: async () => undefined };
  } else {
    await othersEnd({ note, dbPath, config });
  }
  prepareDataFolder(config.dataDir, { needsSpace: true });
  const lastPort = path.join(config.dataDir, 'mongo.port');
  const wanted = { config, dbPath, port: readPort(lastPort) };
  const started =
    supervise === undefined
      ? await startEmbeddedMongo(wanted)
      : await superviseEmbeddedMongo({ ...wanted, tell: supervise });
  writeFileSync(lastPort, String(started.port));
  writeFileSync(note, JSON.stringify({ uri: started.uri, pid: process.pid }));
  return {
    uri: started.uri,
    origin: 'started',
    release: async () => {
      rmSync(note, { force: true });
      await started.stop();
    },
  };
}

function readPort(file: string): number | undefined {
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : NaN;
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : undefined;
}

/**
 * Waits until nobody else has a server over this data. One whose starter was killed is made to end; one that a command
 * has started ends with it.
 */
async function othersEnd({ note, dbPath, config }: { note: string; dbPath: string; config: KitConfig }): Promise<void> {
  const deadline = Date.now() + OTHERS_END_WITHIN_MS;
  for (;;) {
    const found = await runningServer(note);
    const holder = lockHolder(dbPath);
    if (found === undefined && holder === undefined) return;
    if (Date.now() > deadline)
      throw new StartProblem(
        `Another process (${found?.pid ?? holder ?? '?'}) works with the database in ${config.dataDir}. Start again when it has ended.`,
      );
    if (found !== undefined && !isAlive(found.pid)) await tellToEnd(found);
    await setTimeout(LOOK_EVERY_MS);
  }
}

/** The process that has the data files open by MongoDB's own lock file; undefined for a lock that was left behind. */
function lockHolder(dbPath: string): number | undefined {
  const file = path.join(dbPath, 'mongod.lock');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : NaN;
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && isMongod(pid) ? pid : undefined;
}

/** Process ids are used again, so where the system reports what a process runs, that is compared. */
function isMongod(pid: number): boolean {
  const file = `/proc/${pid}/comm`;
  return !existsSync('/proc/self/comm') || (existsSync(file) && readFileSync(file, 'utf8').startsWith('mongod'));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) === 'EPERM';
  }
}

async function tellToEnd({ uri }: Note): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 1_000 });
  // It closes the connection in place of a response.
  await client
    .db('admin')
    .command({ shutdown: 1, force: true, timeoutSecs: 1 })
    .catch(() => undefined);
  await client.close();
}

async function runningServer(note: string): Promise<Note | undefined> {
  let noted: Note;
  try {
    noted = noteSchema.parse(JSON.parse(readFileSync(note, 'utf8')));
  } catch {
    return undefined;
  }
  const client = new MongoClient(noted.uri, { serverSelectionTimeoutMS: 1_000, socketTimeoutMS: 5_000 });
  try {
    await client.db('admin').command({ ping: 1 });
    return noted;
  } catch {
    return undefined; // The note was left by a process that was killed.
  } finally {
    await client.close();
  }
}
