import type { MovedGrants } from '../../../../subgraphs/policies/src/usecases/grant-commands.js';
import type { CommandOutcome } from '@zhitong/kit/commands';
import { inTransaction } from '@zhitong/kit/mongo';
import type { GrantMove } from '../../../../subgraphs/policies/src/domain/grant/grant.js';
import type { GrantRecord } from '../../../../subgraphs/policies/src/models/grants/grant-record.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { NOW, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../../support/policies-under-test.js';

const LATER = new Date('2026-11-30T04:00:00Z'); // after five working days of public notice

let policies: PoliciesUnderTest;
let keys = 0;
const key = (): string => `test-key-${String((keys += 1))}`;

async function city(size: number, policy: Record<string, unknown>): Promise<void> {
  await policies.publish({ id: 'staff', ...policy });
  await policies.know(
    Object.fromEntries(Array.from({ length: size }, (_, number) => [usccOf(number), { employees: 10 + number }])),
  );
  await matchAll(policies.department);
}
let today = NOW;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => today })));
afterEach(async () => {
  today = NOW;
  await policies.reset();
});
afterAll(async () => policies.close());

const bank = { sub: 'bank', roles: ['SERVICE'], department: 'RMYH' };
const command = (now = NOW, sub = 'officer') => ({
  idempotencyKey: key(),
  actor: { sub, roles: ['OFFICER'], department: 'RSJ' },
  now,
});
const identify = async (idempotencyKey = key()) =>
  policies.department.grantCommands.identify({ ...command(), idempotencyKey, policyId: 'staff' });
const all = async (): Promise<GrantRecord[]> =>
  policies.department.stores.grants.list({}, { limit: 500, position: undefined, backwards: false });
const move = async (grantIds: readonly string[], what: GrantMove, now = NOW): Promise<CommandOutcome<MovedGrants>> =>
  policies.department.grantCommands.move({
    ...command(now, what === 'PAY' ? 'cashier' : 'officer'),
    grantIds,
    move: what,
    note: '',
    mayWrite: () => true,
  });
/** An account of the enterprise's own. */
const accountOf = ({ uscc }: GrantRecord): string => `622202${uscc.slice(10, 16).replaceAll(/\D/g, '7')}7890`;
const confirm = async (grant: GrantRecord, number = accountOf(grant)): Promise<void> => {
  const { refusal } = await policies.department.grantCommands.confirm({
    ...command(),
    grantId: grant.id,
    uscc: grant.uscc,
    account: { holder: `企业${grant.uscc.slice(12, 16)}`, bank: '农商行', number },
  });
  expect(refusal).toBeNull();
};

/** Brings all grants to the day on which they can be approved. */
async function publicised(): Promise<string[]> {
  await identify();
  const grants = await all();
  const ids = grants.map(({ id }) => id);
  await move(ids, 'NOTIFY');
  for (const grant of grants) await confirm(grant);
  await move(ids, 'PUBLICISE');
  return ids;
}

describe('identifying', () => {
  it('makes one grant per eligible enterprise, and of a repeat only who is new', async () => {
    await city(3, { benefit: { kind: 'cash', formula: '100 * employees', instalments: [0.4, 0.6] } });
    expect((await identify()).result).toEqual({
      identified: 3,
      alreadyGranted: 0,
      excluded: 0,
      deregistered: 0,
      notInForce: 0,
      withoutAmount: 0,
      failed: 0,
    });
    await policies.know({ [usccOf(7)]: { employees: 70 } });
    await matchAll(policies.department);
    expect((await identify()).result).toEqual({
      identified: 1,
      alreadyGranted: 3,
      excluded: 0,
      deregistered: 0,
      notInForce: 0,
      withoutAmount: 0,
      failed: 0,
    });
    expect((await all()).find(({ uscc }) => uscc === usccOf(7))).toMatchObject({
      amountFen: 700_000,
      instalmentsFen: [280_000, 420_000],
      status: 'IDENTIFIED',
      period: 'ALL',
    });
  });

  it('answers a repeat with the same key as the first time', async () => {
    await city(3, {});
    const first = await identify('same-key-1');
    expect(await identify('same-key-1')).toEqual(first);
    expect(await all()).toHaveLength(3);
  });

  it('makes no grant twice when pressed twice at once', async () => {
    await city(40, {});
    await Promise.all([identify(), identify()].map(async (attempt) => attempt.catch(() => undefined)));
    await identify();
    const grants = await all();
    expect(new Set(grants.map(({ uscc }) => uscc)).size).toBe(40);
    expect(grants).toHaveLength(40);
  });

  it('makes a grant again that was withdrawn unpaid, and none that was paid in part', async () => {
    await city(2, { benefit: { kind: 'cash', amount_yuan: 1000, instalments: [0.5, 0.5] } });
    const [one = '', two = ''] = await publicised();
    await move([one, two], 'APPROVE', LATER);
    await move([two], 'PAY', LATER);
    const report = { actor: bank, settled: true, reason: '', mayWrite: () => true };
    await policies.department.grantCommands.reportPayment({ ...command(LATER), ...report, orderId: `${two}-1-1` });
    await move([one, two], 'WITHDRAW', LATER);
    expect((await identify()).result).toMatchObject({ identified: 1, alreadyGranted: 1 });
    expect((await all()).map(({ status }) => status).sort()).toEqual(['IDENTIFIED', 'WITHDRAWN', 'WITHDRAWN']);
    expect((await identify()).result).toMatchObject({ identified: 0, alreadyGranted: 2 });
  });

  it('passes over who holds a benefit that the policy excludes', async () => {
    await policies.publish({ id: 'other' });
    await city(2, { excludes: ['other'] });
    await policies.department.grantCommands.identify({ ...command(), policyId: 'other' });
    expect((await identify()).result).toMatchObject({ identified: 0, excluded: 2 });
  });
});

describe('benefits that exclude each other', () => {
  const policy = (policyId: string, now = NOW) =>
    policies.department.grantCommands.identify({ ...command(now), policyId });
  const heldTwice = async (): Promise<string[]> => {
    const held = (await all()).map(({ uscc }) => uscc);
    return held.filter((uscc, place) => held.indexOf(uscc) !== place);
  };

  it('exclude in both directions, whichever of them names the other', async () => {
    await policies.publish({ id: 'other' });
    await city(2, { excludes: ['other'] });
    expect((await identify()).result).toMatchObject({ identified: 2 });
    expect((await policy('other')).result).toMatchObject({ identified: 0, excluded: 2 });
  });

  it('are not both granted when their officers press at the same moment', async () => {
    await policies.publish({ id: 'other' });
    await city(60, { excludes: ['other'] });
    await Promise.all([identify(), policy('other')]);
    expect(await heldTwice()).toEqual([]);
    expect(await all()).toHaveLength(60);
  });

  it('count one that was withdrawn after a part of it was paid', async () => {
    await city(1, { benefit: { kind: 'cash', amount_yuan: 1000, instalments: [0.5, 0.5] } });
    await policies.publish({ id: 'other', excludes: ['staff'] });
    await matchAll(policies.department);
    const [id = ''] = await publicised();
    await move([id], 'APPROVE', LATER);
    await move([id], 'PAY', LATER);
    const report = { actor: bank, settled: true, reason: '', mayWrite: () => true };
    await policies.department.grantCommands.reportPayment({ ...command(LATER), ...report, orderId: `${id}-1-1` });
    await move([id], 'WITHDRAW', LATER);
    expect((await all())[0]).toMatchObject({ status: 'WITHDRAWN', paidFen: 50_000 });
    expect((await policy('other')).result).toMatchObject({ identified: 0, excluded: 1 });
  });
});

describe('a benefit of which only the difference is paid', () => {
  it('takes off what the enterprise had under it before, but for what came back that was asked back', async () => {
    await city(3, {
      grant_period: 'YEAR',
      benefit: { kind: 'cash', formula: '100 * employees', top_up_difference: true },
    });
    await identify();
    await policies.know({ [usccOf(0)]: { employees: 25 }, [usccOf(1)]: { employees: 25 } });
    const former = (await all()).find(({ uscc }) => uscc === usccOf(1));
    if (former === undefined) throw new Error('no grant');
    await inTransaction(policies.database.connection, async (session) =>
      policies.department.stores.recoveries.insert(
        {
          ...{ id: 'R-1', grantId: former.id, policyId: 'staff', department: '', regionCode: '', uscc: former.uscc },
          ...{ state: 'RECOVERED', amountFen: 40_000, receivedFen: 40_000, instalments: [], steps: [] },
          ...{ proposedAt: NOW, overdueFrom: null, toldOverdueFrom: null },
        },
        session,
      ),
    );
    // An earlier release noted with the demand alone what came of it; a start notes it with the grant.
    await policies.department.stores.recoveries.noteWithGrants();
    const nextYear = await policies.department.grantCommands.identify({
      ...command(new Date('2027-03-01T04:00:00Z')),
      policyId: 'staff',
    });
    expect(nextYear.result).toMatchObject({ identified: 2, withoutAmount: 1 });
    expect(
      (await all()).filter(({ period }) => period === '2027').map(({ uscc, amountFen }) => [uscc, amountFen]),
    ).toEqual(
      expect.arrayContaining([
        [usccOf(0), 150_000],
        [usccOf(1), 180_000],
      ]),
    );
  });
});

describe('approving', () => {
  it('keeps to a budget that was cut after the grants were made', async () => {
    await city(2, { budget_yuan: 2000, valid_to: '2026-11-25' });
    const [one = '', two = ''] = await publicised();
    today = LATER;
    await policies.publish({ id: 'staff', budget_yuan: 1000, valid_from: '2026-11-26' });
    expect((await move([one], 'APPROVE', LATER)).refusal).toBeNull();
    expect((await move([two], 'APPROVE', LATER)).refusal).toMatchObject({ code: 'BUDGET_EXHAUSTED' });
    expect(await policies.department.stores.funds.budget('staff')).toMatchObject({
      limitFen: 100_000,
      reservedFen: 100_000,
    });
  });

  it('never goes beyond the budget, however many officers approve at once', async () => {
    await city(10, { budget_yuan: 7_500 });
    const ids = await publicised();
    const outcomes = await Promise.all(ids.map(async (id) => move([id], 'APPROVE', LATER)));
    expect(outcomes.filter(({ refusal }) => refusal === null)).toHaveLength(7);
    expect(outcomes.filter(({ refusal }) => refusal?.code === 'BUDGET_EXHAUSTED')).toHaveLength(3);
    expect(await policies.department.stores.funds.budget('staff')).toMatchObject({
      limitFen: 750_000,
      reservedFen: 700_000,
    });
  });

  it('names what of a list cannot be approved, and approves the rest', async () => {
    await city(3, { budget_yuan: 2_000 });
    const ids = await publicised();
    const { result } = await move(ids, 'APPROVE', LATER);
    expect(result?.moved).toHaveLength(2);
    expect(result?.notMoved).toMatchObject([{ code: 'BUDGET_EXHAUSTED', details: { leftFen: 0 } }]);
    expect((await all()).map(({ status }) => status).sort()).toEqual(['APPROVED', 'APPROVED', 'PUBLICISED']);
    expect((await policies.department.stores.funds.budget('staff'))?.reservedFen).toBe(200_000);
  });

  it('is refused, and changes nothing, when none of a list can be approved', async () => {
    await city(2, { budget_yuan: 500 });
    const ids = await publicised();
    expect((await move(ids, 'APPROVE', LATER)).refusal).toMatchObject({
      code: 'BUDGET_EXHAUSTED',
      message: '1000.00 yuan are needed; of the budget of staff 500.00 yuan are left.',
      details: { neededFen: 100_000, leftFen: 50_000 },
    });
    expect((await all()).map(({ status }) => status)).toEqual(['PUBLICISED', 'PUBLICISED']);
  });

  it('waits for the end of the public notice', async () => {
    await city(1, {});
    const ids = await publicised();
    expect((await move(ids, 'APPROVE')).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { legalMoves: ['APPROVE', 'WITHDRAW'] },
    });
  });
});

describe('paying', () => {
  const pay = async (): Promise<number> =>
    policies.department.grantCommands.payApproved({ policyId: 'staff', sub: 'cashier', now: () => LATER });
  const report = async (orderId: string, settled: boolean, idempotencyKey = key()) =>
    policies.department.grantCommands.reportPayment({
      idempotencyKey,
      actor: bank,
      now: LATER,
      orderId,
      settled,
      reason: settled ? '' : '账号错误',
      mayWrite: () => true,
    });

  it('sends one order per instalment, and books what the bank settles', async () => {
    await city(1, { benefit: { kind: 'cash', amount_yuan: 1_000, instalments: [0.4, 0.6] } });
    const [id = ''] = await publicised();
    await move([id], 'APPROVE', LATER);
    expect(await pay()).toBe(1);
    await report(`${id}-1-1`, true);
    expect(await all()).toMatchObject([{ status: 'APPROVED', paidFen: 40_000, settled: 1 }]);
    await pay();
    await report(`${id}-2-1`, true);
    expect(await all()).toMatchObject([{ status: 'PAID', paidFen: 100_000 }]);
    expect(await policies.department.stores.funds.budget('staff')).toMatchObject({
      reservedFen: 100_000,
      paidFen: 100_000,
    });
    expect((await policies.department.stores.grants.history([id])).get(id)?.map(({ move: what }) => what)).toEqual([
      'IDENTIFY',
      'NOTIFY',
      'CONFIRM',
      'PUBLICISE',
      'APPROVE',
      'PAY',
      'SETTLE',
      'PAY',
      'SETTLE',
    ]);
  });

  it('pays again, to the account that was put right, what the bank sent back', async () => {
    await city(1, {});
    const [id = ''] = await publicised();
    await move([id], 'APPROVE', LATER);
    await pay();
    await report(`${id}-1-1`, false);
    const [returned] = await all();
    expect(returned).toMatchObject({ status: 'RETURNED', paidFen: 0 });
    if (returned) await confirm(returned, '6222020000000001');
    await pay();
    expect(
      (await policies.department.stores.funds.ofGrants([id])).map(({ id: order, status, account }) => [
        order,
        status,
        account.number,
      ]),
    ).toEqual([
      [`${id}-1-1`, 'RETURNED', returned === undefined ? '' : accountOf(returned)],
      [`${id}-1-2`, 'SENT', '6222020000000001'],
    ]);
  });

  it('books a report once, however often the bank sends it', async () => {
    await city(1, {});
    const [id = ''] = await publicised();
    await move([id], 'APPROVE', LATER);
    await pay();
    expect(await report(`${id}-1-1`, true, 'bank-report-1')).toEqual(await report(`${id}-1-1`, true, 'bank-report-1'));
    expect((await report(`${id}-1-1`, true)).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { status: 'SETTLED' },
    });
    expect((await all())[0]?.paidFen).toBe(100_000);
  });
});
