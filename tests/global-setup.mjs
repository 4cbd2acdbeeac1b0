// One real MongoDB for the whole run, through the same resolver as the product; each test file has a database of its own.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { kitConfig } from '@zhitong/kit';
import { startEmbeddedMongo } from '@zhitong/kit/mongo';
import { MongoClient } from 'mongodb';

export default async function start() {
  process.env.ZHITONG_TEST_RUN_DIR = await mkdtemp(path.join(tmpdir(), 'zhitong-tests-'));
  const config = kitConfig();
  if (config.mongo.uri !== undefined) {
    process.env.ZHITONG_TEST_MONGODB_URI = config.mongo.uri;
    return;
  }
  const server = await startEmbeddedMongo({ config });
  await sweepOften(server.uri);
  process.env.ZHITONG_TEST_MONGODB_URI = server.uri;
  globalThis.zhitongTestMongo = server;
}

/**
 * Lets the server look for expired documents each second instead of each minute: what a test writes under a clock of its own
 * and a TTL index then judges by the server's is gone in every run, and not only on a slow machine.
 */
async function sweepOften(uri) {
  const client = new MongoClient(uri);
  await client.db('admin').command({ setParameter: 1, ttlMonitorSleepSecs: 1 });
  await client.close();
}
