import { normalReference } from '@zhitong/values';
import type { Fulfilment } from '../ledger/ledger-command.js';
import type { EntryDraft } from '../ledger/ledger-entry.js';
import { statedFen, statedText, type ImportedValues, type ImportFault } from './imported-values.js';

/** A payment as another system has it; `evidence` is null where it states none. */
export interface ImportedPayment extends Omit<Fulfilment, 'evidence'> {
  readonly evidence: string | null;
}

/** Reads a row as a payment. Its evidence is the invoice's number in its normal form and the row's note. */
export function importedPayment(values: ImportedValues): ImportedPayment | { readonly fault: ImportFault } {
  const amount = statedFen(values, 'amount');
  if (typeof amount === 'object') return amount;
  const [invoice, note] = [statedText(values, 'invoiceNumber'), statedText(values, 'note')];
  const evidence = [
    ...(invoice === null ? [] : [`发票 ${normalReference(invoice)}`]),
    ...(note === null ? [] : [note]),
  ];
  return {
    amount,
    effectiveOn: statedText(values, 'paidOn') ?? '',
    paymentReference: statedText(values, 'paymentReference') ?? '',
    evidence: evidence.length === 0 ? null : evidence.join('；'),
  };
}

/** Whether two payments are one: a receipt is the same however it is typed. */
export const isSamePayment = (one: Fulfilment, other: Fulfilment): boolean =>
  one.amount === other.amount &&
  one.effectiveOn === other.effectiveOn &&
  normalReference(one.paymentReference) === normalReference(other.paymentReference) &&
  one.evidence === other.evidence;

/** The payment of an entry; null when a correction has reversed it. */
export function standingPayment(entries: readonly EntryDraft[], seq: number): Fulfilment | null {
  const entry = entries.find((one) => one.seq === seq);
  const isReversed = entries.some(({ body }) => body.kind === 'CORRECTED' && body.reverses === seq);
  if (entry?.body.kind !== 'FULFILLED' || isReversed) return null;
  const { amount, paymentReference, evidence } = entry.body;
  return { amount, effectiveOn: entry.effectiveOn, paymentReference, evidence };
}
