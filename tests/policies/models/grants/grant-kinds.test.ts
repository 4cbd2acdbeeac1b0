import { nationalCalendar, type Actor } from '@zhitong/kit';
import { grantCommands } from '../../../../subgraphs/policies/src/usecases/grant-commands.js';
import { grantMoves } from '../../../../subgraphs/policies/src/usecases/grant-moves.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { CASHIER, grantRig, MAKER } from '../../support/grant-rig.js';
import { NOW, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../../support/policies-under-test.js';

const LATER = new Date('2026-12-10T04:00:00Z');
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

async function identified(benefit: Record<string, unknown>, enterprises = 1): Promise<string> {
  await policies.publish({ id: 'staff', benefit: { kind: 'cash', ...benefit } });
  await policies.know(
    Object.fromEntries(Array.from({ length: enterprises }, (_, index) => [usccOf(index + 1), { employees: 10 }])),
  );
  await matchAll(policies.department);
  await rig.identify();
  return (await rig.ofEnterprise(1)).id;
}
async function approved(benefit: Record<string, unknown>): Promise<string> {
  const id = await identified(benefit);
  await rig.publicise();
  now = LATER;
  await rig.move([id], 'APPROVE');
  return id;
}
const orders = async (id: string) =>
  (await policies.department.stores.funds.ofGrants([id])).map((one) => one.amountFen);
const payWith = async (grantIds: readonly string[], sub: string) =>
  policies.department.grantCommands.move({
    ...rig.command({ ...MAKER, sub }),
    grantIds,
    move: 'PAY',
    note: '',
  });

describe('whom the register bars', () => {
  const OFF = [
    ['struck off', { isDeregistered: true }, 'DEREGISTERED'],
    ['without licence', { isDeregistered: false, isLicenceRevoked: true }, 'LICENCE_REVOKED'],
  ] as const;
  const KINDS = [
    ['cash', { amount_yuan: 500 }, 'PAY'],
    ['interest_subsidy', { amount_yuan: 500 }, 'PAY'],
    ['loan', { amount_yuan: 3_000_000 }, 'HAND_OVER'],
    ['tax', { amount_yuan: 500 }, 'HAND_OVER'],
    ['fee_waiver', { amount_yuan: 500 }, 'HAND_OVER'],
    ['qualification', { amount_yuan: null }, 'HAND_OVER'],
  ] as const;
  it.each(KINDS.flatMap(([kind, benefit, last]) => OFF.map((off) => [kind, off[0], benefit, last, off] as const)))(
    '%s for one %s: is neither identified nor carried out, whatever the benefit is',
    async (kind, _how, benefit, last, [, off, code]) => {
      await policies.know({ [usccOf(2)]: { employees: 10, ...off } });
      const id = await approved({ kind, ...benefit });
      expect((await rig.all()).map(({ uscc }) => uscc)).toEqual([usccOf(1)]);
      await policies.know({ [usccOf(1)]: { employees: 10, ...off } });
      await rig.move([id], last);
      expect(await rig.ofEnterprise(1)).toMatchObject({
        status: 'SUSPENDED',
        suspension: { move: last, before: 'APPROVED', doubts: [{ code, detail: '' }] },
      });
      expect(await orders(id)).toEqual([]);
    },
  );
});

describe('what is not money', () => {
  it.each([
    ['loan', { amount_yuan: 3_000_000 }, 'BANK_REFERRAL', 300_000_000],
    ['tax', { amount_yuan: 500 }, 'TAX_LIST', 50_000],
    ['fee_waiver', { formula: '100 * employees' }, 'FEE_LIST', 100_000],
    ['qualification', { amount_yuan: null }, 'CERTIFICATE', null],
  ])('%s: is handed over, never paid', async (kind, amount, life, valueFen) => {
    const id = await identified({ kind, ...amount });
    await rig.move([id], 'NOTIFY');
    await rig.move([id], 'PUBLICISE');
    now = LATER;
    await rig.move([id], 'APPROVE');
    expect(await rig.ofEnterprise(1)).toMatchObject({ status: 'APPROVED', life, valueFen, amountFen: 0 });
    expect((await payWith([id], 'cashier')).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { legalMoves: ['HAND_OVER', 'WITHDRAW'] },
    });
    expect((await policies.department.stores.funds.budget('staff'))?.reservedFen).toBe(0);
    await rig.move([id], 'HAND_OVER');
    await rig.move([id], 'CLOSE');
    expect(await rig.ofEnterprise(1)).toMatchObject({ status: 'CLOSED', paidFen: 0 });
    expect(await orders(id)).toEqual([]);
  });

  it('is decided again when it is handed over', async () => {
    const id = await identified({ kind: 'qualification', amount_yuan: null });
    await rig.move([id], 'NOTIFY');
    await rig.move([id], 'PUBLICISE');
    now = LATER;
    await rig.move([id], 'APPROVE');
    await policies.know({ [usccOf(1)]: { employees: 9 } });
    await rig.move([id], 'HAND_OVER');
    expect(await rig.ofEnterprise(1)).toMatchObject({
      status: 'SUSPENDED',
      suspension: { move: 'HAND_OVER', before: 'APPROVED', doubts: [{ code: 'NOT_ELIGIBLE' }] },
    });
    await rig.decide(id, 'KEEP');
    await rig.move([id], 'HAND_OVER');
    expect((await rig.ofEnterprise(1)).status).toBe('HANDED_OVER');
  });

  it('makes the matches anew of who had it, and of who gave it back', async () => {
    const id = await identified({ kind: 'qualification', amount_yuan: null });
    await policies.publish({ id: 'follow', criteria: [{ fact: 'policiesHad', op: 'contains', value: 'staff' }] });
    const isStale = async () => (await policies.department.stores.matchState.staleAmong([usccOf(1)], null)).size === 1;
    await rig.move([id], 'NOTIFY');
    await rig.move([id], 'PUBLICISE');
    now = LATER;
    await rig.move([id], 'APPROVE');
    expect(await isStale()).toBe(false);
    await rig.move([id], 'HAND_OVER');
    expect(await isStale()).toBe(true);
    await policies.database.connection.collection('staleEnterprises').deleteMany({});
    expect(await isStale()).toBe(false);
    await rig.move([id], 'WITHDRAW');
    expect(await isStale()).toBe(true);
  });

  it.each([
    ['money', 'a loan', 'cash', 'loan', 'PAYMENT -> BANK_REFERRAL'],
    ['money', 'a tax reduction', 'subsidy', 'tax', 'PAYMENT -> TAX_LIST'],
    ['a tax reduction', 'money', 'tax', 'cash', 'TAX_LIST -> PAYMENT'],
  ])('%s is not given where the version in force gives %s by then', async (_was, _is, kind, later, detail) => {
    const id = await approved({ kind, amount_yuan: 1_000 });
    await policies.database.connection.collection('policyVersions').deleteMany({ policyId: 'staff' });
    await policies.publish({ id: 'staff', benefit: { kind: later, amount_yuan: 1_000 } });
    await rig.move([id], kind === 'tax' ? 'HAND_OVER' : 'PAY');
    expect((await rig.ofEnterprise(1)).suspension?.doubts).toEqual([{ code: 'KIND_CHANGED', detail }]);
    expect(await orders(id)).toEqual([]);
  });

  it('interest that is paid is money', async () => {
    const id = await approved({ kind: 'interest_subsidy', amount_yuan: 700 });
    await rig.move([id], 'PAY');
    expect(await orders(id)).toEqual([70_000]);
  });
});

describe('an amount that is a limit', () => {
  const limited = async () => {
    const id = await identified({ amount_yuan: 2_000, at_most: true, instalments: [0.5, 0.5] });
    await rig.move([id], 'NOTIFY');
    return id;
  };

  it('is no amount: it waits for a figure within it, and that is paid', async () => {
    const id = await limited();
    expect(await rig.ofEnterprise(1)).toMatchObject({
      status: 'SUSPENDED',
      amountFen: 0,
      suspension: { mostFen: 200_000, doubts: [{ code: 'AMOUNT_UNDECIDED', detail: '<= 2000.00' }] },
    });
    expect((await rig.decide(id, 'CHANGE_AMOUNT', 200_001)).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
    await rig.decide(id, 'CHANGE_AMOUNT', 150_000);
    await rig.publicise();
    now = LATER;
    await rig.move([id], 'APPROVE');
    await rig.move([id], 'PAY');
    expect(await orders(id)).toEqual([75_000]);
  });

  it('is not approved without a figure, though an officer keeps it', async () => {
    const id = await limited();
    await rig.decide(id, 'KEEP');
    await rig.publicise();
    now = LATER;
    expect((await rig.move([id], 'APPROVE')).refusal).toMatchObject({
      message: expect.stringContaining('is not decided') as unknown,
    });
  });
});

describe('an instalment with a term', () => {
  const TERMS = [{}, { after_months: 12, until: '2028-01-31', when: [{ fact: 'employees', op: 'gte', value: 10 }] }];
  /** Approved on 10 December 2026, the first half paid. */
  const halfPaid = async () => {
    const id = await approved({ amount_yuan: 1_000, instalments: [0.5, 0.5], instalment_terms: TERMS });
    await rig.move([id], 'PAY');
    await rig.settle(`${id}-1-1`);
    return id;
  };

  it('is paid from its day on, so many months after the approval', async () => {
    const id = await halfPaid();
    now = noonOf('2027-12-09');
    expect((await rig.move([id], 'PAY')).refusal).toMatchObject({ details: { dueFrom: '2027-12-10' } });
    now = noonOf('2027-12-10');
    await rig.move([id], 'PAY');
    expect(await orders(id)).toEqual([50_000, 50_000]);
  });

  it('is in doubt when its condition is not met on that day, and the rest is dropped', async () => {
    const id = await halfPaid();
    await policies.know({ [usccOf(1)]: { employees: 9 } });
    now = noonOf('2027-12-10');
    await rig.move([id], 'PAY');
    expect(await rig.ofEnterprise(1)).toMatchObject({ suspension: { doubts: [{ code: 'INSTALMENT_CONDITION' }] } });
    await rig.decide(id, 'WITHDRAW');
    expect(await rig.ofEnterprise(1)).toMatchObject({ status: 'WITHDRAWN', paidFen: 50_000 });
    expect((await policies.department.stores.funds.budget('staff'))?.reservedFen).toBe(50_000);
  });

  it('is in doubt when its period is over', async () => {
    const id = await halfPaid();
    now = noonOf('2028-02-01');
    await rig.move([id], 'PAY');
    expect(await rig.ofEnterprise(1)).toMatchObject({
      suspension: { doubts: [{ code: 'INSTALMENT_PERIOD_OVER', detail: '2028-01-31' }] },
    });
  });

  it('counts its months forward from the approval, to the end of a shorter month', async () => {
    const terms = [{ after_months: 2 }];
    const id = await identified({ amount_yuan: 1_000, instalments: [1], instalment_terms: terms });
    await rig.publicise();
    now = noonOf('2026-12-31');
    await rig.move([id], 'APPROVE');
    now = noonOf('2027-02-27');
    expect((await rig.move([id], 'PAY')).refusal).toMatchObject({ details: { dueFrom: '2027-02-28' } });
  });
});

describe('two persons', () => {
  it('approve and pay: neither who approved nor who decided on a doubt sends the money', async () => {
    const id = await approved({ formula: '100 * employees' });
    await policies.know({ [usccOf(1)]: { employees: 11 } });
    expect((await payWith([id], MAKER.sub)).refusal).toMatchObject({ details: { decidedBy: MAKER.sub } });
    await payWith([id], CASHIER.sub);
    await policies.department.grantCommands.decide({
      ...rig.command(CASHIER),
      grantId: id,
      decision: 'KEEP',
      amountFen: null,
      reason: '按审定额',
    });
    expect((await payWith([id], CASHIER.sub)).refusal).toMatchObject({ details: { decidedBy: CASHIER.sub } });
    await payWith([id], 'third');
    expect(await orders(id)).toEqual([100_000]);
  });

  it('are asked for from the amount on that is set, and below it one is enough', async () => {
    const id = await approved({ amount_yuan: 1_000 });
    const payWhere = async (twoPersonsFromFen: number) => {
      const { department } = policies;
      const moves = grantMoves({ ...department, calendar: nationalCalendar(), twoPersonsFromFen });
      const order = { ...rig.command(MAKER), grantIds: [id], move: 'PAY', note: '' } as const;
      return grantCommands({ ...department, moves }).move(order);
    };
    expect((await payWhere(100_000)).refusal).toMatchObject({ details: { decidedBy: MAKER.sub } });
    await payWhere(100_001);
    expect(await orders(id)).toEqual([100_000]);
  });

  const report = async (orderId: string, actor: Actor, settled: boolean) =>
    policies.department.grantCommands.reportPayment({ ...rig.command(actor), orderId, settled, reason: '账户已销户' });
  const movesFor = async (actor: Actor) =>
    (
      await policies.ask<{ grants: { nodes: { legalMoves: string[] }[] } }>(
        '{ grants(first: 1) { nodes { legalMoves } } }',
        { actor },
      )
    ).data?.grants.nodes[0]?.legalMoves;
  const stateOf = async (id: string) => [
    (await rig.ofEnterprise(1)).status,
    (await policies.department.stores.funds.ofGrants([id])).map(({ status }) => status),
  ];

  it.each([true, false])('pay and report what came of it: settled %s', async (settled) => {
    const id = await approved({ amount_yuan: 1_000 });
    await payWith([id], CASHIER.sub);
    expect([await movesFor(CASHIER), await movesFor(MAKER)]).toEqual([[], ['SETTLE', 'RETURN']]);
    expect((await report(`${id}-1-1`, CASHIER, settled)).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { grant: id, sentBy: CASHIER.sub },
    });
    expect(await stateOf(id)).toEqual(['PAYING', ['SENT']]);
    await report(`${id}-1-1`, MAKER, settled);
    expect(await stateOf(id)).toEqual(settled ? ['PAID', ['SETTLED']] : ['RETURNED', ['RETURNED']]);
  });

  it('report that settled money came back, of the order that is meant', async () => {
    const id = await approved({ amount_yuan: 1_000, instalments: [0.5, 0.5] });
    await payWith([id], CASHIER.sub);
    await rig.settle(`${id}-1-1`);
    now = noonOf('2026-12-11');
    await payWith([id], 'third');
    await rig.settle(`${id}-2-1`);
    expect((await report(`${id}-1-1`, CASHIER, false)).refusal).toMatchObject({ details: { sentBy: CASHIER.sub } });
    // The other order was sent by somebody else, and money that came back of either can be reported.
    expect(await movesFor(CASHIER)).toContain('RETURN');
    await report(`${id}-2-1`, CASHIER, false);
    expect(await stateOf(id)).toEqual(['RETURNED', ['SETTLED', 'RETURNED']]);
  });

  it('report what the batch has sent; a machine is not the person of its name', async () => {
    const id = await approved({ amount_yuan: 1_000 });
    await policies.department.grantCommands.payApproved({ policyId: 'staff', sub: 'treasury', now: () => now });
    const person: Actor = { sub: 'treasury', roles: ['OFFICER'], department: 'RSJ' };
    const both: Actor = { ...person, roles: ['OFFICER', 'SERVICE'] };
    for (const actor of [person, both])
      expect((await report(`${id}-1-1`, actor, true)).refusal).toMatchObject({ details: { sentBy: 'treasury' } });
    const machine: Actor = { ...person, roles: ['SERVICE'] };
    expect(await movesFor(person)).toEqual([]);
    await report(`${id}-1-1`, machine, true);
    expect(await stateOf(id)).toEqual(['PAID', ['SETTLED']]);
  });
});

describe('the account', () => {
  it.each([
    ['under another name is a doubt', '别家公司', ['ACCOUNT_HOLDER_DIFFERS']],
    ['under the registered name in another width is none', '企业０００１', []],
  ])('%s', async (_what, holder, codes) => {
    const id = await identified({ amount_yuan: 1_000 });
    await rig.move([id], 'NOTIFY');
    await rig.confirm(await rig.ofEnterprise(1), { holder });
    await rig.move([id], 'PUBLICISE');
    expect((await rig.ofEnterprise(1)).suspension?.doubts.map(({ code }) => code) ?? []).toEqual(codes);
  });

  it('to which another enterprise is paid is a doubt, of both', async () => {
    await identified({ amount_yuan: 1_000 }, 2);
    const all = await rig.all();
    const ids = all.map(({ id }) => id);
    await rig.move(ids, 'NOTIFY');
    for (const grant of await rig.all()) await rig.confirm(grant, { number: '6222021111111111' });
    await rig.move(ids, 'PUBLICISE');
    expect((await rig.ofEnterprise(1)).suspension?.doubts).toEqual([{ code: 'ACCOUNT_SHARED', detail: usccOf(2) }]);
    expect((await rig.ofEnterprise(2)).suspension?.doubts).toEqual([{ code: 'ACCOUNT_SHARED', detail: usccOf(1) }]);
  });
});
