import { formatYuan, isLegalDay, type Fen, type LegalDay } from '@zhitong/values';
import { stepOn, type ArrearCost, type SettledDispute } from './account.js';
import { documentFault } from '../commitments/legal-document.js';
import { faultOfAmount } from '../commitments/commitment.js';
import { reasonProblem } from './arrear-correction.js';
import { reckon, type Arrear, type ArrearProblem, type ArrearRules } from './arrears.js';

/**
 * The first reason why a dispute cannot be settled so; null when it can. What is settled is disputed and unpaid on that
 * day, and disputes are settled in the order of their days.
 */
export function checkSettlement(
  arrear: Arrear,
  {
    settledOn,
    owed,
    struckOff,
    ...why
  }: Pick<SettledDispute, 'settledOn' | 'owed' | 'struckOff' | 'reason' | 'document'>,
  { today, rules }: { readonly today: LegalDay; readonly rules: ArrearRules },
): ArrearProblem | null {
  const { deliveredOn } = arrear.delivery;
  if (!isLegalDay(settledOn) || settledOn > today || settledOn < deliveredOn)
    return { path: ['settledOn'], message: `${settledOn} is not a day from ${deliveredOn} to ${today}` };
  const last = arrear.settledDisputes?.at(-1)?.settledOn ?? '';
  if (settledOn < last) return { path: ['settledOn'], message: `another part was settled later, on ${last}` };
  if (![owed, struckOff].every((amount) => Number.isSafeInteger(amount) && amount >= 0) || owed + struckOff === 0)
    return { path: ['owed'], message: 'a settlement says what is owed or what is struck off, more than zero in all' };
  const problem = reasonProblem(why, today);
  if (problem) return problem;
  const left = disputedLeftOn(arrear, settledOn, rules);
  // A payment that came after it counted towards what was still disputed then.
  const now = disputedLeftOn(arrear, today, rules);
  const most = Math.min(left, now);
  return owed + struckOff > most
    ? { path: ['owed'], message: `${formatYuan(most)} is disputed and unpaid, less than what is settled` }
    : null;
}

/** What of a debt was disputed and unpaid at the end of a day. */
export function disputedLeftOn(arrear: Arrear, day: LegalDay, rules: ArrearRules): Fen {
  const { principal, principalPaid, disputed } = stepOn(reckon(arrear, day, rules).account, day);
  return Math.max(0, Math.min(disputed, principal - principalPaid));
}

/** The debt with a dispute settled: its amount and its disputed part are what is left. */
export const withSettlement = <Debt extends Arrear>(
  arrear: Debt,
  settlement: Omit<SettledDispute, 'before'>,
  rules: ArrearRules,
): Debt => {
  const { principal, disputed } = arrear;
  const left = disputedLeftOn(arrear, settlement.settledOn, rules);
  return {
    ...arrear,
    principal: principal - settlement.struckOff,
    disputed: left - settlement.owed - settlement.struckOff,
    settledDisputes: [...(arrear.settledDisputes ?? []), { ...settlement, before: { principal, disputed } }],
  };
};

/** The first reason why a cost cannot be recorded; null when it can. */
export function costProblem(
  { deliveredOn }: { readonly deliveredOn: LegalDay },
  { amount, incurredOn, subject, document }: Pick<ArrearCost, 'amount' | 'incurredOn' | 'subject' | 'document'>,
  today: LegalDay,
): ArrearProblem | null {
  const fault = faultOfAmount(amount);
  if (fault !== null) return { path: ['amount'], message: `a cost ${fault}` };
  if (!isLegalDay(incurredOn) || incurredOn > today || incurredOn < deliveredOn)
    return { path: ['incurredOn'], message: `${incurredOn} is not a day from ${deliveredOn} to ${today}` };
  if (subject.trim() === '') return { path: ['subject'], message: 'say what the cost was for' };
  return documentFault(document, today);
}
