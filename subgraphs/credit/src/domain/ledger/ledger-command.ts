import type { LegalDay } from '@zhitong/values';
import type { ConditionStatus, LegalDocument, Official } from '../commitments/commitment.js';
import type { WrittenConsent } from './ledger-entry.js';

export interface Fulfilment {
  readonly amount: number;
  readonly effectiveOn: LegalDay;
  readonly paymentReference: string;
  readonly evidence: string;
}

/** What may be recorded of a promise after it was made. */
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
