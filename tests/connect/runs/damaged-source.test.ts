import { connectorReads } from '@zhitong/connect';
import { berthRows, harbour, SETTINGS, type Harbour } from '../support/harbour.js';

let port: Harbour;
beforeAll(async () => void (port = await harbour(import.meta.url)));
beforeEach(async () => {
  await port.empty();
  await port.run(berthRows(2), { settings: { ...SETTINGS, silentAfterHours: 26 } });
});
afterAll(async () => port.database.close());

const collection = (name: string) => port.connection.collection<{ _id: string }>(name);
const shown = async () => connectorReads(port.connection).sources(port.clock.now());
/** A second source, of which some members are kept in another form. */
const damaged = async (members: object) => {
  const sound = await collection('connector_sources').findOne({ _id: 'berth-list' });
  await collection('connector_sources').insertOne({ ...sound, _id: 'another', ...members });
};

it('all sources are shown with what was run, and nothing is damaged', async () => {
  expect(await shown()).toMatchObject([
    { _id: 'berth-list', isSilent: false, faults: [], lastRun: { state: 'DONE', counts: { read: 2 } } },
  ]);
});

it.each([
  [{ schedule: 'every now and then', isScheduled: true }, { schedule: null, nextRunAt: null }, ['schedule']],
  [{ registeredAt: 'yesterday' }, { isSilent: true, lastDoneAt: null }, ['registeredAt']],
  [{ target: 7, department: null }, { target: '', department: '' }, ['target', 'department']],
  [{ precedence: 'first' }, { precedence: 2_147_483_647 }, ['precedence']],
  [{ keeper: {} }, { keeper: null }, ['keeper']],
  [{ silentAfterHours: '26' }, { silentAfterHours: null, isSilent: false }, ['silentAfterHours']],
  [{ isScheduled: 'yes' }, { nextRunAt: null }, ['isScheduled']],
  [{ personalColumns: '联系人' }, { personalColumns: undefined }, ['personalColumns']],
])('one that is kept as %j is shown beside the others, with what is damaged', async (members, as, named) => {
  await damaged(members);
  const [one, other] = await shown();
  expect(one).toMatchObject({ _id: 'another', ...as });
  expect(one?.faults).toEqual(named.map((member) => expect.stringContaining(`（${member}）已损坏`) as unknown));
  expect(other).toMatchObject({ _id: 'berth-list', faults: [], lastRun: { state: 'DONE' } });
});

it.each([
  ['state', 'GONE'],
  ['startedAt', 'now'],
  ['finishedAt', 7],
  ['counts', { read: 2 }],
  ['counts', null],
  ['resumed', null],
  ['conflicts', '0'],
  ['notes', [1]],
  ['drift', 'much'],
])('a source whose last run has a damaged %s (%j) is shown without the run, which is named', async (member, value) => {
  await collection('connector_runs').updateOne({ source: 'berth-list' }, { $set: { [member]: value } });
  const [one] = await shown();
  expect(one).toMatchObject({ _id: 'berth-list', lastRun: null });
  expect(one?.faults).toEqual([expect.stringMatching(/^最近一次运行 [0-9A-Z]{26} 的记录已损坏/)]);
});
