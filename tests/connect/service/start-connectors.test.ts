import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { connectorReads, startConnectors, undoRun } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import { openJobs, type Job, type Jobs } from '@zhitong/kit/jobs';
import { Registry } from 'prom-client';
import { harbour, type Harbour } from '../support/harbour.js';
import { until } from '../../support/until.js';

let port: Harbour;
let folder: string;
let logged: string[];
beforeAll(async () => void (port = await harbour(import.meta.url)));
beforeEach(async () => {
  await port.empty();
  logged = [];
  folder = mkdtempSync(path.join(tmpdir(), 'zhitong-service-'));
  writeFileSync(at('berths.csv'), '泊位,名称,联系人\nB1,北码头,王小红\nB2,bad,李小明\n');
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(async () => port.database.close());

const at = (name: string): string => path.join(folder, name);
const mapping = (name: string, settings = "schedule: '30 2 * * *'\n"): string =>
  `name: ${name}\ntarget: berth\ndepartment: GKJ\n${settings}source: { kind: csv, path: berths.csv }\nfields:\n  number: 泊位\n  name: 名称\n  master: 联系人\n`;

/** A process of the department; without jobs of its own a round is made by hand. */
async function started(jobs?: Pick<Jobs, 'start'>) {
  const held: Job[] = [];
  const metrics = new Registry();
  await startConnectors({
    ...port,
    jobs: jobs ?? { start: (job) => (held.push(job), { nudge: () => undefined, stop: async () => undefined }) },
    logger: createLogger({ name: 'test', level: 'error', destination: { write: (line) => void logged.push(line) } }),
    metrics,
    folder,
    rejects: at('rejects'),
    targets: async () => Promise.resolve([port.target]),
  });
  const round = async (name: string): Promise<void> =>
    held.find((job) => job.name === name)?.work({ isOver: () => false });
  return { names: () => held.map(({ name }) => name), round, metrics };
}
const runs = async () => connectorReads(port.connection).runs('berth-list', { limit: 10 });
const sources = async () => connectorReads(port.connection).sources(port.clock.now());

it('enters each source at the start, and says when it is run next', async () => {
  writeFileSync(at('berths.yaml'), mapping('berth-list'));
  writeFileSync(at('by-hand.yaml'), mapping('by-hand', ''));
  const { names } = await started();
  expect(names()).toEqual(['connector-run-berth-list', 'connector-mappings', 'connector-watch']);
  expect((await sources()).map(({ _id, nextRunAt }) => [_id, nextRunAt?.toISOString().slice(11)])).toEqual([
    ['berth-list', '18:30:00.000Z'],
    ['by-hand', undefined],
  ]);
  rmSync(at('berths.yaml'));
  await started();
  expect((await sources()).map(({ nextRunAt }) => nextRunAt)).toEqual([null, null]);
});

it('logs a faulty mapping once with its line, starts the others, and takes it when it is mended', async () => {
  writeFileSync(at('a-faulty.yaml'), mapping('quay-list').replace('master:', 'mater:'));
  writeFileSync(at('berths.yaml'), mapping('berth-list'));
  const { names, round } = await started();
  await round('connector-mappings');
  expect(logged.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ file: at('a-faulty.yaml'), line: 9, fault: expect.stringContaining('mater') as unknown }),
  ]);
  expect(names()).toContain('connector-run-berth-list');
  expect(names()).not.toContain('connector-run-quay-list');
  writeFileSync(at('a-faulty.yaml'), mapping('quay-list'));
  await round('connector-mappings');
  expect(names()).toContain('connector-run-quay-list');
});

describe('a folder into which files are dropped', () => {
  const DROP = "drop: { folder: inbox, files: '*.csv', complete: rename }\n";
  const drop = (name: string): void => {
    writeFileSync(at(`inbox/.${name}`), '泊位,名称,联系人\nB7,西码头,王小红\n');
    renameSync(at(`inbox/.${name}`), at(`inbox/${name}`));
  };
  const taken = (): string[] => (existsSync(at('inbox/taken')) ? readdirSync(at('inbox/taken')) : []);
  beforeEach(() => mkdirSync(at('inbox')));

  it('is watched as long as its mapping is there and sound', async () => {
    writeFileSync(at('berths.yaml'), mapping('berth-list', DROP));
    const { names, round, metrics } = await started();
    expect(names()).toContain('connector-drop-berth-list');
    drop('monday.csv');
    await round('connector-drop-berth-list');
    expect(await runs()).toMatchObject([{ state: 'DONE', counts: { read: 1, new: 1 } }]);
    expect(await metrics.metrics()).toContain('connector_rows_total{source="berth-list",outcome="new"} 1');
    writeFileSync(at('berths.yaml'), mapping('berth-list', DROP).replace('master:', 'mater:'));
    await round('connector-mappings');
    drop('tuesday.csv');
    await round('connector-drop-berth-list');
    expect(taken()).toEqual([expect.stringContaining('monday.csv')]);
    writeFileSync(at('berths.yaml'), mapping('berth-list', DROP));
    await round('connector-mappings');
    expect(names().filter((name) => name.startsWith('connector-drop'))).toEqual(['connector-drop-berth-list']);
    await round('connector-drop-berth-list');
    expect(taken()).toHaveLength(2);
  });

  it('is watched by the service itself until it stops, which waits for the file in hand', async () => {
    writeFileSync(at('berths.yaml'), mapping('berth-list', DROP));
    const jobs = openJobs({ connection: port.connection, logger: createLogger({ name: 'test', level: 'silent' }) });
    drop('monday.csv');
    await started(jobs);
    while (taken().length === 0) await setImmediate();
    await jobs.stop();
    expect(await runs()).toMatchObject([{ state: 'DONE' }]);
    drop('tuesday.csv');
    expect(readdirSync(at('inbox/taking/berth-list'))).toEqual([]);
  });
});

it('refuses two mappings of one source, each with the line of its name', async () => {
  writeFileSync(at('one.yaml'), mapping('berth-list'));
  writeFileSync(at('two.yaml'), mapping('berth-list'));
  const { names } = await started();
  expect(names()).toEqual(['connector-mappings', 'connector-watch']);
  expect(logged.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ file: at('one.yaml'), line: 1, fault: expect.stringContaining('two.yaml') as unknown }),
    expect.objectContaining({ file: at('two.yaml'), line: 1, fault: expect.stringContaining('one.yaml') as unknown }),
  ]);
  expect(await sources()).toEqual([]);
});

it('makes a run that is due once, and once the runs that were missed while nobody was there', async () => {
  writeFileSync(at('berths.yaml'), mapping('berth-list'));
  const first = await started();
  await first.round('connector-run-berth-list');
  await first.round('connector-run-berth-list');
  expect(await runs()).toMatchObject([{ state: 'DONE', counts: { read: 2, new: 1, refused: 1 } }]);
  port.clock.move(24 * 5);
  const second = await started();
  await second.round('connector-run-berth-list');
  await second.round('connector-run-berth-list');
  expect(await runs()).toHaveLength(2);
});

it('goes on at once with a run that its process left', async () => {
  writeFileSync(at('berths.yaml'), mapping('berth-list'));
  await (await started()).round('connector-run-berth-list');
  for (const state of ['RUNNING', 'STOPPED']) {
    await port.connection.collection('connector_runs').updateMany({}, { $set: { state } });
    await (await started()).round('connector-run-berth-list');
    expect((await runs()).map((run) => run.state)).toEqual(['DONE']);
  }
});

it('makes one run where several processes of the department stand', async () => {
  writeFileSync(at('berths.yaml'), mapping('berth-list'));
  const logger = createLogger({ name: 'test', level: 'silent' });
  const replicas = [1, 2, 3].map(() => openJobs({ connection: port.connection, logger }));
  await Promise.all(replicas.map(async (jobs) => started(jobs)));
  await until(async () => (await runs()).some(({ state }) => state === 'DONE'));
  await Promise.all(replicas.map(async (jobs) => jobs.stop()));
  expect(await runs()).toHaveLength(1);
});

it('stores a source that cannot be read as a run that was refused, with its event, until the next time', async () => {
  writeFileSync(at('berths.yaml'), mapping('berth-list'));
  rmSync(at('berths.csv'));
  const { round } = await started();
  await expect(round('connector-run-berth-list')).rejects.toThrow('berth-list');
  await round('connector-run-berth-list');
  expect(await runs()).toMatchObject([{ state: 'REFUSED', failure: expect.stringContaining('berths.csv') as unknown }]);
  expect(await port.events()).toEqual(['cn.zhitong.connector.run-failed']);
});

it('tells of a share of refusals that has jumped', async () => {
  writeFileSync(at('berths.yaml'), mapping('berth-list'));
  const bad = Array.from({ length: 12 }, (_none, index) => `C${String(index)},bad,李小明`).join('\n');
  writeFileSync(at('berths.csv'), `泊位,名称,联系人\n${bad}\n`);
  await (await started()).round('connector-run-berth-list');
  expect(await port.events()).toContain('cn.zhitong.connector.refusals-jumped');
});

it('tells the metrics what became of rows, when a source was last read, and that it is silent', async () => {
  writeFileSync(at('berths.yaml'), mapping('berth-list', "schedule: '30 2 * * *'\nsilentAfter: 26 hours\n"));
  const { round, metrics } = await started();
  expect(await metrics.metrics()).toContain('connector_rows_total{source="berth-list",outcome="new"} 0');
  await round('connector-run-berth-list');
  const doneAt = port.clock.now().getTime() / 1_000;
  const told = await metrics.metrics();
  expect(told).toContain('connector_rows_total{source="berth-list",outcome="new"} 1');
  expect(told).toContain('connector_rows_total{source="berth-list",outcome="refused"} 1');
  expect(told).toContain('connector_running{source="berth-list"} 0');
  expect(told).toContain('connector_silent{source="berth-list"} 0');
  port.clock.move(27);
  // Another process has not run it, and knows it all the same.
  const other = await started();
  await other.round('connector-watch');
  const known = await other.metrics.metrics();
  expect(known).toContain(`connector_last_success_timestamp_seconds{source="berth-list"} ${String(doneAt)}`);
  expect(known).toContain('connector_silent{source="berth-list"} 1');
  expect(await port.events()).toContain('cn.zhitong.connector.source-silent');
});

describe('previous values', () => {
  const journal = async () => port.all('connector_batches');

  it('are dropped as soon as the mapping says', async () => {
    writeFileSync(at('berths.yaml'), mapping('berth-list', "schedule: '30 2 * * *'\nundoDays: 7\n"));
    const { round } = await started();
    await round('connector-run-berth-list');
    port.clock.move(24 * 6);
    await round('connector-watch');
    expect(await journal()).toHaveLength(1);
    port.clock.move(24 * 2);
    await round('connector-watch');
    expect(await journal()).toEqual([]);
  });

  it('with an identity number are not kept, and undoing leaves that record to a person', async () => {
    writeFileSync(at('berths.yaml'), mapping('berth-list', ''));
    const [row, other] = [
      { 泊位: 'B1', 名称: '原产权人 11010519491231002X', 水深: '5' },
      { 泊位: 'B2', 名称: '南码头', 水深: '5' },
    ];
    const { run } = await port.run([row, other]);
    expect(JSON.stringify(await journal())).not.toContain('19491231');
    const { undoing } = await undoRun({ ...port, runId: run._id, by: 'admin-1' });
    expect(undoing).toMatchObject({
      undone: 1,
      left: 1,
      leftRecords: [{ key: 'B1', reason: expect.stringContaining('身份证') as unknown }],
    });
    expect((await port.berths()).map(({ _id }) => _id)).toEqual(['B1']);
  });
});
