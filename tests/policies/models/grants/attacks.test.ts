import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { grantRig, MAKER } from '../../support/grant-rig.js';
import { officer, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../../support/policies-under-test.js';

/** The last minute of a year in Shanghai, and the first of the next. */
const [LAST, FIRST] = [new Date('2026-12-31T15:59:30Z'), new Date('2026-12-31T16:00:10Z')];

let policies: PoliciesUnderTest;
let now = LAST;
const rig = grantRig(
  () => policies,
  () => now,
);
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now })));
beforeEach(async () => {
  now = LAST;
  await policies.publish({
    id: 'staff',
    grant_period: 'YEAR',
    benefit: { kind: 'cash', formula: '100 * employees' },
    valid_to: '2028-12-31',
  });
});
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

const know = async (facts: Readonly<Record<string, boolean>> = {}) =>
  policies.know({ [usccOf(1)]: { employees: 10, ...facts }, [usccOf(2)]: { employees: 20 } });
const identify = async () => {
  await matchAll(policies.department);
  await rig.identify();
};
const ids = async () => (await rig.all()).map(({ id }) => id);
const periods = async () =>
  (await rig.all()).map(({ uscc, period }) => `${uscc === usccOf(1) ? 'one' : 'two'} ${period}`).sort();
const statuses = async () => (await rig.all()).map(({ status }) => status);

/** What brings both grants to where a move is possible. */
const BEFORE = {
  NOTIFY: async () => Promise.resolve(),
  PUBLICISE: async () => {
    await rig.move(await ids(), 'NOTIFY');
    for (const grant of await rig.all()) await rig.confirm(grant);
  },
  APPROVE: async () => {
    await rig.publicise();
    now = new Date('2027-02-01T04:00:00Z');
  },
  PAY: async () => {
    await rig.publicise();
    now = new Date('2027-02-01T04:00:00Z');
    await rig.move(await ids(), 'APPROVE');
  },
} as const;
const DONE = { NOTIFY: 'NOTIFIED', PUBLICISE: 'PUBLICISED', APPROVE: 'APPROVED', PAY: 'PAYING' } as const;
const MOVES = ['NOTIFY', 'PUBLICISE', 'APPROVE', 'PAY'] as const;

describe("at the year's change", () => {
  it('a benefit of every year is had once on each side of midnight in Shanghai, however often somebody presses', async () => {
    await know();
    await matchAll(policies.department);
    await Promise.all([rig.identify(), rig.identify()]);
    await rig.identify();
    expect(await periods()).toEqual(['one 2026', 'two 2026']);
    now = FIRST;
    await matchAll(policies.department);
    await Promise.all([rig.identify(), rig.identify()]);
    await rig.identify();
    expect(await periods()).toEqual(['one 2026', 'one 2027', 'two 2026', 'two 2027']);
  });

  it('who is struck off before it and registered again after it has the new year alone', async () => {
    await know({ isDeregistered: true });
    await identify();
    now = FIRST;
    await know({ isDeregistered: false });
    await identify();
    expect(await periods()).toEqual(['one 2027', 'two 2026', 'two 2027']);
  });
});

describe.each(MOVES)('%s', (move) => {
  beforeEach(async () => {
    await know();
    await identify();
    await BEFORE[move]();
  });

  it('pressed by two officers at once, and again, happens once', async () => {
    await Promise.all([rig.move(await ids(), move), rig.move(await ids(), move)]);
    await rig.move(await ids(), move);
    expect(await statuses()).toEqual([DONE[move], DONE[move]]);
    const grants = await policies.department.stores.grants.history(await ids(), null);
    for (const events of grants.values()) expect(events.filter((event) => event.move === move)).toHaveLength(1);
    if (move === 'PAY') expect(await policies.department.stores.funds.ofGrants(await ids())).toHaveLength(2);
  });

  it('does not happen after the policy was taken back, of no grant', async () => {
    await policies.department.policyCommands.withdraw({
      ...rig.command(officer),
      policyId: 'staff',
      version: 1,
      reason: '依据文件已废止',
    });
    await rig.move(await ids(), move);
    expect((await rig.all()).map(({ suspension }) => suspension?.doubts.map(({ code }) => code))).toEqual([
      ['POLICY_NOT_IN_FORCE'],
      ['POLICY_NOT_IN_FORCE'],
    ]);
  });

  it('does not happen by facts of which one was stored as null, and happens of the other grant', async () => {
    await policies.database.connection
      .collection('enterpriseFacts')
      .updateOne({ uscc: usccOf(1) }, { $set: { 'values.employees': null, 'values.isDeregistered': null } });
    const { result } = await rig.move(await ids(), move);
    expect(result?.notMoved).toEqual([]);
    expect((await rig.ofEnterprise(1)).suspension?.doubts).toMatchObject([{ code: 'UNDETERMINED' }]);
    expect((await rig.ofEnterprise(2)).status).toBe(DONE[move]);
  });

  it('at the moment at which the register strikes the enterprise off is before it or after it', async () => {
    const off = know({ isDeregistered: true });
    await Promise.all([off, rig.move(await ids(), move)]);
    const one = await rig.ofEnterprise(1);
    expect([DONE[move], 'SUSPENDED']).toContain(one.status);
    // Whichever came first: no step after it passes.
    const next = MOVES[MOVES.indexOf(move) + 1];
    if (one.status !== 'SUSPENDED' && next !== undefined) {
      for (const grant of await rig.all()) if (grant.status === 'NOTIFIED') await rig.confirm(grant);
      now = new Date('2027-03-01T04:00:00Z');
      await rig.move([one.id], next);
      expect((await rig.ofEnterprise(1)).suspension?.doubts).toEqual([{ code: 'DEREGISTERED', detail: '' }]);
    }
    expect((await rig.ofEnterprise(2)).status).toBe(DONE[move]);
  });

  it('of who is struck off and registered again in between goes on as if nothing had been', async () => {
    await know({ isDeregistered: true });
    await matchAll(policies.department);
    await know({ isDeregistered: false });
    await matchAll(policies.department);
    await rig.move(await ids(), move);
    expect(await statuses()).toEqual([DONE[move], DONE[move]]);
  });
});

it('what an officer keeps of who is struck off is in doubt anew once its licence is revoked in place of that', async () => {
  await know({ isDeregistered: true });
  await policies.know({ [usccOf(1)]: { employees: 10 } });
  await identify();
  await know({ isLicenceRevoked: true });
  const { id } = await rig.ofEnterprise(1);
  await rig.move([id], 'NOTIFY');
  await rig.decide(id, 'KEEP');
  await know({ isDeregistered: true });
  await rig.move([id], 'NOTIFY');
  expect((await rig.ofEnterprise(1)).suspension?.doubts).toEqual([{ code: 'DEREGISTERED', detail: '' }]);
  await policies.department.grantCommands.decide({
    ...rig.command(MAKER),
    ...{ grantId: id, decision: 'KEEP', amountFen: null, reason: '清算组代收' },
  });
  await rig.move([id], 'NOTIFY');
  expect((await rig.ofEnterprise(1)).status).toBe('NOTIFIED');
});
