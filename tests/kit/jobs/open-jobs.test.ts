import { jest } from '@jest/globals';
import { createLogger } from '@zhitong/kit';
import { openJobs, ReportedFailure, type Job, type Jobs } from '@zhitong/kit/jobs';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { Registry } from 'prom-client';
import { jobLeases } from '../../../kit/src/jobs/job-lease.js';
import { FakeTime } from '../outbox/support/fake-time.js';
import { held } from './held.js';

const NEVER = 2 ** 30;
const LEASE_MS = 60_000;

interface Lease {
  readonly _id: string;
  readonly owner: string | null;
  readonly leasedUntil: Date;
}

let db: TestDatabase;
const opened: Jobs[] = [];
beforeAll(async () => void (db = await testDatabase(import.meta.url)));
afterEach(async () => {
  await Promise.all(opened.splice(0).map(async (jobs) => jobs.stop()));
  await db.connection.collection('job_leases').deleteMany({});
});
afterAll(async () => db.close());

/** A process of the department, with what its metrics say and what it logged. */
function aProcess(): { readonly jobs: Jobs; readonly metrics: Registry; readonly logged: Record<string, unknown>[] } {
  const logged: Record<string, unknown>[] = [];
  const logger = createLogger({ name: 'test', level: 'silent' });
  logger.error = (entry: unknown) => void logged.push(entry as Record<string, unknown>);
  const metrics = new Registry();
  const jobs = openJobs({ connection: db.connection, logger, metrics });
  opened.push(jobs);
  return { jobs, metrics, logged };
}
const leases = () => db.connection.collection<Lease>('job_leases');
const leaseOf = async (name: string) => leases().findOne({ _id: name });
const figure = async (metrics: Registry, name: string): Promise<unknown> =>
  (await metrics.getSingleMetric(name)?.get())?.values;

/** A job whose first round the test holds. */
function heldJob(part: Partial<Job> = {}): {
  readonly job: Job;
  readonly begun: ReturnType<typeof held>;
  readonly round: ReturnType<typeof held>;
  readonly rounds: () => number;
} {
  const [begun, round] = [held(), held()];
  let count = 0;
  const work = async (): Promise<void> => {
    count += 1;
    begun.end();
    await round.ended;
  };
  return {
    job: { name: 'count', everyMs: NEVER, leaseMs: LEASE_MS, work, ...part },
    begun,
    round,
    rounds: () => count,
  };
}

describe('a job with a lease', () => {
  it('is done by one process at a time; another that was asked for it does it as soon as the first has ended', async () => {
    const first = heldJob();
    aProcess().jobs.start(first.job);
    await first.begun.ended;
    expect((await leaseOf('count'))?.owner).not.toBeNull();

    const looked = held();
    const second = heldJob();
    const claims = jest.spyOn(db.connection.collection('job_leases'), 'findOneAndUpdate');
    const other = aProcess().jobs.start({ ...second.job, beginsAtOnce: false });
    other.nudge();
    // It looks again each second: twice in vain, whatever the machine does meanwhile.
    const watching = setInterval(() => {
      if (claims.mock.calls.length >= 2) looked.end();
    }, 20);
    await looked.ended;
    clearInterval(watching);
    claims.mockRestore();
    expect(second.rounds()).toBe(0);
    first.round.end();
    await second.begun.ended;
    second.round.end();
    await other.stop();
    expect((await leaseOf('count'))?.owner).toBeNull();
  });

  it('is left to the other process where only the pause has passed', async () => {
    await leases().insertOne({ _id: 'count', owner: 'other', leasedUntil: new Date(Date.now() + 3_600_000) });
    const { jobs, metrics } = aProcess();
    const { job, rounds } = heldJob();
    const running = jobs.start(job);
    await running.stop();
    expect(rounds()).toBe(0);
    expect(await figure(metrics, 'job_runs_total')).toEqual([{ labels: { job: 'count' }, value: 0 }]);
  });

  it('is taken over from a process that died, when its lease has lapsed by the clock of the database', async () => {
    await leases().insertOne({ _id: 'count', owner: 'died', leasedUntil: new Date(Date.now() - 3_600_000) });
    const { job, begun, round } = heldJob();
    const running = aProcess().jobs.start(job);
    await begun.ended;
    const [lease, hello] = [await leaseOf('count'), await db.connection.db?.admin().command({ hello: 1 })];
    expect(lease?.owner).not.toBe('died');
    expect(
      Math.abs((lease?.leasedUntil.getTime() ?? 0) - LEASE_MS - (hello?.['localTime'] as Date).getTime()),
    ).toBeLessThan(LEASE_MS);
    round.end();
    await running.stop();
  });

  it('is over for a process whose lease another one has taken, and leaves that lease alone', async () => {
    const [begun, noticed] = [held(), held()];
    const work: Job['work'] = async ({ isOver }) => {
      begun.end();
      while (!isOver()) await new Promise((resolve) => void setImmediate(resolve));
      noticed.end();
    };
    const running = aProcess().jobs.start({ name: 'count', everyMs: NEVER, leaseMs: 300, work });
    await begun.ended;
    const until = new Date(Date.now() + 3_600_000);
    await leases().updateOne({ _id: 'count' }, { $set: { owner: 'other', leasedUntil: until } });
    await noticed.ended;
    await running.stop();
    expect(await leaseOf('count')).toEqual({ _id: 'count', owner: 'other', leasedUntil: until });
  });

  it('keeps its lease for as long as the round takes', async () => {
    const { job, begun, round } = heldJob({ leaseMs: 300 });
    const running = aProcess().jobs.start(job);
    await begun.ended;
    const first = (await leaseOf('count'))?.leasedUntil.getTime() ?? 0;
    while (((await leaseOf('count'))?.leasedUntil.getTime() ?? 0) <= first);
    round.end();
    await running.stop();
  });
});

describe('a lease', () => {
  const HOUR = 3_600_000;

  it('is lost as soon as it turns out that another process has taken it, long before it lapses', async () => {
    const time = new FakeTime();
    const lease = await jobLeases({ connection: db.connection, timers: time }).claim('count', HOUR);
    expect(lease?.isLost()).toBe(false);
    await leases().updateOne({ _id: 'count' }, { $set: { owner: 'other' } });
    time.advance(HOUR / 2);
    await lease?.release(); // waits for the prolongation
    expect(lease?.isLost()).toBe(true);
    expect((await leaseOf('count'))?.owner).toBe('other');
  });

  it('is lost when it could not be prolonged in time, though nobody has taken it', async () => {
    // Its timers never run, as in a process that stood still.
    const lease = await jobLeases({ connection: db.connection, timers: new FakeTime() }).claim('count', 0);
    await lease?.release();
    expect(lease?.isLost()).toBe(true);
  });

  it('lapses by the clock of the database, whatever that of the process says', async () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 365 * 24 * HOUR);
    const lease = await jobLeases({ connection: db.connection, timers: new FakeTime() }).claim('count', HOUR);
    clock.mockRestore();
    expect((await leaseOf('count'))?.leasedUntil.getTime()).toBeLessThan(Date.now() + 24 * HOUR);
    await lease?.release();
  });
});

describe('the jobs of a process', () => {
  it('show their runs, failures, durations and last success in the metrics, from the start', async () => {
    const { jobs, metrics, logged } = aProcess();
    let count = 0;
    const done = held();
    jobs.start({ name: 'never-yet', everyMs: NEVER, beginsAtOnce: false, work: async () => Promise.resolve() });
    const running = jobs.start({
      name: 'second-try',
      everyMs: 5,
      work: async () => {
        count += 1;
        if (count === 1) throw new Error('no database');
        if (count === 2) return;
        done.end();
        await new Promise((resolve) => void setImmediate(resolve));
      },
    });
    await done.ended;
    await running.stop();
    expect(await figure(metrics, 'job_runs_total')).toEqual([
      { labels: { job: 'never-yet' }, value: 0 },
      { labels: { job: 'second-try' }, value: 3 },
    ]);
    expect(await figure(metrics, 'job_failures_total')).toEqual([
      { labels: { job: 'never-yet' }, value: 0 },
      { labels: { job: 'second-try' }, value: 1 },
    ]);
    expect(await figure(metrics, 'job_last_success_timestamp_seconds')).toEqual([
      { labels: { job: 'never-yet' }, value: 0 },
      { labels: { job: 'second-try' }, value: expect.any(Number) as number },
    ]);
    expect(await metrics.metrics()).toContain('job_duration_seconds_count{job="second-try"} 3');
    expect(logged).toEqual([
      expect.objectContaining({ err: new Error('no database'), job: 'second-try', failures: 1 }),
    ]);
  });

  it('log nothing more of a failure that the round has logged, and count it', async () => {
    const { jobs, metrics, logged } = aProcess();
    const running = jobs.start({
      name: 'told',
      everyMs: NEVER,
      work: async () => Promise.reject(new ReportedFailure('said already')),
    });
    await running.stop();
    expect(logged).toEqual([]);
    expect(await figure(metrics, 'job_failures_total')).toEqual([{ labels: { job: 'told' }, value: 1 }]);
  });

  it('are stopped together, and the rounds in hand waited for', async () => {
    const { jobs } = aProcess();
    const [one, other] = [heldJob({ name: 'one' }), heldJob({ name: 'other', leaseMs: undefined })];
    for (const { job } of [one, other]) jobs.start(job);
    await Promise.all([one.begun.ended, other.begun.ended]);
    let isStopped = false;
    const stopping = jobs.stop().then(() => (isStopped = true));
    one.round.end();
    await new Promise((resolve) => void setImmediate(resolve));
    expect(isStopped).toBe(false);
    other.round.end();
    await stopping;
  });

  it('have names of their own', () => {
    const { jobs } = aProcess();
    const job: Job = { name: 'twice', everyMs: NEVER, beginsAtOnce: false, work: async () => Promise.resolve() };
    jobs.start(job);
    expect(() => jobs.start(job)).toThrow('The job twice is started already.');
  });
});
