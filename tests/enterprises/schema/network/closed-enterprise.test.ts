import { deliveries } from '../../support/deliveries.js';
import { coordinator, enterprisesUnderTest, type EnterprisesUnderTest } from '../../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
beforeAll(async () => void (hub = await enterprisesUnderTest(import.meta.url, 200)));
afterAll(async () => hub.close());

interface Served {
  version: number;
  steward: { id: string } | null;
  assignableRoles: string[];
}
const served = async (uscc: string): Promise<Served> => {
  const { data, errors } = await hub.ask<{ enterprise: Served }>(
    `{ enterprise(uscc: "${uscc}") { version steward { id } assignableRoles } }`,
    { actor: coordinator },
  );
  expect(errors).toBeUndefined();
  return data?.enterprise ?? { version: 0, steward: null, assignableRoles: [] };
};

let keys = 0;
async function press(mutation: string, input: object, selection = ''): Promise<Record<string, unknown> | undefined> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await hub.ask<Record<string, Record<string, unknown>>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} refusal { code path } } }`,
    { variables: { input: { idempotencyKey: `closed-${(keys += 1)}`, ...input } }, actor: coordinator },
  );
  expect(errors).toBeUndefined();
  return data?.[mutation];
}

it.each(['LICENCE_REVOKED', 'DEREGISTERED'])(
  'nobody is named to look after an enterprise that is %s',
  async (status) => {
    const closing = hub.city.enterprises.filter((one) => one.status === 'IN_OPERATION').at(status.length)?.uscc ?? '';
    const open = await served(closing);
    expect(open.assignableRoles).toHaveLength(7);
    const next = hub.city.officials.find(({ id }) => id !== open.steward?.id)?.id ?? '';
    await deliveries(hub, 'enterprise', 'SCJGJ').deliver([{ uscc: closing, status }]);

    const closed = await served(closing);
    expect(closed.assignableRoles).toEqual([]);
    const named = { uscc: closing, official: next, expectedVersion: closed.version };
    const refused = { refusal: { code: 'CONFLICT', path: ['uscc'] } };
    expect(await press('assignSteward', named)).toEqual(refused);
    expect(await press('assignServiceRole', { ...named, role: 'LEADER' })).toEqual(refused);

    // By a department's list as well, while who is there already stays.
    const list = deliveries(hub, 'service-role', 'YSB');
    const row = (official: string) => ({ uscc: closing, role: 'STEWARD', official });
    expect((await list.deliver([row(next)])).run.counts).toMatchObject({ new: 0, changed: 0, refused: 1 });
    expect(await hub.department.connectors.refusals('service-role-list', { limit: 5 })).toMatchObject([
      { reason: `企业 ${closing} 已注销或吊销，不再指定服务人员` },
    ]);
    const holder = open.steward?.id ?? '';
    expect(holder).not.toBe('');
    expect((await list.deliver([row(holder)])).run.counts).toMatchObject({ refused: 0, unchanged: 1 });
    expect(await served(closing)).toEqual(closed);

    // Whoever takes the steward's work over takes over what is open; of this one nobody is left.
    const handed = await press(
      'handOverOfficial',
      { official: holder, successor: next, reason: '调离' },
      'handOver { moved left }',
    );
    expect(handed).toMatchObject({ refusal: null, handOver: { left: 1 } });
    expect((await served(closing)).steward).toBeNull();
  },
);
