import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dropFormerRejects } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import { openDepartment } from '../../../../subgraphs/cases/src/service.js';
import { CASE_KIND } from '../../../../subgraphs/cases/src/usecases/connectors/case-target.js';
import { USCC } from '../../support/a-case.js';
import { casesUnderTest, type CasesUnderTest } from '../../support/cases-under-test.js';

/* Documents as the version before the rule of anonymous rows stored them. */
const OTHER = '91421202MX06RBPU8C';
const SECRET = [
  USCC.slice(0, 8),
  USCC.slice(8),
  'MX06RBPU8C',
  '安泰',
  '赵',
  '13812345678',
  '5678',
  '拖欠货款',
  '潜山路',
];
const found = (text: string): string[] => SECRET.filter((word) => text.includes(word));
const HEADER = ['工单编号', '匿名', '信用代码', '诉求企业', '来电人', '来电号码', '诉求内容', '来电地址'];
const row = (number: string, anonymous: string): string[] => [
  ...[
    number,
    anonymous,
    USCC,
    '湖北安泰建材有限公司',
    '赵*',
    '138****5678',
    '湖北安泰建材有限公司被拖欠货款',
    '潜山路8号',
  ],
];

let under: CasesUnderTest;
beforeAll(async () => void (under = await casesUnderTest(import.meta.url, '2026-11-20')));
beforeEach(async () => under.empty());
afterAll(async () => under.close());

describe('what an earlier version kept in clear', () => {
  const place = { source: 'hotline.csv', line: 2 };
  const stored = { source: 'former', run: 'run-1', place, line: 2, at: new Date(0), state: 'OPEN', settledBy: null };
  const refused = (_id: string, cells: readonly string[], part: object = {}) => ({
    ...{
      _id,
      ...stored,
      key: null,
      column: '信用代码',
      reason: `“${USCC}”不是信用代码`,
      cells: HEADER.map((header, at) => [header, cells[at]]),
    },
    ...part,
  });
  const said = (anonymous: boolean) => ({
    ...{
      externalNumber: 'RX-1',
      uscc: USCC,
      enterpriseName: '湖北安泰建材有限公司',
      text: '拖欠货款',
      category: 'FINANCE',
    },
    anonymous,
  });
  const rowOf = (_id: string, anonymous: boolean) => ({
    ...{ _id, hash: 'h', run: 'run-1', place, at: new Date(0), origins: {} },
    values: said(anonymous),
  });
  const conflict = (key: string) => ({
    ...{ _id: `case/${key}/uscc/former/other`, target: 'case', key, field: 'uscc', run: 'run-1', at: new Date(0) },
    ...{ won: { source: 'former', value: USCC }, lost: { source: 'other', value: OTHER }, endedAt: null },
  });
  const run = (_id: string, source: string, columns: object) => ({
    ...{ _id, source, state: 'DONE', columns, conflicts: 0, refusalsKept: 0, startedAt: new Date(0) },
    flags: [{ field: 'text', column: '诉求内容', text: '湖北安泰建材有限公司', place }],
  });
  const columns = { externalNumber: '工单编号', anonymous: '匿名', uscc: '信用代码', text: '诉求内容' };
  const put = async (collection: string, documents: readonly object[]) =>
    under.connection.collection(collection).insertMany(documents);
  const kept = async (collection: string) => under.connection.collection(collection).find().sort({ _id: 1 }).toArray();
  const opened = async (error: (fields: { readonly record?: unknown }) => void = () => undefined) =>
    openDepartment({
      connection: under.connection,
      clock: { now: () => new Date('2026-11-20T04:00:00Z') },
      logger: Object.assign(createLogger({ name: 'test', level: 'silent' }), { error }),
      telephoneKey: 'a key of this test, and of nobody else',
      seedKey: 'a key of these tests, and of no department',
    });

  beforeEach(async () => {
    await under.connection.collection('stored_forms').deleteMany({});
    await put('connector_sources', [
      ...['former', 'other', 'named'].map((_id) => ({ _id, target: 'case', department: 'YSB' })),
      { _id: 'others', target: 'something-else', department: 'YSB' },
    ]);
    await put('connector_runs', [
      run('run-1', 'former', columns),
      run('run-2', 'named', { externalNumber: '工单编号', text: '诉求内容' }),
      run('run-3', 'others', columns),
    ]);
    await put('connector_rows', [
      rowOf('former/RX-1', true),
      rowOf('other/RX-1', false),
      rowOf('former/RX-9', false),
      rowOf('other/RX-9', false),
    ]);
    await put('connector_batches', [
      {
        ...{ _id: 'run-1/1', run: 'run-1', kind: 'CHANGES', batch: 1, part: 0 },
        changes: [
          {
            key: 'RX-1',
            kind: 'changed',
            before: { caseNumber: 'SQ2026-000001', fromSeq: 2, toSeq: 2 },
            row: rowOf('former/RX-1', true),
          },
          { key: 'RX-2', kind: 'new', before: null, row: null },
        ],
      },
    ]);
    await put('connector_refusals', [
      refused('former/a', row('RX-1', '是')),
      refused('former/b', row('RX-2', '')),
      refused('former/c', row('RX-3', '赵六要求保密')),
      refused('former/d', row('RX-4', '是'), { run: 'gone' }),
      refused('former/n', row('RX-5', '否')),
      refused('named/a', row('RX-6', '是'), { source: 'named', run: 'run-2' }),
      refused('others/a', row('RX-7', '是'), { source: 'others', run: 'run-3' }),
    ]);
    await put('connector_conflicts', [conflict('RX-1'), conflict('RX-8'), conflict('RX-9')]);
  });

  it('is withheld at the first start, wherever it may be of an anonymous case, and its number stays', async () => {
    await opened();
    const refusals = await kept('connector_refusals');
    const anonymous = refusals
      .filter(({ _id, source }) => source === 'former' && _id !== ('former/n' as unknown))
      .sort((a, b) => JSON.stringify(a['cells']).localeCompare(JSON.stringify(b['cells'])));
    expect(found(JSON.stringify(anonymous))).toEqual([]);
    expect(anonymous.map(({ cells }) => (cells as string[][])[0])).toEqual(
      ['RX-1', 'RX-2', 'RX-3', 'RX-4'].map((number) => ['工单编号', number]),
    );
    expect(anonymous[0]?.['reason']).toContain('不予显示');
    expect(anonymous[0]?.['state']).toBe('OPEN');
    const rows = await kept('connector_rows');
    const secret = rows.find(({ _id }) => String(_id) === 'former/RX-1');
    expect(found(JSON.stringify(secret))).toEqual([]);
    expect(secret?.['values']).toMatchObject({ externalNumber: 'RX-1', anonymous: true, category: 'FINANCE' });
    expect(found(JSON.stringify(await kept('connector_batches')))).toEqual([]);
    expect((await kept('connector_batches'))[0]).toMatchObject({
      changes: [{ before: { fromSeq: 2 } }, { key: 'RX-2', row: null }],
    });
    // Of RX-8 nobody knows any more whether it was anonymous.
    const conflicts = await kept('connector_conflicts');
    expect(found(JSON.stringify(conflicts.slice(0, 2)))).toEqual([]);
    expect(conflicts.map(({ won }) => (won as { source: string }).source)).toEqual(['former', 'former', 'former']);
    expect((await kept('connector_runs')).map(({ flags }) => found(JSON.stringify(flags)).length > 0)).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('has numbers of refusals that nobody finds by trying, also where they are told of', async () => {
    await put('connector_pushes', [
      { _id: 'former/push-1', stamps: [], receivedOn: new Date(), refusals: ['former/a', 'former/n', 'former/b'] },
    ]);
    await opened();
    const refusals = await kept('connector_refusals');
    const ids = refusals.map(({ _id }) => String(_id));
    expect(ids.filter((id) => /^[a-z]+\/[a-z]$/.test(id)).sort()).toEqual(['former/n', 'named/a', 'others/a']);
    const numberOf = (number: string) =>
      String(refusals.find(({ cells }) => (cells as string[][])[0]?.[1] === number)?._id);
    const [push] = await kept('connector_pushes');
    expect(push?.['refusals']).toEqual([numberOf('RX-1'), 'former/n', numberOf('RX-2')]);
    for (const number of ['RX-1', 'RX-2', 'RX-3', 'RX-4']) expect(numberOf(number)).toMatch(/^former\/[\w-]{22}$/);
  });

  it('is withheld also beside damaged records, which go and are named, and the department starts', async () => {
    const broken = { cells: 'lost', column: null };
    await put('connector_refusals', [refused('former/x', [], broken)]);
    await put('connector_batches', [
      { _id: 'run-1/2', run: 'run-1', kind: 'CHANGES', batch: 2, part: 0, changes: null },
    ]);
    await put('connector_conflicts', [{ ...conflict('RX-0'), won: null }]);
    await put('connector_runs', [{ ...run('run-0', 'former', {}), columns: null, flags: '湖北安泰建材有限公司' }]);
    const named: unknown[] = [];
    await opened(({ record }) => named.push(record));
    expect(named).toEqual(['run-1/2', 'former/x', 'run-0', 'case/RX-0/uscc/former/other']);
    for (const collection of ['connector_refusals', 'connector_batches', 'connector_conflicts'])
      expect((await kept(collection)).filter(({ _id }) => named.includes(_id))).toEqual([]);
    const ofFormer = (await kept('connector_refusals')).filter(({ _id }) => /^former\/[^n]/.test(String(_id)));
    expect(found(JSON.stringify([ofFormer, (await kept('connector_runs'))[0]]))).toEqual([]);
  });

  it('lies in no reject file that runs left in the department’s folder, once; those of named records stay', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'rejects-'));
    try {
      const files = ['former', 'named', 'unheard-of', 'pushed/former/1'].map((name) => `${name}.refused.csv`);
      await mkdir(path.join(folder, 'pushed', 'former'), { recursive: true });
      for (const file of files) await writeFile(path.join(folder, file), '湖北安泰建材有限公司');
      await under.connection.collection('connector_runs').updateMany({}, { $set: { rejectBytes: 100 } });
      const drop = async () => dropFormerRejects(folder, under.connection, CASE_KIND);
      const left = async () =>
        (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.csv')).sort();
      await drop();
      expect(await left()).toEqual(['named.refused.csv']);
      // A run that is gone on with begins its file anew.
      const bytes = (await kept('connector_runs')).map(({ source, rejectBytes }): unknown => [source, rejectBytes]);
      expect(bytes).toEqual([
        ['former', 0],
        ['named', 100],
        ['others', 100],
      ]);
      // What a run of this version writes stays.
      await writeFile(path.join(folder, 'former.refused.csv'), '［匿名，不予显示］');
      await drop();
      expect(await left()).toEqual(['former.refused.csv', 'named.refused.csv']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('stays where it is of a named case, or of another kind of records, and is looked at once', async () => {
    await opened();
    const refusals = await kept('connector_refusals');
    for (const id of ['former/n', 'named/a', 'others/a'])
      expect(JSON.stringify(refusals.find(({ _id }) => String(_id) === id))).toContain('湖北安泰');
    expect((await kept('connector_conflicts'))[2]).toMatchObject({ won: { value: USCC }, lost: { value: OTHER } });
    expect(JSON.stringify((await kept('connector_rows')).find(({ _id }) => String(_id) === 'other/RX-1'))).toContain(
      '安泰',
    );
    const told = async () =>
      JSON.stringify([
        await kept('connector_rows'),
        (await kept('connector_refusals')).map(({ _id, ...rest }) => JSON.stringify(rest)).sort(),
        await kept('connector_conflicts'),
      ]);
    const once = await told();
    await under.connection.collection('stored_forms').deleteMany({});
    await opened();
    expect(await told()).toBe(once);
  });
});
