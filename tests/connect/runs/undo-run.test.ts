import { undoRun } from '@zhitong/connect';
import { berthRows, contentsOf, harbour, SETTINGS, type Harbour } from '../support/harbour.js';

let port: Harbour;
beforeAll(async () => void (port = await harbour(import.meta.url)));
beforeEach(async () => port.empty());
afterAll(async () => port.database.close());

const undo = async (runId: string) =>
  undoRun({ connection: port.connection, target: port.target, runId, by: 'admin-1', clock: port.clock });
const names = async () => (await port.berths()).map(({ values }) => values['name']);

describe('undoing a run', () => {
  it('takes back what it entered and changed; both can be delivered again', async () => {
    await port.run(berthRows(12));
    const before = await names();
    const renamed = berthRows(14, (index) => (index < 3 ? { 名称: `新${String(index)}` } : {}));
    const { run } = await port.run(renamed);
    const undone = await undo(run._id);
    expect(undone).toMatchObject({ state: 'UNDONE', undoing: { by: 'admin-1', undone: 5, left: 0 } });
    expect(await names()).toEqual(before);
    const again = await port.run(renamed);
    expect(again.run.counts).toMatchObject({ read: 14, new: 2, changed: 3, unchanged: 9 });
  });

  it('leaves what was changed since, and says so', async () => {
    const { run } = await port.run(berthRows(3));
    await port.connection
      .collection<{ _id: string }>('berths')
      .updateOne({ _id: 'B0001' }, { $set: { 'values.depth': '99' } });
    const { undoing } = await undo(run._id);
    expect(undoing).toMatchObject({ undone: 2, left: 1, leftRecords: [{ key: 'B0001', reason: '此后又有变更' }] });
    expect((await port.berths()).map(({ _id }) => _id)).toEqual(['B0001']);
  });

  it('goes newest first: of two runs the older is refused until the newer is undone', async () => {
    const first = await port.run(berthRows(3));
    const second = await port.run(berthRows(3, () => ({ 名称: '改名' })));
    await expect(undo(first.run._id)).rejects.toThrow(second.run._id);
    await undo(second.run._id);
    await undo(first.run._id);
    expect(await port.berths()).toEqual([]);
    expect(await port.all('connector_rows')).toEqual([]);
    await expect(undo(first.run._id)).rejects.toThrow('撤销');
  });

  it('takes back marks of what was missing', async () => {
    const settings = { ...SETTINGS, sweep: { mostShare: 0.5 } };
    await port.run(berthRows(4), { settings });
    const { run } = await port.run(berthRows(3), { settings });
    await undo(run._id);
    expect((await port.berths()).some(({ isGone }) => isGone === true)).toBe(false);
    const again = await port.run(berthRows(3), { settings });
    expect(again.run.sweep).toMatchObject({ missing: 1, marked: 1 });
  });

  it('is refused for a run that nobody made, and changes nothing', async () => {
    await port.run(berthRows(3));
    const before = await contentsOf(port.connection);
    await expect(undo('01HZZZZZZZZZZZZZZZZZZZZZZZ')).rejects.toThrow('没有编号');
    expect(await contentsOf(port.connection)).toEqual(before);
  });

  it('lets a source say again what had given way', async () => {
    const worse = { ...SETTINGS, source: 'old-list', precedence: 2 };
    const { run } = await port.run([{ 泊位: 'B1', 名称: '一号' }]);
    await port.run([{ 泊位: 'B1', 名称: '壹号', 水深: '7' }], { settings: worse });
    await port.connection.collection('berths').updateMany({}, { $unset: { 'values.depth': '' } });
    await undo(run._id);
    await port.run([{ 泊位: 'B1', 名称: '壹号', 水深: '7' }], { settings: worse });
    expect((await port.berths())[0]?.values).toMatchObject({ name: '壹号' });
  });
});
