import { isBlank, formatYuan, isLegalDay, type Fen, type LegalDay } from '@zhitong/values';
import { disputedPart, stepOn, type ArrearCost, type SettledDispute } from './account.js';
import { faultOfAmount, type AmountReason } from '../commitments/commitment.js';
import { documentFault, type DocumentReason } from '../commitments/legal-document.js';
import type { Problem } from '../problem.js';
import { reasonProblem, type WhyReason } from './arrear-correction.js';
import { standing } from './arrear-payment.js';
import { reckon, type Arrear, type ArrearRules } from './arrears.js';

/** Why a dispute cannot be settled, or a cost recorded. */
export type SettlementReason = WhyReason | 'NOT_IN_RANGE' | 'SETTLED_LATER' | 'NOTHING_SETTLED' | 'MORE_THAN_DISPUTED';
export type CostReason = AmountReason | DocumentReason | 'NOT_IN_RANGE' | 'NO_COST_SUBJECT';

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
): Problem<SettlementReason> | null {
  const { deliveredOn } = arrear.delivery;
  const outside = dayOutside('settledOn', settledOn, { deliveredOn, today });
  if (outside) return outside;
  const last = standing(arrear.settledDisputes ?? []).at(-1)?.settledOn ?? '';
  if (settledOn < last)
    return {
      code: 'SETTLED_LATER',
      path: ['settledOn'],
      message: `another part was settled later, on ${last}`,
      details: { last },
    };
  if (![owed, struckOff].every((amount) => Number.isSafeInteger(amount) && amount >= 0) || owed + struckOff === 0)
    return {
      code: 'NOTHING_SETTLED',
      path: ['owed'],
      message: 'a settlement says what is owed or what is struck off, more than zero in all',
    };
  const problem = reasonProblem(why, today);
  if (problem) return problem;
  const left = disputedLeftOn(arrear, settledOn, rules);
  // A payment that came after it counted towards what was still disputed then.
  const now = disputedLeftOn(arrear, today, rules);
  const most = Math.min(left, now);
  return owed + struckOff > most
    ? {
        code: 'MORE_THAN_DISPUTED',
        path: ['owed'],
        message: `${formatYuan(most)} is disputed and unpaid, less than what is settled`,
        details: { most: formatYuan(most) },
      }
    : null;
}

/** Why a day does not lie between the delivery and today; null when it does. */
const dayOutside = (
  field: string,
  date: LegalDay,
  { deliveredOn, today }: { readonly deliveredOn: LegalDay; readonly today: LegalDay },
): Problem<'NOT_IN_RANGE'> | null =>
  isLegalDay(date) && date <= today && date >= deliveredOn
    ? null
    : {
        code: 'NOT_IN_RANGE',
        path: [field],
        message: `${date} is not a day from ${deliveredOn} to ${today}`,
        details: { date, from: deliveredOn, to: today },
      };

/** What of a debt was disputed and unpaid at the end of a day. */
export const disputedLeftOn = (arrear: Arrear, day: LegalDay, rules: ArrearRules): Fen =>
  disputedPart(stepOn(reckon(arrear, day, rules).account, day));

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
): Problem<CostReason> | null {
  const fault = faultOfAmount(amount);
  if (fault !== null) return { ...fault, path: ['amount'], message: `a cost ${fault.message}` };
  const outside = dayOutside('incurredOn', incurredOn, { deliveredOn, today });
  if (outside) return outside;
  if (isBlank(subject)) return { code: 'NO_COST_SUBJECT', path: ['subject'], message: 'say what the cost was for' };
  return documentFault(document, today);
}
