import { indexesOf } from '../../support/database-indexes.js';
import { casesUnderTest, type CasesUnderTest } from '../support/cases-under-test.js';

/**
 * What the database must keep: the unique ones refuse what two writers do at once, the others keep each list's page at
 * one page's cost.
 */
const INDEXES = {
  case_events: ['caseNumber:1 seq:1 unique'],
  cases: [
    'calendarMark:1',
    'caseNumber:1 unique',
    'countedIn:1',
    'departments:1 receivedAt:-1 caseNumber:-1',
    'departments:1 updatedForOffices:1',
    'escalatesAfter:1',
    'facts.on:1',
    'isOpen:1 lastDayInTime:1 caseNumber:1',
    'keywords:1 receivedAt:-1 caseNumber:-1',
    'lastDayInTime:1 caseNumber:1',
    'lead:1 isOpen:1',
    'project:1 where {"project":{"$type":"string"}}',
    'raisedAt:1 sparse',
    'receivedAt:-1 caseNumber:-1',
    'receivedOn:1',
    'referrals.referredOn:1 sparse',
    'resolvedOn:1',
    'serviceItem.id:1 receivedAt:-1 caseNumber:-1 where {"serviceItem.id":{"$type":"string"}}',
    'supervisions.orderedOn:1 sparse',
    'telephoneHashes:1 sparse',
    'updatedAt:1',
    'uscc:1 receivedAt:-1 caseNumber:-1',
    'uscc:1 updatedForOutside:1',
    'words:1 receivedAt:-1 caseNumber:-1',
  ],
  case_files: ['id:1 unique', 'sender:1 caseNumber:1', 'waitingSince:1 sparse'],
  case_file_parts: ['file:1 part:1 unique'],
  case_notices: ['caseNumber:1', 'id:1 unique', 'readAt:1 createdAt:1', 'uscc:1 createdAt:-1 id:-1', 'uscc:1 readAt:1'],
  undercover_checks: ['department:1 visitedOn:-1 id:-1', 'id:1 unique', 'status:1 rectifyBy:1', 'visitedOn:-1 id:-1'],
  briefings: ['id:1 unique', 'isAwaited:1 submittedAt:-1 id:-1', 'submittedAt:-1 id:-1'],
  figure_months: ['generation:1 month:1 unique'],
  helped_enterprises: ['generation:1 day:1 unique'],
  kept_figures: ['generation:1 grouping:1 span:1 on:1 known:1 isAtEnd:1 key:1 unique'],
  published_months: ['month:1 unique'],
  external_numbers: [
    'caseNumber:1',
    'externalNumber:1 unique',
    'only:1 unique where {"only":{"$type":"string"}}',
    'typed:1',
  ],
  meetings: ['agenda:1 date:-1 id:-1', 'date:-1 id:-1', 'id:1 unique', 'kind:1 date:-1 id:-1'],
  spot_checks: ['from:-1', 'id:1 unique', 'months:1 unique'],
  clearing_notices: ['referralId:1 unique', 'scope:1 department:1 issuedOn:-1 id:-1'],
  special_supervisors: ['appointedOn:-1 id:-1', 'id:1 unique'],
  spot_check_seeds: ['from:-1', 'id:1 unique', 'months:1 unique where {"months":{"$exists":true}}'],
  typical_cases: [
    'caseNumber:1 status:1',
    'id:1 unique',
    'standsFor:1 unique sparse',
    'status:1 proposedAt:1',
    'status:1 publishedOn:-1 id:-1',
  ],
};

let under: CasesUnderTest;
beforeAll(async () => void (under = await casesUnderTest(import.meta.url)));
afterAll(async () => under.close());

it('the database has exactly these indexes', async () => {
  expect(await indexesOf(under.connection)).toEqual(INDEXES);
});
