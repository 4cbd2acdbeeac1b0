import { isBlank, formatYuan, normalReference, type LegalDay } from '@zhitong/values';
import { documentFault, type DocumentReason } from '../commitments/legal-document.js';
import type { Problem } from '../problem.js';
import { standing, type Recorded, type ReversalReason } from './arrear-payment.js';
import { arrearPosition, checkArrear, type Arrear, type ArrearReason, type ArrearRules } from './arrears.js';

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
}: Pick<ArrearTerms, 'subject' | 'contractNumber'>): Problem<'NO_SUBJECT' | 'NO_CONTRACT'> | null {
  if (isBlank(subject)) return { code: 'NO_SUBJECT', path: ['subject'], message: 'say what was bought' };
  return normalReference(contractNumber) === ''
    ? { code: 'NO_CONTRACT', path: ['contractNumber'], message: 'a debt names its contract' }
    : null;
}

/** Why what a change rests on does not suffice. */
export type WhyReason = DocumentReason | 'REASON_NEEDED';

/** Why what a change rests on does not suffice; null when it does. */
export const reasonProblem = ({ reason, document }: ReversalReason, today: LegalDay): Problem<WhyReason> | null =>
  isBlank(reason)
    ? { code: 'REASON_NEEDED', path: ['reason'], message: 'a correction gives its reason' }
    : documentFault(document, today);

/** Why a debt cannot be corrected to what is given. */
export type CorrectionReason =
  WhyReason | ArrearReason | 'NO_SUBJECT' | 'NO_CONTRACT' | 'DISPUTE_SETTLED' | 'PAID_MORE';

/**
 * The first reason why a debt cannot be corrected from `record` to what `corrected` says on `today`; null when it can.
 */
export function checkCorrection(
  record: Arrear & ArrearTerms,
  corrected: Arrear & ArrearTerms,
  why: ReversalReason,
  { today, rules }: { readonly today: LegalDay; readonly rules: ArrearRules },
): Problem<CorrectionReason> | null {
  const changesAmount = corrected.principal !== record.principal || corrected.disputed !== record.disputed;
  if (changesAmount && standing(record.settledDisputes ?? []).length > 0)
    return {
      code: 'DISPUTE_SETTLED',
      path: ['principal'],
      message: 'a dispute over the amount was settled; the amount is not corrected any more',
    };
  const problem = reasonProblem(why, today) ?? textProblem(corrected) ?? checkArrear(corrected, today)[0];
  if (problem) return problem;
  const tooMuch = arrearPosition(corrected, today, rules).overpaid - arrearPosition(record, today, rules).overpaid;
  return tooMuch > 0
    ? {
        code: 'PAID_MORE',
        path: ['principal'],
        message: `${formatYuan(tooMuch)} more was paid already than the debt would be; reverse what was not paid first`,
        details: { tooMuch: formatYuan(tooMuch) },
      }
    : null;
}

/** The reason why a debt cannot be withdrawn as recorded by mistake; null when it can. */
export function checkWithdrawal(
  arrear: Arrear,
  why: ReversalReason,
  today: LegalDay,
): Problem<'BAD_EVIDENCE' | 'STILL_PAID'> | null {
  const problem = reasonProblem(why, today);
  if (problem) return { ...problem, code: 'BAD_EVIDENCE' };
  return standing(arrear.payments).length === 0
    ? null
    : {
        code: 'STILL_PAID',
        path: ['arrear'],
        message: 'a debt on which something was paid cannot be withdrawn; reverse its payments first',
      };
}
