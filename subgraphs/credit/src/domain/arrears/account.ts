import { addDays, daysBetween, type Fen, type LegalDay } from '@zhitong/values';
import { standing, type ArrearPayment, type PaymentReversal, type Recorded } from './arrear-payment.js';
import type { LegalDocument } from '../commitments/commitment.js';
import { interestOn, type InterestPeriod, type LateInterestRate } from './late-interest.js';

/** What it cost to get the money (实现债权的有关费用): a fee of a court, a notary. The debtor owes it too. */
export interface ArrearCost extends Partial<Recorded> {
  readonly amount: Fen;
  readonly incurredOn: LegalDay;
  readonly subject: string;
  readonly document: LegalDocument;
  /** Left out while it stands. */
  readonly reversal?: PaymentReversal;
}

/**
 * A dispute that was settled, whole or in part: what of the disputed part is owed after all, and what is struck off. It
 * was owed all along, so it bears interest from the day on which the rest did, while it was unpaid.
 */
export interface SettledDispute extends Partial<Recorded> {
  readonly settledOn: LegalDay;
  readonly owed: Fen;
  readonly struckOff: Fen;
  readonly reason: string;
  readonly document: LegalDocument;
  /** What the debt said before. */
  readonly before: { readonly principal: Fen; readonly disputed: Fen };
  /** Left out while it stands. */
  readonly reversal?: PaymentReversal;
}

/** What moves a debt's account. */
export interface AccountMovements {
  readonly principal: Fen;
  /** The part that the debtor disputes now. */
  readonly disputed: Fen;
  readonly payments: readonly ArrearPayment[];
  readonly costs?: readonly ArrearCost[];
  readonly settledDisputes?: readonly SettledDispute[];
}

/** What the parties' debt stands on from a day on, until the next step. Amounts in fen. */
export interface AccountStep {
  /** The day whose payments it counts; what runs up on the day itself is in `fenDays`. */
  readonly on: LegalDay;
  readonly principal: Fen;
  readonly principalPaid: Fen;
  readonly disputed: Fen;
  readonly costs: Fen;
  readonly costsPaid: Fen;
  readonly interestPaid: Fen;
  /** All that was paid, and what of it is more than was owed on its day. */
  readonly paid: Fen;
  readonly overpaid: Fen;
  /** Fen times days in default, through `on`. */
  readonly fenDays: bigint;
}

/** How one payment was counted. */
export interface Allocation {
  readonly costs: Fen;
  readonly interest: Fen;
  readonly principal: Fen;
  readonly overpaid: Fen;
}

export interface Account {
  readonly steps: readonly AccountStep[];
  readonly periods: readonly InterestPeriod[];
  /** Of the payments that count, by their place among all payments of the debt. */
  readonly allocations: ReadonlyMap<number, Allocation>;
}

/** Before any day of an account. */
const BEGINNING: LegalDay = '0001-01-01';

/** The part that bears interest and falls due by itself: what is owed and not disputed (order 802, article 15). */
export const undisputedLeft = ({
  principal,
  principalPaid,
  disputed,
}: Pick<AccountStep, 'principal' | 'principalPaid' | 'disputed'>): Fen =>
  Math.max(0, principal - principalPaid - disputed);

/** What of it is disputed and unpaid. */
export const disputedPart = ({
  principal,
  principalPaid,
  disputed,
}: Pick<AccountStep, 'principal' | 'principalPaid' | 'disputed'>): Fen =>
  Math.max(0, Math.min(disputed, principal - principalPaid));

/** Fen times days in default at the end of a day, by the step in force on it. */
export function fenDaysOn(step: AccountStep, dueOn: LegalDay | null, day: LegalDay): bigint {
  if (dueOn === null) return 0n;
  const since = step.on > dueOn ? step.on : dueOn;
  return step.fenDays + BigInt(undisputedLeft(step)) * BigInt(Math.max(0, daysBetween(since, day)));
}

/** The step in force at the end of a day. */
export function stepOn({ steps }: Pick<Account, 'steps'>, day: LegalDay): AccountStep {
  const step = steps.findLast(({ on }) => on <= day) ?? steps[0];
  if (!step) throw new RangeError('an account has a first step');
  return step;
}

type Movement = { readonly on: LegalDay } & (
  | { readonly kind: 'COST'; readonly amount: Fen }
  | { readonly kind: 'SETTLED'; readonly dispute: SettledDispute }
  | { readonly kind: 'PAID'; readonly amount: Fen; readonly index: number }
);

/** On one day costs and settled disputes come before payments, which may pay them. */
const ORDER = { COST: 0, SETTLED: 1, PAID: 2 } as const;

function movementsUntil(debt: AccountMovements, until: LegalDay | null): Movement[] {
  const counted = new Set(standing(debt.payments));
  const movements: Movement[] = [
    ...standing(debt.costs ?? []).map(({ incurredOn: on, amount }) => ({ kind: 'COST' as const, on, amount })),
    ...standing(debt.settledDisputes ?? []).map((dispute) => ({
      kind: 'SETTLED' as const,
      on: dispute.settledOn,
      dispute,
    })),
    ...debt.payments.flatMap((payment, index) =>
      counted.has(payment) ? [{ kind: 'PAID' as const, on: payment.paidOn, amount: payment.amount, index }] : [],
    ),
  ];
  return movements
    .filter(({ on }) => until === null || on <= until)
    .sort((a, b) => (a.on === b.on ? ORDER[a.kind] - ORDER[b.kind] : a.on < b.on ? -1 : 1));
}

/** Periods with other amounts, without those that have none left; neighbours with one amount are one period. */
function withAmount(periods: readonly InterestPeriod[], amountOf: (before: Fen) => Fen): InterestPeriod[] {
  const changed: InterestPeriod[] = [];
  for (const period of periods) {
    const principal = amountOf(period.principal);
    const last = changed.at(-1);
    if (principal <= 0) continue;
    if (last?.principal === principal && addDays(last.to, 1) === period.from)
      changed[changed.length - 1] = { ...last, to: period.to, days: last.days + period.days };
    else changed.push({ ...period, principal });
  }
  return changed;
}

/** What of `amount` goes to each of the parts in this order; the rest is more than is owed. */
function shareOut<Part extends string>(amount: Fen, owed: readonly (readonly [Part, Fen])[]): Map<Part, Fen> {
  let left = amount;
  return new Map(
    owed.map(([part, most]) => {
      const share = Math.min(left, Math.max(0, most));
      left -= share;
      return [part, share];
    }),
  );
}

/**
 * The account of a debt: principal, late interest and costs, day by day. Interest is simple and runs to the day: the
 * first day of default is the day after `dueOn`, and a payment still bears interest on the day on which it is made. A
 * payment counts towards costs, then interest that has run up, then the principal (Civil Code, article 561), or
 * towards the principal first where the parties agreed so.
 * @param until the last day that counts; null for all that is recorded
 */
export function accountOf(
  debt: AccountMovements,
  {
    dueOn,
    rate,
    principalFirst = false,
    until,
  }: {
    readonly dueOn: LegalDay | null;
    readonly rate: LateInterestRate;
    readonly principalFirst?: boolean | undefined;
    readonly until: LegalDay | null;
  },
): Account {
  const periods: InterestPeriod[] = [];
  const allocations = new Map<number, Allocation>();
  const { principal, disputed } = standing(debt.settledDisputes ?? [])[0]?.before ?? debt;
  let now: AccountStep = {
    on: BEGINNING,
    principal,
    principalPaid: 0,
    disputed,
    costs: 0,
    costsPaid: 0,
    interestPaid: 0,
    paid: 0,
    overpaid: 0,
    fenDays: 0n,
  };
  const steps = [now];
  let from = dueOn === null ? null : addDays(dueOn, 1);
  // What was disputed and unpaid while it bore no interest.
  let waiting: readonly InterestPeriod[] = [];
  const runTo = (to: LegalDay) => {
    if (from === null || from > to) return;
    const bearing = undisputedLeft(now);
    const days = daysBetween(from, to) + 1;
    if (bearing > 0) periods.push({ from, to, days, principal: bearing });
    const disputedLeft = disputedPart(now);
    if (disputedLeft > 0) waiting = [...waiting, { from, to, days, principal: disputedLeft }];
    now = { ...now, fenDays: now.fenDays + BigInt(bearing) * BigInt(days) };
    from = addDays(to, 1);
  };
  const settle = ({ owed, struckOff }: SettledDispute) => {
    const left = disputedPart(now);
    const amount = now.principal - struckOff;
    // A payment of before the settlement that is told after it may have paid what was struck off.
    const tooMuch = Math.max(0, now.principalPaid - amount);
    now = {
      ...now,
      principal: amount,
      principalPaid: now.principalPaid - tooMuch,
      overpaid: now.overpaid + tooMuch,
      disputed: Math.max(0, left - owed - struckOff),
    };
    const bore = withAmount(waiting, (principal) => Math.min(owed, principal - struckOff));
    waiting = withAmount(waiting, (principal) => principal - owed - struckOff);
    periods.push(...bore);
    for (const { principal: each, days } of bore) now = { ...now, fenDays: now.fenDays + BigInt(each) * BigInt(days) };
  };
  const pay = (amount: Fen, index: number) => {
    const due = [
      ['costs', now.costs - now.costsPaid],
      ['interest', interestOn(now.fenDays, rate) - now.interestPaid],
    ] as const;
    const rest = ['principal', now.principal - now.principalPaid] as const;
    const shares = shareOut(amount, principalFirst ? [rest, ...due] : [...due, rest]);
    const [costs, interest, paid] = [
      shares.get('costs') ?? 0,
      shares.get('interest') ?? 0,
      shares.get('principal') ?? 0,
    ];
    const overpaid = amount - costs - interest - paid;
    allocations.set(index, { costs, interest, principal: paid, overpaid });
    now = {
      ...now,
      costsPaid: now.costsPaid + costs,
      interestPaid: now.interestPaid + interest,
      principalPaid: now.principalPaid + paid,
      paid: now.paid + amount,
      overpaid: now.overpaid + overpaid,
    };
  };
  for (const movement of movementsUntil(debt, until)) {
    runTo(movement.on);
    if (movement.kind === 'COST') now = { ...now, costs: now.costs + movement.amount };
    else if (movement.kind === 'SETTLED') settle(movement.dispute);
    else pay(movement.amount, movement.index);
    now = { ...now, on: movement.on };
    steps.push(now);
  }
  if (until !== null) runTo(until);
  return { steps, periods: periods.toSorted((a, b) => (a.from < b.from ? -1 : 1)), allocations };
}
