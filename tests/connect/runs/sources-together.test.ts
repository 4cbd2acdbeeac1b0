import { connectorReads, listConflicts } from '@zhitong/connect';
import { berthRows, harbour, SETTINGS, type Harbour } from '../support/harbour.js';

let port: Harbour;
beforeAll(async () => void (port = await harbour(import.meta.url)));
beforeEach(async () => port.empty());
afterAll(async () => port.database.close());

const BETTER = { ...SETTINGS, source: 'harbour-office', precedence: 1 };
const WORSE = { ...SETTINGS, source: 'old-list', precedence: 2 };

describe('several sources at once', () => {
  /** A target whose every landing waits until this many landings are under way. */
  function waitingFor(landings: number) {
    let entered = 0;
    let open = (): void => undefined;
    const all = new Promise<void>((resolve) => void (open = resolve));
    const land: typeof port.target.land = async (...args) => {
      entered += 1;
      if (entered >= landings) open();
      await all;
      return port.target.land(...args);
    };
    return { target: { ...port.target, land }, open: () => open(), hasEntered: () => entered };
  }

  it('run side by side in one department, each to its end', async () => {
    const { target } = waitingFor(2);
    const rows = (letter: string) => berthRows(15).map((row) => ({ ...row, 泊位: `${letter}${row['泊位'] ?? ''}` }));
    const [one, other] = await Promise.all([
      port.run(rows('X'), { settings: BETTER, target }),
      port.run(rows('Y'), { settings: WORSE, target }),
    ]);
    expect([one.run, other.run].map(({ state, counts }) => [state, counts.new])).toEqual([
      ['DONE', 15],
      ['DONE', 15],
    ]);
    expect(await port.berths()).toHaveLength(30);
  });

  it('are one run per source: a second is refused while the first holds it, and takes over after its death', async () => {
    const { target, open, hasEntered } = waitingFor(2);
    const first = port.run(berthRows(15), { settings: BETTER, target });
    const lost = expect(first).rejects.toThrow(/Another process|lapsed/);
    while (hasEntered() === 0) await new Promise((resolve) => setImmediate(resolve));
    await expect(port.run(berthRows(15), { settings: BETTER })).rejects.toThrow('正在由另一个进程运行');
    // As if the process of the first had stood still for longer than its lease.
    await port.connection.collection('job_leases').updateMany({}, { $set: { leasedUntil: new Date(0) } });
    const { run } = await port.run(berthRows(15), { settings: BETTER });
    expect(run).toMatchObject({ state: 'DONE', resumed: 1, counts: { read: 15, new: 15 } });
    open();
    await lost;
    expect((await port.berths()).map(({ version }) => version)).toEqual(Array.from({ length: 15 }, () => 1));
    expect((await port.all('connector_runs')).map(({ state }) => state)).toEqual(['DONE']);
  });
});

describe('two sources of one record', () => {
  it('the better one stands, whoever delivers first, and both values are listed', async () => {
    await port.run([{ 泊位: 'B1', 名称: '一号', 水深: '7' }], { settings: BETTER });
    const { run } = await port.run([{ 泊位: 'B1', 名称: '壹号', 水深: '7', 联系人: '王五' }], { settings: WORSE });
    expect(run).toMatchObject({ conflicts: 1, counts: { changed: 1 } });
    expect((await port.berths())[0]?.values).toEqual({ number: 'B1', name: '一号', depth: '7', master: '王五' });
    const conflict = {
      field: 'name',
      won: { source: 'harbour-office', value: '一号' },
      lost: { source: 'old-list', value: '壹号' },
    };
    expect(await connectorReads(port.connection).conflicts('berth')).toEqual([expect.objectContaining(conflict)]);

    await port.empty();
    await port.run([{ 泊位: 'B1', 名称: '壹号' }], { settings: WORSE });
    await port.run([{ 泊位: 'B1', 名称: '一号' }], { settings: BETTER });
    expect((await port.berths())[0]?.values['name']).toBe('一号');
    expect(await connectorReads(port.connection).conflicts('berth')).toEqual([expect.objectContaining(conflict)]);
    const { totalCount, nodes } = await listConflicts(connectorReads(port.connection), { name: 'old-list' }, {});
    expect(typeof totalCount === 'function' ? await totalCount() : totalCount).toBe(1);
    expect(nodes).toEqual([
      expect.objectContaining({
        key: 'B1',
        field: 'name',
        wonBy: 'harbour-office',
        won: '一号',
        lostBy: 'old-list',
        lost: '壹号',
      }),
    ]);
    expect((await listConflicts(connectorReads(port.connection), { name: 'other' }, {})).nodes).toEqual([]);
  });

  it('the conflict is over when they agree', async () => {
    await port.run([{ 泊位: 'B1', 名称: '一号' }], { settings: BETTER });
    await port.run([{ 泊位: 'B1', 名称: '壹号' }], { settings: WORSE });
    await port.run([{ 泊位: 'B1', 名称: '一号' }], { settings: WORSE });
    expect(await connectorReads(port.connection).conflicts('berth')).toEqual([]);
  });

  it('of equal ones the newer delivery stands', async () => {
    await port.run([{ 泊位: 'B1', 名称: '一号' }], { settings: BETTER });
    await port.run([{ 泊位: 'B1', 名称: '壹号' }], { settings: { ...WORSE, precedence: 1 } });
    expect((await port.berths())[0]?.values['name']).toBe('壹号');
  });

  it('values tell where they came from: source, column, line, run and time', async () => {
    const first = await port.run([{ 泊位: 'B1', 名称: '一号', 水深: '7' }], { settings: BETTER });
    const second = await port.run([{ 泊位: 'B1', 名称: '一号', 水深: '8' }], { settings: BETTER });
    const third = await port.run([{ 泊位: 'B1', 名称: '壹号', 联系人: '王五' }], { settings: WORSE });
    const origins = (await connectorReads(port.connection).origins('berth', ['B1'])).get('B1') ?? [];
    const of = (name: string) => origins.find(({ field }) => field === name);
    expect(of('name')).toMatchObject({
      source: 'harbour-office',
      column: '名称',
      run: first.run._id,
      place: { line: 2 },
    });
    expect(of('depth')).toMatchObject({ source: 'harbour-office', column: '水深', run: second.run._id });
    expect(of('master')).toMatchObject({ source: 'old-list', column: '联系人', run: third.run._id });
    expect(of('depth')?.at).toEqual(second.run.startedAt);
  });
});

describe('what a complete delivery no longer has', () => {
  const swept = (mostShare: number) => ({ ...SETTINGS, sweep: { mostShare } });
  const gone = async () => (await port.berths()).flatMap(({ _id, isGone }) => (isGone === true ? [_id] : []));

  it('is marked up to the share, and taken back when it is delivered again', async () => {
    await port.run(berthRows(20), { settings: swept(0.1) });
    const { run } = await port.run(berthRows(18), { settings: swept(0.1) });
    expect(run.sweep).toEqual({ missing: 2, marked: 2, left: 0, refused: null });
    expect(await gone()).toEqual(['B0018', 'B0019']);
    const again = await port.run(berthRows(18), { settings: swept(0.1) });
    expect(again.run.sweep).toMatchObject({ missing: 0, marked: 0 });
  });

  it('is not marked above the share: refused with the numbers', async () => {
    await port.run(berthRows(20), { settings: swept(0.1) });
    const { run } = await port.run(berthRows(17), { settings: swept(0.1) });
    expect(run.sweep).toMatchObject({ missing: 3, marked: 0 });
    expect(run.sweep?.refused).toMatch(/缺少 3 条.*原有 20 条.*10%（2 条）/);
    expect(await gone()).toEqual([]);
  });

  it('is not marked where the mapping does not ask for it', async () => {
    await port.run(berthRows(20));
    const { run } = await port.run(berthRows(19));
    expect(run.sweep).toBeNull();
    expect(await gone()).toEqual([]);
  });

  it('is not marked when a refused row may be it, but when the refused row is known', async () => {
    await port.run(berthRows(20), { settings: swept(0.1) });
    const unknown = await port.run([...berthRows(19), { 泊位: '', 名称: '无号' }], { settings: swept(0.1) });
    expect(unknown.run.sweep?.refused).toContain('无法识别主键');
    expect(await gone()).toEqual([]);
    const known = await port.run([...berthRows(18), { 泊位: 'B0019', 名称: 'bad' }], { settings: swept(0.1) });
    expect(known.run.sweep).toMatchObject({ missing: 1, marked: 1 });
    expect(await gone()).toEqual(['B0018']);
  });

  it('is not marked by a delivery that broke off, and by the rest of it counts what came before', async () => {
    await port.run(berthRows(20), { settings: swept(0.1) });
    await port.run(berthRows(19), { settings: swept(0.1), isOver: () => true });
    expect(await gone()).toEqual([]);
    const { run } = await port.run(berthRows(19), { settings: swept(0.1) });
    expect(run).toMatchObject({ resumed: 1, sweep: { missing: 1, marked: 1 } });
  });

  it('is not gone while another source has it', async () => {
    await port.run(berthRows(20), { settings: swept(0.1) });
    await port.run(berthRows(20), { settings: { ...WORSE, sweep: null } });
    await port.run(berthRows(19), { settings: swept(0.1) });
    expect(await gone()).toEqual([]);
  });

  it('is only counted by a dry run', async () => {
    await port.run(berthRows(20), { settings: swept(0.1) });
    const { run } = await port.run(berthRows(19), { settings: swept(0.1), isDryRun: true });
    expect(run.sweep).toMatchObject({ missing: 1, marked: 0 });
    expect(await gone()).toEqual([]);
  });
});
