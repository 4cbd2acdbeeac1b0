import { isBlank, normalText, normalReference, type LegalDay } from '@zhitong/values';
import { checkTerms, type CommitmentTerms, type LegalDocument } from '../commitments/commitment.js';
import { documentFault } from '../commitments/legal-document.js';
import { correct } from './correction.js';
import { checkDate, checkEffective } from './effective-day.js';
import type { LedgerCommand } from './ledger-command.js';
import { append, refuse, type LedgerDecision, type Recording } from './ledger-decision.js';
import type { EntryDraft } from './ledger-entry.js';
import { ledgerState, type LedgerState } from './ledger-state.js';
import { move } from './postings.js';
import { withReallocation } from './reallocation.js';
import { handOver, transfer } from './responsibility.js';
import { fulfil, waive } from './settlement.js';

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
  if (problem) return refuse('BAD_TERMS', problem.path, problem.message, { terms: problem.code, ...problem.details });
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
 * append, or the reason why nothing may be. `expectedVersion` is the version that the writer saw, null when it does not
 * matter.
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
  const decision = decideOn(entries, state, command, recording);
  return decision.ok ? { ok: true, drafts: withReallocation(entries, decision.drafts) } : decision;
}

function decideOn(
  entries: readonly EntryDraft[],
  state: LedgerState,
  command: LedgerCommand,
  recording: Recording,
): LedgerDecision {
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

/** The documents of a promise that no reversal took away. */
const standingDocuments = (entries: readonly EntryDraft[], { terms, reversed }: LedgerState): LegalDocument[] => [
  ...(terms.document === null ? [] : [terms.document]),
  ...entries.flatMap(({ seq, body }) =>
    body.kind === 'DOCUMENT_ATTACHED' && !reversed.has(seq) ? [body.document] : [],
  ),
];

/** A document is the same however its number is typed, and the same file is the same document. */
const isSameDocument = (one: LegalDocument, other: LegalDocument): boolean =>
  (normalReference(one.number) === normalReference(other.number) && one.date === other.date) ||
  (one.digest !== null && one.digest === other.digest);

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
  const known = standingDocuments(entries, state).find((other) => isSameDocument(other, document));
  if (known)
    return refuse('ALREADY_ATTACHED', ['document', 'number'], `the promise has the document ${known.number} already`);
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
  if (isBlank(evidence)) return refuse('BAD_EVIDENCE', ['evidence'], 'an assessment says what proves it');
  const isKnown = entries.some(
    ({ seq, body, effectiveOn: day }) =>
      body.kind === 'CONDITION_ASSESSED' &&
      !state.reversed.has(seq) &&
      body.conditionNo === conditionNo &&
      body.status === status &&
      day === effectiveOn &&
      normalText(body.evidence) === normalText(evidence),
  );
  if (isKnown)
    return refuse('ALREADY_ASSESSED', ['evidence'], 'the condition is assessed so, with this evidence, already');
  return append(entries, effectiveOn, recording, { kind: 'CONDITION_ASSESSED', conditionNo, status, evidence });
}
