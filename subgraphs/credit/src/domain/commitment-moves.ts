import { dayInShanghai } from '@zhitong/values';
import type { LedgerCommand } from './ledger/ledger-command.js';
import type { Recording } from './ledger/ledger-decision.js';
import type { EntryDraft } from './ledger/ledger-entry.js';
import { ledgerState, type LedgerState } from './ledger/ledger-state.js';
import { decide } from './ledger/ledger.js';

/** What can be done with a promise, each by a mutation of the graph. */
export type CommitmentMove =
  'RECORD_FULFILMENT' | 'CORRECT_ENTRY' | 'TRANSFER' | 'WAIVE' | 'HAND_OVER' | 'ATTACH_DOCUMENT' | 'ASSESS_CONDITION';

/** A word that nothing in a ledger bears: a department, an official, a document or a receipt of no name. */
const NOBODY = '\u{FFFC}';

/**
 * Commands of which one is accepted where any of this move is: what they say is small, of today and said of nobody
 * else, so that a refusal of them is one of the promise as it stands.
 */
const TRIED: Readonly<
  Record<CommitmentMove, (today: string, entries: readonly EntryDraft[], state: LedgerState) => LedgerCommand[]>
> = {
  RECORD_FULFILMENT: (effectiveOn) => [
    { type: 'FULFIL', amount: 1, effectiveOn, paymentReference: NOBODY, evidence: NOBODY },
  ],
  CORRECT_ENTRY: (_today, entries) => entries.map(({ seq }) => reversalOf(seq)),
  TRANSFER: (effectiveOn) => [{ type: 'TRANSFER', to: NOBODY, effectiveOn, reason: NOBODY }],
  WAIVE: (effectiveOn) => [
    {
      type: 'WAIVE',
      amount: 1,
      effectiveOn,
      consent: { documentNumber: NOBODY, signedOn: effectiveOn, signedBy: NOBODY, digest: '0'.repeat(64) },
    },
  ],
  HAND_OVER: (effectiveOn) => [{ type: 'HAND_OVER', to: { name: NOBODY, post: NOBODY }, effectiveOn, reason: NOBODY }],
  ATTACH_DOCUMENT: (effectiveOn) => [
    { type: 'ATTACH_DOCUMENT', document: { number: NOBODY, date: effectiveOn, digest: null }, effectiveOn },
  ],
  ASSESS_CONDITION: (effectiveOn, _entries, { terms }) =>
    terms.conditions.map(({ no: conditionNo }) => ({
      type: 'ASSESS_CONDITION',
      conditionNo,
      status: 'MET',
      evidence: NOBODY,
      effectiveOn,
    })),
};
const MOVES = Object.keys(TRIED) as CommitmentMove[];

const reversalOf = (reverses: number): LedgerCommand => ({
  type: 'CORRECT',
  reverses,
  reason: NOBODY,
  replacement: null,
});

/** Whether an entry can be reversed now: what `correctLedgerEntry` decides, asked without writing. */
export const isReversible = (entries: readonly EntryDraft[], seq: number, recording: Recording): boolean =>
  decide(entries, reversalOf(seq), recording).ok;

/**
 * What may be recorded of a promise now by whoever writes for the department that owes it, by the rule that decides
 * when it is recorded. Whether an input is right is decided then.
 */
export function commitmentMoves(entries: readonly EntryDraft[], recording: Recording): CommitmentMove[] {
  const state = ledgerState(entries);
  if (state === null) return [];
  const today = dayInShanghai(recording.recordedAt);
  return MOVES.filter((move) =>
    TRIED[move](today, entries, state).some((command) => decide(entries, command, recording).ok),
  );
}
