import {
  addDays,
  daysBetween,
  formatYuan,
  isLegalDay,
  type BasisPoints,
  type DatedFigure,
  type Fen,
  type LegalDay,
  type WorkingCalendar,
} from '@zhitong/values';
import { ageingBucket, daysOverdue, type AgeingBucket } from '../commitments/ageing.js';
import { faultOfAmount, type AmountReason } from '../commitments/commitment.js';
import type { Problem, ProblemDetails } from '../problem.js';
import {
  accountOf,
  disputedPart,
  fenDaysOn,
  stepOn,
  undisputedLeft,
  type Account,
  type AccountMovements,
  type Allocation,
} from './account.js';
import {
  alternativeRate,
  interestOn,
  lateInterestRate,
  type InterestPeriod,
  type LateInterest,
  type Payment,
} from './late-interest.js';
import {
  needsOwnTerm,
  paymentTerm,
  type Delivery,
  type PaymentTermResult,
  type PurchaseContract,
} from './payment-term.js';
import { planPosition, planVersions, type Planned, type PlanPosition } from './repayment-plan.js';

/** A debt of a public body or a large enterprise to an enterprise (拖欠账款) as it is recorded. */
export interface Arrear extends AccountMovements, Planned {
  readonly contract: PurchaseContract;
  readonly delivery: Delivery;
}

/** What the law's terms and rates are reckoned with. */
export interface ArrearRules {
  readonly lpr: DatedFigure<BasisPoints>;
  readonly calendar: WorkingCalendar;
}

export interface ArrearPosition {
  readonly term: PaymentTermResult;
  readonly dueOn: LegalDay | null;
  /** The debt itself, without what was struck off of it. */
  readonly principal: Fen;
  /** All that was paid. */
  readonly paidInAll: Fen;
  /** What of it counts towards the principal. */
  readonly paid: Fen;
  /** What is still owed of the principal. */
  readonly outstanding: Fen;
  readonly disputed: Fen;
  readonly undisputedOutstanding: Fen;
  readonly costs: Fen;
  readonly costsOutstanding: Fen;
  readonly overpaid: Fen;
  /** Principal, interest and costs. */
  readonly owedInAll: Fen;
  /** Days on which the undisputed part has been overdue. */
  readonly daysOverdue: number;
  readonly ageing: AgeingBucket | null;
  /** Null while no day is due. */
  readonly interest: LateInterest | null;
  readonly plan: PlanPosition | null;
  /** Principal, interest and costs are paid. */
  readonly isCleared: boolean;
  readonly allocations: ReadonlyMap<number, Allocation>;
}

/** A longer agreed term is a slip of the pen, and one beyond the calendar would have no due day. */
const LONGEST_AGREED_TERM_DAYS = 3_650;

/** The due day and the account of a debt, up to a day. */
export function reckon(
  arrear: Arrear,
  asOf: LegalDay,
  rules: ArrearRules,
  until: LegalDay | null = asOf,
): { readonly term: PaymentTermResult; readonly dueOn: LegalDay | null; readonly account: Account } {
  const term = paymentTerm(arrear.contract, arrear.delivery, { today: asOf, calendar: rules.calendar });
  const dueOn = term.ok ? term.term.dueOn : null;
  const rate = lateInterestRate(arrear.contract, rules.lpr);
  const { principalFirst } = arrear.contract;
  return { term, dueOn, account: accountOf(arrear, { dueOn, rate, principalFirst, until }) };
}

/** A debt on one day: what is due by the regulation, what is paid, and the interest that has run up. */
export function arrearPosition(arrear: Arrear, asOf: LegalDay, rules: ArrearRules): ArrearPosition {
  const { term, dueOn, account } = reckon(arrear, asOf, rules);
  const step = stepOn(account, asOf);
  const outstanding = step.principal - step.principalPaid;
  const undisputed = undisputedLeft(step);
  const interest = dueOn === null ? null : interestPosition(arrear.contract, { account, dueOn, asOf }, rules);
  const costsOutstanding = step.costs - step.costsPaid;
  const owedInAll = outstanding + (interest?.outstanding ?? 0) + costsOutstanding;
  const days = dueOn !== null && undisputed > 0 ? daysOverdue(dueOn, asOf) : 0;
  return {
    term,
    dueOn,
    principal: step.principal,
    paidInAll: step.paid,
    paid: step.principalPaid,
    outstanding,
    disputed: disputedPart(step),
    undisputedOutstanding: undisputed,
    costs: step.costs,
    costsOutstanding,
    overpaid: step.overpaid,
    owedInAll,
    daysOverdue: days,
    ageing: ageingBucket(days),
    interest,
    plan: planPosition(
      planVersions(arrear, arrear.principal),
      { paid: step.paid, owed: owedInAll - disputedPart(step) },
      asOf,
    ),
    isCleared: owedInAll === 0,
    allocations: account.allocations,
  };
}

function interestPosition(
  contract: PurchaseContract,
  { account, dueOn, asOf }: { readonly account: Account; readonly dueOn: LegalDay; readonly asOf: LegalDay },
  { lpr }: ArrearRules,
): LateInterest {
  const rate = lateInterestRate(contract, lpr);
  const step = stepOn(account, asOf);
  const fenDays = fenDaysOn(step, dueOn, asOf);
  const amount = interestOn(fenDays, rate);
  const other = alternativeRate(contract, lpr);
  return {
    rate,
    days: daysCovered(account.periods),
    amount,
    paid: step.interestPaid,
    outstanding: amount - step.interestPaid,
    periods: account.periods,
    alternative: other && { rate: other, amount: interestOn(fenDays, other) },
  };
}

/** Days of periods in order of their first days; one that lies in two of them counts once. */
function daysCovered(periods: readonly InterestPeriod[]): number {
  let [days, through] = [0, ''];
  for (const { from, to } of periods) {
    if (to <= through) continue;
    days += daysBetween(from > through ? from : addDays(through, 1), to) + 1;
    through = to;
  }
  return days;
}

/**
 * True when the debt became an arrear between the two days, both included: its first day of default fell into them with
 * something unpaid that is not disputed. This is what "no new arrears" (严禁新增拖欠) is checked by.
 */
export function aroseBetween(arrear: Arrear, from: LegalDay, to: LegalDay, rules: ArrearRules): boolean {
  const { dueOn, account } = reckon(arrear, to, rules);
  if (dueOn === null) return false;
  const firstDayOfDefault = addDays(dueOn, 1);
  if (firstDayOfDefault < from || firstDayOfDefault > to) return false;
  return undisputedLeft(stepOn(account, dueOn)) > 0;
}

/** Why what a debt says cannot be so. */
export type ArrearReason =
  | AmountReason
  | 'NOT_A_DATE'
  | 'IN_THE_FUTURE'
  | 'BAD_DISPUTED'
  | 'ACCEPTANCE_BEFORE_DELIVERY'
  | 'RETENTION_BEFORE_DELIVERY'
  | 'RETENTION_TOO_LONG'
  | 'BAD_TERM'
  | 'BAD_RATE'
  | 'TERM_NEEDED';

/** Every reason why a debt cannot be recorded as given on `today`; empty when it can. */
export function checkArrear(
  arrear: Pick<Arrear, 'contract' | 'delivery' | 'principal' | 'disputed'>,
  today: LegalDay,
): Problem<ArrearReason>[] {
  const problems: Problem<ArrearReason>[] = [];
  const add = (code: ArrearReason, path: string[], message: string, details?: ProblemDetails) =>
    problems.push({ code, path, message, ...(details && { details }) });
  const { contract, delivery, principal, disputed } = arrear;
  const happened = (date: LegalDay | null, path: string[]) => {
    if (date === null) return;
    if (!isLegalDay(date)) add('NOT_A_DATE', path, `"${date}" is not a date`, { date });
    else if (date > today) add('IN_THE_FUTURE', path, `${date} has not come yet`, { date, today });
  };
  happened(contract.signedOn, ['contract', 'signedOn']);
  happened(delivery.deliveredOn, ['delivery', 'deliveredOn']);
  happened(delivery.settlementConfirmedOn, ['delivery', 'settlementConfirmedOn']);
  happened(delivery.acceptance?.acceptedOn ?? null, ['delivery', 'acceptance', 'acceptedOn']);
  const retention = retentionFault(delivery);
  if (retention !== null) problems.push(retention);
  const amountFault = faultOfAmount(principal);
  if (amountFault !== null)
    problems.push({ ...amountFault, path: ['principal'], message: `the debt ${amountFault.message}` });
  if (!Number.isSafeInteger(disputed) || disputed < 0 || disputed > principal)
    add('BAD_DISPUTED', ['disputed'], 'the disputed part lies between zero and the debt');
  const { deliveredOn } = delivery;
  for (const [field, day] of Object.entries<LegalDay | null>({ ...delivery.acceptance })) {
    if (day !== null && day < deliveredOn)
      add(
        'ACCEPTANCE_BEFORE_DELIVERY',
        ['delivery', 'acceptance', field],
        `${day} is before the delivery of ${deliveredOn}`,
        { date: day, deliveredOn },
      );
  }
  if (
    contract.agreedTermDays !== null &&
    (!Number.isInteger(contract.agreedTermDays) ||
      contract.agreedTermDays < 0 ||
      contract.agreedTermDays > LONGEST_AGREED_TERM_DAYS)
  ) {
    add(
      'BAD_TERM',
      ['contract', 'agreedTermDays'],
      `a term is a whole number of days, at most ${LONGEST_AGREED_TERM_DAYS}`,
      { most: LONGEST_AGREED_TERM_DAYS },
    );
  }
  if (
    contract.agreedRateBasisPoints !== null &&
    (!Number.isInteger(contract.agreedRateBasisPoints) || contract.agreedRateBasisPoints < 0)
  ) {
    add('BAD_RATE', ['contract', 'agreedRate'], 'a yearly rate has at most two decimals and is not negative');
  }
  if (needsOwnTerm(contract, delivery)) {
    add(
      'TERM_NEEDED',
      ['contract', 'agreedTermDays'],
      'the regulation does not cover this contract, so its own term is needed',
    );
  }
  return problems;
}

function retentionFault({ deliveredOn, retentionUntil: date = null }: Delivery): Problem<ArrearReason> | null {
  if (date === null) return null;
  const most = LONGEST_AGREED_TERM_DAYS;
  const at = (code: ArrearReason, message: string): Problem<ArrearReason> => ({
    code,
    path: ['delivery', 'retentionUntil'],
    message,
    details: { date, deliveredOn, most },
  });
  if (!isLegalDay(date)) return at('NOT_A_DATE', `"${date}" is not a date`);
  if (date < deliveredOn) return at('RETENTION_BEFORE_DELIVERY', `${date} is before the delivery of ${deliveredOn}`);
  return date > addDays(deliveredOn, most)
    ? at('RETENTION_TOO_LONG', `${date} is more than ${most} days after the delivery`)
    : null;
}

export type PaymentRefusal = Problem<'BAD_AMOUNT' | 'OVERPAYMENT' | 'IN_THE_FUTURE' | 'BAD_DATE'>;

/**
 * Null when the payment may be recorded: neither it nor, where it lies before others, one after it is more than was
 * owed on its day, interest and costs included.
 */
export function checkPayment(
  arrear: Arrear,
  payment: Payment,
  today: LegalDay,
  rules: ArrearRules,
): PaymentRefusal | null {
  if (!isLegalDay(payment.paidOn))
    return {
      code: 'BAD_DATE',
      message: `"${payment.paidOn}" is not a date`,
      path: ['paidOn'],
      details: { date: payment.paidOn },
    };
  if (payment.paidOn > today)
    return {
      code: 'IN_THE_FUTURE',
      message: `${payment.paidOn} has not come yet`,
      path: ['paidOn'],
      details: { date: payment.paidOn, today },
    };
  if (!Number.isSafeInteger(payment.amount) || payment.amount < 1)
    return { code: 'BAD_AMOUNT', message: 'the amount must be more than zero', path: ['amount'] };
  const before = arrearPosition(arrear, today, rules);
  const after = arrearPosition({ ...arrear, payments: [...arrear.payments, payment] }, today, rules);
  const tooMuch = after.overpaid - before.overpaid;
  if (tooMuch > 0)
    return {
      code: 'OVERPAYMENT',
      message: `the payment is ${formatYuan(tooMuch)} more than what is outstanding, interest and costs included`,
      path: ['amount'],
      details: { tooMuch: formatYuan(tooMuch) },
    };
  return null;
}
