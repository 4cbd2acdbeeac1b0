// A register of enterprises from a CSV file onto the graph by the department's own command, beside the plain driver and
// a plain parse.
import { spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { MongoClient } from 'mongodb';
import { kitConfig } from '../../kit/dist/index.js';
import { openMongo } from '../../kit/dist/mongo/index.js';
import { ROOT, without } from '../harness/hub.mjs';
import { ratioSpread, spread } from '../harness/statistics.mjs';
import { DIFFERENT, MAPPING, SOURCE, writeRegister } from './connect-register.mjs';

const DATABASE = 'zhitong_bench_connect';
const FLOOR = 'zhitong_bench_connect_floor';
/** Records of one command of the plain driver: as many as the connector lands in one transaction. */
const BATCH = 500;
const PEAK_MODULE = pathToFileURL(path.join(import.meta.dirname, '..', 'harness', 'peak-memory.mjs')).href;

/** What a run's last line says: read, new, changed, unchanged, refused, skipped. */
const COUNTS = /读取 (\d+)：新增 (\d+)、变更 (\d+)、未变 (\d+)、退回 (\d+)、略过 (\d+)/;
function countsOf(text) {
  const found = COUNTS.exec(text);
  if (found === null) throw new Error(`The run told no counts: ${text.slice(-500)}`);
  const [read, created, changed, unchanged, refused, skipped] = found.slice(1).map(Number);
  return { read, created, changed, unchanged, refused, skipped };
}

/**
 * Runs the department's command in a process of its own.
 * @param killWhen asked every 50 ms; once it answers true the process is killed with SIGKILL
 * @returns wall seconds (the start of the process included), peak memory (RSS), and what it told; null where it was
 *   killed
 */
export async function command(args, { environment, folder, killWhen }) {
  const peak = path.join(folder, 'peak');
  const started = performance.now();
  const child = spawn(process.execPath, ['subgraphs/enterprises/dist/cli.js', ...args], {
    cwd: ROOT,
    env: { ...environment, NODE_OPTIONS: `--import ${PEAK_MODULE}`, BENCH_PEAK_MEMORY: peak },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  child.stdout.on('data', (chunk) => (told += chunk));
  child.stderr.on('data', (chunk) => (told += chunk));
  const ended = once(child, 'exit');
  let isOver = false;
  void ended.then(() => (isOver = true));
  while (killWhen !== undefined && !isOver) {
    if (await killWhen()) child.kill('SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const [code, signal] = await ended;
  if (signal === 'SIGKILL' && killWhen !== undefined) return null;
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code ?? signal}: ${told.slice(-2_000)}`);
  return {
    seconds: (performance.now() - started) / 1000,
    peakMiB: Number(readFileSync(peak, 'utf8')) / 1024,
    told,
  };
}

/**
 * The same documents, in the order of the file, by the plain driver into a collection with the same indexes: seconds of
 * its commands alone. The order counts: sorted by code, a batch is of one district, its names share their terms, and
 * fewer pages of the search's index are written.
 */
async function plainBulkWrite(client) {
  const from = client.db(DATABASE).collection('enterprises');
  const to = client.db(FLOOR).collection('enterprises', { writeConcern: { w: 'majority', journal: true } });
  await to.drop();
  await to.createIndexes(
    (await from.indexes())
      .filter(({ name }) => name !== '_id_')
      .map(({ key, unique }) => ({ key, ...(unique && { unique }) })),
  );
  let seconds = 0;
  let rows = 0;
  const write = async (documents) => {
    const started = performance.now();
    await to.bulkWrite(
      documents.map((document) => ({ insertOne: { document } })),
      { ordered: false },
    );
    seconds += (performance.now() - started) / 1000;
    rows += documents.length;
  };
  let batch = [];
  // An _id of the driver's counts up within the process that landed the file.
  const landed = from.find({ uscc: /^91\d{6}MA/ }, { projection: { _id: 0 } }).sort({ _id: 1 });
  for await (const document of landed) {
    batch.push(document);
    if (batch.length < BATCH) continue;
    await write(batch);
    batch = [];
  }
  if (batch.length > 0) await write(batch);
  await client.db(FLOOR).dropDatabase();
  return { rows, seconds };
}

/** Decodes and parses the file and does nothing else. */
async function plainParse(file) {
  const started = performance.now();
  let rows = 0;
  const records = createReadStream(file)
    .pipe(iconv.decodeStream('gb18030'))
    .pipe(parse({ columns: true }));
  for await (const record of records) rows += Object.keys(record).length > 0 ? 1 : 0;
  return { rows, seconds: (performance.now() - started) / 1000 };
}

/**
 * Measures round by round: first run, unchanged second run, a run that is killed in the middle and gone on with, and
 * both floors.
 */
export async function measureConnect({ rounds, enterprises, tell }) {
  if (enterprises > DIFFERENT) throw new Error('A register of this benchmark has a million enterprises at most.');
  const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-bench-connect-'));
  const dataDir = path.join(folder, 'data');
  const mongo = await openMongo({ config: { ...kitConfig({}), dataDir } });
  const client = await MongoClient.connect(mongo.uri);
  try {
    const file = path.join(folder, 'register.csv');
    const mapping = path.join(folder, 'register.yaml');
    await writeRegister(file, enterprises);
    writeFileSync(mapping, MAPPING);
    tell(`  ${enterprises} enterprises, ${(statSync(file).size / 2 ** 20).toFixed(0)} MiB in GB18030\n`);
    const environment = {
      ...without(process.env, ['NODE_OPTIONS']),
      ZHITONG_DATA_DIR: dataDir,
      MONGODB_URI: mongo.uri,
      ENTERPRISES_DATABASE: DATABASE,
    };
    const run = async (killWhen) => command(['connect', 'run', mapping], { environment, folder, killWhen });
    const afresh = async () => {
      await client.db(DATABASE).dropDatabase();
      // The city's departments and districts, which the rows name.
      await command(['demo-load', '--enterprises', '400'], { environment, folder });
    };
    const measured = [];
    for (let round = 1; round <= rounds; round += 1) {
      await afresh();
      const first = await run();
      requireCounts(first.told, { read: enterprises, created: enterprises });
      const again = await run();
      requireCounts(again.told, { read: enterprises, unchanged: enterprises });
      const floor = await plainBulkWrite(client);
      if (floor.rows !== enterprises) throw new Error(`${floor.rows} documents have landed, not ${enterprises}.`);
      const parsed = await plainParse(file);
      if (parsed.rows !== enterprises) throw new Error(`csv-parse read ${parsed.rows} rows, not ${enterprises}.`);
      const totals = await totalsOf(client);
      await afresh();
      const resumed = await killedAndResumed({ client, run, enterprises });
      const totalsResumed = await totalsOf(client);
      if (JSON.stringify(totals) !== JSON.stringify(totalsResumed))
        throw new Error(`After a kill: ${JSON.stringify(totalsResumed)}, without one: ${JSON.stringify(totals)}.`);
      measured.push({ first, again, floor, parsed, resumed, totals });
      const perSecond = ({ seconds }) => Math.round(enterprises / seconds);
      tell(
        `  round ${round}: ${perSecond(first)} rows/s (${first.peakMiB.toFixed(0)} MiB), unchanged ${perSecond(again)} rows/s ` +
          `(${again.peakMiB.toFixed(0)} MiB), killed after ${resumed.killedAfter} and resumed (${resumed.peakMiB.toFixed(0)} MiB), ` +
          `bulkWrite ${perSecond(floor)} rows/s, csv-parse ${perSecond(parsed)} rows/s\n`,
      );
    }
    return told(measured, { enterprises, tell });
  } finally {
    await client.close();
    await mongo.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

function requireCounts(text, wanted) {
  const counts = countsOf(text);
  const all = { read: 0, created: 0, changed: 0, unchanged: 0, refused: 0, skipped: 0, ...wanted };
  if (JSON.stringify(counts) !== JSON.stringify(all))
    throw new Error(`The run counted ${JSON.stringify(counts)}, not ${JSON.stringify(all)}.`);
}

/** Kills a run as soon as half of the rows are stored, lets its lease lapse as half a minute would, and runs again. */
async function killedAndResumed({ client, run, enterprises }) {
  const database = client.db(DATABASE);
  const stored = async () =>
    (await database.collection('connector_runs').findOne({ source: SOURCE }))?.counts.read ?? 0;
  if ((await run(async () => (await stored()) >= enterprises / 2)) !== null)
    throw new Error('The run ended before it could be killed; give more --enterprises.');
  const killedAfter = await stored();
  await database.collection('job_leases').updateMany({}, { $set: { leasedUntil: new Date(0) } });
  const resumed = await run();
  requireCounts(resumed.told, { read: enterprises, created: enterprises });
  return { killedAfter, peakMiB: resumed.peakMiB, seconds: resumed.seconds };
}

/** What a first run has to leave behind, however often it was killed. */
async function totalsOf(client) {
  const database = client.db(DATABASE);
  const count = (name, filter = {}) => database.collection(name).countDocuments(filter);
  return {
    enterprises: await count('enterprises'),
    rows: await count('connector_rows'),
    events: await count('outbox', { 'event.type': 'cn.zhitong.enterprise.registered' }),
  };
}

function told(measured, { enterprises, tell }) {
  const secondsOf = (name) => measured.map((round) => round[name].seconds);
  const perSecond = (name) => spread(secondsOf(name).map((seconds) => enterprises / seconds));
  const peaks = measured.flatMap(({ first, again, resumed }) => [first.peakMiB, again.peakMiB, resumed.peakMiB]);
  const result = {
    enterprises,
    rowsPerSecond: perSecond('first'),
    rowsPerSecondAgain: perSecond('again'),
    floorRowsPerSecond: perSecond('floor'),
    parseRowsPerSecond: perSecond('parsed'),
    vsBulkWrite: ratioSpread(secondsOf('floor'), secondsOf('first')),
    vsParse: ratioSpread(secondsOf('parsed'), secondsOf('first')),
    againFaster: ratioSpread(secondsOf('first'), secondsOf('again')),
    peakMiB: spread(peaks),
    totals: measured.at(-1).totals,
  };
  const goal = (text, value, isReached) => tell(`  ${isReached ? 'reached    ' : 'NOT reached'} ${text}: ${value}\n`);
  goal('at least 0.5 of bulkWrite', result.vsBulkWrite.median.toFixed(2), result.vsBulkWrite.median >= 0.5);
  goal('under 300 MiB at most', `${result.peakMiB.max.toFixed(0)} MiB`, result.peakMiB.max < 300);
  goal('unchanged at least 3 times faster', result.againFaster.median.toFixed(1), result.againFaster.median >= 3);
  tell('  mongoimport is not part of the project’s packages and was not measured; bulkWrite is the floor.\n');
  return result;
}
