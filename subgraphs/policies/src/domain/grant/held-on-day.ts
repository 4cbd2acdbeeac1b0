import { dayInShanghai, type LegalDay } from '@zhitong/values';
import { hadFenOf, type HeldBenefit, type StandingBenefit } from './held-benefit.js';

/** What became of a grant by day: its orders, its changes, first one first, and what came that was asked back. */
export interface GrantByDay {
  readonly payments: readonly {
    readonly fen: number;
    readonly settledOn: LegalDay | null;
    readonly returnedOn: LegalDay | null;
  }[];
  readonly changes: readonly { readonly move: string; readonly on: LegalDay; readonly formerAmountFen?: number }[];
  readonly receipts: readonly { readonly fen: number; readonly receivedOn: LegalDay }[];
}

/**
 * A grant as it was by the end of a day; null when it was not made yet, or was withdrawn unpaid by then. What is handed
 * over, and money that the bank did not send back, had reached the enterprise.
 */
export function standingOn(
  { amountFen, ...held }: HeldBenefit & { readonly amountFen: number },
  { payments, changes, receipts }: GrantByDay,
  day: LegalDay,
): StandingBenefit | null {
  if (dayInShanghai(held.identifiedAt) > day) return null;
  const paid = payments.filter(
    ({ settledOn, returnedOn }) => settledOn !== null && settledOn <= day && (returnedOn === null || returnedOn > day),
  );
  const wasMoved = (wanted: string): boolean => changes.some(({ move, on }) => move === wanted && on <= day);
  const isWithdrawn = wasMoved('WITHDRAW');
  const isPaid = paid.length > 0 || wasMoved('HAND_OVER');
  if (isWithdrawn && !isPaid) return null;
  return {
    uscc: held.uscc,
    policyId: held.policyId,
    period: held.period,
    identifiedAt: held.identifiedAt,
    isPaid,
    hadFen: hadFenOf({
      status: isWithdrawn ? 'WITHDRAWN' : 'GRANTED',
      amountFen:
        changes.find(({ on, formerAmountFen }) => on > day && formerAmountFen !== undefined)?.formerAmountFen ??
        amountFen,
      paidFen: sum(paid),
      recoveredFen: sum(receipts.filter(({ receivedOn }) => receivedOn <= day)),
    }),
  };
}

const sum = (parts: readonly { readonly fen: number }[]): number => parts.reduce((total, { fen }) => total + fen, 0);
