import { isBlank, isLegalDay, normalReference } from '@zhitong/values';
import { isSha256 } from '../commitments/commitment.js';
import { amountText } from './amount-text.js';
import { checkEffective } from './effective-day.js';
import type { Fulfilment, LedgerCommand } from './ledger-command.js';
import { append, refuse, type LedgerDecision, type Recording } from './ledger-decision.js';
import type { EntryDraft } from './ledger-entry.js';
import type { LedgerState } from './ledger-state.js';
import { move } from './postings.js';
import { holderOn } from './reallocation.js';

/** An amount that can be settled: whole, positive and not more than is outstanding. */
function checkSettlement(
  state: LedgerState,
  amount: number,
  code: 'OVERPAYMENT' | 'OVER_WAIVED',
  path: readonly string[],
): LedgerDecision | null {
  const { measure } = state.terms;
  if (!Number.isSafeInteger(amount) || amount < 1)
    return refuse('BAD_AMOUNT', path, 'the amount must be more than zero');
  if (amount > state.outstanding) {
    const outstanding = amountText(state.outstanding, measure);
    return refuse(code, path, `${amountText(amount, measure)} is more than the ${outstanding} still outstanding`, {
      outstanding,
    });
  }
  return null;
}

/** Settles a part of the promise by payment or delivery. `at` is the path of the fulfilment inside the input. */
export function fulfil(
  entries: readonly EntryDraft[],
  state: LedgerState,
  fulfilment: Fulfilment,
  recording: Recording,
  at: readonly string[] = [],
): LedgerDecision {
  const problem =
    checkEffective(state, fulfilment.effectiveOn, recording, [...at, 'effectiveOn']) ??
    checkSettlement(state, fulfilment.amount, 'OVERPAYMENT', [...at, 'amount']);
  if (problem) return problem;
  if (normalReference(fulfilment.paymentReference) === '') {
    return refuse('BAD_EVIDENCE', [...at, 'paymentReference'], 'a fulfilment names its bank receipt or delivery note');
  }
  if (isBlank(fulfilment.evidence))
    return refuse('BAD_EVIDENCE', [...at, 'evidence'], 'a fulfilment says what proves it');
  const { amount, effectiveOn, paymentReference, evidence } = fulfilment;
  const department = holderOn(entries, effectiveOn) ?? state.promisor;
  const postings = move(amount, { account: 'OUTSTANDING', department }, { account: 'FULFILLED', department });
  return append(entries, effectiveOn, recording, { kind: 'FULFILLED', amount, paymentReference, evidence }, postings);
}

/** Settles a part of the promise by the enterprise's written consent to forgo it. */
export function waive(
  entries: readonly EntryDraft[],
  state: LedgerState,
  command: LedgerCommand & { type: 'WAIVE' },
  recording: Recording,
): LedgerDecision {
  const { amount, effectiveOn, consent } = command;
  const problem =
    checkEffective(state, effectiveOn, recording) ?? checkSettlement(state, amount, 'OVER_WAIVED', ['amount']);
  if (problem) return problem;
  if (!normalReference(consent.documentNumber) || isBlank(consent.signedBy) || !isSha256(consent.digest)) {
    return refuse(
      'BAD_EVIDENCE',
      ['consent'],
      "a waiver needs the enterprise's written consent: its number, who signed it and the SHA-256 digest of the file",
    );
  }
  if (!isLegalDay(consent.signedOn) || consent.signedOn > effectiveOn || consent.signedOn < state.promisedOn) {
    return refuse(
      'BAD_EVIDENCE',
      ['consent', 'signedOn'],
      `the consent must have been signed from ${state.promisedOn}, the day of the promise, to ${effectiveOn}, the day of the waiver`,
    );
  }
  const department = holderOn(entries, effectiveOn) ?? state.promisor;
  const postings = move(amount, { account: 'OUTSTANDING', department }, { account: 'WAIVED', department });
  return append(entries, effectiveOn, recording, { kind: 'WAIVED', amount, consent }, postings);
}
