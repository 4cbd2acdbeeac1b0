import { isBlank, isLegalDay, type LegalDay } from '@zhitong/values';
import type { Problem } from '../problem.js';
import { standing, type PaymentReversal, type Recorded } from './arrear-payment.js';

/** A debt that passed from one department to another, with all that is owed of it (债务转移、机构改革). */
export interface ArrearTransfer extends Recorded {
  readonly from: string;
  readonly to: string;
  readonly effectiveOn: LegalDay;
  readonly reason: string;
  /** Left out while it stands. */
  readonly reversal?: PaymentReversal;
}

/** What a debt's debtors are told by. */
interface Transferable {
  /** The present one. */
  readonly debtor: string;
  readonly transfers?: readonly ArrearTransfer[];
}

/** Who owed it when it was recorded. */
export const debtorAtFirst = ({ debtor, transfers = [] }: Transferable): string => transfers[0]?.from ?? debtor;

/** Who owes a debt on a day, the day on which it passes on included: the whole of it lies with one department. */
export const debtorOn = (debt: Transferable, day: LegalDay): string =>
  standing(debt.transfers ?? []).findLast(({ effectiveOn }) => effectiveOn <= day)?.to ?? debtorAtFirst(debt);

/** Who owes a debt by the last of its transfers that stands. */
export const debtorAtLast = (debt: Transferable): string =>
  standing(debt.transfers ?? []).at(-1)?.to ?? debtorAtFirst(debt);

/** The debt with another department that owes it. */
export const withTransfer = <Debt extends Transferable>(debt: Debt, transfer: Omit<ArrearTransfer, 'from'>): Debt => ({
  ...debt,
  debtor: transfer.to,
  transfers: [...(debt.transfers ?? []), { from: debt.debtor, ...transfer }],
});

export type TransferRefusal = Problem<
  'SAME_DEPARTMENT' | 'BAD_DATE' | 'IN_THE_FUTURE' | 'BEFORE_DELIVERY' | 'BEFORE_TRANSFER' | 'NO_REASON'
>;

/** Null when a debt may pass to a department from a day on: after its delivery and the transfers before it. */
export function checkTransfer(
  debt: Transferable & { readonly delivery: { readonly deliveredOn: LegalDay } },
  { to, effectiveOn, reason }: Pick<ArrearTransfer, 'to' | 'effectiveOn' | 'reason'>,
  today: LegalDay,
): TransferRefusal | null {
  const at = (code: TransferRefusal['code'], message: string, field = 'effectiveOn'): TransferRefusal => ({
    code,
    message,
    path: [field],
    details: { to, date: effectiveOn, today },
  });
  const last = standing(debt.transfers ?? []).at(-1)?.effectiveOn ?? '';
  if (to === debt.debtor) return at('SAME_DEPARTMENT', `${to} owes the debt already`, 'to');
  if (!isLegalDay(effectiveOn)) return at('BAD_DATE', `"${effectiveOn}" is not a date`);
  if (effectiveOn > today) return at('IN_THE_FUTURE', `${effectiveOn} has not come yet: today is ${today}`);
  if (effectiveOn < debt.delivery.deliveredOn)
    return at('BEFORE_DELIVERY', `${effectiveOn} is before the delivery of ${debt.delivery.deliveredOn}`);
  if (effectiveOn < last) return at('BEFORE_TRANSFER', `${effectiveOn} is before the transfer of ${last}`);
  return isBlank(reason) ? at('NO_REASON', 'a transfer names the decision that it rests on', 'reason') : null;
}
