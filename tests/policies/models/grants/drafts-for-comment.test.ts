import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { grantRig } from '../../support/grant-rig.js';
import {
  NOW,
  officer,
  plainPolicy,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';

const noonOf = (day: string): Date => new Date(`${day}T04:00:00Z`);

let policies: PoliciesUnderTest;
let now = NOW;
const rig = grantRig(
  () => policies,
  () => now,
);
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now })));
afterEach(async () => {
  now = NOW;
  await policies.reset();
});
afterAll(async () => policies.close());

/** A grant of a policy that closes on 30 November, after which a draft of it is out for comment. */
async function commentedOn(
  final: Record<string, unknown>,
  comment: Record<string, unknown>,
  id: string,
): Promise<string> {
  await policies.publish({ id: 'staff' }, { id: 'other' });
  await policies.database.connection.collection('policyVersions').deleteMany({ policyId: id });
  await policies.publish({ id, valid_to: '2026-11-30', ...final });
  await policies.know({ [usccOf(1)]: { employees: 20 } });
  await matchAll(policies.department);
  await rig.identify(id);
  await rig.publicise();
  await policies.publish({ id, status: 'draft', valid_from: '2026-12-01', ...comment });
  now = noonOf('2026-12-10');
  return (await rig.ofEnterprise(1)).id;
}

describe('a draft for comment that follows a policy', () => {
  it.each([
    ['says in its stead what is not had beside it: the draft does not', {}, { excludes: ['staff'] }, 1],
    ['leaves what it said of that standing', { excludes: ['staff'] }, {}, 0],
  ])('%s', async (_what, final, comment, identified) => {
    await commentedOn(final, comment, 'other');
    await matchAll(policies.department);
    expect((await rig.identify('staff')).result).toMatchObject({ identified, excluded: 1 - identified });
  });

  it.each([true, false])('changes nothing of a grant under it; taken back meanwhile: %s', async (isTakenBack) => {
    const id = await commentedOn({}, { benefit: { kind: 'cash', amount_yuan: 1 } }, 'staff');
    if (isTakenBack)
      await policies.department.policyCommands.withdraw({
        ...rig.command(officer),
        policyId: 'staff',
        version: 2,
        reason: '征求意见结束',
      });
    await rig.move([id], 'APPROVE');
    await rig.move([id], 'PAY');
    const orders = await policies.department.stores.funds.ofGrants([id]);
    expect(orders.map(({ amountFen }) => amountFen)).toEqual([100_000]);
  });
});

it('nobody loses what a draft for comment says: a preview compares with nothing', async () => {
  await policies.publish({ id: 'staff', status: 'draft' });
  await policies.know({ [usccOf(1)]: { employees: 20 } });
  const preview = async (input: Record<string, unknown>) =>
    (
      await policies.ask<{ previewPolicy: unknown }>(
        'query ($input: PreviewPolicyInput!) { previewPolicy(input: $input) { eligible comparison { losing } } }',
        { variables: { input }, actor: officer },
      )
    ).data?.previewPolicy;
  const criteria = [{ fact: 'employees', op: 'gte', value: 30, text_zh: '从业人数不少于30人' }];
  const draft = { ...plainPolicy, id: 'staff', criteria };
  expect(await preview({ draft })).toEqual({ eligible: 0, comparison: null });
  await policies.publish({ id: 'staff' });
  expect(await preview({ draft })).toEqual({ eligible: 0, comparison: { losing: 1 } });
});

it('a draft for comment gives way to what is decided, and takes no day of it', async () => {
  await policies.publish({ id: 'staff', status: 'draft' });
  await policies.publish({ id: 'staff', benefit: { kind: 'cash', amount_yuan: 700 } });
  const { shelf } = policies.department;
  expect(shelf.byId('staff')).toMatchObject({ record: { version: 2 }, content: { stage: 'FINAL' } });
  expect(shelf.matchableOn('2026-11-20').map(({ version }) => version)).toEqual([2]);
  await expect(policies.publish({ id: 'staff', status: 'draft', notes: '再征求意见' })).rejects.toThrow('OVERLAPPING');
});
