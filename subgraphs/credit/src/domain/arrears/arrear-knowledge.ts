import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { ArrearPayment, PaymentReversal, Recorded } from './arrear-payment.js';
import { termsOf, type ArrearChange, type ArrearCorrection } from './arrear-correction.js';
import type { Arrear } from './arrears.js';
import { debtorAtFirst, type ArrearTransfer } from './arrear-transfer.js';

/** A debt with all that was ever recorded of it. */
export interface RecordedArrear extends Arrear {
  readonly subject: string;
  readonly contractNumber: string;
  readonly debtor: string;
  /** Left out where it was imported, and in records of earlier releases: those were always known. */
  readonly recorded?: Recorded;
  readonly payments: readonly (ArrearPayment & { readonly recorded?: Recorded })[];
  readonly corrections?: readonly ArrearCorrection[];
  readonly withdrawal?: ArrearChange;
  readonly transfers?: readonly ArrearTransfer[];
}

/**
 * A debt as the register knew it at the end of a day: without what was recorded later, and with what was corrected
 * later as it had been. Null while it was not recorded, or known as withdrawn.
 */
export function asKnownOn<Record extends RecordedArrear>(record: Record, knownOn: LegalDay): Record | null {
  const isKnown = (recordedAt: string | undefined): boolean =>
    recordedAt === undefined || dayInShanghai(new Date(recordedAt)) <= knownOn;
  if (!isKnown(record.recorded?.recordedAt)) return null;
  const { withdrawal, ...rest } = record;
  if (withdrawal && isKnown(withdrawal.recordedAt)) return null;
  const { corrections = [], settledDisputes = [], transfers = [], plans = [], costs = [] } = record;
  const laterCorrection = corrections.find(({ recordedAt }) => !isKnown(recordedAt));
  const laterDispute = settledDisputes.find(({ recordedAt }) => !isKnown(recordedAt));
  const asStanding = <Entry extends { readonly reversal?: PaymentReversal }>({ reversal, ...entry }: Entry) =>
    reversal && isKnown(reversal.recordedAt) ? { ...entry, reversal } : entry;
  const knownTransfers = transfers.filter(({ recordedAt }) => isKnown(recordedAt)).map(asStanding);
  return {
    ...rest,
    ...(laterCorrection ? termsOf(laterCorrection.before) : {}),
    // What was changed first among what is not known yet tells what the debt said.
    ...((laterDispute?.recordedAt ?? '') < (laterCorrection?.recordedAt ?? '9') ? laterDispute?.before : {}),
    debtor: knownTransfers.findLast((transfer) => !('reversal' in transfer))?.to ?? debtorAtFirst(record),
    corrections: corrections.filter(({ recordedAt }) => isKnown(recordedAt)),
    settledDisputes: settledDisputes.filter(({ recordedAt }) => isKnown(recordedAt)).map(asStanding),
    transfers: knownTransfers,
    costs: costs.filter(({ recordedAt }) => isKnown(recordedAt)).map(asStanding),
    payments: record.payments.filter(({ recorded }) => isKnown(recorded?.recordedAt)).map(asStanding),
    plans: plans.flatMap((version) => {
      const steps = version.steps.filter(({ recordedAt }) => isKnown(recordedAt));
      return steps.length === 0 ? [] : [{ ...version, steps }];
    }),
  } as unknown as Record;
}
