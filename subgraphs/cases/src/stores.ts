import { inTransaction, storedForms, type StoredForms } from '@zhitong/kit/mongo';
import { dataAccessStore, type DataAccessStore } from '@zhitong/kit/personal-data';
import type { ClientSession, Connection } from 'mongoose';
import { caseLedgers, type CaseLedgers } from './models/case-ledgers.js';
import { oversightRegister, type OversightRegister } from './models/oversight-register.js';
import { meetingStore, type MeetingStore } from './models/meeting.js';
import { earlierCasesStore, type EarlierCasesStore } from './models/earlier-cases.js';
import { externalNumberStore, type ExternalNumberStore } from './models/external-number.js';
import { spotCheckStore, type SpotCheckStore } from './models/spot-check.js';
import { typicalCaseStore, type TypicalCaseStore } from './models/typical-case.js';
import { caseNumberStore, type CaseNumberStore } from './models/case-number.js';
import { caseFileStore, type CaseFileStore } from './models/case-file.js';
import { caseEventStore, type CaseEventStore } from './models/case-event.js';
import { caseStatisticsStore, type CaseStatisticsStore } from './models/figures/case-statistics.js';
import { keptFiguresStore, type KeptFiguresStore } from './models/figures/kept-figures.js';
import { helpedListStore, type HelpedListStore } from './models/figures/helped-list.js';
import { publishedMonthStore, type PublishedMonthStore } from './models/figures/published-month.js';
import { caseNoticeStore, type CaseNoticeStore } from './models/case-notice.js';
import { briefingStore, type BriefingStore } from './models/briefing.js';
import { undercoverCheckStore, type UndercoverCheckStore } from './models/undercover-check.js';
import type { TelephoneHash } from './domain/telephone.js';
import { caseStore, type CaseStore } from './models/case.js';

/** The department's stores over one connection. */
export interface Stores {
  readonly cases: CaseStore;
  readonly events: CaseEventStore;
  readonly files: CaseFileStore;
  readonly statistics: CaseStatisticsStore;
  readonly figures: KeptFiguresStore;
  readonly published: PublishedMonthStore;
  readonly helped: HelpedListStore;
  readonly numbers: CaseNumberStore;
  readonly externalNumbers: ExternalNumberStore;
  readonly forms: StoredForms;
  readonly spotChecks: SpotCheckStore;
  readonly ledgers: CaseLedgers;
  readonly oversight: OversightRegister;
  readonly meetings: MeetingStore;
  readonly typicalCases: TypicalCaseStore;
  readonly notices: CaseNoticeStore;
  readonly undercoverChecks: UndercoverCheckStore;
  readonly briefings: BriefingStore;
  readonly earlierCases: EarlierCasesStore;
  readonly accesses: DataAccessStore;
  /** Runs work in one transaction. */
  readonly transaction: <Result>(work: (session: ClientSession) => Promise<Result>) => Promise<Result>;
}

/**
 * Opens the stores over a connection to the department's own database.
 * @param hashes what of a telephone number is stored for finding it; nothing when left out.
 */
export function openStores(db: Connection, hashes: TelephoneHash): Stores {
  return {
    cases: caseStore(db, hashes),
    events: caseEventStore(db),
    files: caseFileStore(db),
    statistics: caseStatisticsStore(db),
    figures: keptFiguresStore(db),
    published: publishedMonthStore(db),
    helped: helpedListStore(db),
    numbers: caseNumberStore(db),
    externalNumbers: externalNumberStore(db),
    forms: storedForms(db),
    spotChecks: spotCheckStore(db),
    ledgers: caseLedgers(db),
    oversight: oversightRegister(db),
    meetings: meetingStore(db),
    typicalCases: typicalCaseStore(db),
    notices: caseNoticeStore(db),
    undercoverChecks: undercoverCheckStore(db),
    briefings: briefingStore(db),
    earlierCases: earlierCasesStore(db),
    accesses: dataAccessStore(db),
    transaction: async (work) => inTransaction(db, work),
  };
}
