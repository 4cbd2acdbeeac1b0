import { nationalCalendar, type Clock } from '@zhitong/kit';
import { storedForms, type StoredForms } from '@zhitong/kit/mongo';
import { dataAccessStore, type DataAccessStore } from '@zhitong/kit/personal-data';
import type { LegalDay, WorkingCalendar } from '@zhitong/values';
import type { Connection } from 'mongoose';
import type { ArrearRules } from './domain/arrears/arrears.js';
import { accessDigestStore, type AccessDigestStore } from './models/access-digest.js';
import { approvalItemStore, type ApprovalItemStore } from './models/approval-item.js';
import { arrearStore, type ArrearStore } from './models/arrears/arrear.js';
import { publishedDisclosureStore, type PublishedDisclosureStore } from './models/arrears/published-disclosure.js';
import { arrearsReportStore, type ArrearsReportStore } from './models/arrears/arrears-report.js';
import { auditMatterStore, type AuditMatterStore } from './models/audit/audit-matter.js';
import { auditedPromisesStore, type AuditedPromisesStore } from './models/audit/audited-promises.js';
import { auditWorklistStore, type AuditWorklistStore } from './models/audit/audit-worklist.js';
import { checkpointStore, type CheckpointStore } from './models/checkpoint.js';
import { commitmentAuditStore, type CommitmentAuditStore } from './models/audit/commitment-audit.js';
import { runningFiguresStore, type RunningFiguresStore } from './models/audit/running-figures.js';
import { commitmentStore, type CommitmentStore } from './models/commitment.js';
import { creditHistoryStore, type CreditHistoryStore } from './models/credit-history.js';
import { creditRecordStore, type CreditRecordStore } from './models/credit-record.js';
import { externalNumberStore, type ExternalNumberStore } from './models/external-number.js';
import { governmentClaimStore, type GovernmentClaimStore } from './models/government-claim.js';
import { ledgerEntryStore, type LedgerEntryStore } from './models/ledger-entry.js';
import { ledgerWriter, type Ledger } from './models/ledger.js';
import { paymentReferenceStore, type PaymentReferenceStore } from './models/payment-reference.js';
import { pledgeStore, type PledgeStore } from './models/pledge.js';
import { loanPrimeRates, type LoanPrimeRates } from './memory/loan-prime-rates.js';
import { publishedRateStore, type PublishedRateStore } from './models/published-rate.js';
import { ledgerVerificationStore, type LedgerVerificationStore } from './models/ledger-verification.js';
import { recordHistory, type RecordHistory } from './models/record-history.js';
import { reminderStore, type ReminderStore } from './models/reminder.js';
import { sealStore, type SealStore } from './models/seal.js';
import { successionStore, type SuccessionStore } from './models/succession.js';
import { waiverConsentStore, type WaiverConsentStore } from './models/waiver-consent.js';

/** The department's stores over one connection. */
export interface Stores {
  readonly commitments: CommitmentStore;
  readonly entries: LedgerEntryStore;
  readonly ledger: Ledger;
  readonly audit: CommitmentAuditStore;
  readonly worklist: AuditWorklistStore;
  readonly auditedPromises: AuditedPromisesStore;
  readonly auditMatters: AuditMatterStore;
  readonly checkpoints: CheckpointStore;
  readonly running: RunningFiguresStore;
  readonly arrears: ArrearStore;
  readonly arrearsReports: ArrearsReportStore;
  readonly references: PaymentReferenceStore;
  readonly consents: WaiverConsentStore;
  readonly forms: StoredForms;
  readonly externalNumbers: ExternalNumberStore;
  readonly creditHistories: CreditHistoryStore;
  readonly creditRecords: CreditRecordStore;
  readonly pledges: PledgeStore;
  readonly governmentClaims: GovernmentClaimStore;
  readonly publishedRates: PublishedRateStore;
  readonly publishedDisclosures: PublishedDisclosureStore;
  /** The one-year loan prime rate as it is known. */
  readonly loanPrimeRates: LoanPrimeRates;
  /** What the law's terms and rates of debts are reckoned with now. */
  readonly arrearRules: (knownOn?: LegalDay | null) => ArrearRules;
  readonly successions: SuccessionStore;
  readonly approvals: ApprovalItemStore;
  readonly seals: SealStore;
  readonly history: RecordHistory;
  readonly verifications: LedgerVerificationStore;
  readonly reminders: ReminderStore;
  readonly accesses: DataAccessStore;
  readonly accessDigests: AccessDigestStore;
}

/**
 * Opens the stores over a connection to the department's own database.
 * @param clock dates what is recorded
 * @param calendar the city's working days
 */
export function openStores(db: Connection, clock: Clock, calendar: WorkingCalendar = nationalCalendar()): Stores {
  const history = recordHistory(db, clock);
  const publishedRates = publishedRateStore(db, history);
  const rates = loanPrimeRates(publishedRates);
  const arrearRules = (knownOn: LegalDay | null = null): ArrearRules => ({
    lpr: knownOn === null ? rates.current() : rates.knownOn(knownOn),
    calendar,
  });
  const commitments = commitmentStore(db);
  const entries = ledgerEntryStore(db);
  const references = paymentReferenceStore(db);
  const consents = waiverConsentStore(db);
  const seals = sealStore(db, history);
  const checkpoints = checkpointStore(db, history);
  const running = runningFiguresStore(db, entries, clock);
  const audit = commitmentAuditStore(db, checkpoints, running);
  return {
    commitments,
    entries,
    ledger: ledgerWriter({ db, entries, commitments, references, consents, seals, running }),
    consents,
    forms: storedForms(db, async (name, session) => history.note('stored_forms', [{ _id: name }], session)),
    audit,
    worklist: auditWorklistStore(audit),
    auditedPromises: auditedPromisesStore(audit),
    auditMatters: auditMatterStore(db, history),
    checkpoints,
    running,
    arrears: arrearStore(db, history, arrearRules),
    arrearsReports: arrearsReportStore(db),
    references,
    externalNumbers: externalNumberStore(db, history),
    creditHistories: creditHistoryStore(db),
    governmentClaims: governmentClaimStore(db, history),
    publishedRates,
    publishedDisclosures: publishedDisclosureStore(db, history),
    loanPrimeRates: rates,
    arrearRules,
    creditRecords: creditRecordStore(db, history),
    pledges: pledgeStore(db, history),
    successions: successionStore(db, history),
    approvals: approvalItemStore(db, history),
    seals,
    history,
    verifications: ledgerVerificationStore(db, history),
    reminders: reminderStore(db, history),
    accesses: dataAccessStore(db),
    accessDigests: accessDigestStore(db, history),
  };
}
