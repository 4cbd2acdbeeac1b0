import type { FenTotal, LegalDay } from '@zhitong/values';
import { overdueOn, type CommitmentRecord } from './commitment-record.js';

/** Totals of a list of commitments; amounts in fen, of the promises of money alone. */
export interface CommitmentTotals {
  readonly promised: FenTotal;
  readonly fulfilled: FenTotal;
  readonly outstanding: FenTotal;
  readonly overdue: FenTotal;
  readonly overdueCount: number;
}
export type CommitmentTotal = keyof CommitmentTotals;
export const ALL_TOTALS: readonly CommitmentTotal[] = [
  'promised',
  'fulfilled',
  'outstanding',
  'overdue',
  'overdueCount',
];

/** Totals of an empty list, or of one whose totals nobody asked for. */
export const NO_TOTALS: CommitmentTotals = {
  promised: 0n,
  fulfilled: 0n,
  outstanding: 0n,
  overdue: 0n,
  overdueCount: 0,
};

type Summand = Pick<CommitmentRecord, 'measure' | 'state'> & Partial<CommitmentRecord>;
type RecordField = keyof CommitmentRecord;

/** The fields of a commitment that a total is made of, beside its measure and state. */
export const TOTAL_FIELDS: Readonly<Record<CommitmentTotal, readonly RecordField[]>> = {
  promised: ['promised'],
  fulfilled: ['fulfilled'],
  outstanding: ['outstanding'],
  overdue: ['instalments', 'fulfilled', 'waived'],
  overdueCount: ['dueOn'],
};

/** Adds up commitments that were read with the fields of the totals; `today` decides what is overdue. */
export function commitmentTotals(
  commitments: readonly Summand[],
  totals: readonly CommitmentTotal[],
  today: LegalDay,
): Partial<CommitmentTotals> {
  return totalsFrom(
    Object.fromEntries(
      totals.map((total) => [
        total,
        commitments.reduce((sum, commitment) => sum + BigInt(summand(commitment, total, today)), 0n),
      ]),
    ),
  );
}

/** Totals of what was added up exactly; a count is a number again. */
export function totalsFrom(sums: Readonly<Partial<Record<CommitmentTotal, bigint>>>): Partial<CommitmentTotals> {
  const { overdueCount, ...amounts } = sums;
  return { ...amounts, ...(overdueCount === undefined ? {} : { overdueCount: Number(overdueCount) }) };
}

function summand(commitment: Summand, total: CommitmentTotal, today: LegalDay): number {
  const { state, dueOn = null, instalments = [], fulfilled = 0, waived = 0 } = commitment;
  if (total === 'overdueCount') return state === 'OUTSTANDING' && dueOn !== null && dueOn < today ? 1 : 0;
  if (commitment.measure !== 'MONEY') return 0;
  return total === 'overdue' ? overdueOn({ state, instalments, fulfilled, waived }, today) : (commitment[total] ?? 0);
}
