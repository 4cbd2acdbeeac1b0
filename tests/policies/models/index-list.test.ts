import { indexesOf } from '../../support/database-indexes.js';
import { policiesUnderTest, type PoliciesUnderTest } from '../support/policies-under-test.js';

/**
 * What the database must keep: the unique ones refuse what two writers do at once, the others keep each list's page at
 * one page's cost.
 */
const INDEXES = {
  budgets: ['policyId:1 unique'],
  enterpriseFacts: ['predecessors.uscc:1 sparse', 'readingId:1', 'region.code:1 industry.code:1', 'uscc:1 unique'],
  enterpriseMatches: ['eligible:1 uscc:1', 'struckOff:1 sparse', 'undetermined:1 uscc:1', 'uscc:1 unique'],
  factLag: ['name:1 unique'],
  financingConsentEvents: ['consentId:1 version:1 unique'],
  financingConsents: ['id:1 unique', 'needId:1 productId:1'],
  financingNeeds: [
    'id:1 unique',
    'statedAt:-1 id:-1',
    'uscc:1 statedAt:-1 id:-1',
    'withdrawn:1 statedAt:-1 id:-1 amountFen:1 termMonths:1 latestDay:1',
  ],
  grantEvents: ['grantId:1 version:1 unique'],
  grantHolders: ['uscc:1 unique'],
  grantObjections: ['grantId:1 raisedAt:1', 'id:1 unique', 'state:1 grantId:1 where {"state":"OPEN"}'],
  grantRecoveries: [
    'department:1 proposedAt:-1 id:-1',
    'grantId:1 proposedAt:1',
    'id:1 unique',
    'proposedAt:-1 id:-1',
    'state:1 overdueFrom:1 id:1',
    'uscc:1 state:1',
  ],
  grantRecoveryReceipts: ['receivedOn:1', 'recoveryId:1 recordedAt:1', 'reference:1 unique'],
  grants: [
    'account.number:1 uscc:1',
    'department:1 identifiedAt:-1 id:-1',
    'heirs.uscc:1 sparse',
    'id:1 unique',
    'identifiedAt:-1 id:-1',
    'policyId:1 identifiedAt:-1 id:-1',
    'policyId:1 status:1 uscc:1 amountFen:1 paidFen:1',
    'policyId:1 uscc:1 period:1 unique where {"status":{"$in":["IDENTIFIED","NOTIFIED","CONFIRMED","PUBLICISED","APPROVED","HANDED_OVER","PAYING","PAID","RETURNED","SUSPENDED","CLOSED"]}}',
    'status:1 identifiedAt:-1 id:-1',
    'status:1 publicUntil:1 id:1',
    'uscc:1 identifiedAt:-1 id:-1',
  ],
  loanProducts: ['ended:1 window.to:1', 'id:1 unique'],
  matchChanges: ['runId:1 uscc:1 unique', 'untold:1 where {"untold":true}', 'uscc:1 at:-1'],
  matchState: ['name:1 unique'],
  matchingRuns: ['id:1 unique', 'kind:1 unique where {"status":"RUNNING"}', 'startedAt:-1'],
  payments: [
    'grantId:1 instalment:1 attempt:1 unique',
    'grantId:1 instalment:1 unique where {"status":{"$in":["SENT","SETTLED"]}}',
    'id:1 unique',
    'policyId:1 settledOn:1',
    'status:1 settledOn:1',
  ],
  pledges: ['department:1 state:1 signedAt:1', 'grantId:1 unique', 'policyId:1'],
  policyAnnouncements: ['id:1 unique', 'status:1 at:1'],
  policyNotifications: [
    'id:1 unique',
    'policyId:1 reason:1 uscc:1',
    'readAt:1 createdAt:1',
    'uscc:1 createdAt:-1 id:-1',
    'uscc:1 policyId:1 policyVersion:1 reason:1 unique where {"reason":{"$in":["PUBLISHED","NEW_VERSION","CLOSING_SOON"]}}',
    'uscc:1 readAt:1',
  ],
  policyParameterValues: ['parameter:1 revision:1 unique'],
  policyParameters: ['name:1 unique'],
  policyQuestionCounts: ['uscc:1 unique'],
  policyQuestionEvents: ['questionId:1 version:1 unique'],
  policyQuestions: [
    'askedAt:-1 id:-1',
    'department:1 askedAt:-1 id:-1',
    'department:1 status:1 askedAt:-1 id:-1',
    'id:1 unique',
    'policyId:1 askedAt:-1 id:-1',
    'uscc:1 askedAt:-1 id:-1',
  ],
  policySubscribers: ['keys:1 uscc:1', 'uscc:1 unique'],
  policyVersions: ['policyId:1 version:1 unique', 'state:1 policyId:1'],
  publishedFigures: ['policyId:1 part:1 unique'],
  readings: ['finishedAt:-1', 'id:1 unique', 'status:1 unique where {"status":"RUNNING"}'],
  staleEnterprises: ['since:1', 'uscc:1 unique'],
};

let under: PoliciesUnderTest;
beforeAll(async () => void (under = await policiesUnderTest(import.meta.url)));
afterAll(async () => under.close());

it('the database has exactly these indexes', async () => {
  expect(await indexesOf(under.database.connection)).toEqual(INDEXES);
});
