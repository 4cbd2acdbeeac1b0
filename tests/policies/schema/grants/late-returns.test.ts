import type { Actor } from '@zhitong/kit';
import type { GrantMove } from '../../../../subgraphs/policies/src/domain/grant/grant.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import {
  enterprise,
  NOW,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';

const PAID_ON = new Date('2026-11-30T04:00:00Z'); // after five working days of public notice
const RETURNED_ON = new Date('2026-12-10T04:00:00Z');
const USCC = usccOf(1);
const bank: Actor = { sub: 'bank', roles: ['SERVICE'], department: 'RSJ' };

let policies: PoliciesUnderTest;
let now = NOW;
let keys = 0;
const key = (): string => `late-return-${String((keys += 1))}`;

beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now })));
beforeEach(() => void (now = NOW));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

const SHOWN =
  'id status legalMoves paid { amount } payments { id status settledAt returnedAt reason } history { move status }';
interface Shown {
  id: string;
  status: string;
  legalMoves: string[];
  paid: { amount: string };
  payments: { id: string; status: string; settledAt: string | null; returnedAt: string | null; reason: string }[];
  history: { move: string | null; status: string }[];
}
interface Answer {
  grant: Shown | null;
  grants: Shown[] | null;
  refusal: { code: string; message: string; details: unknown } | null;
}
async function mutate(field: string, input: Record<string, unknown>, actor: Actor): Promise<Answer> {
  const many = field === 'advanceGrants';
  const { data, errors } = await policies.ask<Record<string, Partial<Answer> | null>>(
    `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${many ? 'grants' : 'grant'} { ${SHOWN} } refusal { code message details } } }`,
    { variables: { input: { idempotencyKey: key(), ...input } }, actor },
  );
  expect(errors).toBeUndefined();
  return { grant: null, grants: null, refusal: null, ...data?.[field] };
}
const advance = async (id: string, move: GrantMove, note = '') =>
  mutate('advanceGrants', { grants: [id], move, note }, move === 'PAY' ? { ...officer, sub: 'cashier' } : officer);
const confirm = async (id: string, number = '6222021234567890') =>
  mutate('confirmGrant', { grant: id, holder: `企业${USCC.slice(12, 16)}`, bank: '农商行', number }, enterprise(USCC));
const report = async (order: string, settled: boolean, idempotencyKey = key()) =>
  mutate('reportPayment', { order, settled, reason: settled ? '' : '账户已销户', idempotencyKey }, bank);
const budget = async () => policies.department.stores.funds.budget('staff');
const BOOKED = 'paid { amount } payments returned { amount } returnedPayments';
const fundsReport = async (from: string, to: string, more = '', fields = BOOKED) =>
  (
    await policies.ask<{ fundsReport: Record<string, unknown> }>(
      `{ fundsReport(from: "${from}", to: "${to}" ${more}) { ${fields} } }`,
      { actor: officer },
    )
  ).data?.fundsReport;
const paidIn = async (from: string, to: string) => fundsReport(from, to);
/** What the report says of days: yuan paid with how many payments, yuan that came back with how many. */
const booked = (paid: string, payments: number, returned = '0.00', returnedPayments = 0) => ({
  paid: { amount: paid },
  payments,
  returned: { amount: returned },
  returnedPayments,
});

/** A grant that is approved and waits for its first order. */
async function approved(benefit: Record<string, unknown> = { kind: 'cash', amount_yuan: 1_000 }): Promise<string> {
  await policies.publish({ id: 'staff', benefit, budget_yuan: 1_000 });
  await policies.know({ [USCC]: { employees: 10 } });
  await matchAll(policies.department);
  await policies.department.grantCommands.identify({ idempotencyKey: key(), actor: officer, now, policyId: 'staff' });
  const waiting = await policies.department.stores.grants.standing('staff', 'IDENTIFIED', { limit: 1, after: null });
  const id = waiting[0]?.id ?? '';
  await advance(id, 'NOTIFY');
  await confirm(id);
  await advance(id, 'PUBLICISE');
  now = PAID_ON;
  await advance(id, 'APPROVE');
  return id;
}
async function paid(id: string, order: string): Promise<void> {
  await advance(id, 'PAY');
  expect((await report(order, true)).refusal).toBeNull();
}

describe('a payment that the bank sends back after it was settled', () => {
  it('is unpaid again in the grant and the budget, and comes back in the report of the day on which it does', async () => {
    const id = await approved();
    await paid(id, `${id}-1-1`);
    await advance(id, 'CLOSE');
    expect(await budget()).toMatchObject({ reservedFen: 100_000, paidFen: 100_000 });
    expect(await paidIn('2026-11-30', '2026-11-30')).toEqual(booked('1000.00', 1));
    now = RETURNED_ON;
    const { grant, refusal } = await report(`${id}-1-1`, false);
    expect(refusal).toBeNull();
    expect(grant).toMatchObject({
      status: 'RETURNED',
      legalMoves: ['CONFIRM', 'WITHDRAW'],
      paid: { amount: '0.00' },
      payments: [
        {
          id: `${id}-1-1`,
          status: 'RETURNED',
          settledAt: PAID_ON.toISOString(),
          returnedAt: RETURNED_ON.toISOString(),
          reason: '账户已销户',
        },
      ],
    });
    expect(grant?.history.slice(-3)).toEqual([
      { move: 'SETTLE', status: 'PAID' },
      { move: 'CLOSE', status: 'CLOSED' },
      { move: 'RETURN', status: 'RETURNED' },
    ]);
    expect(await budget()).toMatchObject({ reservedFen: 100_000, paidFen: 0 });
    expect(await paidIn('2026-11-01', '2026-11-30')).toEqual(booked('1000.00', 1));
    expect(await paidIn('2026-12-01', '2026-12-31')).toEqual(booked('0.00', 0, '1000.00', 1));
    expect(await paidIn('2026-11-01', '2026-12-31')).toEqual(booked('1000.00', 1, '1000.00', 1));
    const months = await fundsReport(
      '2026-11-01',
      '2026-12-31',
      'groupBy: MONTH',
      `groups { key enterprises ${BOOKED} }`,
    );
    expect(months).toEqual({
      groups: [
        { key: '2026-11', enterprises: 1, ...booked('1000.00', 1) },
        { key: '2026-12', enterprises: 0, ...booked('0.00', 0, '1000.00', 1) },
      ],
    });
  });

  it('is paid again to the account that was put right, and counts on the day on which that is settled', async () => {
    const id = await approved();
    await paid(id, `${id}-1-1`);
    now = RETURNED_ON;
    await report(`${id}-1-1`, false);
    expect((await confirm(id, '6222020000000001')).grant).toMatchObject({ status: 'APPROVED' });
    await paid(id, `${id}-1-2`);
    expect(await budget()).toMatchObject({ reservedFen: 100_000, paidFen: 100_000 });
    expect(await paidIn('2026-11-01', '2026-11-30')).toEqual(booked('1000.00', 1));
    expect(await paidIn('2026-12-10', '2026-12-10')).toEqual(booked('1000.00', 1, '1000.00', 1));
    expect((await advance(id, 'CLOSE')).grants).toMatchObject([{ status: 'CLOSED', paid: { amount: '1000.00' } }]);
  });

  it('gives its share of the budget back when the grant is withdrawn instead, before the return or after it', async () => {
    const id = await approved({ kind: 'cash', amount_yuan: 1_000, instalments: [0.4, 0.6] });
    await paid(id, `${id}-1-1`);
    await advance(id, 'WITHDRAW', '企业迁出');
    expect(await budget()).toMatchObject({ reservedFen: 40_000, paidFen: 40_000 });
    expect((await report(`${id}-1-1`, false)).grant).toMatchObject({
      status: 'WITHDRAWN',
      paid: { amount: '0.00' },
      legalMoves: [],
    });
    expect(await budget()).toMatchObject({ reservedFen: 0, paidFen: 0 });
  });

  it('of the first instalment does not stop the second, which is under way; both end paid', async () => {
    const id = await approved({ kind: 'cash', amount_yuan: 1_000, instalments: [0.4, 0.6] });
    await paid(id, `${id}-1-1`);
    await advance(id, 'PAY');
    expect((await report(`${id}-1-1`, false)).grant).toMatchObject({ status: 'PAYING', paid: { amount: '0.00' } });
    expect((await report(`${id}-2-1`, true)).grant).toMatchObject({ status: 'RETURNED', paid: { amount: '600.00' } });
    await confirm(id, '6222020000000001');
    await paid(id, `${id}-1-2`);
    expect((await advance(id, 'CLOSE')).grants).toMatchObject([{ status: 'CLOSED', paid: { amount: '1000.00' } }]);
    expect(await budget()).toMatchObject({ reservedFen: 100_000, paidFen: 100_000 });
  });

  it('is booked once, however often and by however many it is reported, and announced as returned', async () => {
    const id = await approved();
    await paid(id, `${id}-1-1`);
    const answers = await Promise.all([
      report(`${id}-1-1`, false, 'bank-return-1'),
      report(`${id}-1-1`, false, 'bank-return-1'),
      report(`${id}-1-1`, false),
    ]);
    expect(answers.filter(({ refusal }) => refusal === null).length).toBeGreaterThanOrEqual(1);
    expect((await report(`${id}-1-1`, false)).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { status: 'RETURNED' },
    });
    expect((await report(`${id}-1-1`, true)).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { status: 'RETURNED' },
    });
    expect(await budget()).toMatchObject({ paidFen: 0 });
    const told = await policies.database.connection
      .collection<{ event: { type: string } }>('outbox')
      .find({ 'event.type': 'cn.zhitong.grant.returned' })
      .toArray();
    expect(told).toHaveLength(1);
  });
});
