// Figures of cases from what is kept of them, over two years of few and of many cases: what an official asks, what is
// published, and a round of the overdue job. Each size has a database of its own, written once.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { demoCity } from '../../demo/dist/index.js';
import { createLogger, kitConfig, nationalCalendar } from '../../kit/dist/index.js';
import { connectMongo, openMongo } from '../../kit/dist/mongo/index.js';
import { addDays, dayInShanghai, monthOf } from '../../values/dist/index.js';
import { demoCases } from '../../subgraphs/cases/dist/demo/demo-cases.js';
import { openDepartment } from '../../subgraphs/cases/dist/service.js';
import { tick } from '../../subgraphs/cases/dist/usecases/overdue-job.js';
import { publishedPeriod, publishMonths } from '../../subgraphs/cases/dist/usecases/published-statistics.js';
import { spread } from '../harness/statistics.mjs';
import { histories, seedCases } from './statistics-seed.mjs';

const DAYS = 730;
const SMALL = 3_245;
const DEMO_DAY = '2026-10-20';
const COORDINATOR = { anonymous: true, named: 'ALL' };
const OFFICER = { anonymous: false, named: { department: 'JXJ' } };

async function timed(work) {
  const started = performance.now();
  const answer = await work();
  return { seconds: (performance.now() - started) / 1000, answer };
}

/** Measures both sizes. */
export async function measureStatistics({ rounds, cases, tell }) {
  const dataDir = path.join(tmpdir(), `zhitong-bench-statistics-${process.pid}`);
  const mongo = await openMongo({ config: { ...kitConfig({}), dataDir } });
  try {
    const result = {};
    for (const count of [SMALL, cases]) result[`of${count}`] = await measureSize({ mongo, count, rounds, tell });
    return { sizes: Object.values(result) };
  } finally {
    await mongo.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureSize({ mongo, count, rounds, tell }) {
  const connection = await connectMongo({ uri: mongo.uri, database: `zhitong_bench_cases_${count}` });
  const calendar = nationalCalendar();
  const originals = demoCases({ city: demoCity({ referenceDate: DEMO_DAY, enterprises: 28_000 }), calendar });
  let today = DEMO_DAY;
  const clock = { now: () => new Date(`${today}T04:00:00Z`) };
  const logger = createLogger({ name: 'bench', level: 'error' });
  try {
    const made = histories({ originals, count, days: DAYS, today });
    const written = await timed(async () => seedCases({ db: connection.db, made, calendar, tell }));
    const opened = await timed(async () =>
      openDepartment({ connection, logger, clock, telephoneKey: 'of the benchmark', seedKey: 'of the benchmark' }),
    );
    const department = opened.answer;
    const { stores } = department;
    const keptRows = await connection.db.collection('kept_figures').estimatedDocumentCount();
    tell(
      `  ${written.answer} cases in ${written.seconds.toFixed(0)} s, indexes ${opened.seconds.toFixed(0)} s, ${keptRows} kept rows\n`,
    );

    const whole = { from: addDays(today, 1 - DAYS), to: today, knownOn: today, today };
    const past = { ...whole, knownOn: addDays(today, -200) };
    const odd = { ...whole, from: addDays(today, -500), to: addDays(today, -40) };
    const works = {
      total: () => stores.figures.figures(whole, null),
      byDepartment: () => stores.figures.figures(whole, 'DEPARTMENT'),
      byCategoryAsKnownBefore: () => stores.figures.figures(past, 'CATEGORY'),
      byRegionOfOddDays: () => stores.figures.figures(odd, 'REGION'),
      enterprisesHelped: () => stores.figures.enterprisesHelped(whole, 'DEPARTMENT', COORDINATOR),
      enterprisesHelpedForOfficer: () => stores.figures.enterprisesHelped(whole, 'DEPARTMENT', OFFICER),
    };
    const seconds = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
    for (let round = 1; round <= rounds; round += 1)
      for (const [name, work] of Object.entries(works)) seconds[name].push((await timed(work)).seconds);
    tell(
      `  figures: ${Object.entries(seconds)
        .map(([name, all]) => `${name} ${Math.max(...all).toFixed(2)} s`)
        .join(', ')}\n`,
    );

    const asked = { from: whole.from, to: today };
    const delays = monitorEventLoopDelay({ resolution: 5 });
    delays.enable();
    const first = await timed(async () => publishMonths({ stores, clock, logger }));
    delays.disable();
    const longestStall = delays.max / 1e9;
    await connection.db
      .collection('published_months')
      .updateMany({}, [{ $set: { decidedAt: { $subtract: ['$decidedAt', 86_400_000] } } }]);
    const nextDay = await timed(async () => publishMonths({ stores, clock, logger }));
    const again = await timed(async () => publishedPeriod(asked, { stores, today }));
    tell(
      `  published: ${first.answer.decided.length} months in ${first.seconds.toFixed(2)} s, others waiting at most ${longestStall.toFixed(2)} s, unchanged on the next day ${nextDay.seconds.toFixed(2)} s, again ${again.seconds.toFixed(2)} s\n`,
    );

    const tools = { ...department, clock, logger };
    const backlog = await timed(async () => tick(tools));
    const roundsOfJob = [];
    for (let round = 1; round <= rounds; round += 1) {
      today = addDays(today, 1);
      roundsOfJob.push(await timed(async () => tick(tools)));
    }
    const escalated = roundsOfJob.map(({ answer }) => answer.escalated);
    tell(
      `  overdue job: backlog of ${backlog.answer.escalated} in ${backlog.seconds.toFixed(1)} s, then ${escalated.join(', ')} a day in ${roundsOfJob.map((one) => one.seconds.toFixed(2)).join(', ')} s\n`,
    );
    return {
      cases: written.answer,
      keptRows,
      secondsToWrite: written.seconds,
      months: first.answer.decided.length,
      lastMonth: monthOf(dayInShanghai(clock.now())).from.slice(0, 7),
      figureSeconds: Object.fromEntries(Object.entries(seconds).map(([name, all]) => [name, spread(all)])),
      publishSeconds: { first: first.seconds, unchangedNextDay: nextDay.seconds, again: again.seconds, longestStall },
      overdue: {
        backlog: backlog.answer.escalated,
        backlogSeconds: backlog.seconds,
        escalated,
        seconds: spread(roundsOfJob.map((one) => one.seconds)),
      },
    };
  } finally {
    await connection.dropDatabase();
    await connection.close();
  }
}
