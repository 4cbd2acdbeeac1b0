import type { LegalDay } from '@zhitong/values';
import type { EntryBody, EntryDraft } from './ledger-entry.js';
import type { Posting } from './postings.js';

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
  | 'UNKNOWN_CONDITION'
  | 'ALREADY_ATTACHED'
  | 'ALREADY_ASSESSED';

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

/** The decision that nothing may be appended. */
export const refuse = (
  code: LedgerRefusalCode,
  path: readonly string[],
  message: string,
  details: LedgerRefusal['details'] = {},
): LedgerDecision => ({
  ok: false,
  refusal: { code, message, path, details },
});

/** The decision to append one entry after the last of a ledger. */
export function append(
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
