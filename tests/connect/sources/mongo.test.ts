import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectorReads, readMapping, runSource, type RunReport } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { mongo } from 'mongoose';
import { harbour, type Harbour } from '../support/harbour.js';

interface Dock {
  _id: mongo.ObjectId | string | number;
  no: string | mongo.Long;
  [member: string]: unknown;
}

let port: Harbour;
let other: TestDatabase;
let docks: mongo.Collection<Dock>;
let folder: string;

beforeAll(async () => {
  port = await harbour(import.meta.url);
  other = await testDatabase(import.meta.url);
  folder = mkdtempSync(path.join(tmpdir(), 'zhitong-mongo-'));
});
beforeEach(async () => {
  await port.empty();
  await other.connection.dropDatabase();
  const { db } = other.connection;
  if (db === undefined) throw new Error('The test has no database.');
  docks = await db.createCollection<Dock>('docks', { changeStreamPreAndPostImages: { enabled: true } });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await other.close();
  await port.database.close();
});

const SWEEP = 'sweep: { safetyShare: 0.5 }\n';

async function run(
  settings = '',
  { isAfresh = false, batchSize = 10, isOver = () => false }: Options = {},
): Promise<RunReport> {
  const file = path.join(folder, 'docks.yaml');
  writeFileSync(
    file,
    `name: docks\ntarget: berth\ndepartment: GKJ\n${settings}source:\n  kind: mongodb\n  connection: { environment: DOCKS }\n  database: ${other.name}\n  collection: docks\nfields:\n  number: no\n  name: title.short\n  depth: depth\n`,
  );
  const reader = {
    targets: [port.target],
    reads: connectorReads(port.connection),
    environment: { DOCKS: other.uri },
  };
  port.clock.move(0.01);
  const logger = createLogger({ name: 'test', level: 'silent' });
  const { connection, clock, outbox } = port;
  return runSource({
    ...(await readMapping(file, reader, undefined, isAfresh)),
    connection,
    clock,
    outbox,
    logger,
    batchSize,
    isOver,
  });
}
interface Options {
  readonly isAfresh?: boolean;
  readonly batchSize?: number;
  readonly isOver?: () => boolean;
}

const named = (no: string, short: string): Dock => ({ _id: `id-${no}`, no, title: { short } });
const names = async (): Promise<unknown[]> =>
  (await port.berths()).map(({ _id, values, isGone }) => `${_id} ${String(values['name'])}${isGone ? ' gone' : ''}`);

describe('a collection of another MongoDB', () => {
  it('is read whole, and then by what has changed, once each, also where a document changes again', async () => {
    await docks.insertMany([
      { ...named('A', '甲'), depth: mongo.Decimal128.fromString('12.50') },
      { ...named('B', '乙'), _id: 7, depth: mongo.Long.fromString('9007199254740993') },
      // A double of more digits than it can hold: the row is refused, and not rounded.
      { ...named('C', '丙'), _id: new mongo.ObjectId(), depth: 9007199254740994 },
    ]);
    const { run: first } = await run();
    expect(first.counts).toMatchObject({ read: 3, new: 2, refused: 1 });
    expect((await port.berths()).map(({ values }) => values['depth'])).toEqual(['12.5', '9007199254740993']);
    expect((await run()).run.counts.read).toBe(0);

    await docks.updateOne({ _id: 'id-A' }, { $set: { 'title.short': '甲1' } });
    await docks.insertOne(named('D', '丁'));
    await docks.updateOne({ _id: 'id-A' }, { $set: { 'title.short': '甲2' } });
    await docks.deleteOne({ _id: 7 });
    const { run: second } = await run();
    expect(second.counts).toMatchObject({ read: 2, new: 1, changed: 1 });
    // Nobody asked for deletions.
    expect(await names()).toEqual(['A 甲2', 'B 乙', 'D 丁']);
    expect((await run()).run.counts.read).toBe(0);
  });

  it('is gone on with where a run was broken off, with the changes that came meanwhile', async () => {
    await docks.insertMany(Array.from({ length: 45 }, (_none, at) => named(`N${String(100 + at)}`, `名${String(at)}`)));
    expect((await run('', { isOver: () => true })).run).toMatchObject({ state: 'STOPPED', counts: { read: 10 } });
    await docks.updateOne({ _id: 'id-N101' }, { $set: { 'title.short': '改' } });
    const { run: resumed } = await run();
    expect(resumed).toMatchObject({ resumed: 1, counts: { read: 45, new: 45 } });
    await run();
    expect((await names())[1]).toBe('N101 改');
  });

  it('keeps its place although nothing of it has changed: the log behind it may go', async () => {
    await docks.insertOne(named('A', '甲'));
    const token = async (): Promise<unknown> =>
      (await port.all('connector_runs')).map(({ position }) => (position as { token: string }).token).at(-1);
    await run();
    const first = await token();
    await other.connection.collection('others').insertOne({ a: 1 });
    await run();
    expect(await token()).not.toBe(first);
  });
});

describe('deletions', () => {
  it('are marked where the mapping asks for them, and what comes again is there again', async () => {
    await docks.insertMany(['A', 'B', 'C', 'D'].map((no) => named(no, no)));
    await run(SWEEP);
    await docks.deleteOne({ _id: 'id-B' });
    const { run: second } = await run(SWEEP);
    expect(second.counts).toMatchObject({ read: 1, changed: 1 });
    expect(second.sweep).toEqual({ missing: 1, marked: 1, left: 0, refused: null });
    expect(await names()).toEqual(['A A', 'B B gone', 'C C', 'D D']);
    await docks.insertOne(named('B', '又'));
    await docks.deleteOne({ _id: 'id-B' });
    expect((await run(SWEEP)).run.counts).toMatchObject({ read: 1, unchanged: 1 });
  });

  it('of more than the safety share write nothing, and the run says so in both languages', async () => {
    await docks.insertMany(['A', 'B', 'C', 'D'].map((no) => named(no, no)));
    await run(SWEEP);
    await docks.deleteMany({ no: { $ne: 'D' } });
    await expect(run(SWEEP)).rejects.toThrow('more than the safety share allows');
    expect(await names()).toEqual(['A A', 'B B', 'C C', 'D D']);
    expect((await port.all('connector_runs')).at(-1)).toMatchObject({
      state: 'FAILED',
      failure: expect.stringContaining('来源删除的记录超过允许的 2 条') as unknown,
      why: { code: 'DELETIONS', parameters: { deleted: 3, had: 4, most: 2 } },
    });
    // Who means it reads the collection whole, by the same share, or raises it.
    await run('sweep: { safetyShare: 0.9 }\n');
    expect(await names()).toEqual(['A A gone', 'B B gone', 'C C gone', 'D D']);
  });

  it('are refused as a whole where the collection keeps nothing of what it deletes', async () => {
    await docks.insertOne(named('A', '甲'));
    await other.connection.db?.command({ collMod: 'docks', changeStreamPreAndPostImages: { enabled: false } });
    await expect(run(SWEEP)).rejects.toThrow('keeps no pre-images');
    expect((await run()).run.state).toBe('DONE');
  });
});

describe('a change stream that cannot be followed', () => {
  it('because the collection was dropped, ends the run until it is read afresh', async () => {
    await docks.insertOne(named('A', '甲'));
    await run();
    await docks.drop();
    await expect(run()).rejects.toThrow('There is no collection');
    await docks.insertOne(named('A', '新'));
    await expect(run()).rejects.toThrow('was dropped or renamed (drop)');
    expect((await run('', { isAfresh: true })).run.counts).toMatchObject({ read: 1, changed: 1 });
    expect(await names()).toEqual(['A 新']);
    expect((await run()).run.counts.read).toBe(0);
  });

  // Places of another stream: the server answers with 280 and 260, as it does with 286 once its log has gone on.
  it.each([
    ['whose place is not in the log', async () => placeElsewhere()],
    ['whose place is the end of one', async () => placeElsewhere('invalidate')],
  ])('%s, ends the run in both languages until it is read whole, without loss or doubling', async (_what, place) => {
    await docks.insertMany([named('A', '甲'), named('B', '乙')]);
    await run(SWEEP);
    await setPlace(await place());
    await docks.updateOne({ _id: 'id-A' }, { $set: { 'title.short': '新' } });
    await docks.deleteOne({ _id: 'id-B' });
    await docks.insertOne(named('C', '丙'));
    await expect(run(SWEEP)).rejects.toThrow('--whole');
    expect(await names()).toEqual(['A 甲', 'B 乙']);
    expect((await port.all('connector_runs')).at(-1)).toMatchObject({
      failure: expect.stringContaining('--whole') as unknown,
      why: { code: 'CHANGES_LOST' },
    });
    expect((await run(SWEEP, { isAfresh: true })).run.counts).toMatchObject({ read: 2, new: 1, changed: 1 });
    expect(await names()).toEqual(['A 新', 'B 乙 gone', 'C 丙']);
    await docks.updateOne({ _id: 'id-C' }, { $set: { 'title.short': '丙1' } });
    expect((await run(SWEEP)).run.counts).toMatchObject({ read: 1, changed: 1 });
  });

  it('because of a deletion nothing was kept, ends the run until it is read whole', async () => {
    await docks.insertMany([named('A', '甲'), named('B', '乙')]);
    await run(SWEEP);
    const keep = async (enabled: boolean): Promise<unknown> =>
      other.connection.db?.command({ collMod: 'docks', changeStreamPreAndPostImages: { enabled } });
    await keep(false);
    await docks.deleteOne({ _id: 'id-B' });
    await keep(true);
    await expect(run(SWEEP)).rejects.toThrow('--whole');
    expect((await run(SWEEP, { isAfresh: true })).run.sweep).toMatchObject({ marked: 1 });
    expect(await names()).toEqual(['A 甲', 'B 乙 gone']);
  });
});

/** A place in the changes of another collection: its insertion, or the end of its stream. */
async function placeElsewhere(operation = 'insert'): Promise<string> {
  const others = other.connection.collection('others');
  const stream = others.watch();
  await stream.tryNext();
  await others.insertOne({ a: 1 });
  await others.drop();
  for (;;) {
    const event = await stream.next();
    if (event.operationType !== operation) continue;
    await stream.close();
    return (event._id as { _data: string })._data;
  }
}

const setPlace = async (token: string): Promise<unknown> =>
  port.connection
    .collection('connector_runs')
    .updateMany({ source: 'docks' }, { $set: { position: { phase: 'changes', token } } });
