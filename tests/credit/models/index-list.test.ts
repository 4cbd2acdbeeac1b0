import { indexesOf } from '../../support/database-indexes.js';
import { creditUnderTest, type CreditUnderTest } from '../support/credit-under-test.js';

/**
 * What the database must keep: the unique ones refuse what two writers do at once, the others keep each list's page at
 * one page's cost.
 */
const INDEXES = {
  access_digests: ['day:1 unique'],
  approval_items: ['deadline:1 id:1', 'department:1 deadline:1 id:1', 'id:1 unique', 'uscc:1 deadline:1 id:1'],
  arrear_reckonings: ['arrearId:1 unique'],
  arrears: [
    'debtor:1 isCleared:1 delivery.deliveredOn:1 id:1',
    'debtorUscc:1 isCleared:1 delivery.deliveredOn:1 id:1 where {"debtorUscc":{"$exists":true}}',
    'id:1 unique',
    'identity:1 debtor:1 uscc:1 unique where {"identity":{"$type":"string"}}',
    'uscc:1 isCleared:1 delivery.deliveredOn:1 id:1',
  ],
  audit_matters: ['commitmentId:1 at:1', 'id:1 unique', 'referredTo:1 respondBy:1 id:1'],
  checkpoint_figures: ['on:1 groupBy:1 key:1 unique'],
  checkpoint_positions: ['on:1 commitmentId:1 unique', 'on:1 holder.promisor:1 dueOn:1 commitmentId:1'],
  checkpoints: ['on:1 unique'],
  commitments: [
    'dueOn:1 id:1',
    'id:1 unique',
    'outstanding:-1 id:-1',
    'projectId:1 promisedOn:-1 id:-1',
    'promisedOn:-1 id:-1',
    'promisor:1 promisedOn:-1 id:-1',
    'promisor:1 state:1 dueOn:1 id:1',
    'uscc:1 promisedOn:-1 id:-1',
    'uscc:1 state:1 dueOn:1 id:1',
  ],
  dishonesty_records: [
    'id:1 unique',
    'recordedBy:1 documentKey:1 uscc:1 unique where {"documentKey":{"$type":"string"}}',
    'uscc:1 from:1',
  ],
  external_numbers: ['commitmentId:1', 'kind:1 number:1 department:1 unique'],
  government_claims: ['id:1 unique', 'uscc:1'],
  judgments: ['caseKey:1 uscc:1 unique where {"caseKey":{"$type":"string"}}', 'uscc:1 effectiveOn:1'],
  ledger_entries: ['commitmentId:1 seq:1 unique', 'figures.recordedOn:1 effectiveOn:1', 'recordedAt:1 commitmentId:1'],
  ledger_verifications: ['on:1 unique'],
  payment_references: ['reference:1 unique'],
  pledges: ['id:1 unique', 'uscc:1 signedOn:-1 id:-1'],
  published_disclosures: ['year:1 unique'],
  published_rates: ['from:1 unique'],
  record_history: ['chain:1 seq:1 unique', 'recordedAt:1 chain:1'],
  reminders: ['commitmentId:1 dueOn:1 stage:1 unique'],
  running_changes: ['generation:1'],
  running_figures: ['generation:1 groupBy:1 day:1 key:1 unique'],
  running_months: ['generation:1 groupBy:1 day:1 key:1 unique'],
  running_state: ['name:1 unique'],
  sealed_heads: ['commitmentId:1 sealNo:1 unique', 'sealNo:1'],
  seals: ['no:1 unique'],
  successions: ['key:1 unique'],
  waiver_consents: ['uscc:1 digest:1 unique', 'uscc:1 number:1 unique'],
};

let under: CreditUnderTest;
beforeAll(async () => void (under = await creditUnderTest(import.meta.url)));
afterAll(async () => under.close());

it('the database has exactly these indexes', async () => {
  expect(await indexesOf(under.database.connection)).toEqual(INDEXES);
});
