import { undoRun, type MapRecord, type SourceRecord } from '@zhitong/connect';
import { BERTH_FIELDS, berthRows, harbour, SETTINGS, type Harbour } from '../support/harbour.js';
import { mapBy, memorySource, type Row } from '../support/memory-source.js';

/** Records that landed as they are now are known again, and are not mapped once more. */
let port: Harbour;
beforeAll(async () => void (port = await harbour(import.meta.url)));
beforeEach(async () => port.empty());
afterAll(async () => port.database.close());

const plain = mapBy(BERTH_FIELDS, ['number']);
const keyOf = ({ cells }: SourceRecord): string | null => {
  const cell = cells.get('泊位');
  return cell?.kind === 'text' ? cell.text : null;
};

/** Runs rows; gives its counts and the lines that were mapped. */
async function run(rows: readonly Row[], { form = 'mapping 1', map = plain, ...options } = {}) {
  const mapped: number[] = [];
  const counting: MapRecord = (record) => {
    mapped.push(record.place.line ?? 0);
    return map(record);
  };
  const { run: done } = await port.run(rows, { map: counting, recognition: { form, keyOf }, ...options });
  return { counts: done.counts, id: done._id, mapped };
}

it('maps of a second delivery what is new in it alone', async () => {
  const rows = berthRows(25, (index) => (index === 7 ? { 名称: 'bad' } : {}));
  expect((await run(rows)).mapped).toHaveLength(25);
  const rowsBefore = await port.all('connector_rows');
  const again = await run(rows);
  // The refused row is judged anew.
  expect(again).toMatchObject({ mapped: [9], counts: { read: 25, unchanged: 24, refused: 1 } });
  expect(await port.all('connector_rows')).toEqual(rowsBefore);
  const next = berthRows(26, (index) => (index === 3 ? { 水深: '88' } : index === 4 ? { 联系人: '李四' } : {}));
  expect(await run(next)).toMatchObject({
    mapped: [5, 6, 9, 27],
    counts: { read: 26, unchanged: 22, changed: 2, new: 2, refused: 0 },
  });
});

it('maps everything once when the mapping or the program is another one', async () => {
  await run(berthRows(12));
  const upper: MapRecord = (record) => {
    const mapped = plain(record);
    if (mapped.kind !== 'row') return mapped;
    return { kind: 'row', row: { ...mapped.row, values: { ...mapped.row.values, depth: '20' } } };
  };
  const changed = await run(berthRows(12), { form: 'mapping 2', map: upper });
  expect(changed.mapped).toHaveLength(12);
  expect(changed.counts).toMatchObject({ changed: 12 });
  expect((await run(berthRows(12), { form: 'mapping 3', map: upper })).mapped).toHaveLength(12);
  expect((await run(berthRows(12), { form: 'mapping 3', map: upper })).mapped).toEqual([]);
});

it('lands again what was undone, and refuses a second row of a known key', async () => {
  const first = await run(berthRows(3));
  await undoRun({ ...port, runId: first.id, by: 'test' });
  const again = await run(berthRows(3));
  expect(again).toMatchObject({ mapped: [2, 3, 4], counts: { new: 3 } });
  const [other] = berthRows(1, () => ({ 水深: '99' }));
  expect((await run([...berthRows(3), ...berthRows(1), ...(other ? [other] : [])])).counts).toMatchObject({
    unchanged: 3,
    skipped: 1,
    refused: 1,
  });
  const [refusal] = await port.all('connector_refusals');
  expect(refusal).toMatchObject({ line: 6, column: '泊位' });
});

it('lets a source say again what gave way to one that was undone, also while it is read', async () => {
  const strong = { ...SETTINGS, source: 'strong-list' };
  const weak = { ...SETTINGS, source: 'weak-list', precedence: 2 };
  await run(berthRows(25), { settings: strong } as object);
  const overlay = await run(
    berthRows(1, () => ({ 泊位: 'B0012', 名称: '改名' })).map((row) => ({ ...row, 水深: '8' })),
    { settings: { ...weak, precedence: 1 } } as object,
  );
  expect(overlay.counts).toMatchObject({ changed: 1 });
  // The other source is undone while this one is read: its batch of B0012 may have been judged before.
  let isUndone = false;
  const target = {
    ...port.target,
    land: async (...args: Parameters<typeof port.target.land>) => {
      if (!isUndone) {
        isUndone = true;
        await undoRun({ ...port, runId: overlay.id, by: 'test' });
        await port.connection
          .collection<{ _id: string }>('berths')
          .updateOne({ _id: 'B0012' }, { $set: { 'values.name': '手改' } });
      }
      return port.target.land(...args);
    },
  };
  const rows = berthRows(25, (index) => (index === 0 ? { 水深: '77' } : {}));
  await run(rows, { settings: strong, target } as object);
  const [row] = (await port.all('connector_rows')).filter(({ _id }) => _id === 'strong-list/B0012');
  expect(row?.['hash']).not.toBeNull();
  expect((await port.berths()).find(({ _id }) => _id === 'B0012')?.values).toMatchObject({ name: '泊位12' });
});

it('puts known rows aside as well when the delivery is put aside, and tells again of cells that it mends', async () => {
  const flagged: MapRecord = (record) => {
    const mapped = plain(record);
    return mapped.kind === 'row' && mapped.row.key === 'B0001'
      ? { kind: 'row', row: { ...mapped.row, flags: [{ field: 'depth', column: '水深', text: '补足' }] } }
      : mapped;
  };
  await run(berthRows(5), { map: flagged });
  const again = await port.run(berthRows(5), { map: flagged, recognition: { form: 'mapping 1', keyOf } });
  expect(again.run).toMatchObject({ flagged: 1, counts: { unchanged: 5 } });
  const drift = () => ({ decision: 'QUARANTINE' as const, differences: [] });
  const aside = await port.run(berthRows(5), { map: flagged, drift, recognition: { form: 'mapping 1', keyOf } });
  expect(aside.run.counts).toMatchObject({ refused: 5, unchanged: 0 });
});

it('reads a source that cannot know its records again as before', async () => {
  const source = memorySource(berthRows(5));
  await port.run([], { source });
  const { run: done } = await port.run([], { source });
  expect(done.counts).toMatchObject({ read: 5, unchanged: 5 });
});
