import {
  auditor,
  coordinator,
  creditUnderTest,
  enterprise,
  keeper,
  officer,
  type CreditUnderTest,
} from '../support/credit-under-test.js';
import { registerWrites } from '../support/register-writes.js';

const USCC = '91421200MA4F5E6G3P';
const OTHER = '91110000600037341L';

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());
const { key, write } = registerWrites(() => credit);

describe('arrears', () => {
  const SHOWN = `arrear { id principal { amount } paidAmount { amount } outstandingAmount { amount } daysOverdue isCleared term { dueOn days start source } lateInterest { amount { amount } days basis source isCertain }
    plan { isBehind nextDueOn dueByNow { amount } } payments { reference amount { amount } } }`;
  const debt = (changes: Record<string, unknown> = {}) => ({
    debtor: 'ZJJ',
    uscc: USCC,
    subject: '道路维修款',
    contractNumber: `HT-${key()}`,
    contractSignedOn: '2026-03-01',
    deliveredOn: '2026-08-01',
    principal: '100000.00',
    ...changes,
  });
  const aDebt = async (changes: Record<string, unknown> = {}) =>
    (await write('recordArrear', SHOWN, debt(changes)))['arrear'] as { id: string };
  const pay = async (arrear: string, changes: Record<string, unknown> = {}, actor = keeper) =>
    write(
      'recordArrearPayment',
      SHOWN,
      { arrear, paidOn: '2026-10-01', amount: '40000.00', reference: key(), ...changes },
      { actor },
    );

  it('tell the due day and the interest of the day, with their articles', async () => {
    expect(await aDebt()).toMatchObject({
      term: {
        dueOn: '2026-08-31',
        days: 30,
        start: 'DELIVERY',
        source: '《保障中小企业款项支付条例》（国务院令第802号）第九条',
      },
      daysOverdue: 81,
      lateInterest: { amount: { amount: '4050.00' }, days: 81, basis: 'STATUTORY', isCertain: true },
    });
  });

  it('take an agreed rate and a late acceptance', async () => {
    expect(
      await aDebt({
        agreedRatePercent: '7.3',
        needsAcceptance: true,
        acceptanceAgreedBy: '2026-08-10',
        acceptedOn: '2026-10-01',
      }),
    ).toMatchObject({
      term: { start: 'ACCEPTANCE_DEADLINE', dueOn: '2026-09-09' },
      lateInterest: { basis: 'AGREED', amount: { amount: '1440.00' }, isCertain: false },
    });
  });

  it('are paid once per receipt, never beyond the debt, and are cleared at the end', async () => {
    const { id } = await aDebt();
    expect((await pay(id, { reference: 'QK-TWICE' }))['arrear']).toMatchObject({
      // 31 days late make 1,550.00, which the payment pays first.
      paidAmount: { amount: '38450.00' },
      outstandingAmount: { amount: '61550.00' },
      isCleared: false,
    });
    expect((await pay(id, { reference: 'QK-TWICE' })).refusal).toMatchObject({
      code: 'DUPLICATE',
      path: ['reference'],
      details: { arrear: id },
    });
    expect((await pay((await aDebt()).id, { reference: 'QK-TWICE' })).refusal).toMatchObject({ code: 'DUPLICATE' });
    expect((await pay(id, { amount: '61550.01' })).refusal).toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'OVERPAYMENT' },
    });
    expect((await pay(id, { amount: '1.001' })).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath: ['input', 'amount'],
    });
    expect((await pay(id, { amount: '61550.00' }))['arrear']).toMatchObject({ isCleared: true });
  });

  it('lose no payment when several arrive at once', async () => {
    const { id } = await aDebt();
    const answers = await Promise.all(Array.from({ length: 6 }, async () => pay(id, { amount: '20000.00' })));
    expect(answers.filter(({ refusal }) => refusal === null)).toHaveLength(5);
    const { data } = await credit.ask<{ arrear: { paidAmount: { amount: string }; payments: unknown[] } }>(
      'query ($id: ID!) { arrear(id: $id) { paidAmount { amount } payments { reference } } }',
      { variables: { id }, actor: auditor },
    );
    expect(data?.arrear).toMatchObject({ paidAmount: { amount: '98450.00' } });
    expect(data?.arrear.payments).toHaveLength(5);
  });

  it('let a plan or a payment name the version that its officer saw', async () => {
    const { id } = await aDebt();
    const sign = (dueOn: string, expectedVersion: number) =>
      write('signRepaymentPlan', 'arrear { version }', {
        arrear: id,
        expectedVersion,
        // With the interest of 81 days.
        instalments: [{ dueOn, amount: '104050.00' }],
      });
    expect((await sign('2026-12-31', 1))['arrear']).toEqual({ version: 2 });
    expect((await sign('2027-12-31', 1)).refusal).toMatchObject({
      code: 'STALE_VERSION',
      path: ['expectedVersion'],
      details: { currentVersion: 2 },
    });
    expect((await pay(id, { expectedVersion: 1 })).refusal).toMatchObject({ code: 'STALE_VERSION' });
    expect((await pay(id, { expectedVersion: 2 })).refusal).toBeNull();
  });

  it("are written by the department that owes them and the ledger's office, and read by their enterprise", async () => {
    const { id } = await aDebt();
    expect((await pay(id, {}, officer('RSJ'))).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await pay(id, {}, officer('ZJJ'))).refusal).toBeNull();
    const read = async (uscc: string) =>
      credit.ask('query ($id: ID!) { arrear(id: $id) { id } }', { variables: { id }, actor: enterprise(uscc) });
    expect((await read(USCC)).data).toEqual({ arrear: { id } });
    expect((await read(OTHER)).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each([
    ['a delivery of tomorrow', { deliveredOn: '2026-11-21' }, ['deliveredOn']],
    ['a contract of tomorrow', { contractSignedOn: '2026-11-21' }, ['contractSignedOn']],
    ['an acceptance before the delivery', { needsAcceptance: true, acceptedOn: '2026-07-31' }, ['acceptedOn']],
    [
      'an agreed time for acceptance before the delivery',
      { needsAcceptance: true, acceptanceAgreedBy: '2026-07-31' },
      ['acceptanceAgreedBy'],
    ],
    ['a settlement of tomorrow', { settlementConfirmedOn: '2026-11-21' }, ['settlementConfirmedOn']],
    ['more disputed than owed', { disputed: '100000.01' }, ['disputed']],
    ['a contract that neither names a term nor is covered', { creditorIsSme: false }, ['agreedTermDays']],
    ['a term beyond the calendar', { agreedTermDays: 2_147_483_647 }, ['agreedTermDays']],
    ['a debt for nothing in particular', { subject: ' ' }, ['subject']],
    ['a contract without a number', { contractNumber: '' }, ['contractNumber']],
  ])('refuse %s, and name the field of the input', async (_what, changes, path) => {
    expect((await write('recordArrear', SHOWN, debt(changes))).refusal).toMatchObject({ code: 'INVALID', path });
  });

  it('are reported by department: what is cleared, and what arose anew in the period', async () => {
    const old = await aDebt({ debtor: 'JYJ', deliveredOn: '2026-03-15' });
    const anew = await aDebt({ debtor: 'JYJ', deliveredOn: '2026-09-20' });
    await pay(old.id, { amount: '25000.00', paidOn: '2026-05-01' });
    const { data, errors } = await credit.ask<{
      arrearsReport: { departments: { department: { code: string }; newlyArisen: { id: string }[] }[] };
    }>(
      'query ($from: Date!, $to: Date!) { arrearsReport(from: $from, to: $to) { from to departments { department { code } count clearedCount overdueCount plansBehind principal { amount } paidAmount { amount } outstandingAmount { amount } lateInterestAmount { amount } clearingRate clearing { value numerator { amount } } newlyArisen { id daysOverdue } } } }',
      { variables: { from: '2026-10-01', to: '2026-10-31' }, actor: coordinator },
    );
    expect(errors).toBeUndefined();
    const row = data?.arrearsReport.departments.find(({ department }) => department.code === 'JYJ');
    expect(row).toMatchObject({
      count: 2,
      clearedCount: 0,
      overdueCount: 2,
      principal: { amount: '200000.00' },
      // 17 days late make 850.00.
      paidAmount: { amount: '24150.00' },
      clearingRate: '0.1208',
      clearing: { value: '0.1208', numerator: { amount: '24150.00' } },
    });
    expect(row?.newlyArisen).toEqual([{ id: anew.id, daysOverdue: 11 }]);
  });
});
