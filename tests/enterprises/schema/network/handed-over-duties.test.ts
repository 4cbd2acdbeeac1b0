import type { Actor } from '@zhitong/kit';
import { coordinator, enterprisesUnderTest, type EnterprisesUnderTest } from '../../support/enterprises-under-test.js';

const regulator: Actor = { sub: 'officer-SCJGJ', roles: ['OFFICER'], department: 'SCJGJ' };
let hub: EnterprisesUnderTest;
beforeAll(async () => void (hub = await enterprisesUnderTest(import.meta.url, 200)));
afterAll(async () => hub.close());

let keys = 0;
async function press(mutation: string, input: object, selection = '', actor: Actor = coordinator) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await hub.ask<Record<string, Record<string, unknown> | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} refusal { code path } } }`,
    { variables: { input: { idempotencyKey: `duties-${(keys += 1)}`, ...input } }, actor },
  );
  expect(errors).toBeUndefined();
  return data?.[mutation];
}
const matter = (id: string, agents: readonly string[], expectedVersion = 0) =>
  press(
    'setServiceItem',
    {
      ...{ id, expectedVersion, agents, name: `代办事项${id}`, department: 'SCJGJ', isCityWide: true },
      ...{ documents: ['营业执照'], legalBasis: ['《中华人民共和国食品安全法》第三十五条'] },
      ...{ promisedDays: '2.5', legalWorkingDays: 20, onlineAddress: null },
      counters: [{ region: '421202', address: '咸安区政务服务中心二楼A12窗口' }],
    },
    '',
    regulator,
  );
const indicator = (code: string, chief: string) =>
  press('setIndicator', { code, name: `指标${code}`, leadDepartment: 'FGW', chief });
let first = '';
let second = '';
let third = '';
beforeAll(() => void ([first = '', second = '', third = ''] = hub.city.officials.map(({ id }) => id)));
const HANDED = 'handOver { mattersMoved mattersLeft indicatorsMoved indicatorsLeft }';
const duties = async (): Promise<unknown> => {
  const { data } = await hub.ask<{
    first: { version: number; agents: { id: string }[] };
    second: { version: number; agents: { id: string }[] };
    indicators: { code: string; chief: { id: string } | null }[];
  }>(
    `{ first: serviceItem(id: "DB-1") { version agents { id } } second: serviceItem(id: "DB-2") { version agents { id } }
       indicators { code chief { id } } }`,
    { actor: coordinator },
  );
  const chief = data?.indicators.find(({ code }) => code === '77')?.chief?.id;
  return [data?.first.agents.map(({ id }) => id), data?.second.agents.map(({ id }) => id), chief];
};

it('matters and indicators go to the named successor; without one they are told, and a matter loses who left', async () => {
  await hub.database.connection.collection('indicators').deleteMany({});
  await hub.database.connection.collection('service_items').deleteMany({});
  await matter('DB-1', [first, second]);
  await matter('DB-2', [first]);
  await indicator('77', first);
  expect(await duties()).toEqual([[first, second], [first], first]);

  const named = await press('handOverOfficial', { official: first, successor: second, reason: '调离' }, HANDED);
  expect(named).toEqual({
    handOver: { mattersMoved: 2, mattersLeft: 0, indicatorsMoved: 1, indicatorsLeft: 0 },
    refusal: null,
  });
  // Who does a matter already stands there once.
  expect(await duties()).toEqual([[second], [second], second]);
  // Who read the matter before does not write over the hand-over.
  expect(await matter('DB-1', [third], 1)).toMatchObject({ refusal: { code: 'STALE_VERSION' } });

  await matter('DB-1', [second, third], 2);
  const byRoster = await press('handOverOfficial', { official: second, reason: '退休' }, HANDED);
  expect(byRoster).toMatchObject({
    handOver: { mattersMoved: 0, mattersLeft: 2, indicatorsMoved: 0, indicatorsLeft: 1 },
  });
  expect(await duties()).toEqual([[third], [], second]);
});

it('nobody who has left is named for a matter or an indicator', async () => {
  expect(await matter('DB-3', [third, first])).toMatchObject({ refusal: { code: 'INVALID', path: ['agents', '1'] } });
  expect(await indicator('78', first)).toMatchObject({ refusal: { code: 'INVALID', path: ['chief'] } });
});
