import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { grantRig, MAKER } from '../../support/grant-rig.js';
import { NOW, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../../support/policies-under-test.js';

let policies: PoliciesUnderTest;
const rig = grantRig(
  () => policies,
  () => NOW,
);
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

/** Where the grant of the first enterprise stands, and what bars it, as an officer reads it. */
async function read() {
  const { data, errors } = await policies.ask<{ grants: { nodes: { status: string; bar: unknown }[] } }>(
    '{ grants(filter: { department: "RSJ" }, first: 5) { nodes { status bar { reason policy { id } } } } }',
    { actor: MAKER },
  );
  expect(errors).toBeUndefined();
  return data?.grants.nodes;
}

it.each([
  ['struck off', { isDeregistered: true }, 'DEREGISTERED'],
  ['without licence', { isDeregistered: false, isLicenceRevoked: true }, 'LICENCE_REVOKED'],
])(
  'a grant names that its enterprise is %s, before a step finds it, and not once it is over',
  async (_how, off, reason) => {
    await policies.publish({ id: 'staff' });
    await policies.know({ [usccOf(1)]: { employees: 10 } });
    await matchAll(policies.department);
    await rig.identify();
    expect(await read()).toEqual([{ status: 'IDENTIFIED', bar: null }]);
    await policies.know({ [usccOf(1)]: { employees: 10, ...off } });
    expect(await read()).toEqual([{ status: 'IDENTIFIED', bar: { reason, policy: null } }]);
    const { id } = await rig.ofEnterprise(1);
    await rig.move([id], 'NOTIFY');
    expect(await read()).toEqual([{ status: 'SUSPENDED', bar: { reason, policy: null } }]);
    await rig.move([id], 'WITHDRAW');
    expect(await read()).toEqual([{ status: 'WITHDRAWN', bar: null }]);
  },
);
