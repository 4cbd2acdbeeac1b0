// The memory of a matching run over a small and a large city: copies of the demo city's facts in databases of their
// own.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MongoClient } from 'mongodb';
import { departmentCommand } from '../harness/hub.mjs';

const SMALL = 27_851;
const BATCH = 5_000;
const SOURCE = 'zhitong_policies';

/** A city of each size is a database of its own, so that a quick look at a smaller one does not cost the large one. */
const databaseOf = (enterprises) => `zhitong_bench_memory_${enterprises}`;

/**
 * Runs `match` over both cities and returns the peak of each process and how many times the small one's the large one's
 * is.
 */
export async function measureMemory({ hub, enterprises, tell }) {
  const client = await MongoClient.connect(hub.mongoUri);
  try {
    const measured = [];
    for (const size of [SMALL, enterprises]) {
      await seedCity({ client, enterprises: size, tell });
      measured.push(await measureCity({ hub, client, enterprises: size, tell }));
    }
    const [small, large] = measured;
    return { small, large, growth: large.peakMiB / small.peakMiB };
  } finally {
    await client.close();
  }
}

/** Writes the policies and facts of a city of that size; only the policies when the facts are there. */
async function seedCity({ client, enterprises, tell }) {
  const [source, database] = [client.db(SOURCE), client.db(databaseOf(enterprises))];
  await database.collection('policyVersions').drop();
  await database
    .collection('policyVersions')
    .insertMany(await source.collection('policyVersions').find({ state: 'PUBLISHED' }).toArray());
  const facts = database.collection('enterpriseFacts');
  const there = await facts.estimatedDocumentCount();
  if (there === enterprises) return;
  tell(`  writing the facts of ${enterprises} enterprises (once)\n`);
  if (there > 0) await facts.drop();
  for (let number = 0; number < enterprises;) {
    for await (const batch of batchesOf(source.collection('enterpriseFacts'))) {
      const copies = batch
        .slice(0, enterprises - number)
        .map((one, at) => ({ ...one, uscc: `91421200MA${String(number + at).padStart(8, '0')}` }));
      if (copies.length === 0) break;
      await facts.insertMany(copies, { ordered: false, writeConcern: { w: 1, j: false } });
      number += copies.length;
    }
  }
}

async function* batchesOf(collection) {
  let batch = [];
  // Days of single facts are left out: matching does not read them, and they are half of a record.
  for await (const one of collection.find({}, { projection: { _id: 0 } })) {
    batch.push({ ...one, dates: {} });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Matches everything as if for the first time. */
async function measureCity({ hub, client, enterprises, tell }) {
  const database = client.db(databaseOf(enterprises));
  await Promise.all(
    ['enterpriseMatches', 'matchChanges', 'matchingRuns', 'matchState'].map((name) => database.collection(name).drop()),
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-memory-'));
  try {
    const peak = path.join(folder, 'peak');
    const started = performance.now();
    const { stdout } = await departmentCommand(hub, 'policies', ['match'], {
      POLICIES_DATABASE: database.databaseName,
      NODE_OPTIONS: `--import ${pathToFileURL(path.join(import.meta.dirname, '..', 'harness', 'peak-memory.mjs'))}`,
      BENCH_PEAK_MEMORY: peak,
    });
    const seconds = (performance.now() - started) / 1000;
    if (!stdout.includes(`${enterprises} enterprises matched`))
      throw new Error(`The run did not match ${enterprises} enterprises: ${stdout}`);
    const peakMiB = Number(readFileSync(peak, 'utf8')) / 1024;
    tell(`  ${enterprises} enterprises: ${peakMiB.toFixed(0)} MiB at most, ${seconds.toFixed(0)} s\n`);
    return { enterprises, peakMiB, seconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
