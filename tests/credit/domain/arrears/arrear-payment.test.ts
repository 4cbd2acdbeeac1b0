import {
  checkReversal,
  type ArrearPayment,
  type PaymentReversal,
} from '../../../../subgraphs/credit/src/domain/arrears/arrear-payment.js';
import {
  aroseBetween,
  arrearPosition,
  checkPayment,
  type Arrear,
} from '../../../../subgraphs/credit/src/domain/arrears/arrears.js';
import { planFault, type PlanVersion } from '../../../../subgraphs/credit/src/domain/arrears/repayment-plan.js';
import { LAW } from '../../support/law.js';

const DOCUMENT = { number: '咸财更〔2024〕3号', date: '2024-08-20', digest: null };
const reversal: PaymentReversal = {
  reason: '错记他户回单',
  document: DOCUMENT,
  recordedAt: '2024-08-21T02:00:00.000Z',
  recordedBy: 'o-1',
  department: 'ZJJ',
};
const TODAY = '2024-09-01';

/** 100,000 yuan, due on 2024-05-31. */
const debt = (payments: readonly ArrearPayment[], plan: Arrear['plan'] = []): Arrear => ({
  contract: { signedOn: '2024-03-01', creditorIsSme: true, agreedTermDays: null, agreedRateBasisPoints: null },
  delivery: { deliveredOn: '2024-05-01', acceptance: null, settlementConfirmedOn: null },
  principal: 10_000_000,
  disputed: 0,
  payments,
  plan,
});
const inTime = { paidOn: '2024-05-31', amount: 10_000_000 };
const part = { paidOn: '2024-06-10', amount: 4_000_000 };

describe('a payment that was reversed', () => {
  it('leaves the debt as if it had never been made: owed, overdue, with interest from the first day', () => {
    const reversed = debt([{ ...part, reversal }]);
    expect(arrearPosition(reversed, TODAY, LAW)).toEqual(arrearPosition(debt([]), TODAY, LAW));
    expect(arrearPosition(reversed, TODAY, LAW)).toMatchObject({
      paid: 0,
      outstanding: 10_000_000,
      daysOverdue: 93,
      interest: { amount: 465_000 },
    });
    expect(arrearPosition(reversed, TODAY, LAW).paidInAll).toBe(0);
  });

  it('does not take another payment with it', () => {
    expect(arrearPosition(debt([part, { ...part, reversal }]), TODAY, LAW)).toEqual(
      arrearPosition(debt([part]), TODAY, LAW),
    );
  });

  it('was no payment in time: the debt arose as an arrear', () => {
    expect(aroseBetween(debt([inTime]), '2024-06-01', '2024-06-30', LAW)).toBe(false);
    expect(aroseBetween(debt([{ ...inTime, reversal }]), '2024-06-01', '2024-06-30', LAW)).toBe(true);
  });

  it('leaves room for the payment that was really made, and for a plan over the whole', () => {
    const reversed = debt([{ ...inTime, reversal }]);
    expect(checkPayment(debt([inTime]), { paidOn: '2024-08-01', amount: 1 }, TODAY, LAW)?.code).toBe('OVERPAYMENT');
    expect(checkPayment(reversed, { paidOn: '2024-08-01', amount: 10_000_000 }, TODAY, LAW)).toBeNull();
    const { owedInAll } = arrearPosition(reversed, TODAY, LAW);
    expect(owedInAll).toBe(10_465_000);
    const plan = [{ no: 1, dueOn: '2024-12-31', amount: owedInAll }];
    expect(planFault(plan, { owed: owedInAll, today: TODAY, longestDays: 365 })).toBeNull();
  });

  it('from before a plan is made up for first, so the plan falls behind', () => {
    const plan = [{ no: 1, dueOn: '2024-07-31', amount: 6_000_000 }];
    const later = { paidOn: '2024-07-31', amount: 6_000_000 };
    expect(arrearPosition(debt([part, later], plan), TODAY, LAW).plan).toMatchObject({
      paid: 6_000_000,
      isBehind: false,
    });
    expect(arrearPosition(debt([{ ...part, reversal }, later], plan), TODAY, LAW).plan).toMatchObject({
      paid: 2_000_000,
      isBehind: true,
      nextDueOn: '2024-07-31',
    });
  });
});

describe('reversing a payment', () => {
  const payments = [part, { ...part, reversal }];
  it.each([
    ['a payment that stands, with a document of today', {}, null],
    ['a payment that is not there', { no: 3 }, ['UNKNOWN_PAYMENT', 'payment']],
    ['payment 0', { no: 0 }, ['UNKNOWN_PAYMENT', 'payment']],
    ['a payment that is reversed already', { no: 2 }, ['ALREADY_REVERSED', 'payment']],
    ['one without a reason', { reason: ' ' }, ['BAD_EVIDENCE', 'reason']],
    ['one without a document number', { document: { ...DOCUMENT, number: '' } }, ['BAD_EVIDENCE', 'document.number']],
    [
      'one by a document of tomorrow',
      { document: { ...DOCUMENT, date: '2024-09-02' } },
      ['BAD_EVIDENCE', 'document.date'],
    ],
    [
      'one by a document of no day',
      { document: { ...DOCUMENT, date: '2024-02-30' } },
      ['BAD_EVIDENCE', 'document.date'],
    ],
    [
      'one with a digest that is none',
      { document: { ...DOCUMENT, digest: 'abc' } },
      ['BAD_EVIDENCE', 'document.digest'],
    ],
  ])('%s → %j %j', (_what, changes, expected) => {
    const refusal = checkReversal(
      payments,
      { no: 1, reason: '重复登记', document: { ...DOCUMENT, date: TODAY }, ...changes },
      TODAY,
    );
    expect(refusal && [refusal.code, refusal.path.join('.')]).toEqual(expected);
  });
});

it('nobody is behind with a plan who owes nothing any more, as where a cost that a plan held was reversed', () => {
  const owed = arrearPosition(debt([]), '2024-07-31', LAW).owedInAll;
  const step = {
    on: '2024-07-01',
    recordedAt: '2024-07-01T02:00:00.000Z',
    recordedBy: 'a',
    department: null,
    reason: '',
  };
  const plan: PlanVersion = {
    no: 1,
    instalments: [{ no: 1, dueOn: '2024-07-31', amount: owed + 50_000 }],
    paidBefore: 0,
    steps: [
      { ...step, kind: 'PROPOSED', side: 'DEBTOR' },
      { ...step, kind: 'ACCEPTED', side: 'CREDITOR' },
    ],
  };
  const paid = (amount: number) => ({ ...debt([{ paidOn: '2024-07-31', amount }]), plans: [plan] });
  expect(arrearPosition(paid(owed), '2024-08-01', LAW).plan).toMatchObject({ isBehind: false, nextDueOn: null });
  expect(arrearPosition(paid(owed - 1), '2024-08-01', LAW).plan).toMatchObject({
    isBehind: true,
    nextDueOn: '2024-07-31',
  });
});
