import { createLogger } from '@zhitong/kit';
import { identifyGrants } from '../../../../subgraphs/policies/src/usecases/identify-grants.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { grantRig, MAKER } from '../../support/grant-rig.js';
import { NOW, officer, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../../support/policies-under-test.js';

let policies: PoliciesUnderTest;
const rig = grantRig(
  () => policies,
  () => NOW,
);
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
beforeEach(async () => policies.publish({ id: 'staff' }));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

const LICENCE_REVOKED = { isLicenceRevoked: true, isDeregistered: false };
const holders = async () => (await rig.all()).map(({ uscc }) => uscc).sort();

describe.each([
  ['who is struck off the register', { isDeregistered: true }, 'DEREGISTERED'],
  ['whose licence was revoked', LICENCE_REVOKED, 'LICENCE_REVOKED'],
])('%s', (_who, off, code) => {
  it('gets no grant and is counted apart, before a matching has found it and after', async () => {
    const [one, two, three, four] = [usccOf(1), usccOf(2), usccOf(3), usccOf(4)];
    await policies.know({
      [one]: { employees: 10 },
      [two]: { employees: 10 },
      [three]: { employees: 10, ...off },
      // It would not get the policy in any case, as nobody can say.
      [four]: off,
    });
    await matchAll(policies.department);
    await policies.know({ [two]: { employees: 10, ...off } });
    expect((await rig.identify()).result).toMatchObject({ identified: 1, deregistered: 2, withoutAmount: 0 });
    await matchAll(policies.department);
    expect((await rig.identify()).result).toMatchObject({ identified: 0, alreadyGranted: 1, deregistered: 2 });
    expect(await holders()).toEqual([one]);
    // Struck off by mistake, and registered again.
    await policies.know({ [three]: { employees: 10 } });
    await matchAll(policies.department);
    expect((await rig.identify()).result).toMatchObject({ identified: 1, deregistered: 1 });
    expect(await holders()).toEqual([one, three].sort());
  });

  it('keeps the grant that it has, until an officer decides on it', async () => {
    await policies.know({ [usccOf(1)]: { employees: 10 } });
    await matchAll(policies.department);
    await rig.identify();
    await policies.know({ [usccOf(1)]: { employees: 10, ...off } });
    await matchAll(policies.department);
    expect((await rig.ofEnterprise(1)).status).toBe('IDENTIFIED');
    const { id } = await rig.ofEnterprise(1);
    await rig.move([id], 'NOTIFY');
    expect((await rig.ofEnterprise(1)).suspension?.doubts).toEqual([{ code, detail: '' }]);
    await rig.decide(id, 'KEEP');
    await rig.move([id], 'NOTIFY');
    expect((await rig.ofEnterprise(1)).status).toBe('NOTIFIED');
  });
});

describe('a version that does not apply any more', () => {
  /** Identifies in batches; `meanwhile` happens before the second one is looked for. */
  const identifyWhile = async (meanwhile: () => Promise<unknown>) => {
    const { connection, stores, shelf } = policies.department;
    let batches = 0;
    const matches: typeof stores.matches = {
      ...stores.matches,
      eligible: async (...args) => {
        if ((batches += 1) === 2) await meanwhile();
        return stores.matches.eligible(...args);
      },
    };
    const logger = createLogger({ name: 'test', level: 'silent' });
    const identify = identifyGrants({ connection, stores: { ...stores, matches }, shelf, logger });
    return identify({ ...rig.command(MAKER), policyId: 'staff' });
  };
  const city = async () => {
    const all = Array.from({ length: 501 }, (_, number) => [usccOf(number), { employees: 10 }] as const);
    await policies.know(Object.fromEntries(all));
    await matchAll(policies.department);
  };
  const elsewhere = async (change: Record<string, unknown>) =>
    policies.database.connection.collection('policyVersions').updateOne({ policyId: 'staff' }, { $set: change });

  it.each([
    ['was taken back', { state: 'WITHDRAWN' }],
    ['ended the day before, since another one was published', { 'effective.to': '2026-11-19' }],
  ])('gives nothing from then on, where it %s while it was being identified', async (_what, change) => {
    await city();
    expect(await identifyWhile(async () => elsewhere(change))).toMatchObject({ identified: 500, notInForce: 1 });
    expect(await policies.department.stores.grants.count({})).toBe(500);
  });

  it('gives to all where nothing happens', async () => {
    await city();
    expect(await identifyWhile(() => Promise.resolve())).toMatchObject({ identified: 501, notInForce: 0 });
  });

  it('lets what it gave before wait for an officer', async () => {
    await policies.know({ [usccOf(1)]: { employees: 10 } });
    await matchAll(policies.department);
    await rig.identify();
    await policies.department.policyCommands.withdraw({
      ...rig.command(officer),
      policyId: 'staff',
      version: 1,
      reason: '依据文件已废止',
    });
    await rig.move([(await rig.ofEnterprise(1)).id], 'NOTIFY');
    expect((await rig.ofEnterprise(1)).suspension?.doubts).toEqual([{ code: 'POLICY_NOT_IN_FORCE', detail: '' }]);
  });
});
