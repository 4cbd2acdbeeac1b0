import { endOfDayInShanghai, type LegalDay } from '@zhitong/values';
import { ageingBucket, daysOverdue, type AgeingBucket } from '../commitments/ageing.js';
import type { Instalment } from '../commitments/commitment.js';
import type { EntryDraft } from './ledger-entry.js';
import { ledgerState, type LedgerState } from './ledger-state.js';

/** The two axes of time on which the ledger is asked. */
export interface AsOf {
  /** What was true on this day (effective date, inclusive). */
  readonly asOf: LegalDay;
  /** As the ledger knew it at the end of this day in Shanghai; null for all that it knows. */
  readonly knownOn: LegalDay | null;
}

export type CommitmentState = 'OUTSTANDING' | 'FULFILLED' | 'PARTLY_WAIVED' | 'WAIVED' | 'VOID';

export interface InstalmentPosition extends Instalment {
  readonly settled: number;
  readonly outstanding: number;
  readonly daysOverdue: number;
  readonly ageing: AgeingBucket | null;
}

/** A commitment on one day, amounts in its measure. */
export interface CommitmentPosition extends LedgerState {
  readonly state: CommitmentState;
  /** Due day of the earliest instalment that is not settled; null when nothing is outstanding. */
  readonly dueOn: LegalDay | null;
  /** Days since `dueOn`, 0 while it has not passed. */
  readonly daysOverdue: number;
  /** What should have been settled before the day and was not. */
  readonly overdue: number;
  readonly instalments: readonly InstalmentPosition[];
}

/** The entries that count at a point on both axes. */
export function entriesAsOf<T extends EntryDraft>(entries: readonly T[], { asOf, knownOn }: AsOf): T[] {
  const knownBefore = knownOn === null ? null : endOfDayInShanghai(knownOn).toISOString();
  return entries.filter(
    (entry) => entry.effectiveOn <= asOf && (knownBefore === null || entry.recordedAt < knownBefore),
  );
}

/**
 * A commitment's position on a day, from its ledger alone. Null when the promise did not exist by then.
 * What is settled is set against the instalments in order of due date, whatever it was meant for: the oldest debt is
 * paid first (Civil Code, article 560: 清偿先到期的债务).
 */
export function positionAsOf(entries: readonly EntryDraft[], at: AsOf): CommitmentPosition | null {
  const state = ledgerState(entriesAsOf(entries, at));
  if (!state) return null;
  const instalments = state.isVoid ? [] : allocate(state.terms.instalments, state.fulfilled + state.waived, at.asOf);
  const open = instalments.find((instalment) => instalment.outstanding > 0);
  return {
    ...state,
    state: stateOf(state),
    dueOn: open?.dueOn ?? null,
    daysOverdue: open?.daysOverdue ?? 0,
    overdue: instalments.reduce(
      (sum, instalment) => sum + (instalment.daysOverdue > 0 ? instalment.outstanding : 0),
      0,
    ),
    instalments,
  };
}

/** Sets `settled` against instalments, the earliest first. An instalment is overdue from the day after its due day. */
export function allocate(instalments: readonly Instalment[], settled: number, asOf: LegalDay): InstalmentPosition[] {
  let left = settled;
  return instalments.map((instalment) => {
    const paid = Math.min(left, instalment.amount);
    left -= paid;
    const outstanding = instalment.amount - paid;
    const days = outstanding > 0 ? daysOverdue(instalment.dueOn, asOf) : 0;
    return { ...instalment, settled: paid, outstanding, daysOverdue: days, ageing: ageingBucket(days) };
  });
}

/** The state that follows from the amounts: fulfilled is only what was fulfilled whole. */
export function stateOf({
  isVoid,
  outstanding,
  fulfilled,
  waived,
}: Pick<LedgerState, 'isVoid' | 'outstanding' | 'fulfilled' | 'waived'>): CommitmentState {
  if (isVoid) return 'VOID';
  if (outstanding > 0) return 'OUTSTANDING';
  if (waived === 0) return 'FULFILLED';
  return fulfilled > 0 ? 'PARTLY_WAIVED' : 'WAIVED';
}
