import type { RelayConnection } from '@zhitong/kit';
import type { Rate } from '@zhitong/values';
import type { ArrearPosition } from './domain/arrears/arrears.js';
import type { PublicDisclosure } from './domain/arrears/disclosure.js';
import type { CreditStanding } from './domain/standing/credit-grade.js';
import type { ClaimPosition, GovernmentClaim } from './domain/standing/government-claim.js';
import type { Seal } from './domain/ledger/seal.js';
import type { ApprovalItemRecord } from './models/approval-item.js';
import type { ArrearRecord, ArrearTotals } from './models/arrears/arrear.js';
import type { PublishedDisclosure } from './models/arrears/published-disclosure.js';
import type { ArrearsFigures } from './domain/arrears/arrears-figures.js';
import type { AuditSums } from './domain/audit/audit-sums.js';
import type { AuditGroupRow, AuditQuestion } from './models/audit/audit-groups.js';
import type { WorklistRow } from './models/audit/audit-worklist.js';
import type { CommitmentTotals } from './domain/ledger/commitment-totals.js';
import type { CommitmentRow, StoredCommitment } from './models/commitment.js';
import type { StoredDishonestyRecord, StoredJudgment } from './models/credit-record.js';
import type { Measure } from './domain/commitments/commitment.js';
import type { StoredEntry } from './models/ledger-entry.js';
import type { PledgeRecord } from './models/pledge.js';

/** Entities of other departments, by their keys. */
export interface EnterpriseRef {
  readonly uscc: string;
}
export interface DepartmentRef {
  readonly code: string;
}
export interface ProjectRef {
  readonly id: string;
}

/** A commitment as it stands on a day. */
export type CommitmentView = CommitmentRow & { readonly asOf: string };
export type CommitmentConnectionRows = RelayConnection<CommitmentView> & { readonly totals: CommitmentTotals };
export type AuditedConnectionRows = RelayConnection<CommitmentView> & {
  /** How many instalments of the whole list were paid in time, of those that had fallen due. */
  readonly onTime?: () => Promise<Rate>;
};

/** An entry of a commitment's ledger, as someone may see it. */
export interface LedgerEntryView {
  readonly entry: StoredEntry;
  /** The whole ledger that it is an entry of. */
  readonly chain: readonly StoredEntry[];
  readonly measure: Measure;
  /** The enterprise and other departments do not need to know which official typed an entry. */
  readonly hidesOfficials: boolean;
}

/** An answered audit. */
export interface AuditView extends AuditSums {
  readonly question: AuditQuestion;
  readonly groups: readonly AuditGroupView[];
  readonly seal: Seal | null;
}
export interface AuditGroupView extends AuditGroupRow {
  readonly question: AuditQuestion;
}

/** An unfulfilled promise in the auditor's list. */
export type WorkItemView = WorklistRow & { readonly commitment: StoredCommitment & { readonly asOf: string } };
export type WorklistRows = RelayConnection<WorkItemView>;

/** An enterprise's credit on a day, with what it was derived from. */
export interface StandingView {
  readonly uscc: string;
  readonly asOf: string;
  readonly standing: CreditStanding;
  readonly records: readonly StoredDishonestyRecord[];
  readonly judgments: readonly StoredJudgment[];
  /** Days on which a breach of a pledge was found. */
  readonly pledgeBreaches: readonly string[];
  readonly claims: readonly GovernmentClaim[];
}
export type GovernmentClaimView = GovernmentClaim & { readonly position: ClaimPosition };
export type DishonestyRecordView = StoredDishonestyRecord & { readonly asOf: string };
export type JudgmentView = StoredJudgment & { readonly asOf: string };

/** The approval ledger as it stands on a day. */
export type ApprovalItemView = ApprovalItemRecord & { readonly asOf: string };
export type ApprovalItemConnectionRows = RelayConnection<ApprovalItemView>;

/** A department's arrears at the end of a period. */
export interface DepartmentArrearsView extends ArrearsFigures {
  readonly period: { readonly from: string; readonly to: string; readonly knownOn: string | null };
}

/** The yearly disclosure: as it was published, else as it is made of what is known. */
export interface DisclosureView {
  readonly disclosure: PublicDisclosure;
  /** Null before it is published. */
  readonly published: PublishedDisclosure | null;
}

/** A debt as it stands on a day; `debtor` is who owes it then. */
export type ArrearView = ArrearRecord & { readonly position: ArrearPosition; readonly asOf: string };
export type ArrearConnectionRows = RelayConnection<ArrearView> & { readonly totals: ArrearTotals };
export type PledgeConnectionRows = RelayConnection<PledgeRecord>;
