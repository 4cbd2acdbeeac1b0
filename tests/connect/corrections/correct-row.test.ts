import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  connectorReads,
  listRefusals,
  listConnectors,
  readMapping,
  rowCorrections,
  runSource,
  type ConnectorRefusalView,
} from '@zhitong/connect';
import { createLogger, type Actor } from '@zhitong/kit';
import { jobLeases, systemTimers } from '@zhitong/kit/jobs';
import { contentsOf, harbour, type Harbour } from '../support/harbour.js';

const LONG = '长'.repeat(600);
const CSV = `泊位,名称,水深,联系人
B1,北码头,9,王小红
B2,bad,7,李小明
B3,bad,8,
B4,bad,${LONG},
B5,bad,联系 13807240001,
`;
const MAPPING = `name: berth-list
target: berth
department: GKJ
source: { kind: csv, path: berths.csv }
fields:
  number: 泊位
  name: 名称
  depth: 水深
  master: 联系人
`;
const logger = createLogger({ name: 'test', level: 'silent' });
const deliverer: Actor = { sub: 'harbour-officer', roles: ['OFFICER'], department: 'GKJ' };
const admin: Actor = { sub: 'admin-1', roles: ['ADMIN'] };

let port: Harbour;
let folder: string;
let keys = 0;
beforeAll(async () => void (port = await harbour(import.meta.url)));
beforeEach(async () => {
  await port.empty();
  folder = mkdtempSync(path.join(tmpdir(), 'zhitong-corrections-'));
  writeFileSync(at('berths.csv'), CSV.replaceAll(LONG, '深'.repeat(90)));
  writeFileSync(at('berths.yaml'), MAPPING);
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(async () => port.database.close());

const at = (name: string): string => path.join(folder, name);
const reads = () => connectorReads(port.connection);
const as = (actor: Actor | null) => ({
  actor,
  offices: { keptBy: 'enterprises', isFinancial: () => false, isKnown: async () => Promise.resolve(true) },
  connectors: reads(),
  clock: port.clock,
});
const corrections = () =>
  rowCorrections({ ...port, logger, folder, targets: async () => Promise.resolve([port.target]) });

/** Runs the delivery; gives its refused rows by the number of the berth, as the graph shows them. */
async function delivered(): Promise<Record<string, ConnectorRefusalView>> {
  port.clock.move(0.01);
  const read = await readMapping(at('berths.yaml'), { targets: [port.target], reads: reads(), environment: {} });
  await runSource({ ...port, ...read, logger });
  const [source] = await listConnectors(as(admin));
  if (source === undefined) throw new Error('the source is not entered');
  const { nodes } = await listRefusals(reads(), source, { first: 50 });
  return Object.fromEntries(nodes.map((row) => [row.cells[0]?.text ?? '', row]));
}
const correct = async (
  row: string,
  cells: Readonly<Record<string, string>>,
  { actor = deliverer, key = `row-key-${String((keys += 1))}` }: { actor?: Actor; key?: string } = {},
) => {
  port.clock.move(0.01);
  return corrections().correct(as(actor), {
    idempotencyKey: key,
    row,
    cells: Object.entries(cells).map(([column, text]) => ({ column, text })),
  });
};
const open = async (): Promise<string[]> =>
  (await reads().refusals('berth-list', { limit: 50 })).map(({ cells }) => cells[0]?.[1] ?? '');
const idOf = (rows: Record<string, ConnectorRefusalView>, berth: string): string => rows[berth]?.id ?? '';

describe('a refused row', () => {
  it('is taken as it is corrected, where it stood in its file, by a run that says by whom', async () => {
    const rows = await delivered();
    expect(await open()).toEqual(['B2', 'B3', 'B4', 'B5']);
    const outcome = await correct(idOf(rows, 'B3'), { 名称: '东码头' });
    expect(outcome).toMatchObject({ kind: 'done', result: { state: 'DONE', counts: { read: 1, new: 1, refused: 0 } } });
    expect((outcome.result as { notes: string[] }).notes).toEqual([expect.stringContaining('harbour-officer')]);
    expect((await port.berths()).find(({ _id }) => _id === 'B3')?.values).toMatchObject({ name: '东码头', depth: '8' });
    expect(await open()).toEqual(['B2', 'B4', 'B5']);
    const origins = await reads().origins('berth', ['B3']);
    expect(origins.get('B3')?.find(({ field }) => field === 'name')).toMatchObject({
      source: 'berth-list',
      place: { source: 'berths.csv', line: 4 },
      run: (outcome.result as { id: string }).id,
    });
  });

  it('is still refused with its column where it is still wrong, and nothing at all is written', async () => {
    const rows = await delivered();
    const before = await contentsOf(port.connection, ['job_leases']);
    expect(await correct(idOf(rows, 'B3'), { 水深: '6' })).toMatchObject({
      kind: 'refused',
      refusal: {
        code: 'INVALID',
        path: ['cells', '名称'],
        details: { reason: 'ROW_STILL_REFUSED', zh: expect.stringContaining('名称不允许') as unknown },
      },
    });
    expect(await contentsOf(port.connection, ['job_leases'])).toEqual(before);
    expect((await correct(idOf(rows, 'B3'), { 名称: '东码头' })).kind).toBe('done');
  });

  it('is not fed in with what stands in place of a name, of a number or of a long text', async () => {
    writeFileSync(at('berths.csv'), CSV);
    const rows = await delivered();
    const withheld = (berth: string): string[] =>
      (rows[berth]?.cells ?? []).filter(({ isWithheld }) => isWithheld).map(({ column }) => column);
    expect(['B2', 'B3', 'B4', 'B5'].map(withheld)).toEqual([['联系人'], [], ['水深'], ['水深']]);
    for (const [berth, column] of [
      ['B2', '联系人'],
      ['B4', '水深'],
      ['B5', '水深'],
    ] as const)
      expect(await correct(idOf(rows, berth), { 名称: '南码头' })).toMatchObject({
        kind: 'refused',
        refusal: { code: 'INVALID', path: ['cells', column], details: { reason: 'CELL_WITHHELD', column } },
      });
    expect((await correct(idOf(rows, 'B2'), { 名称: '南码头', 联系人: '李小明' })).kind).toBe('done');
    expect((await port.berths()).find(({ _id }) => _id === 'B2')?.values).toMatchObject({ master: '李小明' });
  });

  it('takes no column that neither it nor its mapping has, none twice, and not nothing', async () => {
    const rows = await delivered();
    const row = idOf(rows, 'B3');
    expect(await correct(row, { 名字: '东码头' })).toMatchObject({
      refusal: { details: { reason: 'UNKNOWN_COLUMN' } },
    });
    expect(await correct(row, {})).toMatchObject({ refusal: { details: { reason: 'NOTHING_CORRECTED' } } });
    const twice = [
      { column: '名称', text: '东码头' },
      { column: '名称', text: '西码头' },
    ];
    expect(
      await corrections().correct(as(deliverer), { idempotencyKey: 'row-key-twice', row, cells: twice }),
    ).toMatchObject({ refusal: { details: { reason: 'COLUMN_TWICE' } } });
  });

  it('is corrected once: the same press gives the same run, another key finds it settled', async () => {
    const rows = await delivered();
    const row = idOf(rows, 'B3');
    const press = async () => correct(row, { 名称: '东码头' }, { key: 'row-key-same' });
    const [first, second] = await Promise.all([press(), press()]);
    expect(first).toMatchObject({ kind: 'done' });
    expect(second).toEqual(first);
    expect(await press()).toEqual(first);
    expect((await reads().runs('berth-list', { limit: 9 })).length).toBe(2);
    expect(await correct(row, { 名称: '西码头' }, { key: 'row-key-same' })).toMatchObject({
      refusal: { code: 'DUPLICATE', path: ['idempotencyKey'] },
    });
    expect(await correct(row, { 名称: '西码头' })).toMatchObject({
      refusal: { code: 'ILLEGAL_STATE', details: { reason: 'ROW_SETTLED' } },
    });
    expect((await port.berths()).find(({ _id }) => _id === 'B3')).toMatchObject({ version: 1 });
  });

  it('is for the department that delivers it and for ADMIN', async () => {
    const rows = await delivered();
    const row = idOf(rows, 'B3');
    const other: Actor = { sub: 'other', roles: ['OFFICER'], department: 'RSJ' };
    expect(await correct(row, { 名称: '东码头' }, { actor: other })).toMatchObject({ kind: 'missing' });
    expect(await correct('berth-list/unknown', { 名称: '东码头' })).toMatchObject({ kind: 'missing' });
    const auditor: Actor = { sub: 'auditor', roles: ['AUDITOR'] };
    await expect(correct(row, { 名称: '东码头' }, { actor: auditor })).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
    expect((await correct(row, { 名称: '东码头' }, { actor: admin })).kind).toBe('done');
  });

  it('waits for a mapping in the folder, and for a run of its source that is at work', async () => {
    const rows = await delivered();
    const row = idOf(rows, 'B3');
    rmSync(at('berths.yaml'));
    expect(await correct(row, { 名称: '东码头' })).toMatchObject({
      refusal: { code: 'ILLEGAL_STATE', details: { reason: 'MAPPING_ELSEWHERE', source: 'berth-list' } },
    });
    writeFileSync(at('berths.yaml'), MAPPING);
    const lease = await jobLeases({ connection: port.connection, timers: systemTimers }).claim(
      'connector-berth-list',
      30_000,
    );
    expect(await correct(row, { 名称: '东码头' })).toMatchObject({
      refusal: { code: 'CONFLICT', details: { reason: 'SOURCE_AT_WORK' } },
    });
    await lease?.release();
    expect((await correct(row, { 名称: '东码头' })).kind).toBe('done');
  });

  it('that the mapping leaves out as it is corrected stays as it was', async () => {
    writeFileSync(at('berths.yaml'), `${MAPPING}only: { 名称: [bad, 东码头] }\n`);
    const rows = await delivered();
    expect(await correct(idOf(rows, 'B3'), { 名称: '西码头' })).toMatchObject({
      refusal: { code: 'INVALID', details: { reason: 'ROW_LEFT_OUT' } },
    });
    expect(await open()).toContain('B3');
  });
});
