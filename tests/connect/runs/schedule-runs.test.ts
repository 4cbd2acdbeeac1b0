import { connectorReads, nextAfter, reportSilence, scheduleRun } from '@zhitong/connect';
import { watchSources, type RunMetrics } from '../../../connect/src/runs/index.js';
import { createLogger } from '@zhitong/kit';
import type { Job } from '@zhitong/kit/jobs';
import { berthRows, harbour, SETTINGS, type Harbour } from '../support/harbour.js';

let port: Harbour;
beforeAll(async () => void (port = await harbour(import.meta.url)));
beforeEach(async () => port.empty());
afterAll(async () => port.database.close());

/** The jobs as they were started; a round is made by hand. */
function startedJobs(run: () => Promise<void>): Job[] {
  const jobs: Job[] = [];
  scheduleRun(
    { name: SETTINGS.source, schedule: '30 2 * * *', run },
    {
      connection: port.connection,
      jobs: { start: (job) => (jobs.push(job), { nudge: () => undefined, stop: async () => undefined }) },
      clock: port.clock,
      logger: createLogger({ name: 'test', level: 'silent' }),
    },
  );
  return jobs;
}
const round = { isOver: () => false };

describe('schedules', () => {
  it('are in the time of the city', () => {
    expect(nextAfter('30 2 * * *', new Date('2026-11-20T02:00:00Z'))?.toISOString()).toBe('2026-11-20T18:30:00.000Z');
    expect(() => nextAfter('61 2 * * *', new Date())).toThrow();
  });

  it('make a run that is due, once, and one that was missed while nobody was there', async () => {
    let runs = 0;
    const [job] = startedJobs(async () => {
      runs += 1;
      await port.run(berthRows(2));
    });
    await job?.work(round);
    expect(runs).toBe(1);
    await job?.work(round);
    expect(runs).toBe(1);
    port.clock.move(60);
    await job?.work(round);
    expect(runs).toBe(2);
  });

  it('tell a failure to the log, and that another process runs it to nobody', async () => {
    const [job] = startedJobs(async () => Promise.reject(new Error('no such file')));
    await expect(job?.work(round)).rejects.toThrow('failed');
    const [other] = startedJobs(async () => {
      await Promise.all([port.run(berthRows(30)), port.run(berthRows(30))]);
    });
    await expect(other?.work(round)).resolves.toBeUndefined();
  });
});

describe('a source that is silent', () => {
  const settings = { ...SETTINGS, silentAfterHours: 26 };
  const failed: object[] = [];
  const logger = { error: (fields: object) => void failed.push(fields) };
  const report = async () => reportSilence({ ...port, clock: port.clock, logger });
  const told = async () => (await port.events()).filter((type) => type === 'cn.zhitong.connector.source-silent').length;

  it('is reported once until it delivers again', async () => {
    await port.run(berthRows(2), { settings });
    port.clock.move(25);
    await report();
    expect(await told()).toBe(0);
    port.clock.move(2);
    await report();
    await report();
    expect(await told()).toBe(1);
    expect((await connectorReads(port.connection).sources(port.clock.now()))[0]).toMatchObject({ isSilent: true });
    await port.run(berthRows(2), { settings });
    port.clock.move(27);
    await report();
    expect(await told()).toBe(2);
  });

  it('is reported although the records of another one are damaged, which is named', async () => {
    await port.run(berthRows(2), { settings });
    const [{ _id: source = '' } = {}] = await port.all('connector_sources');
    const sources = port.connection.collection<{ _id: string }>('connector_sources');
    await sources.insertOne({ _id: 'a-damaged-one', schedule: 'every now and then', isScheduled: true } as never);
    port.clock.move(27);
    failed.length = 0;
    await report();
    expect(await told()).toBe(1);
    expect(failed).toMatchObject([{ source: 'a-damaged-one' }]);

    // Nor does it keep the metrics of the other, nor its journal, from being seen to.
    const jobs: Job[] = [];
    const stands: string[] = [];
    await port.connection.collection('connector_runs').insertOne({ _id: 'no-moment', source, state: 'DONE' } as never);
    await port.connection
      .collection('connector_batches')
      .insertOne({ _id: 'no-moment/1', run: 'no-moment', kind: 'CHANGES', changes: [] } as never);
    watchSources({
      ...{ ...port, clock: port.clock, logger },
      jobs: { start: (job) => (jobs.push(job), { nudge: () => undefined, stop: async () => undefined }) },
      metrics: { stands: (name: string) => void stands.push(name) } as unknown as RunMetrics,
    });
    port.clock.move(24 * 365);
    expect((await port.all('connector_batches')).map(({ run }) => run)).toHaveLength(2);
    await jobs[0]?.work(round);
    expect(stands).toEqual([source]);
    expect((await port.all('connector_batches')).map(({ run }) => run)).toEqual(['no-moment']);
    expect(failed).toContainEqual({ run: 'no-moment' });
  });
});
