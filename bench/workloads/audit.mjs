// The audit of the commitment ledger as of a day, with all knowledge of today: the department's own store against one
// aggregation that was tuned by hand for the figures of the contract's operation. Ours is asked for those figures too,
// as the graph asks for what an operation shows, and once more for all that an audit can show (ageing, punctuality,
// missing documents). Then with a checkpoint, and with the figures that run along in the ledger's own transactions.
import { deepStrictEqual, ok } from 'node:assert';
import { MongoClient } from 'mongodb';
import { systemClock } from '../../kit/dist/index.js';
import { connectMongo, ensureIndexes } from '../../kit/dist/mongo/index.js';
import { LEDGER_ENTRIES } from '../../subgraphs/credit/dist/models/ledger-entry.js';
import { openStores } from '../../subgraphs/credit/dist/stores.js';
import { ratioSpread, spread } from '../harness/statistics.mjs';
import { auditDatabase, seedLedger } from './ledger-seed.mjs';

const dayBefore = (day, days) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

/** Promised, fulfilled, outstanding and overdue by department: two groupings, nothing else. */
function tunedAggregation(asOf, knownOn) {
  const open = { $min: ['$$this.amount', { $max: [0, { $subtract: ['$$this.through', '$settled'] }] }] };
  const sumIf = (condition, value) => ({ $sum: { $cond: [condition, value, 0] } });
  return [
    { $match: { 'figures.recordedOn': { $lte: knownOn }, effectiveOn: { $lte: asOf } } },
    {
      $group: {
        _id: '$commitmentId',
        promised: { $sum: '$figures.promised' },
        fulfilled: { $sum: '$figures.fulfilled' },
        waived: { $sum: '$figures.waived' },
        facets: { $max: '$figures.facets' },
        holder: { $max: '$figures.holder' },
      },
    },
    { $match: { promised: { $gt: 0 } } },
    { $set: { settled: { $add: ['$fulfilled', '$waived'] } } },
    {
      $set: {
        overdue: {
          $reduce: {
            input: '$facets.instalments',
            initialValue: 0,
            in: { $add: ['$$value', { $cond: [{ $lt: ['$$this.dueOn', asOf] }, open, 0] }] },
          },
        },
      },
    },
    {
      $group: {
        _id: '$holder.promisor',
        promised: { $sum: '$promised' },
        fulfilled: { $sum: '$fulfilled' },
        outstanding: { $sum: { $subtract: ['$promised', '$settled'] } },
        overdue: { $sum: '$overdue' },
        count: sumIf({ $gt: [{ $subtract: ['$promised', '$settled'] }, 0] }, 1),
        overdueCount: sumIf({ $gt: ['$overdue', 0] }, 1),
      },
    },
  ];
}

/** Measures audits over a ledger of its own with `entries` entries. */
export async function measureAudit({ hub, rounds, entries, tell }) {
  const client = await MongoClient.connect(hub.mongoUri);
  const connection = await connectMongo({ uri: hub.mongoUri, database: auditDatabase(entries) });
  try {
    const stores = openStores(connection, systemClock);
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
    const departments = await client.db('zhitong_enterprises').collection('departments').distinct('code');
    await seedLedger({ client, entries, departments, today, tell });
    await ensureIndexes(connection);
    await dropCheckpoints(client.db(auditDatabase(entries)));
    await dropRunningFigures(client.db(auditDatabase(entries)));
    const days = { today, past: dayBefore(today, 400) };
    const tuned = (asOf) =>
      client
        .db(auditDatabase(entries))
        .collection(LEDGER_ENTRIES)
        .aggregate(tunedAggregation(asOf, today), { allowDiskUse: true })
        .toArray();
    const ours = (asOf) => stores.audit.groups({ asOf, knownOn: today, groupBy: 'DEPARTMENT' }, []);
    const all = (asOf) => stores.audit.groups({ asOf, knownOn: today, groupBy: 'DEPARTMENT' });
    const works = {
      tuned: () => tuned(days.today),
      ours: () => ours(days.today),
      all: () => all(days.today),
      tunedPast: () => tuned(days.past),
      oursPast: () => ours(days.past),
    };
    const without = await inTurns(works, rounds, tell);
    compare(without.answers.tuned, without.answers.ours);
    compare(without.answers.tunedPast, without.answers.oursPast);
    tell(`  ${entries} entries; the tuned aggregation gave the same figures\n`);
    const checkpoint = await withCheckpoint({ stores, without, ours, all, today, rounds, tell });
    await dropCheckpoints(client.db(auditDatabase(entries)));
    const running = await withRunningFigures({ stores, without, ours, days, rounds, tell });
    return {
      entries,
      tunedSeconds: spread(without.times.tuned),
      oursSeconds: spread(without.times.ours),
      allSeconds: spread(without.times.all),
      oursPastSeconds: spread(without.times.oursPast),
      slowerThanTuned: ratioSpread(without.times.ours, without.times.tuned),
      allSlowerThanTuned: ratioSpread(without.times.all, without.times.tuned),
      slowerThanTunedPast: ratioSpread(without.times.oursPast, without.times.tunedPast),
      checkpoint,
      running,
    };
  } finally {
    await connection.close();
    await client.close();
  }
}

/** With a checkpoint at the end of the last month, as the department makes them. */
async function withCheckpoint({ stores, without, ours, all, today, rounds, tell }) {
  if (stores.checkpoints === undefined) return null;
  const monthEnd = dayBefore(`${today.slice(0, 7)}-01`, 1);
  const started = performance.now();
  await stores.checkpoints.write(monthEnd);
  const seconds = (performance.now() - started) / 1000;
  const { times, answers } = await inTurns(
    { checkpoint: () => ours(today), checkpointAll: () => all(today) },
    rounds,
    tell,
  );
  compare(without.answers.tuned, answers.checkpoint);
  deepStrictEqual(answers.checkpointAll, without.answers.all);
  return {
    on: monthEnd,
    secondsToMake: seconds,
    seconds: spread(times.checkpoint),
    fasterThanTuned: ratioSpread(without.times.tuned, times.checkpoint),
    fasterThanWithout: ratioSpread(without.times.ours, times.checkpoint),
    allSeconds: spread(times.checkpointAll),
    allFasterThanWithout: ratioSpread(without.times.all, times.checkpointAll),
  };
}

/** Without a checkpoint, from the figures that run along, as a ledger of before gets them at its first start. */
async function withRunningFigures({ stores, without, ours, days, rounds, tell }) {
  if (stores.running === undefined) return null;
  const started = performance.now();
  await stores.running.make();
  await stores.running.fold();
  const secondsToMake = (performance.now() - started) / 1000;
  tell(`  figures that run along made in ${secondsToMake.toFixed(1)} s\n`);
  // Without them an audit is told from the entries, which would be measured in their place.
  for (const asOf of [days.today, days.past])
    ok(
      (await stores.running.groups({ asOf, knownOn: days.today, groupBy: 'DEPARTMENT' })) !== null,
      `the figures that run along do not tell the audit as of ${asOf}`,
    );
  const { times, answers } = await inTurns(
    { running: () => ours(days.today), runningPast: () => ours(days.past) },
    rounds,
    tell,
  );
  compare(without.answers.tuned, answers.running);
  compare(without.answers.tunedPast, answers.runningPast);
  return {
    secondsToMake,
    seconds: spread(times.running),
    pastSeconds: spread(times.runningPast),
    fasterThanWithout: ratioSpread(without.times.ours, times.running),
    pastFasterThanWithout: ratioSpread(without.times.oursPast, times.runningPast),
  };
}

async function dropCheckpoints(database) {
  for (const name of ['checkpoints', 'checkpoint_positions', 'checkpoint_figures'])
    await database.collection(name).deleteMany({});
}

/** As a ledger from before has them, of which no figures ran along. */
async function dropRunningFigures(database) {
  for (const name of ['running_state', 'running_figures', 'running_months', 'running_changes'])
    await database.collection(name).deleteMany({});
}

async function inTurns(works, rounds, tell) {
  const times = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  const answers = {};
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, work] of Object.entries(works)) {
      const started = performance.now();
      answers[name] = await work();
      const seconds = (performance.now() - started) / 1000;
      times[name].push(seconds);
      tell(`  round ${round} ${name.padEnd(16)} ${seconds.toFixed(2)} s\n`);
    }
  }
  return { times, answers };
}

function compare(tuned, ours) {
  // Ours are exact at any size; the tuned one's numbers are, up to 2^53.
  const figures = ({ promised, fulfilled, outstanding, overdue, count, overdueCount }) => ({
    ...{ promised: BigInt(promised), fulfilled: BigInt(fulfilled) },
    ...{ outstanding: BigInt(outstanding), overdue: BigInt(overdue) },
    count,
    overdueCount,
  });
  const byKey = (rows, key) =>
    Object.fromEntries(rows.map((row) => [row[key], figures(row)]).sort(([a], [b]) => (a < b ? -1 : 1)));
  deepStrictEqual(byKey(ours, 'key'), byKey(tuned, '_id'));
}
