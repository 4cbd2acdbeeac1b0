import { formatYuan, normalReference, type LegalDay } from '@zhitong/values';
import { documentFault } from '../commitments/legal-document.js';
import { standingPayments, type Recorded, type ReversalReason } from './arrear-payment.js';
import { arrearPosition, checkArrear, type Arrear, type ArrearProblem, type ArrearRules } from './arrears.js';

/** What a debt says that can be corrected; its parties cannot: a debt with a wrong one is withdrawn. */
export interface ArrearTerms extends Pick<Arrear, 'contract' | 'delivery' | 'principal' | 'disputed'> {
  readonly subject: string;
  readonly contractNumber: string;
}

/** Why and on what a change of a debt rests, with who recorded it. */
export type ArrearChange = ReversalReason & Recorded;

/**
 * A correction keeps what the debt said before it. One that is none of a mistake says so: an acceptance that
 * came after the debt was recorded.
 */
export type ArrearCorrection = ArrearChange & {
  readonly before: ArrearTerms;
  readonly kind?: 'ACCEPTANCE';
};

/** The terms of a debt, without anything else that is stored with it. */
export const termsOf = ({
  subject,
  contractNumber,
  contract,
  delivery,
  principal,
  disputed,
}: ArrearTerms): ArrearTerms => ({ subject, contractNumber, contract, delivery, principal, disputed });

/**
 * What makes a debt of two parties that one: its contract, however its number is typed, the delivery and the amount.
 * The same is recorded once.
 */
export const debtIdentity = ({ contractNumber, delivery, principal }: ArrearTerms): string =>
  `${normalReference(contractNumber)}|${delivery.deliveredOn}|${String(principal)}`;

/** The first reason why a debt does not say what every debt says; null when it does. */
export function textProblem({
  subject,
  contractNumber,
}: Pick<ArrearTerms, 'subject' | 'contractNumber'>): ArrearProblem | null {
  if (!subject.trim()) return { path: ['subject'], message: 'say what was bought' };
  return normalReference(contractNumber) === ''
    ? { path: ['contractNumber'], message: 'a debt names its contract' }
    : null;
}

/** Why what a change rests on does not suffice; null when it does. */
export const reasonProblem = ({ reason, document }: ReversalReason, today: LegalDay): ArrearProblem | null =>
  reason.trim() === ''
    ? { path: ['reason'], message: 'a correction gives its reason' }
    : documentFault(document, today);

/**
 * The first reason why a debt cannot be corrected from `record` to what `corrected` says on `today`; null when it can.
 */
export function checkCorrection(
  record: Arrear & ArrearTerms,
  corrected: Arrear & ArrearTerms,
  why: ReversalReason,
  { today, rules }: { readonly today: LegalDay; readonly rules: ArrearRules },
): ArrearProblem | null {
  const changesAmount = corrected.principal !== record.principal || corrected.disputed !== record.disputed;
  if (changesAmount && (record.settledDisputes ?? []).length > 0)
    return {
      path: ['principal'],
      message: 'a dispute over the amount was settled; the amount is not corrected any more',
    };
  const problem = reasonProblem(why, today) ?? textProblem(corrected) ?? checkArrear(corrected, today)[0];
  if (problem) return problem;
  const tooMuch = arrearPosition(corrected, today, rules).overpaid - arrearPosition(record, today, rules).overpaid;
  return tooMuch > 0
    ? {
        path: ['principal'],
        message: `${formatYuan(tooMuch)} more was paid already than the debt would be; reverse what was not paid first`,
      }
    : null;
}

/** The reason why a debt cannot be withdrawn as recorded by mistake; null when it can. */
export function checkWithdrawal(
  arrear: Arrear,
  why: ReversalReason,
  today: LegalDay,
): (ArrearProblem & { readonly code: 'BAD_EVIDENCE' | 'STILL_PAID' }) | null {
  const problem = reasonProblem(why, today);
  if (problem) return { ...problem, code: 'BAD_EVIDENCE' };
  return standingPayments(arrear.payments).length === 0
    ? null
    : {
        code: 'STILL_PAID',
        path: ['arrear'],
        message: 'a debt on which something was paid cannot be withdrawn; reverse its payments first',
      };
}
