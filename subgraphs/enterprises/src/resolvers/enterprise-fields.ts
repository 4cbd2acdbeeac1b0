import { fieldTable } from '@zhitong/kit/graph';
import { REGISTER_FIELDS } from '../domain/fact-sheet.js';
import type { EnterpriseResolvers } from '../generated/resolvers-types.js';
import type { EnterpriseField, StoredEnterprise } from '../models/enterprise.js';

/** What a fact sheet is made of. */
export const SHEET_FIELDS: readonly EnterpriseField[] = [...REGISTER_FIELDS, 'latestFacts'];

/** What to read for the requested fields of an enterprise, and for all of them. */
export const { storedFields, every: EVERY_FIELD } = fieldTable<
  EnterpriseResolvers,
  Pick<StoredEnterprise, EnterpriseField>
>()({
  uscc: [],
  hasIrregularCode: [],
  codeConfirmation: [],
  name: [],
  industry: [],
  industryClass: [],
  region: [],
  administrativeDivision: [],
  shortName: ['shortName'],
  formerNames: [],
  registeredState: ['scale', 'status', 'registeredOn'],
  superiors: [],
  subordinates: [],
  predecessors: ['predecessors'],
  computedSize: ['latestFacts', 'scale'],
  legalForm: ['legalForm'],
  scale: ['scale'],
  registeredOn: ['registeredOn'],
  status: ['status'],
  registeredCapital: ['registeredCapitalFen', 'legalForm'],
  statisticalCategory: ['statisticalCategory'],
  isAboveDesignatedSize: ['statisticalCategory'],
  honours: ['honours'],
  contact: ['contact', 'stewardId'],
  identifyingWords: ['contact'],
  steward: ['stewardId'],
  serviceClass: ['statisticalCategory', 'latestFacts'],
  serviceTeam: [],
  serviceNetwork: [],
  serviceHistory: [],
  assignableRoles: ['status'],
  inspectionCount: [],
  labourReports: [],
  lastVisitedOn: ['lastVisitedOn'],
  visits: [],
  facts: SHEET_FIELDS,
  factsVersion: ['factsVersions'],
  factHistory: [],
  projects: [],
  provenance: ['stewardId', 'honours'],
  version: ['version'],
});
