import { isBlank } from '@zhitong/values';
import type { LegalDay } from '@zhitong/values';
import { checkEffective } from './effective-day.js';
import type { LedgerCommand } from './ledger-command.js';
import { append, refuse, type LedgerDecision, type Recording } from './ledger-decision.js';
import type { EntryDraft } from './ledger-entry.js';
import type { LedgerState } from './ledger-state.js';
import { move } from './postings.js';

/** Passes what is outstanding on to another department. */
export function transfer(
  entries: readonly EntryDraft[],
  state: LedgerState,
  command: LedgerCommand & { type: 'TRANSFER' },
  recording: Recording,
): LedgerDecision {
  const { to, effectiveOn, reason } = command;
  const from = state.promisor;
  const problem =
    checkEffective(state, effectiveOn, recording) ?? checkOrder(entries, state, 'TRANSFERRED', effectiveOn);
  if (problem) return problem;
  if (isBlank(reason)) return refuse('BAD_EVIDENCE', ['reason'], 'a transfer gives its reason');
  if (to === from) return refuse('SAME_DEPARTMENT', ['to'], `${from} already owes this promise`);
  const amount = state.outstanding;
  const postings =
    amount === 0
      ? []
      : move(amount, { account: 'OUTSTANDING', department: from }, { account: 'OUTSTANDING', department: to });
  return append(entries, effectiveOn, recording, { kind: 'TRANSFERRED', amount, from, to, reason }, postings);
}

/** Names the official who is responsible from now on. */
export function handOver(
  entries: readonly EntryDraft[],
  state: LedgerState,
  command: LedgerCommand & { type: 'HAND_OVER' },
  recording: Recording,
): LedgerDecision {
  const { to, effectiveOn, reason } = command;
  const problem =
    checkEffective(state, effectiveOn, recording) ?? checkOrder(entries, state, 'HANDED_OVER', effectiveOn);
  if (problem) return problem;
  const from = state.official;
  if (isBlank(reason)) return refuse('BAD_EVIDENCE', ['reason'], 'a handover gives its reason');
  if (isBlank(to.name)) return refuse('BAD_EVIDENCE', ['to', 'name'], 'a handover names the successor');
  if (to.name === from.name && to.post === from.post)
    return refuse('SAME_OFFICIAL', ['to'], `${from.name} is already responsible`);
  return append(entries, effectiveOn, recording, { kind: 'HANDED_OVER', from, to, reason });
}

/** Transfers and handovers follow one another in the world too, so that "who owed it on that day" has one answer. */
function checkOrder(
  entries: readonly EntryDraft[],
  state: LedgerState,
  kind: 'TRANSFERRED' | 'HANDED_OVER',
  effectiveOn: LegalDay,
): LedgerDecision | null {
  const last = entries.findLast((entry) => entry.body.kind === kind && !state.reversed.has(entry.seq));
  if (!last || effectiveOn >= last.effectiveOn) return null;
  return refuse('OUT_OF_ORDER', ['effectiveOn'], `${effectiveOn} is before the last one of ${last.effectiveOn}`, {
    last: last.effectiveOn,
  });
}
