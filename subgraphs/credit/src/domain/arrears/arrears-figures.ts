import type { FenTotal, LegalDay } from '@zhitong/values';
import { debtorOn } from './arrear-transfer.js';
import type { RecordedArrear } from './arrear-knowledge.js';
import { arrearPosition, type ArrearRules } from './arrears.js';

/** A department's arrears at the end of a period; amounts in fen. */
export interface ArrearsFigures {
  readonly debtor: string;
  readonly count: number;
  /** Debts of which principal, interest and costs are paid. */
  readonly clearedCount: number;
  readonly overdueCount: number;
  readonly principal: FenTotal;
  /** What was paid of the principal. */
  readonly paid: FenTotal;
  /** Of the principal: past its due day, unpaid and not disputed. */
  readonly overdue: FenTotal;
  readonly disputed: FenTotal;
  /** Late interest that has run up, each debt's rounded to the fen. */
  readonly interest: FenTotal;
  readonly interestPaid: FenTotal;
  readonly costsLeft: FenTotal;
  readonly plansBehind: number;
}

const NONE: Omit<ArrearsFigures, 'debtor'> = {
  count: 0,
  clearedCount: 0,
  overdueCount: 0,
  principal: 0n,
  paid: 0n,
  overdue: 0n,
  disputed: 0n,
  interest: 0n,
  interestPaid: 0n,
  costsLeft: 0n,
  plansBehind: 0,
};

/** Who owes most comes first. */
export function mostOwed(a: ArrearsFigures, b: ArrearsFigures): number {
  const [owedA, owedB] = [a.principal - a.paid, b.principal - b.paid];
  return owedA === owedB ? (a.debtor < b.debtor ? -1 : 1) : owedA > owedB ? -1 : 1;
}

/** The figures with those of one more debt of a public body, if it was delivered by then. */
export function addDebt(
  figures: ReadonlyMap<string, ArrearsFigures>,
  debt: RecordedArrear,
  asOf: LegalDay,
  rules: ArrearRules,
): ReadonlyMap<string, ArrearsFigures> {
  if (debt.delivery.deliveredOn > asOf || debt.contract.debtorIsLargeEnterprise === true) return figures;
  const debtor = debtorOn(debt, asOf);
  const sum = figures.get(debtor) ?? { debtor, ...NONE };
  const position = arrearPosition(debt, asOf, rules);
  const isOverdue = position.daysOverdue > 0;
  return new Map(figures).set(debtor, {
    debtor,
    count: sum.count + 1,
    clearedCount: sum.clearedCount + (position.isCleared ? 1 : 0),
    overdueCount: sum.overdueCount + (isOverdue ? 1 : 0),
    principal: sum.principal + BigInt(position.principal),
    paid: sum.paid + BigInt(position.paid),
    overdue: sum.overdue + BigInt(isOverdue ? position.undisputedOutstanding : 0),
    disputed: sum.disputed + BigInt(position.disputed),
    interest: sum.interest + BigInt(position.interest?.amount ?? 0),
    interestPaid: sum.interestPaid + BigInt(position.interest?.paid ?? 0),
    costsLeft: sum.costsLeft + BigInt(position.costsOutstanding),
    plansBehind: sum.plansBehind + (position.plan?.isBehind === true ? 1 : 0),
  });
}
