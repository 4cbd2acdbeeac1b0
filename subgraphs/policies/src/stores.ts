import { storedForms, type StoredForms } from '@zhitong/kit/mongo';
import { dataAccessStore, type DataAccessStore } from '@zhitong/kit/personal-data';
import type { Connection } from 'mongoose';
import { enterpriseFactsStore, type EnterpriseFactsStore } from './models/enterprise-facts.js';
import { enterpriseMatchesStore, type EnterpriseMatchesStore } from './models/enterprise-matches.js';
import { financingConsentStore, type FinancingConsentStore } from './models/financing-consent.js';
import { financingNeedStore, type FinancingNeedStore } from './models/financing-need.js';
import { fundsStore, type FundsStore } from './models/funds.js';
import { grantObjectionStore, type GrantObjectionStore } from './models/grants/grant-objection.js';
import { grantRecoveryStore, type GrantRecoveryStore } from './models/grants/grant-recovery.js';
import { grantStore, type GrantStore } from './models/grants/grant.js';
import { loanProductStore, type LoanProductStore } from './models/loan-product.js';
import { matchStateStore, type MatchStateStore } from './models/match-state.js';
import { matchingRunStore, type MatchingRunStore } from './models/matching-run.js';
import { parameterStore, type ParameterStore } from './models/policy-parameter.js';
import { pledgeStore, type PledgeStore } from './models/pledge.js';
import { policyAnnouncementStore, type PolicyAnnouncementStore } from './models/policy-announcement.js';
import { policyNotificationStore, type PolicyNotificationStore } from './models/policy-notification.js';
import { policyQuestionStore, type PolicyQuestionStore } from './models/policy-question.js';
import { policySubscriberStore, type PolicySubscriberStore } from './models/policy-subscriber.js';
import { policyVersionStore, type PolicyVersionStore } from './models/policy-version.js';
import { publishedFiguresStore, type PublishedFiguresStore } from './models/published-figures.js';
import { readingStore, type ReadingStore } from './models/reading.js';

/** The department's stores over one connection. */
export interface Stores {
  readonly versions: PolicyVersionStore;
  readonly facts: EnterpriseFactsStore;
  readonly matches: EnterpriseMatchesStore;
  readonly runs: MatchingRunStore;
  readonly matchState: MatchStateStore;
  readonly readings: ReadingStore;
  readonly grants: GrantStore;
  readonly objections: GrantObjectionStore;
  readonly recoveries: GrantRecoveryStore;
  readonly funds: FundsStore;
  readonly pledges: PledgeStore;
  readonly loanProducts: LoanProductStore;
  readonly needs: FinancingNeedStore;
  readonly consents: FinancingConsentStore;
  readonly parameters: ParameterStore;
  readonly subscribers: PolicySubscriberStore;
  readonly announcements: PolicyAnnouncementStore;
  readonly notifications: PolicyNotificationStore;
  readonly questions: PolicyQuestionStore;
  readonly published: PublishedFiguresStore;
  readonly forms: StoredForms;
  readonly accesses: DataAccessStore;
}

/** Opens the stores over a connection to the department's own database. */
export function openStores(db: Connection): Stores {
  return {
    versions: policyVersionStore(db),
    facts: enterpriseFactsStore(db),
    matches: enterpriseMatchesStore(db),
    runs: matchingRunStore(db),
    matchState: matchStateStore(db),
    readings: readingStore(db),
    grants: grantStore(db),
    objections: grantObjectionStore(db),
    recoveries: grantRecoveryStore(db),
    funds: fundsStore(db),
    pledges: pledgeStore(db),
    loanProducts: loanProductStore(db),
    needs: financingNeedStore(db),
    consents: financingConsentStore(db),
    parameters: parameterStore(db),
    subscribers: policySubscriberStore(db),
    announcements: policyAnnouncementStore(db),
    notifications: policyNotificationStore(db),
    questions: policyQuestionStore(db),
    published: publishedFiguresStore(db),
    forms: storedForms(db),
    accesses: dataAccessStore(db),
  };
}
