import { addDays, type BasisPoints, type DatedFigure, type Fen, isLegalDay, type LegalDay } from '@zhitong/values';
import { standingPayments, type ArrearPayment } from './arrear-payment.js';
import { faultOfAmount } from '../commitments/commitment.js';
import { ageingBucket, daysOverdue, type AgeingBucket } from '../commitments/ageing.js';
import { lateInterest, lateInterestRate, type LateInterest, type Payment } from './late-interest.js';
import {
  paymentTerm,
  regulationFor,
  type Delivery,
  type PaymentTermResult,
  type PurchaseContract,
} from './payment-term.js';

export interface PlanInstalment {
  readonly no: number;
  readonly dueOn: LegalDay;
  readonly amount: Fen;
}

/** A public body's debt to an enterprise (拖欠账款) as it is recorded. */
export interface Arrear {
  readonly contract: PurchaseContract;
  readonly delivery: Delivery;
  readonly principal: Fen;
  /** The part that the debtor disputes; the rest has to be paid all the same (order 802, article 15). */
  readonly disputed: Fen;
  readonly payments: readonly ArrearPayment[];
  /** Repayment plan (还款计划); empty while none is signed. */
  readonly plan: readonly PlanInstalment[];
}

export interface PlanPosition {
  /** Sum of the instalments: what was outstanding when the plan was signed. */
  readonly planned: Fen;
  /** What the plan wanted paid before the day. */
  readonly dueByNow: Fen;
  /** Paid beyond what was paid before the plan. */
  readonly paid: Fen;
  readonly isBehind: boolean;
  readonly nextDueOn: LegalDay | null;
}

export interface ArrearPosition {
  readonly term: PaymentTermResult;
  readonly dueOn: LegalDay | null;
  readonly paid: Fen;
  readonly outstanding: Fen;
  readonly undisputedOutstanding: Fen;
  readonly daysOverdue: number;
  readonly ageing: AgeingBucket | null;
  /** Null while no day is due. */
  readonly interest: LateInterest | null;
  readonly plan: PlanPosition | null;
  readonly isCleared: boolean;
}

/** A longer agreed term is a slip of the pen, and one beyond the calendar would have no due day. */
const LONGEST_AGREED_TERM_DAYS = 3_650;

const sum = (items: readonly { readonly amount: Fen }[]): Fen => items.reduce((total, { amount }) => total + amount, 0);

/** What the payments that stand add up to, whenever they were made. */
export const paidOf = ({ payments }: Pick<Arrear, 'payments'>): Fen => sum(standingPayments(payments));

/** A debt on one day: what is due by the regulation, what is paid, and the interest that has run up. */
export function arrearPosition(arrear: Arrear, asOf: LegalDay, lpr: DatedFigure<BasisPoints>): ArrearPosition {
  const term = paymentTerm(arrear.contract, arrear.delivery, asOf);
  const dueOn = term.ok ? term.term.dueOn : null;
  const payments = standingPayments(arrear.payments).filter(({ paidOn }) => paidOn <= asOf);
  const paid = sum(payments);
  const outstanding = arrear.principal - paid;
  const days = dueOn !== null && outstanding > 0 ? daysOverdue(dueOn, asOf) : 0;
  return {
    term,
    dueOn,
    paid,
    outstanding,
    undisputedOutstanding: Math.max(0, outstanding - arrear.disputed),
    daysOverdue: days,
    ageing: ageingBucket(days),
    interest:
      dueOn === null
        ? null
        : lateInterest({ principal: arrear.principal, dueOn, payments }, lateInterestRate(arrear.contract, lpr), asOf),
    plan: planPosition(arrear, payments, asOf),
    isCleared: outstanding === 0,
  };
}

/**
 * A plan adds up to what was outstanding at its signature, so the rest of the debt had been paid before and does not
 * count towards it. Where such an earlier payment is reversed later, what is paid then makes up for it first.
 */
function planPosition({ plan, principal }: Arrear, payments: readonly Payment[], asOf: LegalDay): PlanPosition | null {
  if (plan.length === 0) return null;
  const planned = sum(plan);
  const dueByNow = sum(plan.filter(({ dueOn }) => dueOn < asOf));
  const paid = Math.max(0, sum(payments) - (principal - planned));
  let reached = 0;
  const next = plan.find((instalment) => {
    reached += instalment.amount;
    return reached > paid;
  });
  return { planned, dueByNow, paid, isBehind: paid < dueByNow, nextDueOn: next?.dueOn ?? null };
}

/**
 * True when the debt became an arrear between the two days, both included: its first day of default fell into them with
 * something unpaid. This is what "no new arrears" (严禁新增拖欠) is checked by.
 */
export function aroseBetween(arrear: Arrear, from: LegalDay, to: LegalDay): boolean {
  const term = paymentTerm(arrear.contract, arrear.delivery, to);
  if (!term.ok) return false;
  const firstDayOfDefault = addDays(term.term.dueOn, 1);
  if (firstDayOfDefault < from || firstDayOfDefault > to) return false;
  return sum(standingPayments(arrear.payments).filter(({ paidOn }) => paidOn <= term.term.dueOn)) < arrear.principal;
}

export interface ArrearProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** Every reason why a debt cannot be recorded as given on `today`; empty when it can. */
export function checkArrear(arrear: Arrear, today: LegalDay): ArrearProblem[] {
  const problems: ArrearProblem[] = [];
  const add = (path: string[], message: string) => problems.push({ path, message });
  const { contract, delivery, principal, disputed, plan } = arrear;
  const happened = (date: LegalDay | null, path: string[]) => {
    if (date === null) return;
    if (!isLegalDay(date)) add(path, `"${date}" is not a date`);
    else if (date > today) add(path, `${date} has not come yet`);
  };
  happened(contract.signedOn, ['contract', 'signedOn']);
  happened(delivery.deliveredOn, ['delivery', 'deliveredOn']);
  happened(delivery.settlementConfirmedOn, ['delivery', 'settlementConfirmedOn']);
  happened(delivery.acceptance?.acceptedOn ?? null, ['delivery', 'acceptance', 'acceptedOn']);
  const amountFault = faultOfAmount(principal);
  if (amountFault !== null) add(['principal'], `the debt ${amountFault}`);
  if (!Number.isSafeInteger(disputed) || disputed < 0 || disputed > principal)
    add(['disputed'], 'the disputed part lies between zero and the debt');
  for (const [field, day] of Object.entries(delivery.acceptance ?? {})) {
    if (day !== null && day < delivery.deliveredOn)
      add(['delivery', 'acceptance', field], `${day} is before the delivery of ${delivery.deliveredOn}`);
  }
  if (
    contract.agreedTermDays !== null &&
    (!Number.isInteger(contract.agreedTermDays) ||
      contract.agreedTermDays < 0 ||
      contract.agreedTermDays > LONGEST_AGREED_TERM_DAYS)
  ) {
    add(['contract', 'agreedTermDays'], `a term is a whole number of days, at most ${LONGEST_AGREED_TERM_DAYS}`);
  }
  if (
    contract.agreedRateBasisPoints !== null &&
    (!Number.isInteger(contract.agreedRateBasisPoints) || contract.agreedRateBasisPoints < 0)
  ) {
    add(['contract', 'agreedRate'], 'a yearly rate has at most two decimals and is not negative');
  }
  if (contract.agreedTermDays === null && !regulationFor(contract)) {
    add(['contract', 'agreedTermDays'], 'the regulation does not cover this contract, so its own term is needed');
  }
  if (plan.length > 0 && sum(plan) !== principal - paidOf(arrear))
    add(['plan'], 'the plan does not add up to what is outstanding');
  return problems;
}

export type PaymentRefusal = {
  readonly code: 'BAD_AMOUNT' | 'OVERPAYMENT' | 'IN_THE_FUTURE' | 'BAD_DATE';
  readonly message: string;
  readonly path: readonly string[];
};

/** Null when the payment may be recorded. */
export function checkPayment(arrear: Arrear, payment: Payment, today: LegalDay): PaymentRefusal | null {
  const outstanding = arrear.principal - paidOf(arrear);
  if (!isLegalDay(payment.paidOn))
    return { code: 'BAD_DATE', message: `"${payment.paidOn}" is not a date`, path: ['paidOn'] };
  if (payment.paidOn > today)
    return { code: 'IN_THE_FUTURE', message: `${payment.paidOn} has not come yet`, path: ['paidOn'] };
  if (!Number.isSafeInteger(payment.amount) || payment.amount < 1)
    return { code: 'BAD_AMOUNT', message: 'the amount must be more than zero', path: ['amount'] };
  if (payment.amount > outstanding)
    return { code: 'OVERPAYMENT', message: 'the payment is more than what is outstanding', path: ['amount'] };
  return null;
}
