import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dropFolder, watchFolders, type DropFolder, type TakenFile } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import type { Job } from '@zhitong/kit/jobs';
import { addressFor, endOpenTransactions } from '../../support/open-transactions.js';
import { program } from '../../support/programs.js';
import { harbour, type Harbour } from '../support/harbour.js';

let port: Harbour;
let root: string;
beforeAll(async () => void (port = await harbour(import.meta.url)));
beforeEach(async () => {
  await port.empty();
  root = mkdtempSync(path.join(tmpdir(), 'zhitong-drop-'));
  mkdirSync(at('inbox'));
});
afterEach(() => rmSync(root, { recursive: true }));
afterAll(async () => port.database.close());

const at = (...names: string[]): string => path.join(root, ...names);
const mapping = (drop: string, settings = ''): string => {
  writeFileSync(
    at('berths.yaml'),
    `name: berth-list\ntarget: berth\ndepartment: GKJ\nsource: { kind: csv, path: berths.csv }\ndrop: { folder: inbox, ${drop} }\n${settings}fields: { number: 泊位, name: 名称 }\n`,
  );
  return at('berths.yaml');
};
const tools = () => ({
  ...port,
  logger: createLogger({ name: 'test', level: 'silent' }),
  targets: async () => [port.target],
  environment: {},
});
const open = async (drop: string, settings = ''): Promise<DropFolder> => dropFolder(mapping(drop, settings), tools());
const drop = (name: string, ...rows: string[]): void =>
  writeFileSync(at('inbox', name), `${['泊位,名称', ...rows].join('\n')}\n`);
const counts = (taken: readonly TakenFile[]) => taken.map(({ name, run }) => [name, run.state, run.counts.new]);
const names = async (): Promise<unknown[]> => (await port.berths()).map(({ values }) => values['name']);
/** Names in a folder, the number of each left out. */
const filesIn = (...folder: string[]): string[] =>
  readdirSync(at('inbox', ...folder))
    .map((name) => name.replace(/^[0-9A-Z]{26}-/, '# '))
    .sort();
const SECONDS = 1 / 3600;

describe('a file is complete', () => {
  it('when it was steady as long as the mapping says', async () => {
    const folder = await open('complete: steady, steadySeconds: 30');
    drop('a.csv', 'B1,北码头');
    expect(await folder.round()).toEqual({ taken: [], waiting: 1 });
    port.clock.move(20 * SECONDS);
    drop('a.csv', 'B1,北码头', 'B2,南码头');
    expect((await folder.round()).taken).toEqual([]);
    port.clock.move(20 * SECONDS);
    expect((await folder.round()).taken).toEqual([]);
    port.clock.move(10 * SECONDS);
    expect(counts((await folder.round()).taken)).toEqual([['a.csv', 'DONE', 2]]);
    expect(filesIn()).toEqual(['refused', 'taken', 'taking']);
    expect(filesIn('taken')).toEqual(['# a.csv']);
  });

  it('when its mark came after it', async () => {
    const folder = await open('complete: done-file');
    drop('a.csv', 'B1,北码头');
    expect((await folder.round()).taken).toEqual([]);
    writeFileSync(at('inbox', 'a.csv.done'), '');
    utimesSync(at('inbox', 'a.csv.done'), 1_000, 1_000);
    expect((await folder.round()).taken).toEqual([]);
    writeFileSync(at('inbox', 'a.csv.done'), '');
    utimesSync(at('inbox', 'a.csv'), 2_000, 2_000);
    utimesSync(at('inbox', 'a.csv.done'), 2_000, 2_000);
    expect(counts((await folder.round()).taken)).toEqual([['a.csv', 'DONE', 1]]);
    expect(filesIn()).toEqual(['refused', 'taken', 'taking']);
  });

  it('when it has its name, if it is written under another', async () => {
    const folder = await open('complete: rename, files: "*.csv"');
    for (const name of ['.a.csv', 'a.csv.part', 'a.tmp', 'other.txt']) drop(name, 'B1,北码头');
    symlinkSync(at('berths.yaml'), at('inbox', 'link.csv'));
    expect((await folder.round()).taken).toEqual([]);
    renameSync(at('inbox', 'a.csv.part'), at('inbox', 'a.csv'));
    expect(counts((await folder.round()).taken)).toEqual([['a.csv', 'DONE', 1]]);
  });
});

it('files are run in the order in which they were written, each as all that the source has', async () => {
  const folder = await open('complete: rename', 'sweep: { safetyShare: 1 }\n');
  drop('b.csv', 'B1,北码头', 'B2,南码头');
  drop('a.csv', 'B1,东码头');
  utimesSync(at('inbox', 'b.csv'), 1_000, 1_000);
  expect(counts((await folder.round()).taken)).toEqual([
    ['b.csv', 'DONE', 2],
    ['a.csv', 'DONE', 0],
  ]);
  expect(await port.berths()).toMatchObject([{ values: { name: '东码头' } }, { isGone: true }]);
});

it('refused rows lie beside the file, for their owner alone, and come back through the folder', async () => {
  const folder = await open('complete: rename');
  drop('a.csv', 'B1,北码头', 'B2,bad');
  const [first] = (await folder.round()).taken;
  expect(filesIn('taken')).toEqual(['# a.csv', '# a.csv.refused.csv']);
  const rejects = first?.rejects ?? '';
  expect(statSync(rejects).mode & 0o777).toBe(0o600);
  writeFileSync(at('inbox', 'again.csv'), readFileSync(rejects, 'utf8').replace('bad', '南码头'));
  expect(counts((await folder.round()).taken)).toEqual([['again.csv', 'DONE', 1]]);
  expect(await names()).toEqual(['北码头', '南码头']);
  expect(await port.all('connector_refusals')).toMatchObject([{ state: 'TAKEN' }]);
});

it('a file that is not what it should be is refused with the reason, and holds up no other', async () => {
  const folder = await open('complete: rename', 'newColumns: required\n');
  drop('a.csv', 'B1,北码头');
  await folder.round();
  writeFileSync(at('inbox', 'b.csv'), '%PDF-1.7 nothing to read');
  writeFileSync(at('inbox', 'c.csv'), '泊位,名称,吨位\nB1,东码头,5\n');
  drop('d.csv', 'B4,西码头');
  const round = await folder.round();
  expect(counts(round.taken)).toEqual([
    ['b.csv', 'REFUSED', 0],
    ['c.csv', 'REFUSED', 0],
    ['d.csv', 'DONE', 1],
  ]);
  expect(filesIn('refused')).toEqual(['# b.csv', '# b.csv.reason.txt', '# c.csv', '# c.csv.reason.txt']);
  expect(round.taken.map(({ file }) => existsSync(file))).toEqual([true, true, true]);
  expect(readFileSync(`${round.taken[0]?.file ?? ''}.reason.txt`, 'utf8')).toContain('实际是PDF 文件');
  expect(readFileSync(`${round.taken[1]?.file ?? ''}.reason.txt`, 'utf8')).toContain('吨位');
  expect(await names()).toEqual(['北码头', '西码头']);
  expect((await port.events()).filter((type) => type === 'cn.zhitong.connector.run-failed')).toHaveLength(2);
});

it('waits where another department does not answer, and goes on there', async () => {
  const folder = await open('complete: rename');
  drop('a.csv', 'B1,outage');
  await expect(folder.round()).rejects.toThrow('The register does not answer.');
  expect(filesIn('taking', 'berth-list')).toEqual(['# a.csv', '# a.csv.refused.csv']);
  const [claimed = ''] = readdirSync(at('inbox', 'taking', 'berth-list'));
  writeFileSync(at('inbox', 'taking', 'berth-list', claimed), '泊位,名称\nB1,北码头\n');
  expect(counts((await folder.round()).taken)).toEqual([['a.csv', 'DONE', 1]]);
  expect(filesIn('taking', 'berth-list')).toEqual([]);
});

it('two processes on one folder take a file once', async () => {
  const [one, other] = [await open('complete: rename'), await open('complete: rename')];
  drop('a.csv', 'B1,北码头');
  drop('b.csv', 'B2,南码头');
  const rounds = await Promise.all([one.round(), other.round(), one.round(), other.round()]);
  const last = await one.round();
  expect([...rounds, last].flatMap(({ taken }) => taken.map(({ name }) => name)).sort()).toEqual(['a.csv', 'b.csv']);
  expect((await port.all('connector_runs')).map(({ state }) => state)).toEqual(['DONE', 'DONE']);
});

it('a service starts it as a job, which tells of each file', async () => {
  const jobs: Job[] = [];
  const told: string[] = [];
  await watchFolders({
    mappings: [mapping('complete: rename')],
    jobs: { start: (job) => (jobs.push(job), { nudge: () => undefined, stop: async () => undefined }) },
    tools: tools(),
    onTaken: ({ name }) => void told.push(name),
  });
  drop('a.csv', 'B1,北码头');
  await jobs[0]?.work({ isOver: () => false });
  expect([jobs[0]?.name, told]).toEqual(['connector-drop-berth-list', ['a.csv']]);
});

it.each([
  ['drop: { folder: gone }', 'csv, path: a.csv', 'cannot be watched (ENOENT)'],
  ['drop: { folder: inbox }', 'sql, database: sqlite, path: a, table: b', 'a source of the kind "sql" is none'],
  ['keeper: x', 'csv, path: a.csv', 'names no folder to be watched'],
  ['drop: { folder: inbox }\nschedule: "0 2 * * *"', 'csv, path: a.csv', 'state either drop or schedule'],
])('%s of %s is refused', async (setting, source, words) => {
  writeFileSync(
    at('a.yaml'),
    `name: a-list\ntarget: berth\ndepartment: GKJ\nsource: { kind: ${source} }\n${setting}\nfields: { number: 泊位 }\n`,
  );
  await expect(dropFolder(at('a.yaml'), tools()).then(async (folder) => folder.round())).rejects.toThrow(words);
});

/** Between two steps at which it is killed; `DROP_KILL_EVERY=1 npm run test:long -- drop-folder` kills it at each. */
const KILL_EVERY = Number(process.env['DROP_KILL_EVERY'] ?? 9);

describe('a process that is killed', () => {
  const worker = program('tests/connect/support/drop-worker.mjs');
  /** Runs one round in a process of its own; the number of its steps, or null when it was killed. */
  async function round(file: string, killAt: number): Promise<number | null> {
    const { uri, name } = port.database;
    const address = addressFor(uri, name);
    const child = spawn(process.execPath, [worker, address, name, file, String(killAt)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
    await new Promise((resolve) => child.once('exit', resolve));
    await endOpenTransactions(port.database.connection, port.database.name);
    return told === '' ? null : Number(told);
  }

  it('at any step leaves a file that the next one takes once', async () => {
    const file = mapping('complete: done-file');
    const deliver = (): void => {
      drop('a.csv', 'B1,北码头', 'B2,bad', 'B3,南码头');
      writeFileSync(at('inbox', 'a.csv.done'), '');
    };
    const outcome = async (): Promise<unknown> => ({
      berths: (await port.all('berths')).map(({ _id, version }) => [_id, version]),
      runs: (await port.all('connector_runs')).map(({ state, counts: all }) => [state, all]),
      refusals: (await port.all('connector_refusals')).length,
      events: (await port.events()).length,
      files: [filesIn(), filesIn('taken'), filesIn('refused'), filesIn('taking', 'berth-list')],
      rejects: readFileSync(
        at('inbox', 'taken', readdirSync(at('inbox', 'taken')).find((name) => name.endsWith('.refused.csv')) ?? ''),
        'utf8',
      ),
    });
    deliver();
    const steps = (await round(file, 0)) ?? 0;
    const expected = await outcome();
    expect(steps).toBeGreaterThan(20);
    for (let killAt = 2; killAt <= steps; killAt += KILL_EVERY) {
      await port.empty();
      rmSync(at('inbox'), { recursive: true });
      mkdirSync(at('inbox'));
      deliver();
      expect(await round(file, killAt)).toBeNull();
      // What lapses by itself half a minute after a death.
      await port.connection.collection('job_leases').deleteMany({});
      await (await dropFolder(file, tools())).round();
      expect([killAt, await outcome()]).toEqual([killAt, expected]);
    }
  });
});
