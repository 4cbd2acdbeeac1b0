import type { LegalDay } from '@zhitong/values';
import { allocate, stateOf, type CommitmentState, type InstalmentPosition } from './as-of.js';
import type {
  CommitmentKind,
  ConditionStatus,
  Instalment,
  LegalDocument,
  Measure,
  Official,
} from '../commitments/commitment.js';
import type { EntryDraft } from './ledger-entry.js';
import { ledgerState } from './ledger-state.js';

/** An instalment with the sum of all up to it: it is settled when that much is. */
export interface RecordedInstalment extends Instalment {
  readonly through: number;
}

/**
 * A commitment as its ledger has it at one point: a summary for reading, which can be made again from the entries at
 * any time and proves nothing by itself. Amounts are in the measure.
 */
export interface CommitmentRecord {
  readonly id: string;
  readonly title: string;
  readonly kind: CommitmentKind;
  readonly measure: Measure;
  readonly promisor: string;
  readonly originalPromisor: string;
  readonly uscc: string;
  readonly projectId: string | null;
  readonly districtCode: string;
  readonly promisedOn: LegalDay;
  readonly document: LegalDocument | null;
  readonly deliverable: string | null;
  readonly promised: number;
  readonly fulfilled: number;
  readonly waived: number;
  readonly outstanding: number;
  readonly state: CommitmentState;
  /** Due day of the earliest instalment that is not settled; null when nothing is outstanding. */
  readonly dueOn: LegalDay | null;
  readonly instalments: readonly RecordedInstalment[];
  readonly conditions: readonly { readonly no: number; readonly text: string; readonly status: ConditionStatus }[];
  readonly official: Official;
  readonly predecessors: readonly Official[];
  /** `seq` of the last entry. */
  readonly version: number;
  readonly lastRecordedAt: string;
}

/** Adds up instalments in order of due date. */
export function withThrough(instalments: readonly Instalment[]): RecordedInstalment[] {
  let through = 0;
  return instalments.map((instalment) => ({ ...instalment, through: (through += instalment.amount) }));
}

/** Summarises a commitment's entries, in order of `seq`. Null when they hold no promise. */
export function commitmentRecord(entries: readonly EntryDraft[]): CommitmentRecord | null {
  const state = ledgerState(entries);
  const [first] = entries;
  if (!state || !first) return null;
  const { terms } = state;
  const instalments = withThrough(terms.instalments);
  const settled = state.fulfilled + state.waived;
  return {
    id: first.commitmentId,
    title: terms.title,
    kind: terms.kind,
    measure: terms.measure,
    promisor: state.promisor,
    originalPromisor: terms.promisor,
    uscc: terms.uscc,
    projectId: terms.projectId,
    districtCode: terms.districtCode,
    promisedOn: state.promisedOn,
    document: state.document,
    deliverable: terms.deliverable,
    promised: state.promised,
    fulfilled: state.fulfilled,
    waived: state.waived,
    outstanding: state.outstanding,
    state: stateOf(state),
    dueOn: state.isVoid ? null : (instalments.find(({ through }) => through > settled)?.dueOn ?? null),
    instalments,
    conditions: terms.conditions.map(({ no, text }) => ({
      no,
      text,
      status: state.conditionStatus.get(no) ?? 'PENDING',
    })),
    official: state.official,
    predecessors: state.predecessors,
    version: state.version,
    lastRecordedAt: state.lastRecordedAt,
  };
}

/** The instalments of a record as they stand on a day. */
export function instalmentsOn(
  record: Pick<CommitmentRecord, 'instalments' | 'fulfilled' | 'waived' | 'state'>,
  asOf: LegalDay,
): InstalmentPosition[] {
  return record.state === 'VOID' ? [] : allocate(record.instalments, record.fulfilled + record.waived, asOf);
}

/** What of a record is overdue on a day, in its measure. */
export function overdueOn(
  record: Pick<CommitmentRecord, 'instalments' | 'fulfilled' | 'waived' | 'state'>,
  asOf: LegalDay,
): number {
  return instalmentsOn(record, asOf).reduce(
    (sum, instalment) => sum + (instalment.daysOverdue > 0 ? instalment.outstanding : 0),
    0,
  );
}
