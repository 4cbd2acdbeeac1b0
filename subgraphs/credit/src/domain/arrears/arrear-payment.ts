import { isBlank } from '@zhitong/values';
import type { LegalDay } from '@zhitong/values';
import type { LegalDocument } from '../commitments/commitment.js';
import type { Payment } from './late-interest.js';
import { documentFault } from '../commitments/legal-document.js';
import type { Problem } from '../problem.js';

/** Who recorded something, and when. */
export interface Recorded {
  /** RFC 3339 in UTC with milliseconds. */
  readonly recordedAt: string;
  /** `sub` of the official. */
  readonly recordedBy: string;
  /** Code of the official's department. */
  readonly department: string;
}

/** Why a payment, a cost or a settlement was reversed (冲正). */
export interface ReversalReason {
  readonly reason: string;
  /** What the reversal rests on: a notice of the bank, a decision on the correction. */
  readonly document: LegalDocument;
}
export type PaymentReversal = ReversalReason & Recorded;

/** A payment as the register holds it. A wrong one is neither edited nor removed: its reversal stands beside it. */
export interface ArrearPayment extends Payment {
  /** Left out while the payment stands. */
  readonly reversal?: PaymentReversal;
}

/**
 * What was not reversed. What was reversed never counted: of a payment the debt was owed, and bore interest, all the
 * time.
 */
export const standing = <Entry extends { readonly reversal?: PaymentReversal }>(entries: readonly Entry[]): Entry[] =>
  entries.filter(({ reversal }) => reversal === undefined);

export type ReversalRefusal = Problem<'UNKNOWN_PAYMENT' | 'ALREADY_REVERSED' | 'BAD_EVIDENCE'>;

/** Null when payment number `no` (counted from 1 in the order of recording) may be reversed on `today`. */
export function checkReversal(
  payments: readonly ArrearPayment[],
  { no, reason, document }: ReversalReason & { readonly no: number },
  today: LegalDay,
): ReversalRefusal | null {
  const payment = payments[no - 1];
  if (!payment)
    return {
      code: 'UNKNOWN_PAYMENT',
      message: `there is no payment ${no}; the debt has ${payments.length}`,
      path: ['payment'],
    };
  if (payment.reversal !== undefined)
    return {
      code: 'ALREADY_REVERSED',
      message: `payment ${no} is already reversed by ${payment.reversal.document.number}`,
      path: ['payment'],
    };
  if (isBlank(reason)) return { code: 'BAD_EVIDENCE', message: 'a reversal gives its reason', path: ['reason'] };
  const fault = documentFault(document, today);
  return fault && { ...fault, code: 'BAD_EVIDENCE' };
}
