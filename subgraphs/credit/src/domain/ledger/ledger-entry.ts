import type { LegalDay } from '@zhitong/values';
import type { CommitmentTerms, ConditionStatus, LegalDocument, Official } from '../commitments/commitment.js';
import type { Posting } from './postings.js';

/** The enterprise's written consent to a waiver (书面同意). */
export interface WrittenConsent {
  readonly documentNumber: string;
  readonly signedOn: LegalDay;
  readonly signedBy: string;
  /** SHA-256 of the signed file. */
  readonly digest: string;
}

export type EntryBody =
  | { readonly kind: 'PROMISED'; readonly terms: CommitmentTerms }
  | {
      readonly kind: 'FULFILLED';
      readonly amount: number;
      /** Number of the bank receipt (银行回单号) or of the delivery note; used once in the whole ledger. */
      readonly paymentReference: string;
      readonly evidence: string;
    }
  | {
      readonly kind: 'CORRECTED';
      /** `seq` of the entry that this one reverses. */
      readonly reverses: number;
      readonly reason: string;
    }
  | {
      readonly kind: 'TRANSFERRED';
      readonly amount: number;
      readonly from: string;
      readonly to: string;
      readonly reason: string;
    }
  | { readonly kind: 'WAIVED'; readonly amount: number; readonly consent: WrittenConsent }
  | { readonly kind: 'HANDED_OVER'; readonly from: Official; readonly to: Official; readonly reason: string }
  | { readonly kind: 'DOCUMENT_ATTACHED'; readonly document: LegalDocument }
  /** Puts what is outstanding with the department that owed it on the day, after something was recorded late. */
  | { readonly kind: 'REALLOCATED' }
  | {
      readonly kind: 'CONDITION_ASSESSED';
      readonly conditionNo: number;
      readonly status: ConditionStatus;
      readonly evidence: string;
    };

export type EntryKind = EntryBody['kind'];

/** An entry as a rule proposes it, before it is chained and stored. */
export interface EntryDraft {
  readonly commitmentId: string;
  /** Position in the commitment's chain, from 1 without gaps. */
  readonly seq: number;
  /** When it is true in the world. */
  readonly effectiveOn: LegalDay;
  /** When the ledger came to know it, RFC 3339 in UTC with milliseconds. Never before the entry in front of it. */
  readonly recordedAt: string;
  /** `sub` of whoever recorded it. */
  readonly recordedBy: string;
  readonly body: EntryBody;
  /** Double entry: sums to zero. Empty where nothing moves. */
  readonly postings: readonly Posting[];
}

/** An entry of the append-only ledger. `hash` covers everything else, `previousHash` included. */
export interface LedgerEntry extends EntryDraft {
  readonly previousHash: string;
  readonly hash: string;
}
