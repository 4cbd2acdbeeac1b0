// One real MongoDB for the whole run, through the same resolver as the product; each test file has a database of its
// own.
import { mkdir, mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { kitConfig } from '@zhitong/kit';
import { startEmbeddedMongo } from '@zhitong/kit/mongo';
import { MongoClient } from 'mongodb';
import { makePrograms } from './programs.mjs';

/** A file system in memory, where Linux has one. */
const IN_MEMORY = '/dev/shm';
/** What the data of a run, its journal and its copies of the demo city may need. */
const ROOM_BYTES = 6 * 1024 ** 3;

export default async function start() {
  const folder = await mkdtemp(path.join(await placeOfTheRun(), 'zhitong-tests-'));
  process.env.ZHITONG_TEST_RUN_DIR = folder;
  // What tests and the processes that they start put aside goes with the run.
  process.env.TMPDIR = path.join(folder, 'tmp');
  await mkdir(process.env.TMPDIR);
  process.env.ZHITONG_TEST_PROGRAMS = path.join(folder, 'programs');
  await makePrograms(process.env.ZHITONG_TEST_PROGRAMS);
  const config = kitConfig();
  if (config.mongo.uri !== undefined) {
    process.env.ZHITONG_TEST_MONGODB_URI = config.mongo.uri;
    return;
  }
  const server = await startEmbeddedMongo({ config, dbPath: path.join(folder, 'mongo') });
  server.onEnd(sayUnlessAsked);
  await sweepOften(server.uri);
  process.env.ZHITONG_TEST_MONGODB_URI = server.uri;
  process.env.ZHITONG_TEST_MONGODB_IS_OURS = 'yes';
  globalThis.zhitongTestMongo = server;
}

/**
 * The data of a run is thrown away with it, and what is acknowledged is journalled as in the product: in memory
 * thousands of tests do not wait for the disk at each write and each index. Where memory is scarce the run is on the
 * disk.
 */
async function placeOfTheRun() {
  const room = await statfs(IN_MEMORY).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  return room >= ROOM_BYTES ? IN_MEMORY : tmpdir();
}

/** Hundreds of tests fail when their server ends: the run says what ended it, which none of them can know. */
function sayUnlessAsked(how) {
  if (globalThis.zhitongTestsDone !== true) console.error(`The MongoDB of this test run ended before it, ${how}.`);
}

/**
 * Lets the server look for expired documents each second instead of each minute: what a test writes under a clock of
 * its own and a TTL index then judges by the server's is gone in every run, and not only on a slow machine.
 */
async function sweepOften(uri) {
  const client = new MongoClient(uri);
  await client.db('admin').command({ setParameter: 1, ttlMonitorSleepSecs: 1 });
  await client.close();
}
