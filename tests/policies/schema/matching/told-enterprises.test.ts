import { matchAll, matchSome } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { tellMatches } from '../../../../subgraphs/policies/src/usecases/notices/tell-matches.js';
import { grantRig } from '../../support/grant-rig.js';
import {
  auditor,
  enterprise,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';

const OWN = usccOf(1);
let policies: PoliciesUnderTest;
let now = new Date('2026-11-20T04:00:00Z');
const rig = grantRig(
  () => policies,
  () => now,
);
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now })));
beforeEach(() => void (now = new Date('2026-11-20T04:00:00Z')));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

interface Notice {
  reason: string;
  title: string;
  grantStatus: string | null;
  grant: { id: string } | null;
  policy: { id: string } | null;
}
const listed = async (uscc: string, actor = enterprise(uscc)): Promise<Notice[]> => {
  const { data, errors } = await policies.ask<{ _entities: { policyNotifications: { nodes: Notice[] } }[] }>(
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { policyNotifications(first: 50) { nodes { reason title grantStatus grant { id } policy { id } } } } } }',
    { variables: { of: [{ __typename: 'Enterprise', uscc }] }, actor },
  );
  expect(errors).toBeUndefined();
  return (data?._entities[0]?.policyNotifications.nodes ?? []).toReversed();
};
const news = async (uscc = OWN): Promise<string[]> =>
  (await listed(uscc)).map(({ reason, policy }) => `${reason} ${policy?.id ?? ''}`);
const tell = async (): Promise<number> => tellMatches(policies.department);
const events = async (): Promise<number> =>
  policies.database.connection
    .collection('outbox')
    .countDocuments({ 'event.type': 'cn.zhitong.policy-notification.created' });
/** Records facts of an enterprise, and matches it again as the keeper of matches does. */
const staff = async (employees: number, uscc = OWN): Promise<void> => {
  await policies.know({ [uscc]: { employees } });
  await matchSome(policies.department, [uscc], null);
};

describe('an enterprise is told', () => {
  it('of a policy that it matches since a change, and of one that it matches no longer, each once', async () => {
    await policies.publish({ id: 'staff' });
    await policies.know({ [OWN]: { employees: 3 }, [usccOf(2)]: { employees: 30 } });
    await matchAll(policies.department);
    // What is matched for the first time is no news.
    expect(await tell()).toBe(0);
    await staff(12);
    const told = await Promise.all([tell(), tell()]);
    expect([told[0] + told[1], await tell(), await events()]).toEqual([1, 0, 1]);
    await staff(4);
    now = new Date('2026-11-20T04:01:00Z');
    expect(await tell()).toBe(1);
    expect(await news()).toEqual(['MATCHED staff', 'MATCH_LOST staff']);
    expect(await news(usccOf(2))).toEqual([]);
  });

  it('of a new policy, however many match it', async () => {
    const all = Array.from({ length: 700 }, (_, number) => usccOf(number));
    await policies.publish({ id: 'other', criteria: [{ fact: 'employees', op: 'gte', value: 99, text_zh: '99人' }] });
    await policies.know(Object.fromEntries(all.map((uscc) => [uscc, { employees: 10 }])));
    await matchAll(policies.department);
    await policies.publish({ id: 'staff' });
    await matchAll(policies.department);
    const told = await Promise.all([tell(), tell()]);
    expect(told[0] + told[1]).toBe(700);
    expect([await events(), await news(usccOf(699))]).toEqual([700, ['MATCHED staff']]);
  });

  it.each([
    ['differences', 'matchChanges', { changes: null }],
    ['matches', 'enterpriseMatches', { eligible: null }],
    ['grants', 'grants', { identifiedAt: 'broken' }],
  ])('though the %s of another one are broken, which is told once they are mended', async (_what, name, broken) => {
    await policies.publish({ id: 'staff', grant_period: 'YEAR' });
    const all = [1, 2, 3];
    await policies.know(Object.fromEntries(all.map((number) => [usccOf(number), { employees: 3 }])));
    await matchAll(policies.department);
    await policies.database.connection.collection('grants').insertOne({
      ...{ id: 'G-2', policyId: 'staff', uscc: usccOf(2), period: 'ALL', status: 'PAID', amountFen: 1, paidFen: 1 },
      identifiedAt: new Date('2025-03-01T04:00:00Z'),
    });
    for (const number of all) await staff(12, usccOf(number));
    const collection = policies.database.connection.collection(name);
    const whole = await collection.findOne({ uscc: usccOf(2) });
    await collection.updateOne({ uscc: usccOf(2) }, { $set: broken });
    const failed: string[] = [];
    const round = async () => tellMatches({ ...policies.department, onFailed: (uscc) => failed.push(uscc) });
    expect([await round(), failed]).toEqual([2, [usccOf(2)]]);
    expect([await news(usccOf(1)), await news(usccOf(3))]).toEqual([['MATCHED staff'], ['MATCHED staff']]);
    expect([await round(), failed]).toEqual([0, [usccOf(2), usccOf(2)]]);
    await collection.replaceOne({ uscc: usccOf(2) }, whole ?? {});
    expect([await round(), await news(usccOf(2))]).toEqual([1, ['MATCHED staff']]);
  });

  it('of nothing that is undone by then', async () => {
    await policies.publish({ id: 'staff' });
    await staff(3);
    await staff(12);
    await staff(3);
    await staff(12);
    await staff(3);
    // It was matched for the first time with three, and does not match now either.
    expect([await tell(), await news()]).toEqual([0, []]);
    await staff(12);
    expect([await tell(), await news()]).toEqual([1, ['MATCHED staff']]);
    await staff(3);
    await staff(12);
    expect([await tell(), await news()]).toEqual([0, ['MATCHED staff']]);
  });

  it('of nothing that is over, nor of what was paid already', async () => {
    await policies.publish({ id: 'staff' }, { id: 'short', valid_to: '2026-11-21' });
    await policies.know({ [OWN]: { employees: 12 } });
    await matchAll(policies.department);
    await rig.identify();
    const [id = ''] = await rig.publicise();
    now = new Date('2026-12-01T04:00:00Z');
    await rig.move([id], 'APPROVE');
    await rig.move([id], 'PAY');
    await rig.settle(`${id}-1-1`);
    await matchAll(policies.department); // the other policy is over
    await staff(3);
    await staff(12);
    expect([await tell(), (await news()).filter((one) => one.startsWith('MATCH'))]).toEqual([0, []]);
  });

  it('of no difference that is nothing', async () => {
    await policies.publish({
      ...{ id: 'staff', grant_period: 'YEAR' },
      benefit: { kind: 'cash', formula: '100 * employees', top_up_difference: true },
    });
    await policies.database.connection.collection('grants').insertOne({
      ...{ id: 'G-1', policyId: 'staff', uscc: OWN, period: '2025', status: 'PAID', amountFen: 150_000 },
      ...{ paidFen: 150_000, identifiedAt: new Date('2025-03-01T04:00:00Z') },
    });
    await staff(3);
    await staff(15);
    expect([await tell(), await news()]).toEqual([0, []]);
    await staff(3);
    expect([await tell(), await news()]).toEqual([0, []]);
    await staff(16);
    expect([await tell(), await news()]).toEqual([1, ['MATCHED staff']]);
  });

  it('of each step of its grant, with the grant; not before it was notified', async () => {
    await policies.publish({ id: 'staff', title_zh: '稳岗奖励' });
    await policies.know({ [OWN]: { employees: 12 }, [usccOf(2)]: { employees: 12 } });
    await matchAll(policies.department);
    await rig.identify();
    await rig.move([(await rig.ofEnterprise(2)).id], 'WITHDRAW');
    expect([await listed(OWN), await listed(usccOf(2))]).toEqual([[], []]);
    const [id = ''] = await rig.publicise();
    now = new Date('2026-12-01T04:00:00Z');
    await policies.know({ [OWN]: { employees: 3 } });
    await rig.move([id], 'APPROVE');
    await rig.decide(id, 'KEEP');
    await rig.move([id], 'APPROVE');
    await rig.move([id], 'PAY');
    await rig.settle(`${id}-1-1`);
    const notices = await listed(OWN);
    expect(notices.map(({ grantStatus }) => grantStatus)).toEqual([
      'NOTIFIED',
      'CONFIRMED',
      'PUBLICISED',
      'SUSPENDED',
      'PUBLICISED',
      'APPROVED',
      'PAYING',
      'PAID',
    ]);
    expect(notices[0]).toEqual({
      reason: 'GRANT_STEP',
      title: '稳岗奖励',
      grantStatus: 'NOTIFIED',
      grant: { id },
      policy: { id: 'staff' },
    });
    expect(await listed(OWN, auditor)).toHaveLength(8);
    const second = { ...officer, sub: 'reviewer' };
    const { recoveryCommands, stores } = policies.department;
    const instalments = [{ dueOn: '2026-12-31', fen: 1_000 }];
    await recoveryCommands.propose({ ...rig.command(officer), grantId: id, reason: '多发', instalments });
    expect(await listed(OWN)).toHaveLength(8);
    const [recovery] = await stores.recoveries.ofGrants([id]);
    const decision = { recoveryId: recovery?.id ?? '', decision: 'DEMAND', reason: '属实' } as const;
    await recoveryCommands.decide({ ...rig.command(second), ...decision });
    expect((await listed(OWN)).at(-1)).toMatchObject({ reason: 'GRANT_RECOVERY', grant: { id }, grantStatus: null });
  });
});

describe('what is left of a budget', () => {
  const asked = async (actor: typeof officer | null) =>
    (await policies.ask('{ policy(id: "staff") { budget { amount } budgetLeft { amount } } }', { actor })).data?.[
      'policy'
    ];
  const short = async (uscc: string) => {
    const { data } = await policies.ask<{ _entities: { matchedPolicies: { nodes: { isBudgetShort: boolean }[] } }[] }>(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { matchedPolicies { nodes { isBudgetShort } } } } }',
      { variables: { of: [{ __typename: 'Enterprise', uscc }] }, actor: enterprise(uscc) },
    );
    return data?._entities[0]?.matchedPolicies.nodes;
  };

  it('is told to officials, and to an enterprise whether it holds what that would get', async () => {
    await policies.publish({ id: 'staff', budget_yuan: 1_500 });
    await policies.know({ [OWN]: { employees: 12 }, [usccOf(2)]: { employees: 12 } });
    await matchAll(policies.department);
    expect([await asked(officer), await short(usccOf(2))]).toEqual([
      { budget: { amount: '1500.00' }, budgetLeft: { amount: '1500.00' } },
      [{ isBudgetShort: false }],
    ]);
    await rig.identify();
    await rig.publicise();
    now = new Date('2026-12-01T04:00:00Z');
    await rig.move([(await rig.ofEnterprise(1)).id], 'APPROVE');
    expect(await asked(officer)).toEqual({ budget: { amount: '1500.00' }, budgetLeft: { amount: '500.00' } });
    expect(await asked(null)).toEqual({ budget: { amount: '1500.00' }, budgetLeft: null });
    expect(await short(usccOf(2))).toEqual([{ isBudgetShort: true }]);
  });
});
