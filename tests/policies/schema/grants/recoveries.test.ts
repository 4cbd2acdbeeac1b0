import type { Actor } from '@zhitong/kit';
import { openDepartment } from '../../../../subgraphs/policies/src/service.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { tellOverdue } from '../../../../subgraphs/policies/src/usecases/grants/tell-overdue.js';
import { grantRig } from '../../support/grant-rig.js';
import {
  auditor,
  enterprise,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';

const noonOf = (day: string): Date => new Date(`${day}T04:00:00Z`);
const maker: Actor = { ...officer, sub: 'maker' };
const reviewer: Actor = { ...officer, sub: 'reviewer' };
const third: Actor = { ...officer, sub: 'third' };
const OWN = enterprise(usccOf(1));

let policies: PoliciesUnderTest;
let now = noonOf('2026-12-10');
let keys = 0;
const rig = grantRig(
  () => policies,
  () => now,
);
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now })));
beforeEach(async () => {
  now = noonOf('2026-11-20');
  const benefit = { kind: 'cash', amount_yuan: 1_000, instalments: [0.6, 0.4] };
  await policies.publish({ id: 'staff', benefit, budget_yuan: 1_000 });
  await policies.know({ [usccOf(1)]: { employees: 10 } });
  await matchAll(policies.department);
  await rig.identify();
  const [id = ''] = await rig.publicise();
  now = noonOf('2026-12-10');
  await rig.move([id], 'APPROVE');
  await rig.move([id], 'PAY');
  await rig.settle(`${id}-1-1`);
});
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

interface Shown {
  id: string;
  state: string;
  received: { amount: string };
}
interface Answer {
  grant?: { recovered: { amount: string }; recoveries: Shown[] } | null;
  refusal?: { code: string; path: string[]; details: unknown } | null;
  code?: unknown;
}
const SHOWN =
  'recovered { amount } recoveries { id state amount { amount } received { amount } overdue { amount } instalments { dueOn amount { amount } } receipts { reference receivedOn amount { amount } recordedBy } history { kind by reason } }';
const mutate = async (field: string, input: Record<string, unknown>, actor: Actor): Promise<Answer> => {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const { data, errors } = await policies.ask<Record<string, Answer | null>>(
    `mutation ($input: ${type}!) { ${field}(input: $input) { grant { ${SHOWN} } refusal { code path details } } }`,
    { variables: { input: { idempotencyKey: `recovery-${String((keys += 1))}`, ...input } }, actor },
  );
  return { ...data?.[field], code: errors?.[0]?.extensions?.['code'] };
};
const WHOLE = [['2026-12-31', '600']] as const;
const PARTS = [
  ['2026-12-31', '400'],
  ['2027-01-29', '200'],
] as const;
const propose = async (
  parts: readonly (readonly [string, string])[] = WHOLE,
  actor = maker,
  more: Record<string, unknown> = {},
) =>
  mutate(
    'proposeRecovery',
    {
      grant: (await rig.ofEnterprise(1)).id,
      reason: '核查发现人数不实',
      instalments: parts.map(([dueOn, amount]) => ({ dueOn, amount })),
      ...more,
    },
    actor,
  );
const decide = async (recovery: string, decision: string, actor = reviewer) =>
  mutate('decideRecovery', { recovery, decision, reason: `理由：${decision}` }, actor);
const receive = async (
  recovery: string,
  amount: string,
  reference: string,
  { on = '2026-12-20', actor = maker }: { on?: string; actor?: Actor } = {},
) => mutate('recordRecovery', { recovery, amount, reference, receivedOn: on }, actor);
const demand = async (parts: readonly (readonly [string, string])[] = WHOLE): Promise<string> => {
  const id = (await propose(parts)).grant?.recoveries.at(-1)?.id ?? '';
  expect((await decide(id, 'DEMAND')).refusal).toBeNull();
  return id;
};
const budget = async () => policies.department.stores.funds.budget('staff');
const events = async (): Promise<{ type: string; data: Record<string, unknown> }[]> =>
  (
    await policies.database.connection
      .collection<{ event: { type: string; data: Record<string, unknown> } }>('outbox')
      .find({ 'event.type': /recovery/ })
      .sort({ _id: 1 })
      .toArray()
  ).map(({ event }) => ({ type: event.type.split('.').at(-1) ?? '', data: event.data }));
const listed = async (actor: Actor, overdueOnly = false) => {
  const { data, errors } = await policies.ask<{ grantRecoveries: { totalCount: number; nodes: Shown[] } | null }>(
    `{ grantRecoveries(overdueOnly: ${String(overdueOnly)}) { totalCount nodes { id state received { amount } grant { id } } } }`,
    { actor },
  );
  return { count: data?.grantRecoveries?.totalCount, code: errors?.[0]?.extensions?.['code'] };
};

describe('money that is asked back', () => {
  it('comes in parts, and is in the budget and in the report of its day again, to the fen', async () => {
    const id = await demand(PARTS);
    expect(await budget()).toMatchObject({ reservedFen: 100_000, paidFen: 60_000 });
    now = noonOf('2027-01-05');
    expect((await receive(id, '300.01', ' hd 0001')).grant).toEqual({
      recovered: { amount: '300.01' },
      recoveries: [
        {
          id,
          state: 'DEMANDED',
          amount: { amount: '600.00' },
          received: { amount: '300.01' },
          overdue: { amount: '99.99' },
          instalments: [
            { dueOn: '2026-12-31', amount: { amount: '400.00' } },
            { dueOn: '2027-01-29', amount: { amount: '200.00' } },
          ],
          receipts: [
            { reference: 'hd 0001', receivedOn: '2026-12-20', amount: { amount: '300.01' }, recordedBy: 'maker' },
          ],
          history: [
            { kind: 'PROPOSED', by: 'maker', reason: '核查发现人数不实' },
            { kind: 'DEMANDED', by: 'reviewer', reason: '理由：DEMAND' },
          ],
        },
      ],
    });
    // The enterprise sees each step and receipt, and no official's account.
    const { data: own } = await policies.ask(
      '{ grantRecoveries { nodes { receipts { reference recordedBy } history { kind by } } } }',
      { actor: OWN },
    );
    expect(own).toEqual({
      grantRecoveries: {
        nodes: [
          {
            receipts: [{ reference: 'hd 0001', recordedBy: null }],
            history: [
              { kind: 'PROPOSED', by: null },
              { kind: 'DEMANDED', by: null },
            ],
          },
        ],
      },
    });
    expect(await budget()).toMatchObject({ reservedFen: 69_999, paidFen: 29_999 });
    expect((await receive(id, '299.99', 'HD0002', { on: '2027-01-05' })).grant?.recoveries).toMatchObject([
      { state: 'RECOVERED', received: { amount: '600.00' }, overdue: { amount: '0.00' } },
    ]);
    // What is not paid yet stays reserved until the grant is withdrawn.
    expect(await budget()).toMatchObject({ reservedFen: 40_000, paidFen: 0 });
    const { data } = await policies.ask(
      '{ fundsReport(from: "2026-12-01", to: "2027-01-31", groupBy: MONTH) { paid { amount } recovered { amount } groups { key paid { amount } recovered { amount } } } }',
      { actor: officer },
    );
    expect(data?.['fundsReport']).toEqual({
      paid: { amount: '600.00' },
      recovered: { amount: '600.00' },
      groups: [
        { key: '2026-12', paid: { amount: '600.00' }, recovered: { amount: '300.01' } },
        { key: '2027-01', paid: { amount: '0.00' }, recovered: { amount: '299.99' } },
      ],
    });
    const shown = await policies.ask(
      '{ fundsReport(from: "2026-12-01", to: "2026-12-31", groupBy: POLICY) { recovered { amount } groups { recovered { amount } } } }',
    );
    expect(shown.data?.['fundsReport']).toEqual({ recovered: null, groups: [{ recovered: null }] });
    expect((await events()).map(({ type }) => type)).toEqual(['demanded', 'received', 'recovered']);
  });

  it('is noted once by its receipt, however that is typed and for whichever demand', async () => {
    const first = await demand([['2026-12-31', '100']]);
    const second = await demand([['2026-12-31', '100']]);
    now = noonOf('2026-12-21');
    expect((await receive(first, '50', 'HD-0001')).refusal).toBeNull();
    // Full width, an en dash, and a Cyrillic letter in the place of H.
    for (const id of [first, second])
      for (const reference of ['ｈｄ-0001 ', 'HD\u20130001', '\u041dD-0001'])
        expect((await receive(id, '50', reference)).refusal).toMatchObject({ code: 'DUPLICATE', path: ['reference'] });
    expect((await receive(first, '1', '\u200b\u3164')).code).toBe('BAD_USER_INPUT');
    const both = await Promise.all([receive(first, '50', 'HD-2'), receive(second, '50', 'hd-2')]);
    expect(both.filter(({ refusal }) => refusal?.code === 'DUPLICATE')).toHaveLength(1);
    expect(await budget()).toMatchObject({ paidFen: 50_000 });
  });

  it('by a receipt that an earlier release stored in another form is found by it after a start, once', async () => {
    const id = await demand([['2026-12-31', '100']]);
    now = noonOf('2026-12-21');
    for (const reference of ['HD-1', 'HD-2']) await receive(id, '10', reference);
    const receipts = policies.database.connection.collection('grantRecoveryReceipts');
    // As the last release stored them: dashes and letters of other scripts were not the same.
    await receipts.updateOne({ reference: 'HD-1' }, { $set: { reference: 'HD\u20131' }, $unset: { given: 1 } });
    await receipts.insertOne({
      ...(await receipts.findOne({ reference: 'HD-2' })),
      _id: undefined,
      reference: '\u041dD-2',
    });
    await policies.database.connection.collection('stored_forms').deleteMany({});
    const { connection, logger, clock } = policies.department;
    const again = await openDepartment({ connection, logger, clock, follow: false });
    expect((await receipts.find({}).toArray()).map(({ reference }) => String(reference)).sort()).toEqual([
      'HD-1',
      'HD-2',
      '\u041dD-2',
    ]);
    expect((await receive(id, '10', 'HD-1')).refusal).toMatchObject({ code: 'DUPLICATE' });
    await Promise.all([again.city.close(), again.shelf.close(), again.benefitsInMemory.close()]);
  });

  it('is noted with the grant at a start, where an earlier release noted it with the demand alone', async () => {
    const id = await demand([['2026-12-31', '100']]);
    now = noonOf('2026-12-21');
    await receive(id, '50', 'HD-0001');
    const grants = policies.database.connection.collection('grants');
    await grants.updateMany({}, { $unset: { recoveredFen: 1 } });
    const { connection, logger, clock } = policies.department;
    const again = await openDepartment({ connection, logger, clock, follow: false });
    expect(await grants.findOne()).toMatchObject({ recoveredFen: 5_000 });
    await Promise.all([again.city.close(), again.shelf.close(), again.benefitsInMemory.close()]);
  });

  it.each([
    ['more than is left', '600.01', '2026-12-20', 'INVALID', ['amount']],
    ['nothing', '0', '2026-12-20', 'INVALID', ['amount']],
    ['a day to come', '1', '2026-12-22', 'INVALID', ['receivedOn']],
    ['a day before the demand', '1', '2026-12-09', 'INVALID', ['receivedOn']],
  ])('is refused for %s, and changes nothing', async (_what, amount, on, code, path) => {
    const id = await demand();
    now = noonOf('2026-12-21');
    expect((await receive(id, amount, 'HD1', { on })).refusal).toMatchObject({ code, path });
    expect(await budget()).toMatchObject({ reservedFen: 100_000, paidFen: 60_000 });
  });

  it('is never more than is paid and not asked back already, by two officers at once too', async () => {
    expect((await propose([['2026-12-31', '600.01']])).refusal).toMatchObject({
      code: 'INVALID',
      details: { canBeAskedBackFen: 60_000 },
    });
    const both = await Promise.all([propose([['2026-12-31', '400']]), propose([['2026-12-31', '400']], reviewer)]);
    expect(both.filter(({ refusal }) => refusal?.code === 'INVALID')).toHaveLength(1);
    const id = both.find(({ grant }) => grant)?.grant?.recoveries[0]?.id ?? '';
    await decide(id, 'REJECT', third);
    expect((await propose()).refusal).toBeNull();
  });

  it('takes two persons, a third to let it go, and another than who demanded it to note what comes', async () => {
    const id = (await propose()).grant?.recoveries[0]?.id ?? '';
    expect((await receive(id, '1', 'HD1', { on: '2026-12-10' })).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
    expect((await decide(id, 'DEMAND', maker)).refusal).toMatchObject({ details: { decidedBy: 'maker' } });
    await decide(id, 'DEMAND');
    const own = { on: '2026-12-10', actor: reviewer };
    expect((await receive(id, '1', 'HD1', own)).refusal).toMatchObject({ details: { decidedBy: 'reviewer' } });
    expect((await receive(id, '1', 'HD1', { ...own, actor: maker })).refusal).toBeNull();
    for (const actor of [maker, reviewer])
      expect((await decide(id, 'WITHDRAW', actor)).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
    expect((await decide(id, 'WITHDRAW', third)).grant?.recoveries).toMatchObject([{ state: 'WITHDRAWN' }]);
    expect(await budget()).toMatchObject({ paidFen: 59_900 });
    expect((await propose([['2026-12-31', '599']])).refusal).toBeNull();
  });

  it('is the business of the department that paid, and of the enterprise once it is demanded', async () => {
    expect((await propose(WHOLE, OWN)).code).toBe('FORBIDDEN');
    expect((await propose(WHOLE, { ...maker, department: 'KJJ' })).refusal).toMatchObject({ path: ['grant'] });
    const id = (await propose()).grant?.recoveries[0]?.id ?? '';
    expect([(await listed(OWN)).count, (await listed(auditor)).count, (await listed(officer)).count]).toEqual([
      0, 1, 1,
    ]);
    const seen = '{ grants { nodes { recoveries { id } } } }';
    expect((await policies.ask(seen, { actor: OWN })).data?.['grants']).toEqual({ nodes: [{ recoveries: [] }] });
    await decide(id, 'DEMAND');
    expect((await policies.ask(seen, { actor: OWN })).data?.['grants']).toEqual({ nodes: [{ recoveries: [{ id }] }] });
    expect([(await listed(OWN)).count, (await listed({ ...officer, department: 'KJJ' })).count]).toEqual([1, 0]);
    expect((await listed(enterprise(usccOf(2)))).count).toBe(0);
  });
});

describe('a demand that is not paid by its day', () => {
  it('is listed as overdue, and told once for each part that is missed', async () => {
    const id = await demand(PARTS);
    const tell = async (): Promise<number> => tellOverdue(policies.department);
    now = noonOf('2026-12-31');
    expect([await tell(), (await listed(auditor, true)).count]).toEqual([0, 0]);
    now = noonOf('2027-01-01');
    const told = await Promise.all([tell(), tell()]);
    expect(told[0] + told[1]).toBe(1);
    expect([await tell(), (await listed(auditor, true)).count, (await listed(officer, true)).count]).toEqual([0, 1, 1]);
    await receive(id, '400', 'HD1', { on: '2027-01-01' });
    expect((await listed(auditor, true)).count).toBe(0);
    now = noonOf('2027-01-30');
    expect([await tell(), await tell()]).toEqual([1, 0]);
    expect((await events()).filter(({ type }) => type === 'overdue')).toMatchObject([
      { data: { recovery: id, uscc: usccOf(1), overdue: '400.00', amount: '600.00', received: '0.00' } },
      { data: { recovery: id, overdue: '200.00', received: '400.00' } },
    ]);
  });

  it('is told of although another one is damaged', async () => {
    const damaged = await demand([['2026-12-31', '100']]);
    const sound = await demand([['2026-12-31', '200']]);
    await policies.database.connection
      .collection('grantRecoveries')
      .updateOne({ id: damaged }, { $set: { instalments: null, overdueFrom: '2026-01-01' } });
    now = noonOf('2027-01-04');
    const failed: string[] = [];
    expect(await tellOverdue({ ...policies.department, onFailed: (recovery) => failed.push(recovery) })).toBe(1);
    expect(failed).toEqual([damaged]);
    expect((await events()).filter(({ type }) => type === 'overdue')).toMatchObject([{ data: { recovery: sound } }]);
  });

  it('is withdrawn, and overdue no more', async () => {
    const id = await demand();
    now = noonOf('2027-01-04');
    await decide(id, 'WITHDRAW', third);
    expect((await listed(auditor, true)).count).toBe(0);
    expect(await tellOverdue(policies.department)).toBe(0);
  });

  it('cannot be demanded any more once its day is over', async () => {
    const id = (await propose()).grant?.recoveries[0]?.id ?? '';
    now = noonOf('2026-12-31');
    expect((await decide(id, 'DEMAND')).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
  });
});

describe('the next payment', () => {
  const statusAfterPay = async (): Promise<[string, string]> => {
    const { id } = await rig.ofEnterprise(1);
    const { kind } = await rig.move([id], 'PAY');
    return [kind, (await rig.ofEnterprise(1)).status];
  };

  it('waits while money of the grant is proposed to be asked back, and goes once that is rejected', async () => {
    const id = (await propose()).grant?.recoveries[0]?.id ?? '';
    expect(await statusAfterPay()).toEqual(['refused', 'APPROVED']);
    await decide(id, 'REJECT');
    expect(await statusAfterPay()).toEqual(['done', 'PAYING']);
  });

  it('is in doubt once it is demanded, until an officer decides', async () => {
    await demand();
    expect(await statusAfterPay()).toEqual(['done', 'SUSPENDED']);
    const { id, suspension } = await rig.ofEnterprise(1);
    expect(suspension?.doubts).toMatchObject([{ code: 'ASKED_BACK' }]);
    await rig.decide(id, 'KEEP');
    expect(await statusAfterPay()).toEqual(['done', 'PAYING']);
  });

  it('under another policy is in doubt while a demand is overdue', async () => {
    await demand();
    await policies.publish({ id: 'other' });
    await matchAll(policies.department);
    await rig.identify('other');
    const other = (await rig.all()).find(({ policyId }) => policyId === 'other')?.id ?? '';
    const statusOf = async () => (await policies.department.stores.grants.byId([other]))[0]?.status;
    now = noonOf('2027-01-04');
    await rig.move([other], 'NOTIFY');
    expect(await statusOf()).toBe('SUSPENDED');
  });
});

describe('money that the bank sends back', () => {
  const sendBack = async () => {
    const { id } = await rig.ofEnterprise(1);
    return policies.department.grantCommands.reportPayment({
      ...rig.command({ sub: 'bank', roles: ['SERVICE'], department: 'RSJ' }),
      orderId: `${id}-1-1`,
      settled: false,
      reason: '账户已销户',
    });
  };

  it('is not money that the enterprise has paid back', async () => {
    const id = await demand();
    await receive(id, '600', 'HD1', { on: '2026-12-10' });
    expect((await sendBack()).kind).toBe('refused');
    expect(await budget()).toMatchObject({ reservedFen: 40_000, paidFen: 0 });
  });

  it('is not paid back by the enterprise too', async () => {
    const id = await demand();
    expect((await sendBack()).kind).toBe('done');
    expect((await receive(id, '600', 'HD1', { on: '2026-12-10' })).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
    expect(await budget()).toMatchObject({ paidFen: 0 });
  });
});
