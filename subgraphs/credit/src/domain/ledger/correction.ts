import { isBlank } from '@zhitong/values';
import type { LedgerCommand } from './ledger-command.js';
import { append, refuse, type LedgerDecision, type Recording } from './ledger-decision.js';
import type { EntryBody, EntryDraft } from './ledger-entry.js';
import { ledgerState, type LedgerState } from './ledger-state.js';
import { move, type Posting } from './postings.js';
import { fulfil } from './settlement.js';

/**
 * Reverses one entry, effective on the day of the entry that it reverses: seen with today's knowledge the mistake never
 * counted, seen with the knowledge of the time it did. A replacement for a fulfilment is recorded in the same step.
 */
export function correct(
  entries: readonly EntryDraft[],
  state: LedgerState,
  command: LedgerCommand & { type: 'CORRECT' },
  recording: Recording,
): LedgerDecision {
  const target = entries.find((entry) => entry.seq === command.reverses);
  if (!target)
    return refuse('UNKNOWN_ENTRY', ['reverses'], `there is no entry ${command.reverses}`, { entries: state.version });
  if (target.body.kind === 'CORRECTED') {
    return refuse(
      'CORRECTION_OF_CORRECTION',
      ['reverses'],
      `entry ${target.seq} is itself a correction; record what is right as a new entry`,
    );
  }
  if (state.reversed.has(target.seq))
    return refuse('ALREADY_CORRECTED', ['reverses'], `entry ${target.seq} is already reversed`);
  if (isBlank(command.reason)) return refuse('BAD_EVIDENCE', ['reason'], 'a correction gives its reason');
  const reversal = reversalPostings(entries, state, target);
  if (!Array.isArray(reversal)) return reversal;
  if (command.replacement && target.body.kind !== 'FULFILLED') {
    return refuse('NOT_CORRECTABLE', ['replacement'], 'only a fulfilment is replaced while it is corrected');
  }
  const body: EntryBody = { kind: 'CORRECTED', reverses: target.seq, reason: command.reason };
  const reversed = append(entries, target.effectiveOn, recording, body, reversal);
  if (!reversed.ok || !command.replacement) return reversed;
  const withReversal = [...entries, ...reversed.drafts];
  const stateAfter = ledgerState(withReversal);
  if (!stateAfter) return refuse('NOT_PROMISED', [], 'there is no such promise');
  const replaced = fulfil(withReversal, stateAfter, command.replacement, recording, ['replacement']);
  return replaced.ok ? { ok: true, drafts: [...reversed.drafts, ...replaced.drafts] } : replaced;
}

function reversalPostings(
  entries: readonly EntryDraft[],
  state: LedgerState,
  target: EntryDraft,
): Posting[] | LedgerDecision {
  switch (target.body.kind) {
    case 'PROMISED':
      if (state.outstanding !== state.promised) {
        return refuse(
          'STILL_SETTLED',
          ['reverses'],
          'a promise that was fulfilled or waived in part cannot be withdrawn; reverse those entries first',
        );
      }
      return move(
        state.promised,
        { account: 'OUTSTANDING', department: state.promisor },
        { account: 'PROMISED', department: state.terms.promisor },
      );
    case 'FULFILLED':
    case 'WAIVED': {
      // What was settled becomes owed again, by whoever owes the promise today.
      const settled = target.postings.find((posting) => posting.amount > 0);
      if (!settled) return refuse('NOT_CORRECTABLE', ['reverses'], `entry ${target.seq} moved nothing`);
      return move(
        settled.amount,
        { account: settled.account, department: settled.department },
        { account: 'OUTSTANDING', department: state.promisor },
      );
    }
    case 'TRANSFERRED': {
      if (!isLatest(entries, state, target))
        return refuse(
          'NOT_CORRECTABLE',
          ['reverses'],
          'the promise was passed on after this transfer; reverse the later one first',
        );
      if (state.outstanding === 0) return [];
      return move(
        state.outstanding,
        { account: 'OUTSTANDING', department: target.body.to },
        { account: 'OUTSTANDING', department: target.body.from },
      );
    }
    case 'DOCUMENT_ATTACHED':
    case 'CONDITION_ASSESSED':
      return [];
    case 'HANDED_OVER':
      return isLatest(entries, state, target)
        ? []
        : refuse(
            'NOT_CORRECTABLE',
            ['reverses'],
            'the promise was handed over after this; reverse the later handover first',
          );
    case 'REALLOCATED':
    case 'CORRECTED':
      return refuse(
        'NOT_CORRECTABLE',
        ['reverses'],
        `an entry of kind ${target.body.kind} is not reversed; record what is right as a new entry`,
      );
  }
}

/** Whether no entry of its kind stands after it. */
const isLatest = (entries: readonly EntryDraft[], state: LedgerState, { seq, body }: EntryDraft): boolean =>
  !entries.some((entry) => entry.seq > seq && entry.body.kind === body.kind && !state.reversed.has(entry.seq));
