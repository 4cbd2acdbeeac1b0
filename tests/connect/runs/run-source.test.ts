import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SourceRefused, type Target } from '@zhitong/connect';
import { berthRows, contentsOf, harbour, SETTINGS, type Harbour } from '../support/harbour.js';
import { memorySource } from '../support/memory-source.js';

let port: Harbour;
beforeAll(async () => void (port = await harbour(import.meta.url)));
beforeEach(async () => port.empty());
afterAll(async () => port.database.close());

/** The collection that may grow by a run that says nothing new: its own record. */
const OWN_RECORD = ['connector_runs', 'job_leases'];

describe('a run', () => {
  it('lands every row with its event, and tells what became of each', async () => {
    const rows = [
      ...berthRows(25),
      { 泊位: 'B9', 名称: 'bad' },
      { 泊位: '', 名称: '无号' },
      { 泊位: 'B8', 名称: 'skip' },
    ];
    const { run } = await port.run(rows);
    expect(run.counts).toEqual({ read: 28, new: 25, changed: 0, unchanged: 0, refused: 2, skipped: 1 });
    expect(run).toMatchObject({ state: 'DONE', notes: ['UTF-8'], refusedWithoutKey: 1 });
    expect((await port.berths()).map(({ values }) => values['name'])).toEqual(berthRows(25).map(({ 名称 }) => 名称));
    expect((await port.events()).filter((type) => type === 'cn.zhitong.berth.changed')).toHaveLength(25);
  });

  it('writes nothing but its own record when it says nothing new', async () => {
    const rows = [...berthRows(25), { 泊位: 'B9', 名称: 'bad' }];
    await port.run(rows);
    const before = await contentsOf(port.connection, OWN_RECORD);
    const { run } = await port.run(rows);
    expect(run.counts).toEqual({ read: 26, new: 0, changed: 0, unchanged: 25, refused: 1, skipped: 0 });
    expect(await contentsOf(port.connection, OWN_RECORD)).toEqual(before);
    expect(await port.all('connector_runs')).toHaveLength(2);
  });

  it('leaves what others changed until the source says something new of it', async () => {
    await port.run(berthRows(3));
    await port.connection
      .collection('berths')
      .updateOne({ values: { $exists: true } }, { $set: { 'values.depth': '99' } });
    await port.run(berthRows(3));
    expect((await port.berths())[0]?.values['depth']).toBe('99');
    await port.run(berthRows(3, (index) => (index === 0 ? { 名称: '新名' } : {})));
    expect((await port.berths())[0]?.values).toMatchObject({ name: '新名', depth: '5' });
  });

  it('refuses a second row with one key by the line of the first, also batches away, and skips one that says the same', async () => {
    const rows = [...berthRows(30), { ...berthRows(1)[0] }, { 泊位: 'B0003', 名称: '别的' }];
    const { run } = await port.run(rows);
    expect(run.counts).toMatchObject({ read: 32, new: 30, refused: 1, skipped: 1 });
    expect(await port.all('connector_refusals')).toEqual([
      expect.objectContaining({
        place: { source: 'memory.csv', line: 33 },
        column: '泊位',
        reason: expect.stringContaining('第 5 行') as string,
      }),
    ]);
    expect((await port.berths())[3]?.values['name']).toBe('泊位3');
  });

  it('lets the department do ahead what needs no database, of rows that may land and of no others', async () => {
    const prepared: string[] = [];
    const told: string[] = [];
    const target: Target = {
      ...port.target,
      prepare: (rows) => void prepared.push(...rows.map(({ key }) => key)),
      land: async (rows, landing) => {
        told.push(...rows.map(({ key }) => key).filter((key) => !prepared.includes(key)));
        return port.target.land(rows, landing);
      },
    };
    await port.run([...berthRows(25), { 泊位: '', 名称: '无号' }, { 泊位: 'B8', 名称: 'skip' }], { target });
    expect(prepared).toHaveLength(25);
    expect(told).toEqual([]);
  });

  it('lands the others when one row is more than the rules can judge', async () => {
    const { run } = await port.run(berthRows(23, (index) => (index === 13 ? { 名称: 'poison' } : {})));
    expect(run.counts).toEqual({ read: 23, new: 22, changed: 0, unchanged: 0, refused: 1, skipped: 0 });
    expect(run.state).toBe('DONE');
    expect(await port.all('connector_refusals')).toEqual([
      expect.objectContaining({ place: { source: 'memory.csv', line: 15 } }),
    ]);
  });

  it('keeps refused rows without what is personal, and settles them when a later run takes the key', async () => {
    const bad = { 泊位: 'B1', 名称: 'bad', 水深: '电话13812345678', 联系人: '欧阳小红' };
    await port.run([bad]);
    const [kept] = await port.all('connector_refusals');
    expect(kept).toMatchObject({ column: '名称', reason: '名称不允许', state: 'OPEN' });
    expect(Object.fromEntries(kept?.['cells'] as [string, string][])).toEqual({
      泊位: 'B1',
      名称: 'bad',
      水深: '电话（电话）',
      联系人: '欧***',
    });
    const { run } = await port.run([{ ...bad, 名称: '一号' }]);
    expect(run.counts.new).toBe(1);
    expect(await port.all('connector_refusals')).toEqual([
      expect.objectContaining({ state: 'TAKEN', settledBy: run._id }),
    ]);
  });

  it('keeps one open refusal of a row that is refused each day, and the newest of one that changes', async () => {
    const bad = { 泊位: 'B1', 名称: 'bad', 水深: '1' };
    await port.run([bad]);
    await port.run([bad]);
    await port.run([{ ...bad, 水深: '2' }]);
    const kept = await port.all('connector_refusals');
    expect(kept.map(({ state }) => state).sort()).toEqual(['OPEN', 'REPEATED']);
  });
});

describe('a dry run', () => {
  it('says what would change and leaves the database as it is, byte for byte', async () => {
    await port.run(berthRows(12));
    const before = await contentsOf(port.connection);
    const { run, changes } = await port.run(
      [...berthRows(14, (index) => (index === 2 ? { 水深: '50', 联系人: '李四' } : {})), { 泊位: 'B9', 名称: 'bad' }],
      { isDryRun: true },
    );
    expect(run.counts).toEqual({ read: 15, new: 2, changed: 1, unchanged: 11, refused: 1, skipped: 0 });
    expect(changes[0]).toEqual({
      key: 'B0002',
      line: 4,
      kind: 'changed',
      fields: [
        { field: 'depth', from: '7', to: '50' },
        { field: 'master', from: '***', to: '***' },
      ],
    });
    expect(await contentsOf(port.connection)).toEqual(before);
  });
});

describe('a run that is broken off', () => {
  it('is gone on with where it was, as one run', async () => {
    const rows = berthRows(40);
    await expect(port.run(rows, { source: memorySource(rows, { failAfter: 28 }) })).rejects.toThrow('the line was cut');
    expect(await port.all('connector_runs')).toEqual([
      expect.objectContaining({ state: 'FAILED', failure: '运行中断：the line was cut' }),
    ]);
    expect(await port.events()).toContain('cn.zhitong.connector.run-failed');
    const { run } = await port.run(rows);
    expect(run).toMatchObject({ state: 'DONE', resumed: 1 });
    expect(run.counts).toEqual({ read: 40, new: 40, changed: 0, unchanged: 0, refused: 0, skipped: 0 });
    expect(await port.all('connector_runs')).toHaveLength(1);
    expect((await port.berths()).every(({ version }) => version === 1)).toBe(true);
  });

  it('knows the keys of its first part', async () => {
    const rows = [...berthRows(30), { 泊位: 'B0001', 名称: '别的' }];
    await port.run(rows, { isOver: () => true });
    const { run } = await port.run(rows);
    expect(run).toMatchObject({ resumed: 1, counts: { read: 31, new: 30, refused: 1 } });
  });

  it('is begun anew when the content is another one', async () => {
    await port.run(berthRows(30), { isOver: () => true });
    const { run } = await port.run(berthRows(31));
    expect(run).toMatchObject({ resumed: 0, counts: { read: 31, new: 21, unchanged: 10 } });
    expect((await port.all('connector_runs')).map(({ state }) => state)).toEqual(['ABANDONED', 'DONE']);
  });

  it('is begun anew when the mapping is another one', async () => {
    await port.run(berthRows(30), { isOver: () => true });
    const { run } = await port.run(berthRows(30), { settings: { ...SETTINGS, mappingDigest: 'mapping-2' } });
    expect(run).toMatchObject({ resumed: 0, counts: { read: 30, new: 20, unchanged: 10 } });
  });

  it('gives what is new to a source that has no whole', async () => {
    const settings = { ...SETTINGS, isIncremental: true };
    const source = (count: number) => ({ settings, source: memorySource(berthRows(count), { hasDigest: false }) });
    await port.run([], source(12));
    const { run } = await port.run([], source(15));
    expect(run.counts).toMatchObject({ read: 3, new: 3 });
  });
});

describe('two runs at once', () => {
  it('of one source: the second is refused with words', async () => {
    const rows = berthRows(40);
    let second: Promise<unknown> | undefined;
    const first = await port.run(rows, {
      onProgress: () => {
        second ??= port.run(rows).catch((error: unknown) => error);
      },
    });
    expect(first.run.counts.new).toBe(40);
    expect(await second).toMatchObject({
      name: 'RunRefused',
      message: expect.stringContaining('正在由另一个进程运行') as string,
    });
    expect(await port.all('connector_runs')).toHaveLength(1);
  });

  it('of two sources: both are done', async () => {
    const other = { ...SETTINGS, source: 'berth-other' };
    const [one, two] = await Promise.all([
      port.run(berthRows(30)),
      port.run(
        berthRows(30, (index) => ({ 泊位: `C${String(index)}` })),
        { settings: other },
      ),
    ]);
    expect([one.run.counts.new, two.run.counts.new]).toEqual([30, 30]);
  });
});

describe('what a source looks like', () => {
  const differences = [{ column: '水深', kind: 'renamed' as const, text: '“水深”改为“深度”' }];

  it('stops the run before anything is written', async () => {
    const { run } = await port.run(berthRows(5), { drift: () => ({ decision: 'STOP', differences }) });
    expect(run).toMatchObject({
      state: 'REFUSED',
      drift: { differences },
      failure: expect.stringContaining('深度') as string,
    });
    expect(await port.berths()).toEqual([]);
    expect(await port.events()).toEqual(['cn.zhitong.connector.run-failed']);
  });

  it('puts every row aside', async () => {
    const { run } = await port.run(berthRows(5), { drift: () => ({ decision: 'QUARANTINE', differences }) });
    expect(run.counts).toMatchObject({ read: 5, refused: 5 });
    expect(await port.berths()).toEqual([]);
  });

  it('is no source at all: the run is stored as refused', async () => {
    const source = { open: async () => Promise.reject(new SourceRefused('EMPTY', { name: 'berths.csv' })) };
    await expect(port.run([], { source })).rejects.toThrow('berths.csv is empty');
    expect(await port.all('connector_runs')).toEqual([
      expect.objectContaining({
        state: 'REFUSED',
        failure: 'berths.csv 是空文件，连表头都没有。',
        why: {
          code: 'EMPTY',
          parameters: { name: 'berths.csv' },
          english: 'berths.csv is empty: it has not even a header.',
          chinese: 'berths.csv 是空文件，连表头都没有。',
        },
      }),
    ]);
  });
});

describe('a reject file', () => {
  it('repeats refused rows as they were with column and reason, also when the run was broken off', async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'rejects-')), 'rejects.csv');
    const rows = [
      ...berthRows(9),
      { 泊位: 'B9', 名称: 'bad', 水深: '=1+1', 联系人: '张,"三"' },
      ...berthRows(30).slice(9),
      { 泊位: '', 名称: '-5', 水深: '＝x', 联系人: '' },
    ];
    await port.run(rows, { rejectFile: file, isOver: () => true });
    // A process that died after it wrote rows of a batch that was not stored.
    await writeFile(file, 'lost', { flag: 'a' });
    await port.run(rows, { rejectFile: file });
    const written = await readFile(file, 'utf8');
    expect(written.replaceAll(/,[\w-]{22}\r\n/g, ',number\r\n')).toBe(
      '\uFEFF泊位,名称,水深,联系人,列,原因,退回编号\r\nB9,bad,\'=1+1,"张,""三""",名称,名称不允许,number\r\n,-5,\'＝x,,泊位,缺少主键,number\r\n',
    );
  });
});

it('tells when far more rows are refused than before', async () => {
  const bad = (share: number) => berthRows(100, (index) => (index < share ? { 名称: 'bad', 水深: '1' } : {}));
  await port.run(bad(4));
  await port.run(bad(7));
  expect(await port.events()).not.toContain('cn.zhitong.connector.refusals-jumped');
  await port.run(bad(30));
  expect((await port.events()).filter((type) => type.includes('jumped'))).toHaveLength(1);
});
