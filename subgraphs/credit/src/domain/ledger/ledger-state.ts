import type { LegalDay } from '@zhitong/values';
import type { CommitmentTerms, ConditionStatus, LegalDocument, Official } from '../commitments/commitment.js';
import type { EntryDraft } from './ledger-entry.js';
import { balanceOf } from './postings.js';

/** What a commitment's entries amount to. Amounts are in the commitment's measure. */
export interface LedgerState {
  readonly terms: CommitmentTerms;
  readonly promisedOn: LegalDay;
  /** `seq` of the last entry: the version that a writer names. */
  readonly version: number;
  readonly lastRecordedAt: string;
  readonly promised: number;
  readonly fulfilled: number;
  readonly waived: number;
  readonly outstanding: number;
  /** The promise itself was reversed: it had been recorded by mistake. */
  readonly isVoid: boolean;
  readonly promisor: string;
  readonly official: Official;
  /** Officials who were responsible before, the first one first (新官不理旧账). */
  readonly predecessors: readonly Official[];
  readonly document: LegalDocument | null;
  readonly conditionStatus: ReadonlyMap<number, ConditionStatus>;
  /** `seq` of every entry that a correction has reversed. */
  readonly reversed: ReadonlySet<number>;
}

/** Kinds of entries with a fact that replaces an earlier one. Of many entries most are payments, and are none. */
const REPLACING: ReadonlySet<EntryDraft['body']['kind']> = new Set([
  'TRANSFERRED',
  'DOCUMENT_ATTACHED',
  'CONDITION_ASSESSED',
  'HANDED_OVER',
]);

/**
 * Reads a commitment's entries, in order of `seq`. Null when they hold no promise.
 * Facts that replace one another (promisor, official, document, a condition's status) are those that took effect last,
 * whenever they were recorded; of one day the last recorded.
 */
export function ledgerState(entries: readonly EntryDraft[]): LedgerState | null {
  const first = entries.find((entry) => entry.body.kind === 'PROMISED');
  const last = entries.at(-1);
  if (first?.body.kind !== 'PROMISED' || !last) return null;
  const { terms } = first.body;
  const reversed = new Set<number>();
  for (const { body } of entries) if (body.kind === 'CORRECTED') reversed.add(body.reverses);

  let { promisor, official, document } = terms;
  const predecessors: Official[] = [];
  const conditionStatus = new Map<number, ConditionStatus>(terms.conditions.map(({ no }) => [no, 'PENDING']));
  const byEffect = entries
    .filter(({ body }) => REPLACING.has(body.kind))
    .sort((a, b) => (a.effectiveOn === b.effectiveOn ? a.seq - b.seq : a.effectiveOn < b.effectiveOn ? -1 : 1));
  for (const { seq, body } of byEffect) {
    if (reversed.has(seq)) continue;
    if (body.kind === 'TRANSFERRED') promisor = body.to;
    if (body.kind === 'DOCUMENT_ATTACHED') document = body.document;
    if (body.kind === 'CONDITION_ASSESSED') conditionStatus.set(body.conditionNo, body.status);
    if (body.kind === 'HANDED_OVER') {
      predecessors.push(official);
      official = body.to;
    }
  }
  const postings = entries.flatMap((entry) => entry.postings);
  return {
    terms,
    promisedOn: first.effectiveOn,
    version: last.seq,
    lastRecordedAt: last.recordedAt,
    promised: balanceOf(postings, 'PROMISED'),
    fulfilled: balanceOf(postings, 'FULFILLED'),
    waived: balanceOf(postings, 'WAIVED'),
    outstanding: balanceOf(postings, 'OUTSTANDING'),
    isVoid: reversed.has(first.seq),
    promisor,
    official,
    predecessors,
    document,
    conditionStatus,
    reversed,
  };
}
