import { indexesOf } from '../../support/database-indexes.js';
import { enterprisesUnderTest, type EnterprisesUnderTest } from '../support/enterprises-under-test.js';

/**
 * What the database must keep: the unique ones refuse what two writers do at once, the others keep each list's page at
 * one page's cost.
 */
const INDEXES = {
  applicant_looks: ['dueOn:1 uscc:1', 'uscc:1 unique'],
  departments: ['code:1 unique'],
  campaign_targets: ['campaignId:1 uscc:1 unique', 'officialId:1 where {"visitedOn":null}', 'uscc:1'],
  confirmed_codes: ['uscc:1 unique'],
  direct_lines: ['id:1 unique'],
  enterprise_relations: ['parent:1 uscc:1', 'uscc:1', 'uscc:1 kind:1 unique where {"until":null}'],
  enterprises: [
    'industry.code:1 uscc:1',
    'name:1 uscc:1',
    'nameInitials:1 nameLength:1 uscc:1',
    'namePairs:1 nameLength:1 uscc:1',
    'predecessors.uscc:1 sparse',
    'region.code:1 uscc:1',
    'scale:1 uscc:1',
    'statisticalCategory:1 uscc:1',
    'stewardId:1 uscc:1',
    'uscc:1 unique',
  ],
  fact_items: ['uscc:1 collection:1 year:1'],
  fact_years: ['uscc:1 year:-1 revision:-1 unique'],
  inspection_plans: ['departmentCode:1 year:1 name:1 unique', 'id:1 unique'],
  inspections: [
    'departmentCode:1 noticeNumber:1 uscc:1 unique',
    'departmentCode:1 numberKey:1 uscc:1 unique where {"numberKey":{"$type":"string"}}',
    'id:1 unique',
    'inspectedOn:-1 id:-1',
    'uscc:1 inspectedOn:-1 id:-1',
  ],
  job_fairs: ['heldOn:-1 id:-1', 'id:1 unique'],
  labour_reports: ['month:1 uscc:1 revision:-1', 'uscc:1 month:-1 revision:-1 unique'],
  penalties: [
    'decidedOn:-1 id:-1',
    'departmentCode:1 decisionNumber:1 unique',
    'departmentCode:1 numberKey:1 unique where {"numberKey":{"$type":"string"}}',
    'id:1 unique',
    'uscc:1 decidedOn:-1 id:-1',
  ],
  officials: ['id:1 unique', 'name:1'],
  register_changes: ['uscc:1 version:1 field:1 unique'],
  service_links: [
    'id:1 unique',
    'officialId:1 until:1 id:1',
    'place:1 unique where {"place":{"$type":"string"}}',
    'uscc:1 id:1',
  ],
  service_officers: ['departmentCode:1 officialId:1', 'officialId:1 unique'],
  appraisals: ['closesOn:-1 id:-1', 'id:1 unique'],
  appraisal_sample: ['appraisal:1 uscc:1 unique', 'uscc:1 hasAnswered:1'],
  appraisal_tallies: ['appraisal:1 department:1 unique'],
  indicators: ['code:1 unique'],
  service_bundles: ['id:1 unique'],
  service_items: ['id:1 unique'],
  key_tasks: ['dueOn:1 id:1', 'id:1 unique'],
  project_events: ['change.official:1 sparse', 'change.owner:1 sparse', 'project:1 seq:1 unique'],
  project_leads: ['id:1 unique', 'registeredOn:-1 id:-1'],
  reported_problems: ['caseNumber:1', 'id:1 unique', 'origin:1 originId:1 reportedAt:1', 'uscc:1'],
  projects: ['id:1 unique', 'signedOn:-1 id:-1', 'uscc:1 signedOn:-1 id:-1'],
  visit_campaigns: ['from:-1 id:-1', 'id:1 unique'],
  visit_findings: [
    'campaignId:1 recordedOn:-1 id:-1',
    'caseNumber:1 unique where {"caseNumber":{"$type":"string"}}',
    'id:1 unique',
    'recordedOn:-1 id:-1',
    'uscc:1',
    'visitId:1 id:1',
  ],
  visits: [
    'campaignId:1 day:-1 id:-1',
    'day:-1 id:-1',
    'id:1 unique',
    'officialIds:1 where {"state":"PLANNED"}',
    'uscc:1 day:-1 id:-1',
    'uscc:1 departmentCode:1 visitedOn:1 unique where {"state":"HELD"}',
  ],
};

let under: EnterprisesUnderTest;
beforeAll(async () => void (under = await enterprisesUnderTest(import.meta.url, 200)));
afterAll(async () => under.close());

it('the database has exactly these indexes', async () => {
  expect(await indexesOf(under.database.connection)).toEqual(INDEXES);
});
