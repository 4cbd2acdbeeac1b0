import { dayInShanghai, formatYuan, isLegalDay, type LegalDay } from '@zhitong/values';
import {
  checkTerms,
  isSha256,
  type CommitmentTerms,
  type ConditionStatus,
  type LegalDocument,
  type Measure,
  type Official,
} from '../commitments/commitment.js';
import type { EntryBody, EntryDraft, WrittenConsent } from './ledger-entry.js';
import { ledgerState, type LedgerState } from './ledger-state.js';
import { documentFault } from '../commitments/legal-document.js';
import { move, type Posting } from './postings.js';

export type LedgerRefusalCode =
  | 'BAD_TERMS'
  | 'BAD_AMOUNT'
  | 'BAD_DATE'
  | 'BAD_EVIDENCE'
  | 'BEFORE_PROMISE'
  | 'IN_THE_FUTURE'
  | 'CLOCK_SET_BACK'
  | 'STALE_VERSION'
  | 'OVERPAYMENT'
  | 'OVER_WAIVED'
  | 'NOT_PROMISED'
  | 'VOID'
  | 'UNKNOWN_ENTRY'
  | 'ALREADY_CORRECTED'
  | 'CORRECTION_OF_CORRECTION'
  | 'NOT_CORRECTABLE'
  | 'STILL_SETTLED'
  | 'SAME_DEPARTMENT'
  | 'SAME_OFFICIAL'
  | 'OUT_OF_ORDER'
  | 'UNKNOWN_CONDITION';

export interface LedgerRefusal {
  readonly code: LedgerRefusalCode;
  readonly message: string;
  /** Path inside the command's input. */
  readonly path: readonly string[];
  readonly details: Readonly<Record<string, string | number | null>>;
}

export type LedgerDecision =
  | { readonly ok: true; readonly drafts: readonly EntryDraft[] }
  | { readonly ok: false; readonly refusal: LedgerRefusal };

/** Who records, and the instant at which the ledger's clock stands (RFC 3339, UTC, milliseconds). */
export interface Recording {
  readonly recordedAt: string;
  readonly recordedBy: string;
}

export interface Fulfilment {
  readonly amount: number;
  readonly effectiveOn: LegalDay;
  readonly paymentReference: string;
  readonly evidence: string;
}

export type LedgerCommand =
  | ({ readonly type: 'FULFIL' } & Fulfilment)
  | {
      readonly type: 'CORRECT';
      readonly reverses: number;
      readonly reason: string;
      readonly replacement: Fulfilment | null;
    }
  | { readonly type: 'TRANSFER'; readonly to: string; readonly effectiveOn: LegalDay; readonly reason: string }
  | {
      readonly type: 'WAIVE';
      readonly amount: number;
      readonly effectiveOn: LegalDay;
      readonly consent: WrittenConsent;
    }
  | { readonly type: 'HAND_OVER'; readonly to: Official; readonly effectiveOn: LegalDay; readonly reason: string }
  | { readonly type: 'ATTACH_DOCUMENT'; readonly document: LegalDocument; readonly effectiveOn: LegalDay }
  | {
      readonly type: 'ASSESS_CONDITION';
      readonly conditionNo: number;
      readonly status: ConditionStatus;
      readonly evidence: string;
      readonly effectiveOn: LegalDay;
    };

const refuse = (
  code: LedgerRefusalCode,
  path: readonly string[],
  message: string,
  details: LedgerRefusal['details'] = {},
): LedgerDecision => ({
  ok: false,
  refusal: { code, message, path, details },
});

/** An amount as the outside reads it: yuan with two decimals, or a number of milestones. */
export const amountText = (amount: number, measure: Measure): string =>
  measure === 'MONEY' ? formatYuan(amount) : String(amount);

/** Opens a commitment's ledger with its promise. */
export function promise(
  commitmentId: string,
  terms: CommitmentTerms,
  promisedOn: LegalDay,
  recording: Recording,
): LedgerDecision {
  const dateProblem = checkDate(promisedOn, recording, ['promisedOn']);
  if (dateProblem) return dateProblem;
  const [problem] = checkTerms(terms, promisedOn);
  if (problem) return refuse('BAD_TERMS', problem.path, problem.message);
  const postings = move(
    terms.amount,
    { account: 'PROMISED', department: terms.promisor },
    { account: 'OUTSTANDING', department: terms.promisor },
  );
  return {
    ok: true,
    drafts: [
      { commitmentId, seq: 1, effectiveOn: promisedOn, ...recording, body: { kind: 'PROMISED', terms }, postings },
    ],
  };
}

/**
 * Decides one command against a commitment's entries (all of them, in order of `seq`). The result is the entries to
 * append, or the reason why nothing may be. `expectedVersion` is the version that the writer saw, null when it does not matter.
 */
export function decide(
  entries: readonly EntryDraft[],
  command: LedgerCommand,
  recording: Recording,
  expectedVersion: number | null = null,
): LedgerDecision {
  const state = ledgerState(entries);
  if (!state) return refuse('NOT_PROMISED', [], 'there is no such promise');
  if (expectedVersion !== null && expectedVersion !== state.version) {
    return refuse(
      'STALE_VERSION',
      ['expectedVersion'],
      `the commitment has changed: it is at version ${state.version}, not ${expectedVersion}`,
      {
        currentVersion: state.version,
      },
    );
  }
  if (recording.recordedAt < state.lastRecordedAt) {
    return refuse(
      'CLOCK_SET_BACK',
      [],
      `the clock stands at ${recording.recordedAt}, before the last entry of ${state.lastRecordedAt}`,
      {
        lastRecordedAt: state.lastRecordedAt,
      },
    );
  }
  if (state.isVoid)
    return refuse('VOID', [], 'the promise was withdrawn as recorded by mistake; nothing can be added to it');
  switch (command.type) {
    case 'FULFIL':
      return fulfil(entries, state, command, recording);
    case 'CORRECT':
      return correct(entries, state, command, recording);
    case 'TRANSFER':
      return transfer(entries, state, command, recording);
    case 'WAIVE':
      return waive(entries, state, command, recording);
    case 'HAND_OVER':
      return handOver(entries, state, command, recording);
    case 'ATTACH_DOCUMENT':
      return attachDocument(entries, state, command, recording);
    case 'ASSESS_CONDITION':
      return assessCondition(entries, state, command, recording);
  }
}

/** A day that exists and has come. The ledger records what has happened, so nothing is effective after it is recorded. */
function checkDate(effectiveOn: LegalDay, recording: Recording, path: readonly string[]): LedgerDecision | null {
  if (!isLegalDay(effectiveOn)) return refuse('BAD_DATE', path, `"${effectiveOn}" is not a date`);
  const today = dayInShanghai(recording.recordedAt);
  if (effectiveOn > today)
    return refuse('IN_THE_FUTURE', path, `${effectiveOn} has not come yet: today is ${today}`, { today });
  return null;
}

function checkEffective(
  state: LedgerState,
  effectiveOn: LegalDay,
  recording: Recording,
  path: readonly string[] = ['effectiveOn'],
): LedgerDecision | null {
  const problem = checkDate(effectiveOn, recording, path);
  if (problem) return problem;
  if (effectiveOn < state.promisedOn) {
    return refuse('BEFORE_PROMISE', path, `${effectiveOn} is before the promise of ${state.promisedOn}`, {
      promisedOn: state.promisedOn,
    });
  }
  return null;
}

function append(
  entries: readonly EntryDraft[],
  effectiveOn: LegalDay,
  recording: Recording,
  body: EntryBody,
  postings: readonly Posting[] = [],
): LedgerDecision {
  const last = entries.at(-1);
  if (!last) return refuse('NOT_PROMISED', [], 'there is no such promise');
  return {
    ok: true,
    drafts: [{ commitmentId: last.commitmentId, seq: last.seq + 1, effectiveOn, ...recording, body, postings }],
  };
}

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

function fulfil(
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
  if (fulfilment.paymentReference.trim() === '') {
    return refuse('BAD_EVIDENCE', [...at, 'paymentReference'], 'a fulfilment names its bank receipt or delivery note');
  }
  const { amount, effectiveOn, paymentReference, evidence } = fulfilment;
  const department = state.promisor;
  const postings = move(amount, { account: 'OUTSTANDING', department }, { account: 'FULFILLED', department });
  return append(entries, effectiveOn, recording, { kind: 'FULFILLED', amount, paymentReference, evidence }, postings);
}

function waive(
  entries: readonly EntryDraft[],
  state: LedgerState,
  command: LedgerCommand & { type: 'WAIVE' },
  recording: Recording,
): LedgerDecision {
  const { amount, effectiveOn, consent } = command;
  const problem =
    checkEffective(state, effectiveOn, recording) ?? checkSettlement(state, amount, 'OVER_WAIVED', ['amount']);
  if (problem) return problem;
  if (!consent.documentNumber.trim() || !consent.signedBy.trim() || !isSha256(consent.digest)) {
    return refuse(
      'BAD_EVIDENCE',
      ['consent'],
      "a waiver needs the enterprise's written consent: its number, who signed it and the SHA-256 digest of the file",
    );
  }
  if (!isLegalDay(consent.signedOn) || consent.signedOn > effectiveOn) {
    return refuse(
      'BAD_EVIDENCE',
      ['consent', 'signedOn'],
      `the consent must have been signed by ${effectiveOn}, the day of the waiver`,
    );
  }
  const department = state.promisor;
  const postings = move(amount, { account: 'OUTSTANDING', department }, { account: 'WAIVED', department });
  return append(entries, effectiveOn, recording, { kind: 'WAIVED', amount, consent }, postings);
}

function transfer(
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
  if (to === from) return refuse('SAME_DEPARTMENT', ['to'], `${from} already owes this promise`);
  const amount = state.outstanding;
  const postings =
    amount === 0
      ? []
      : move(amount, { account: 'OUTSTANDING', department: from }, { account: 'OUTSTANDING', department: to });
  return append(entries, effectiveOn, recording, { kind: 'TRANSFERRED', amount, from, to, reason }, postings);
}

function handOver(
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
  if (to.name.trim() === '') return refuse('BAD_EVIDENCE', ['to', 'name'], 'a handover names the successor');
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

function attachDocument(
  entries: readonly EntryDraft[],
  state: LedgerState,
  command: LedgerCommand & { type: 'ATTACH_DOCUMENT' },
  recording: Recording,
): LedgerDecision {
  const { document, effectiveOn } = command;
  const problem = checkEffective(state, effectiveOn, recording);
  if (problem) return problem;
  const fault = documentFault(document, effectiveOn);
  if (fault) return refuse('BAD_EVIDENCE', fault.path, fault.message);
  return append(entries, effectiveOn, recording, { kind: 'DOCUMENT_ATTACHED', document });
}

function assessCondition(
  entries: readonly EntryDraft[],
  state: LedgerState,
  command: LedgerCommand & { type: 'ASSESS_CONDITION' },
  recording: Recording,
): LedgerDecision {
  const { conditionNo, status, evidence, effectiveOn } = command;
  const problem = checkEffective(state, effectiveOn, recording);
  if (problem) return problem;
  if (!state.conditionStatus.has(conditionNo)) {
    return refuse('UNKNOWN_CONDITION', ['conditionNo'], `the promise has no condition ${conditionNo}`, {
      conditions: state.conditionStatus.size,
    });
  }
  return append(entries, effectiveOn, recording, { kind: 'CONDITION_ASSESSED', conditionNo, status, evidence });
}

/**
 * Reverses one entry, effective on the day of the entry that it reverses: seen with today's knowledge the mistake never
 * counted, seen with the knowledge of the time it did. A replacement for a fulfilment is recorded in the same step.
 */
function correct(
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
  if (command.reason.trim() === '') return refuse('BAD_EVIDENCE', ['reason'], 'a correction gives its reason');
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
      const later = entries.some(
        (entry) => entry.seq > target.seq && entry.body.kind === 'TRANSFERRED' && !state.reversed.has(entry.seq),
      );
      if (later)
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
    case 'HANDED_OVER':
    case 'DOCUMENT_ATTACHED':
    case 'CONDITION_ASSESSED':
    case 'CORRECTED':
      return refuse(
        'NOT_CORRECTABLE',
        ['reverses'],
        `an entry of kind ${target.body.kind} is not reversed; record what is right as a new entry`,
      );
  }
}
