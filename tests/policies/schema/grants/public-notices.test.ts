import { nationalCalendar } from '@zhitong/kit';
import { lastDayOfNotice } from '../../../../subgraphs/policies/src/domain/grant/public-notice.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { grantRig } from '../../support/grant-rig.js';
import {
  auditor,
  enterprise,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';
import type { Actor } from '@zhitong/kit';

/** The Wednesday before the Mid-Autumn Festival and the National Day of 2026. */
const SHOWN = new Date('2026-09-23T04:00:00Z');
const noonOf = (day: string): Date => new Date(`${day}T04:00:00Z`);

let policies: PoliciesUnderTest;
let now = SHOWN;
let keys = 0;
const rig = grantRig(
  () => policies,
  () => now,
);
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now })));
beforeEach(async () => {
  now = SHOWN;
  await policies.publish({ id: 'staff' }, { id: 'other' });
  await policies.know({ [usccOf(1)]: { employees: 10 } });
  await matchAll(policies.department);
  await rig.identify();
});
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

const mutate = async (
  field: string,
  type: string,
  input: Record<string, unknown>,
  actor: Actor | null,
  shown: string,
) => {
  const { data, errors } = await policies.ask<Record<string, Record<string, unknown> | null>>(
    `mutation ($input: ${type}!) { ${field}(input: $input) { ${shown} refusal { code message } } }`,
    { variables: { input: { idempotencyKey: `notice-${String((keys += 1))}`, ...input } }, actor },
  );
  return { ...data?.[field], code: errors?.[0]?.extensions?.['code'] } as Record<string, unknown>;
};
const object = async (grant: string, actor: Actor | null = enterprise(usccOf(2))) =>
  mutate('objectToGrant', 'ObjectToGrantInput', { grant, text: '去年已享受' }, actor, 'objection');
const decide = async (objection: unknown, upheld: boolean, actor: Actor = officer) =>
  mutate('decideObjection', 'DecideObjectionInput', { objection, upheld, reason: '已核实' }, actor, 'grant { status }');
const undecided = async () =>
  (
    await policies.ask<{ grants: { nodes: unknown[] } }>(
      '{ grants(filter: { openObjection: true }) { nodes { id } } }',
      {
        actor: auditor,
      },
    )
  ).data?.grants.nodes;
const notices = async (policy = 'staff') =>
  (
    await policies.ask<{ publicNotices: { totalCount: number; nodes: unknown[] } }>(
      'query ($policy: ID) { publicNotices(policy: $policy, first: 10) { totalCount nodes { grant enterprise { uscc } policy { id } amount { amount } life from until } } }',
      { variables: { policy }, actor: null },
    )
  ).data?.publicNotices;

describe('the last day of a public notice', () => {
  const calendar = nationalCalendar();
  it.each([
    // ../shared/design/rules.md: announced on 23 September 2026, five working days end on 8 October.
    ['2026-09-23', 5, '2026-10-08'],
    ['2026-02-10', 5, '2026-02-24'],
    ['2026-09-22', 10, '2026-10-13'],
    ['2026-11-20', 5, '2026-11-27'],
    // No notice of the State Council tells of that year: weekends only.
    ['2040-01-06', 5, '2040-01-13'],
  ])('of one that begins on %s, of %d working days, is %s', (from, days, last) => {
    expect(lastDayOfNotice(calendar, from, days)).toBe(last);
  });
});

describe('a public notice', () => {
  it('is shown to everybody, without a token, until its last working day', async () => {
    expect(await notices()).toEqual({ totalCount: 0, nodes: [] });
    const [id] = await rig.publicise();
    const shown = {
      grant: id,
      enterprise: { uscc: usccOf(1) },
      policy: { id: 'staff' },
      amount: { amount: '1000.00' },
      life: 'PAYMENT',
      from: '2026-09-23',
      until: '2026-10-08',
    };
    expect(await notices()).toEqual({ totalCount: 1, nodes: [shown] });
    expect(await notices('other')).toEqual({ totalCount: 0, nodes: [] });
    now = noonOf('2026-10-08');
    expect(await notices()).toEqual({ totalCount: 1, nodes: [shown] });
    expect((await rig.move([id ?? ''], 'APPROVE')).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
    now = noonOf('2026-10-09');
    expect((await notices())?.totalCount).toBe(0);
    await rig.move([id ?? ''], 'APPROVE');
    expect((await rig.ofEnterprise(1)).status).toBe('APPROVED');
  });
});

it('a public notice runs for the days that the version in force on its first day says', async () => {
  const days = async (publicity_days: number): Promise<void> => {
    await policies.database.connection.collection('policyVersions').deleteMany({ policyId: 'staff' });
    await policies.publish({ id: 'staff', publicity_days });
  };
  await days(7);
  const [id = ''] = await rig.publicise();
  // Ten days off lie between: by 8 October five of the seven are over.
  expect(await notices()).toMatchObject({ nodes: [{ until: '2026-10-10' }] });
  // By so many days it is counted again, should the calendar be another one by its approval.
  expect((await rig.ofEnterprise(1)).publicityDays).toBe(7);
  await days(1);
  now = noonOf('2026-10-10');
  expect((await rig.move([id], 'APPROVE')).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
  now = noonOf('2026-10-11');
  await rig.move([id], 'APPROVE');
  expect((await rig.ofEnterprise(1)).status).toBe('APPROVED');
});

describe('an objection', () => {
  it('is taken until the last day, from whoever has a token, and of what is shown alone', async () => {
    const grant = (await rig.ofEnterprise(1)).id;
    expect((await object(grant))['refusal']).toMatchObject({ code: 'INVALID' });
    await rig.publicise();
    expect((await object(grant, null))['code']).toBe('UNAUTHENTICATED');
    now = noonOf('2026-10-08');
    expect((await object(grant))['objection']).toEqual(expect.stringMatching(/^OBJ-/));
    now = noonOf('2026-10-09');
    expect((await object(grant))['refusal']).toMatchObject({ code: 'ILLEGAL_STATE' });
  });

  it('of one person waits alone, however often it is raised at once, and may be raised again once it is decided', async () => {
    const [grant = ''] = await rig.publicise();
    const raised = await Promise.all([object(grant), object(grant), object(grant)]);
    const [first, ...others] = raised.toSorted((one) => (typeof one['objection'] === 'string' ? -1 : 1));
    expect(others.map(({ refusal }) => refusal)).toMatchObject([{ code: 'DUPLICATE' }, { code: 'DUPLICATE' }]);
    expect((await object(grant, enterprise(usccOf(3))))['refusal']).toBeNull();
    await decide(first?.['objection'], false);
    expect((await object(grant))['refusal']).toBeNull();
  });

  it('holds the approval up until it is decided, by somebody else than who raised it', async () => {
    const [grant = ''] = await rig.publicise();
    expect(await undecided()).toEqual([]);
    const { objection } = await object(grant, officer);
    expect(await undecided()).toEqual([{ id: grant }]);
    now = noonOf('2026-10-09');
    expect((await rig.move([grant], 'APPROVE')).refusal?.message).toContain('objection');
    expect((await decide(objection, false))['refusal']).toMatchObject({ code: 'ILLEGAL_STATE' });
    expect((await decide(objection, false, { ...officer, department: 'KJJ' }))['refusal']).toMatchObject({
      code: 'INVALID',
    });
    const second: Actor = { ...officer, sub: 'second' };
    const moves = async (actor: Actor) =>
      (
        await policies.ask<{ grants: { nodes: { objections: { legalMoves: string[] }[] }[] } }>(
          '{ grants(first: 1) { nodes { objections { legalMoves } } } }',
          { actor },
        )
      ).data?.grants.nodes[0]?.objections.map(({ legalMoves }) => legalMoves);
    const readers = [second, officer, auditor, enterprise(usccOf(1))];
    expect(await Promise.all(readers.map(moves))).toEqual([[['DECIDE']], [[]], [[]], [[]]]);
    expect((await decide(objection, false, second))['grant']).toEqual({ status: 'PUBLICISED' });
    expect(await undecided()).toEqual([]);
    expect(await moves(second)).toEqual([[]]);
    expect((await decide(objection, true, second))['refusal']).toMatchObject({ code: 'ILLEGAL_STATE' });
    await rig.move([grant], 'APPROVE');
    expect((await rig.ofEnterprise(1)).status).toBe('APPROVED');
    const { data } = await policies.ask<{ grants: { nodes: { objections: unknown[] }[] } }>(
      '{ grants(first: 1) { nodes { objections { text state dueOn reason } } } }',
      { actor: auditor },
    );
    expect(data?.grants.nodes[0]?.objections).toEqual([
      { text: '去年已享受', state: 'REJECTED', dueOn: '2026-10-08', reason: '已核实' },
    ]);
  });

  it('that is upheld while the grant waits for another decision comes up before the approval, once', async () => {
    const [grant = ''] = await rig.publicise();
    const { objection: first } = await object(grant);
    const { objection: second } = await object(grant, enterprise(usccOf(3)));
    await decide(first, true);
    expect((await decide(second, true))['grant']).toEqual({ status: 'SUSPENDED' });
    await rig.decide(grant, 'KEEP');
    expect((await rig.ofEnterprise(1)).status).toBe('PUBLICISED');
    now = noonOf('2026-10-09');
    await rig.move([grant], 'APPROVE');
    expect((await rig.ofEnterprise(1)).suspension?.doubts).toEqual([
      { code: 'OBJECTION_UPHELD', detail: `${String(second)}: 已核实` },
    ]);
    await rig.decide(grant, 'KEEP');
    await rig.move([grant], 'APPROVE');
    expect((await rig.ofEnterprise(1)).status).toBe('APPROVED');
  });

  it('is taken, and the grant is shown, until the last day though it waits for another decision', async () => {
    const [grant = ''] = await rig.publicise();
    const { objection: first } = await object(grant);
    await decide(first, true);
    expect((await notices())?.totalCount).toBe(1);
    now = noonOf('2026-10-08');
    const { objection: second } = await object(grant, enterprise(usccOf(3)));
    expect(second).toEqual(expect.stringMatching(/^OBJ-/));
    now = noonOf('2026-10-09');
    expect((await notices())?.totalCount).toBe(0);
    expect((await object(grant))['refusal']).toMatchObject({ code: 'ILLEGAL_STATE' });
    await rig.decide(grant, 'KEEP');
    expect((await rig.move([grant], 'APPROVE')).refusal?.message).toContain('objection');
  });

  it('suspends the grant when it is upheld', async () => {
    const [grant = ''] = await rig.publicise();
    const { objection } = await object(grant);
    expect((await decide(objection, true))['grant']).toEqual({ status: 'SUSPENDED' });
    expect((await rig.ofEnterprise(1)).suspension?.doubts).toMatchObject([{ code: 'OBJECTION_UPHELD' }]);
    now = noonOf('2026-10-09');
    expect((await rig.move([grant], 'APPROVE')).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
    await rig.decide(grant, 'WITHDRAW');
    expect((await rig.ofEnterprise(1)).status).toBe('WITHDRAWN');
  });
});
