import type { Clock } from '@zhitong/kit';
import { dataAccessStore, type DataAccessStore } from '@zhitong/kit/personal-data';
import type { Connection } from 'mongoose';
import { approvalItemStore, type ApprovalItemStore } from './models/approval-item.js';
import { arrearStore, type ArrearStore } from './models/arrears/arrear.js';
import { arrearsReportStore, type ArrearsReportStore } from './models/arrears/arrears-report.js';
import { auditMatterStore, type AuditMatterStore } from './models/audit/audit-matter.js';
import { auditWorklistStore, type AuditWorklistStore } from './models/audit/audit-worklist.js';
import { checkpointStore, type CheckpointStore } from './models/checkpoint.js';
import { commitmentAuditStore, type CommitmentAuditStore } from './models/audit/commitment-audit.js';
import { commitmentStore, type CommitmentStore } from './models/commitment.js';
import { creditHistoryStore, type CreditHistoryStore } from './models/credit-history.js';
import { creditRecordStore, type CreditRecordStore } from './models/credit-record.js';
import { externalNumberStore, type ExternalNumberStore } from './models/external-number.js';
import { ledgerEntryStore, type LedgerEntryStore } from './models/ledger-entry.js';
import { ledgerWriter, type Ledger } from './models/ledger.js';
import { paymentReferenceStore, type PaymentReferenceStore } from './models/payment-reference.js';
import { pledgeStore, type PledgeStore } from './models/pledge.js';
import { publishedRateStore, type PublishedRateStore } from './models/published-rate.js';
import { ledgerVerificationStore, type LedgerVerificationStore } from './models/ledger-verification.js';
import { recordHistory, type RecordHistory } from './models/record-history.js';
import { reminderStore, type ReminderStore } from './models/reminder.js';
import { sealStore, type SealStore } from './models/seal.js';
import { storedForms, type StoredForms } from './models/stored-form.js';
import { successionStore, type SuccessionStore } from './models/succession.js';
import { waiverConsentStore, type WaiverConsentStore } from './models/waiver-consent.js';

/** The department's stores over one connection. */
export interface Stores {
  readonly commitments: CommitmentStore;
  readonly entries: LedgerEntryStore;
  readonly ledger: Ledger;
  readonly audit: CommitmentAuditStore;
  readonly worklist: AuditWorklistStore;
  readonly auditMatters: AuditMatterStore;
  readonly checkpoints: CheckpointStore;
  readonly arrears: ArrearStore;
  readonly arrearsReports: ArrearsReportStore;
  readonly references: PaymentReferenceStore;
  readonly consents: WaiverConsentStore;
  readonly forms: StoredForms;
  readonly externalNumbers: ExternalNumberStore;
  readonly creditHistories: CreditHistoryStore;
  readonly creditRecords: CreditRecordStore;
  readonly pledges: PledgeStore;
  readonly publishedRates: PublishedRateStore;
  readonly successions: SuccessionStore;
  readonly approvals: ApprovalItemStore;
  readonly seals: SealStore;
  readonly history: RecordHistory;
  readonly verifications: LedgerVerificationStore;
  readonly reminders: ReminderStore;
  readonly accesses: DataAccessStore;
}

/** Opens the stores over a connection to the department's own database. */
export function openStores(db: Connection, clock: Clock): Stores {
  const history = recordHistory(db, clock);
  const commitments = commitmentStore(db);
  const entries = ledgerEntryStore(db);
  const references = paymentReferenceStore(db);
  const consents = waiverConsentStore(db);
  const seals = sealStore(db, history);
  const checkpoints = checkpointStore(db, history);
  const audit = commitmentAuditStore(db, checkpoints);
  return {
    commitments,
    entries,
    ledger: ledgerWriter({ db, entries, commitments, references, consents, seals }),
    consents,
    forms: storedForms(db, history),
    audit,
    worklist: auditWorklistStore(audit),
    auditMatters: auditMatterStore(db, history),
    checkpoints,
    arrears: arrearStore(db, history),
    arrearsReports: arrearsReportStore(db),
    references,
    externalNumbers: externalNumberStore(db, history),
    creditHistories: creditHistoryStore(db),
    creditRecords: creditRecordStore(db, history),
    pledges: pledgeStore(db, history),
    publishedRates: publishedRateStore(db, history),
    successions: successionStore(db, history),
    approvals: approvalItemStore(db, history),
    seals,
    history,
    verifications: ledgerVerificationStore(db, history),
    reminders: reminderStore(db, history),
    accesses: dataAccessStore(db),
  };
}
