import { decideMove, type GrantState } from '../../../../subgraphs/policies/src/domain/grant/grant.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { CASHIER, grantRig, MAKER } from '../../support/grant-rig.js';
import {
  auditor,
  NOW,
  officer,
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

const know = async (employees: number) => policies.know({ [usccOf(1)]: { employees } });
const grant = async () => rig.ofEnterprise(1);
/** Shown in public on Friday, 20 November 2026, of 20 staff: 2,000.00 yuan until 27 November. */
async function shown(policy: Record<string, unknown> = {}): Promise<string> {
  await policies.publish({ id: 'staff', benefit: { kind: 'cash', formula: '100 * employees' }, ...policy });
  await know(20);
  await matchAll(policies.department);
  await rig.identify();
  const [id = ''] = await rig.publicise();
  return id;
}
/** Approved on Thursday, 10 December 2026, and found to be of another amount by the staff of then. */
async function changed(staff: number, amountFen: number, policy: Record<string, unknown> = {}): Promise<string> {
  const id = await shown(policy);
  now = noonOf('2026-12-10');
  await rig.move([id], 'APPROVE');
  await know(staff);
  await rig.move([id], 'PAY');
  await rig.decide(id, 'CHANGE_AMOUNT', amountFen);
  return id;
}
const notices = async () =>
  (
    await policies.ask<{ publicNotices: { nodes: unknown[] } }>(
      '{ publicNotices(first: 10) { nodes { grant amount { amount } formerlyShown { amount } until } } }',
      { actor: null },
    )
  ).data?.publicNotices.nodes;
const object = async (grantId: string) =>
  policies.department.objectionCommands.raise({ ...rig.command(officer), grantId, text: '金额有误' });
const uphold = async (objectionId: string) =>
  policies.department.objectionCommands.decide({ ...rig.command(CASHIER), objectionId, upheld: true, reason: '属实' });
const orders = async (id: string) =>
  (await policies.department.stores.funds.ofGrants([id])).map((one) => one.amountFen);
const reservedFen = async () => (await policies.department.stores.funds.budget('staff'))?.reservedFen;

describe('an amount that is changed after it was approved', () => {
  it.each([
    ['more', 25, 250_000, '2500.00'],
    ['less', 15, 150_000, '1500.00'],
  ])('is shown again, with objections, before it is paid: %s', async (_what, staff, amountFen, amount) => {
    const id = await changed(staff, amountFen);
    expect(await grant()).toMatchObject({ status: 'CONFIRMED', publicUntil: null, amountFen });
    expect((await rig.move([id], 'PAY')).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { legalMoves: ['PUBLICISE', 'WITHDRAW'] },
    });
    expect(await notices()).toEqual([]);
    expect((await object(id)).kind).toBe('refused');
    await rig.move([id], 'PUBLICISE');
    const seen = { grant: id, amount: { amount }, formerlyShown: { amount: '2000.00' }, until: '2026-12-17' };
    expect(await notices()).toEqual([seen]);
    now = noonOf('2026-12-17');
    const { result } = await object(id);
    now = noonOf('2026-12-18');
    expect((await rig.move([id], 'APPROVE')).refusal?.message).toContain('objection');
    await policies.department.objectionCommands.decide({
      ...rig.command(CASHIER),
      objectionId: result ?? '',
      upheld: false,
      reason: '不属实',
    });
    await rig.move([id], 'APPROVE');
    await rig.move([id], 'PAY');
    expect(await orders(id)).toEqual([amountFen]);
    expect((await grant()).formerlyShownFen).toBeNull();
  });

  it('is not approved before the last day of its own notice', async () => {
    const id = await changed(25, 250_000);
    await rig.move([id], 'PUBLICISE');
    now = noonOf('2026-12-17');
    expect((await rig.move([id], 'APPROVE')).refusal?.message).toContain('until 2026-12-17');
  });

  it('keeps its share of the budget meanwhile, no more and no less, and gives it back when it is dropped', async () => {
    const id = await changed(25, 250_000, { budget_yuan: 2_600 });
    expect(await reservedFen()).toBe(250_000);
    await rig.move([id], 'PUBLICISE');
    now = noonOf('2026-12-18');
    await rig.move([id], 'APPROVE');
    expect([(await grant()).status, await reservedFen()]).toEqual(['APPROVED', 250_000]);
    await rig.move([id], 'WITHDRAW');
    expect(await reservedFen()).toBe(0);
  });

  it('is told to the enterprise, to other departments and to whoever reads the grant', async () => {
    await changed(25, 250_000);
    const events = await policies.database.connection
      .collection('outbox')
      .find({ 'event.type': 'cn.zhitong.grant.decided' })
      .toArray();
    expect(events.map(({ event }) => (event as { data: unknown }).data)).toEqual([
      expect.objectContaining({ status: 'CONFIRMED', reason: '经核实', shownAgain: true }),
    ]);
    const steps = await policies.database.connection
      .collection('policyNotifications')
      .find({ grantStatus: 'CONFIRMED', uscc: usccOf(1) })
      .toArray();
    // Once for its account, once for the decision.
    expect(steps).toHaveLength(2);
    const { data } = await policies.ask<{ grants: { nodes: unknown[] } }>(
      '{ grants(first: 1) { nodes { status publicUntil amount { amount } formerlyShown { amount } history { move status } } } }',
      { actor: auditor },
    );
    expect(data?.grants.nodes[0]).toMatchObject({
      status: 'CONFIRMED',
      publicUntil: null,
      amount: { amount: '2500.00' },
      formerlyShown: { amount: '2000.00' },
    });
    expect((data?.grants.nodes[0] as { history: unknown[] }).history.slice(-2)).toEqual([
      { move: 'SUSPEND', status: 'SUSPENDED' },
      { move: 'CHANGE_AMOUNT', status: 'CONFIRMED' },
    ]);
  });

  it('is paid as it was shown where the officer keeps it', async () => {
    const id = await shown();
    now = noonOf('2026-12-10');
    await rig.move([id], 'APPROVE');
    await know(25);
    await rig.move([id], 'PAY');
    await rig.decide(id, 'KEEP');
    expect(await grant()).toMatchObject({ status: 'APPROVED', publicUntil: '2026-11-27' });
    await rig.move([id], 'PAY');
    expect(await orders(id)).toEqual([200_000]);
  });
});

describe('an amount that is changed during its notice', () => {
  it('because an objection is upheld, is shown for all of its days again', async () => {
    const id = await shown();
    now = noonOf('2026-11-26');
    await uphold((await object(id)).result ?? '');
    await rig.decide(id, 'CHANGE_AMOUNT', 180_000);
    expect(await notices()).toEqual([]);
    now = noonOf('2026-11-30');
    expect((await rig.move([id], 'APPROVE')).kind).toBe('refused');
    await rig.move([id], 'PUBLICISE');
    const seen = { grant: id, amount: { amount: '1800.00' }, formerlyShown: { amount: '2000.00' } };
    expect(await notices()).toEqual([{ ...seen, until: '2026-12-07' }]);
    now = noonOf('2026-12-01');
    await uphold((await object(id)).result ?? '');
    await rig.decide(id, 'CHANGE_AMOUNT', 170_000);
    await rig.move([id], 'PUBLICISE');
    const third = { grant: id, amount: { amount: '1700.00' }, formerlyShown: { amount: '1800.00' } };
    expect(await notices()).toEqual([{ ...third, until: '2026-12-08' }]);
  });

  it('is not shown a second time where it was decided before the first', async () => {
    await shown({ benefit: { kind: 'cash', amount_yuan: 2_000, at_most: true } });
    const { id } = await grant();
    await rig.decide(id, 'CHANGE_AMOUNT', 150_000);
    await rig.publicise();
    const seen = { grant: id, amount: { amount: '1500.00' }, formerlyShown: null, until: '2026-11-27' };
    expect(await notices()).toEqual([seen]);
  });
});

describe('of a grant in instalments, one of which is paid', () => {
  const terms = [{}, { after_months: 12, when: [{ fact: 'employees', op: 'gte', value: 20 }] }];
  /** Half of 900.00 yuan paid; the condition of the other half is not met a year later, and 700.00 are decided. */
  const halfPaid = async (): Promise<string> => {
    const benefit = { kind: 'cash', amount_yuan: 900, instalments: [0.5, 0.5], instalment_terms: terms };
    const id = await shown({ benefit, valid_to: '2030-12-31' });
    now = noonOf('2026-12-10');
    await rig.move([id], 'APPROVE');
    await rig.move([id], 'PAY');
    await rig.settle(`${id}-1-1`);
    await know(9);
    now = noonOf('2027-12-10');
    await rig.move([id], 'PAY');
    await rig.decide(id, 'CHANGE_AMOUNT', 70_000);
    return id;
  };

  it('the changed rest is shown, approved and paid, due by the first approval and with the decision standing', async () => {
    const id = await halfPaid();
    await rig.move([id], 'PUBLICISE');
    now = noonOf('2027-12-20');
    await rig.move([id], 'APPROVE');
    await rig.move([id], 'PAY');
    expect([(await grant()).status, await orders(id), await reservedFen()]).toEqual([
      'PAYING',
      [45_000, 25_000],
      70_000,
    ]);
  });

  it('what was paid stays in the figures meanwhile', async () => {
    const id = await halfPaid();
    const figures = async () =>
      (
        await policies.ask<{ policy: { statistics: unknown } }>(
          '{ policy(id: "staff") { statistics { paid { amount } } } }',
          { actor: auditor },
        )
      ).data?.policy.statistics;
    const paid = { paid: { amount: '450.00' } };
    expect(await figures()).toEqual(paid);
    await rig.move([id], 'PUBLICISE');
    expect(await figures()).toEqual(paid);
    await uphold((await object(id)).result ?? '');
    expect([(await grant()).status, await figures()]).toEqual(['SUSPENDED', paid]);
  });

  it.each(['before', 'during'])('money that comes back %s the new notice does not end it', async (when) => {
    const id = await halfPaid();
    if (when === 'during') await rig.move([id], 'PUBLICISE');
    await policies.department.grantCommands.reportPayment({
      ...rig.command(MAKER),
      orderId: `${id}-1-1`,
      settled: false,
      reason: '账户已销户',
    });
    expect((await grant()).status).toBe('RETURNED');
    await rig.confirm(await grant());
    expect(await grant()).toMatchObject({ status: 'CONFIRMED', publicUntil: null });
    await know(20);
    await rig.move([id], 'PUBLICISE');
    const until = (await grant()).publicUntil ?? '';
    expect((await rig.move([id], 'APPROVE')).refusal?.message).toContain(`until ${until}`);
  });
});

describe('a city that does not show a lower amount again', () => {
  const APPROVED: GrantState = {
    status: 'SUSPENDED',
    instalmentsFen: [200_000],
    settled: 0,
    publicUntil: '2026-11-27',
    reserved: true,
    suspension: { before: 'APPROVED', move: 'PAY', doubts: [], amountFen: null, at: NOW },
  };
  const change = (amountFen: number, showsReduced: boolean) =>
    decideMove(APPROVED, 'CHANGE_AMOUNT', { today: '2026-12-10', noticeUntil: '2026-12-17', amountFen, showsReduced });

  it('pays less at once, and shows more again', () => {
    expect(change(199_999, false)).toMatchObject({ status: 'APPROVED', publicUntil: '2026-11-27' });
    expect(change(200_001, false)).toMatchObject({ status: 'CONFIRMED', publicUntil: null });
    expect(change(199_999, true)).toMatchObject({ status: 'CONFIRMED', publicUntil: null });
  });
});
