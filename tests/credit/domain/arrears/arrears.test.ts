import {
  aroseBetween,
  arrearPosition,
  checkArrear,
  checkPayment,
  type Arrear,
} from '../../../../subgraphs/credit/src/domain/arrears/arrears.js';
import { accountOf, fenDaysOn, stepOn } from '../../../../subgraphs/credit/src/domain/arrears/account.js';
import {
  interestOn,
  lateInterestRate,
  type LateInterestRate,
} from '../../../../subgraphs/credit/src/domain/arrears/late-interest.js';
import { loanPrimeRateOn, ONE_YEAR_LPR } from '../../../../subgraphs/credit/src/domain/figures/loan-prime-rate.js';
import {
  paymentTerm,
  type Delivery,
  type PurchaseContract,
} from '../../../../subgraphs/credit/src/domain/arrears/payment-term.js';
import { LAW } from '../../support/law.js';

const contract = (changes: Partial<PurchaseContract> = {}): PurchaseContract => ({
  signedOn: '2024-03-01',
  creditorIsSme: true,
  agreedTermDays: null,
  agreedRateBasisPoints: null,
  ...changes,
});
const delivery = (changes: Partial<Delivery> = {}): Delivery => ({
  deliveredOn: '2024-05-01',
  acceptance: null,
  settlementConfirmedOn: null,
  ...changes,
});
const arrear = (changes: Partial<Arrear> = {}): Arrear => ({
  contract: contract(),
  delivery: delivery(),
  principal: 10_000_000,
  disputed: 0,
  payments: [],
  plan: [],
  ...changes,
});
const TODAY = '2024-09-01';
const AT = { today: TODAY, calendar: LAW.calendar };

/** Interest alone: every payment counts towards the principal. */
function lateInterest(
  { dueOn, ...debt }: Pick<Arrear, 'principal' | 'payments'> & { readonly dueOn: string },
  rate: LateInterestRate,
  asOf: string,
) {
  const account = accountOf({ ...debt, disputed: 0 }, { dueOn, rate, principalFirst: true, until: asOf });
  return {
    amount: interestOn(fenDaysOn(stepOn(account, asOf), dueOn, asOf), rate),
    days: account.periods.reduce((sum, { days }) => sum + days, 0),
    periods: account.periods,
  };
}

describe('paymentTerm', () => {
  it.each<[string, Partial<PurchaseContract>, Partial<Delivery>, object]>([
    [
      '30 days from delivery where nothing is agreed',
      {},
      {},
      { days: 30, start: 'DELIVERY', dueOn: '2024-05-31', wasShortened: false },
    ],
    [
      'the agreed term up to 60 days',
      { agreedTermDays: 60 },
      {},
      { days: 60, countedTo: '2024-06-30', dueOn: '2024-07-01', wasShortened: false },
    ],
    [
      '60 days where the contract names 90',
      { agreedTermDays: 90 },
      {},
      { days: 60, countedTo: '2024-06-30', dueOn: '2024-07-01', wasShortened: true },
    ],
    ['a shorter agreed term', { agreedTermDays: 10 }, {}, { days: 10, dueOn: '2024-05-11', wasShortened: false }],
    [
      'the day of acceptance',
      {},
      { acceptance: { agreedBy: '2024-05-20', acceptedOn: '2024-05-10' } },
      { start: 'ACCEPTANCE', countedTo: '2024-06-09', dueOn: '2024-06-11' },
    ],
    [
      'the end of the agreed time where acceptance came late',
      {},
      { acceptance: { agreedBy: '2024-05-20', acceptedOn: '2024-08-01' } },
      { start: 'ACCEPTANCE_DEADLINE', dueOn: '2024-06-19' },
    ],
    [
      'the end of the agreed time where acceptance never came',
      {},
      { acceptance: { agreedBy: '2024-05-20', acceptedOn: null } },
      { start: 'ACCEPTANCE_DEADLINE', dueOn: '2024-06-19' },
    ],
    [
      'the confirmation of a periodic settlement',
      {},
      { settlementConfirmedOn: '2024-06-01' },
      { start: 'SETTLEMENT_CONFIRMED', dueOn: '2024-07-01' },
    ],
    [
      'the contract alone for a large enterprise',
      { creditorIsSme: false, agreedTermDays: 120 },
      {},
      { days: 120, wasShortened: false, source: '合同约定' },
    ],
    [
      'the contract alone before the regulation',
      { signedOn: '2020-08-31', agreedTermDays: 120 },
      {},
      { days: 120, source: '合同约定' },
    ],
  ])('takes %s', (_what, contractChanges, deliveryChanges, expected) => {
    expect(paymentTerm(contract(contractChanges), delivery(deliveryChanges), AT)).toMatchObject({
      ok: true,
      term: expected,
    });
  });

  it.each([
    ['2020-09-01', '《保障中小企业款项支付条例》（国务院令第728号）第八条'],
    ['2025-05-31', '《保障中小企业款项支付条例》（国务院令第728号）第八条'],
    ['2025-06-01', '《保障中小企业款项支付条例》（国务院令第802号）第九条'],
  ])('of a contract of %s cites the edition in force: %s', (signedOn, source) => {
    expect(paymentTerm(contract({ signedOn }), delivery(), AT)).toMatchObject({ term: { source } });
  });

  it('does not run while nothing is accepted and nothing was agreed about when', () => {
    expect(paymentTerm(contract(), delivery({ acceptance: { agreedBy: null, acceptedOn: null } }), AT)).toMatchObject({
      ok: false,
      code: 'NOT_ACCEPTED',
    });
    expect(paymentTerm(contract(), delivery({ acceptance: { agreedBy: TODAY, acceptedOn: null } }), AT)).toMatchObject({
      ok: false,
      code: 'NOT_ACCEPTED',
    });
  });

  it('is not invented where neither contract nor regulation gives one', () => {
    expect(paymentTerm(contract({ creditorIsSme: false }), delivery(), AT)).toMatchObject({
      ok: false,
      code: 'NO_TERM',
    });
  });
});

describe('the loan prime rate', () => {
  it.each([
    ['2019-08-19', null],
    ['2019-08-20', 425],
    ['2024-10-20', 335],
    ['2024-10-21', 310],
    ['2025-06-01', 300],
  ])('of %s is %p basis points', (date, basisPoints) => {
    expect(loanPrimeRateOn(ONE_YEAR_LPR, date)?.basisPoints ?? null).toBe(basisPoints);
  });

  it('says when the table may lack a newer publication', () => {
    expect(loanPrimeRateOn(ONE_YEAR_LPR, '2025-06-01')?.isCertain).toBe(true);
    expect(loanPrimeRateOn(ONE_YEAR_LPR, '2030-01-01')?.isCertain).toBe(false);
  });
});

describe('late interest', () => {
  const statutory = lateInterestRate(contract(), ONE_YEAR_LPR);
  const debt = (payments: Arrear['payments'] = []) => ({ principal: 10_000_000, dueOn: '2024-05-31', payments });

  it.each([
    ['2024-05-31', 0, 0],
    ['2024-06-01', 1, 5_000],
    ['2024-06-30', 30, 150_000],
  ])('at 0.05 %% a day on 100,000 yuan due on 2024-05-31 is, on %s, that of %d days: %d fen', (asOf, days, amount) => {
    expect(lateInterest(debt(), statutory, asOf)).toMatchObject({ days, amount });
  });

  it('runs on the day of a payment and on the rest afterwards', () => {
    const interest = lateInterest(debt([{ paidOn: '2024-06-10', amount: 4_000_000 }]), statutory, '2024-06-30');
    expect(interest.periods).toEqual([
      { from: '2024-06-01', to: '2024-06-10', days: 10, principal: 10_000_000 },
      { from: '2024-06-11', to: '2024-06-30', days: 20, principal: 6_000_000 },
    ]);
    expect(interest.amount).toBe(50_000 + 60_000);
  });

  it('stops when everything is paid, and never starts on what was paid in time', () => {
    expect(lateInterest(debt([{ paidOn: '2024-06-10', amount: 10_000_000 }]), statutory, '2024-12-31').days).toBe(10);
    expect(lateInterest(debt([{ paidOn: '2024-05-31', amount: 10_000_000 }]), statutory, '2024-12-31').amount).toBe(0);
    expect(lateInterest(debt([{ paidOn: '2024-05-20', amount: 9_000_000 }]), statutory, '2024-06-10').periods).toEqual([
      { from: '2024-06-01', to: '2024-06-10', days: 10, principal: 1_000_000 },
    ]);
  });

  it('does not know of a payment after the day asked for', () => {
    expect(lateInterest(debt([{ paidOn: '2024-07-01', amount: 10_000_000 }]), statutory, '2024-06-10').amount).toBe(
      50_000,
    );
  });

  it('counts an agreed rate over 365 days and rounds the total half up', () => {
    const rate = lateInterestRate(contract({ agreedRateBasisPoints: 400 }), ONE_YEAR_LPR);
    expect(rate).toMatchObject({ basis: 'AGREED', isCertain: true });
    // 10,000,000 fen × 4 % / 365 = 1,095.89 fen a day
    expect(lateInterest(debt(), rate, '2024-06-01').amount).toBe(1_096);
    expect(lateInterest(debt(), rate, '2024-06-30').amount).toBe(32_877);
  });

  it('never falls below the one-year LPR at signing', () => {
    const rate = lateInterestRate(contract({ agreedRateBasisPoints: 100 }), ONE_YEAR_LPR);
    expect(rate).toMatchObject({ basis: 'LPR_FLOOR', numerator: 345n });
    expect(rate.text).toContain('3.45%（2023-08-21公布）');
  });

  it.each([
    ['2026-01-20', 100, true],
    ['2026-01-21', 100, false],
    ['2026-01-20', 400, true],
    ['2026-01-21', 400, false],
  ])('of a contract of %s at %d basis points says whether the rate is certain: %p', (signedOn, agreed, isCertain) => {
    // The rates are known to be complete through 2026-01-20: whether a later one was lowered or raised nobody can say
    // here.
    expect(lateInterestRate(contract({ signedOn, agreedRateBasisPoints: agreed }), ONE_YEAR_LPR).isCertain).toBe(
      isCertain,
    );
  });

  it('names the article that it rests on', () => {
    expect(statutory.text).toBe('每日万分之五，《保障中小企业款项支付条例》（国务院令第728号）第十五条');
    expect(lateInterestRate(contract({ signedOn: '2025-06-01' }), ONE_YEAR_LPR).text).toContain('第802号）第十七条');
  });

  it('is not charged by regulation where the regulation does not apply', () => {
    expect(lateInterestRate(contract({ creditorIsSme: false }), ONE_YEAR_LPR).basis).toBe('NONE');
    expect(
      lateInterestRate(contract({ creditorIsSme: false, agreedRateBasisPoints: 100 }), ONE_YEAR_LPR),
    ).toMatchObject({ basis: 'AGREED', numerator: 100n });
  });
});

describe('arrearPosition', () => {
  it('puts together what is due, paid and run up', () => {
    const position = arrearPosition(
      arrear({ payments: [{ paidOn: '2024-06-10', amount: 4_000_000 }], disputed: 1_000_000 }),
      '2024-06-30',
      LAW,
    );
    expect(position).toMatchObject({
      dueOn: '2024-05-31',
      paidInAll: 4_000_000,
      // 9,000,000 bear 0.05 % for ten days, 45,000, which the payment pays first; the rest bears it for twenty more.
      paid: 3_955_000,
      outstanding: 6_045_000,
      disputed: 1_000_000,
      undisputedOutstanding: 5_045_000,
      daysOverdue: 30,
      ageing: 'UP_TO_30',
      interest: { amount: 95_450, paid: 45_000, outstanding: 50_450 },
      owedInAll: 6_095_450,
      isCleared: false,
    });
  });

  it('sees a plan that falls behind, from the day after an instalment was due', () => {
    const planned = arrear({
      plan: [
        { no: 1, dueOn: '2024-07-31', amount: 5_000_000 },
        { no: 2, dueOn: '2024-08-31', amount: 5_000_000 },
      ],
    });
    expect(arrearPosition(planned, '2024-07-31', LAW).plan).toMatchObject({
      isBehind: false,
      nextDueOn: '2024-07-31',
    });
    expect(arrearPosition(planned, '2024-08-01', LAW).plan).toMatchObject({
      isBehind: true,
      dueByNow: 5_000_000,
    });
    const kept = { ...planned, payments: [{ paidOn: '2024-07-31', amount: 5_000_000 }] };
    expect(arrearPosition(kept, '2024-08-01', LAW).plan).toMatchObject({
      isBehind: false,
      nextDueOn: '2024-08-31',
    });
  });

  it('counts against a plan only what was paid after it: the plan is over what was outstanding when it was signed', () => {
    const paidBefore = { paidOn: '2024-06-10', amount: 4_000_000 };
    const planned = arrear({
      payments: [paidBefore],
      plan: [
        { no: 1, dueOn: '2024-07-31', amount: 3_000_000 },
        { no: 2, dueOn: '2024-08-31', amount: 3_000_000 },
      ],
    });
    expect(arrearPosition(planned, '2024-07-31', LAW).plan).toMatchObject({
      planned: 6_000_000,
      paid: 0,
      isBehind: false,
      nextDueOn: '2024-07-31',
    });
    expect(arrearPosition(planned, '2024-08-01', LAW).plan).toMatchObject({
      paid: 0,
      isBehind: true,
      nextDueOn: '2024-07-31',
    });
    const kept = { ...planned, payments: [paidBefore, { paidOn: '2024-07-31', amount: 3_000_000 }] };
    expect(arrearPosition(kept, '2024-08-01', LAW).plan).toMatchObject({
      paid: 3_000_000,
      isBehind: false,
      nextDueOn: '2024-08-31',
    });
    expect(arrearPosition(planned, '2024-06-01', LAW).plan).toMatchObject({ paid: 0, isBehind: false });
  });

  it('claims no interest while no day is due', () => {
    const waiting = arrear({ delivery: delivery({ acceptance: { agreedBy: null, acceptedOn: null } }) });
    expect(arrearPosition(waiting, TODAY, LAW)).toMatchObject({ dueOn: null, daysOverdue: 0, interest: null });
  });
});

describe('a newly arisen arrear', () => {
  it.each([
    ['2024-06-01', '2024-06-01', true],
    ['2024-05-01', '2024-05-31', false],
    ['2024-06-02', '2024-06-30', false],
    ['2024-05-01', '2024-06-30', true],
  ])('due on 2024-05-31 arose between %s and %s: %s', (from, to, expected) => {
    expect(aroseBetween(arrear(), from, to, LAW)).toBe(expected);
  });

  it('is none where the whole debt was paid in time', () => {
    const inTime = arrear({ payments: [{ paidOn: '2024-05-31', amount: 10_000_000 }] });
    expect(aroseBetween(inTime, '2024-05-01', '2024-06-30', LAW)).toBe(false);
    expect(
      aroseBetween(
        arrear({ payments: [{ paidOn: '2024-06-01', amount: 10_000_000 }] }),
        '2024-05-01',
        '2024-06-30',
        LAW,
      ),
    ).toBe(true);
  });
});

describe('recording a debt or a payment', () => {
  it.each<[string, Partial<Arrear>, string]>([
    ['no debt at all', { principal: 0 }, 'principal'],
    ['more disputed than owed', { disputed: 10_000_001 }, 'disputed'],
    ['a delivery of tomorrow', { delivery: delivery({ deliveredOn: '2024-09-02' }) }, 'delivery.deliveredOn'],
    ['a contract date that does not exist', { contract: contract({ signedOn: '2024-02-30' }) }, 'contract.signedOn'],
    [
      'no term where the regulation gives none',
      { contract: contract({ creditorIsSme: false }) },
      'contract.agreedTermDays',
    ],
    [
      'a term of more than ten years',
      { contract: contract({ creditorIsSme: false, agreedTermDays: 3_651 }) },
      'contract.agreedTermDays',
    ],
    [
      'a term beyond the calendar',
      { contract: contract({ agreedTermDays: 2_147_483_647 }) },
      'contract.agreedTermDays',
    ],
    [
      'an acceptance before the delivery',
      { delivery: delivery({ acceptance: { agreedBy: null, acceptedOn: '2024-04-30' } }) },
      'delivery.acceptance.acceptedOn',
    ],
    [
      'a time for acceptance that ends before the delivery',
      { delivery: delivery({ acceptance: { agreedBy: '2024-04-30', acceptedOn: null } }) },
      'delivery.acceptance.agreedBy',
    ],
    [
      'a rate with a fraction of a basis point',
      { contract: contract({ agreedRateBasisPoints: 0.5 }) },
      'contract.agreedRate',
    ],
  ])('refuses %s', (_what, changes, path) => {
    expect(checkArrear(arrear(changes), TODAY).map((problem) => problem.path.join('.'))).toEqual([path]);
  });

  it.each([
    // 62 days late: 10,000,000 with 310,000 of interest.
    [10_310_000, '2024-08-01', null],
    [10_310_001, '2024-08-01', 'OVERPAYMENT'],
    [10_000_001, '2024-05-31', 'OVERPAYMENT'],
    [0, '2024-08-01', 'BAD_AMOUNT'],
    [1, '2024-09-02', 'IN_THE_FUTURE'],
    [1, 'gestern', 'BAD_DATE'],
  ])('a payment of %d fen on %s → %p', (amount, paidOn, code) => {
    expect(checkPayment(arrear(), { amount, paidOn }, TODAY, LAW)?.code ?? null).toBe(code);
  });
});
