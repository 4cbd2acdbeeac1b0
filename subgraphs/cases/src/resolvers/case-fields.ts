import { fieldTable, storedField } from '@zhitong/kit/graph';
import type { CaseResolvers } from '../generated/resolvers-types.js';
import type { CaseField, CaseRecord, StoredCase } from '../models/stored-case.js';

const CLOCKS: readonly CaseField[] = ['clocks', 'status'];

/** What to read for the requested fields of a case, and for all of them. */
export const { storedFields, every: EVERY_FIELD } = fieldTable<CaseResolvers, Pick<StoredCase, CaseField>>()({
  caseNumber: [],
  version: ['version', 'referrals', 'internalChanges'],
  kind: ['kind'],
  category: ['category'],
  labels: ['labels'],
  channel: ['channel'],
  origin: ['origin'],
  title: ['title', 'wording'],
  text: ['text', 'wording'],
  wording: ['wording'],
  attachments: ['attachments'],
  supplements: ['supplements'],
  status: ['status'],
  isOpen: ['isOpen'],
  regionCode: ['region'],
  industrySection: ['industry'],
  receivedAt: ['receivedAt'],
  receivedOn: ['receivedOn'],
  updatedAt: ['updatedAt', 'updatedForOffices', 'updatedForOutside'],
  enterprise: [],
  complainant: [],
  isAnonymous: [],
  handler: [],
  assisting: [],
  responsibilities: ['duties', 'status'],
  lane: [],
  assignedOn: ['assignedOn'],
  returns: ['returns'],
  dueOn: CLOCKS,
  isOverdue: CLOCKS,
  workingDaysLeft: CLOCKS,
  calendarMissingFrom: CLOCKS,
  provisionalDueOn: CLOCKS,
  isWaiting: ['status'],
  clocks: CLOCKS,
  firstContactOn: ['firstContactOn'],
  question: ['question'],
  pendingExtensionDays: ['pendingExtension'],
  extendedBy: ['extendedBy'],
  answer: ['answer'],
  answeredDirectly: ['answeredDirectly'],
  resolvedOn: ['resolvedOn'],
  rating: ['rating'],
  evaluation: ['evaluation'],
  checks: ['checks'],
  reopenings: ['reopenings'],
  closedOn: ['closedOn'],
  urges: ['urges'],
  supervision: ['supervision', 'status'],
  supervisions: ['supervisions', 'status'],
  meetings: [],
  escalation: ['escalation'],
  internalNotes: ['notes'],
  declined: ['declined'],
  mergedInto: ['mergedInto'],
  absorbed: ['absorbed'],
  splitFrom: ['splitFrom'],
  splitInto: ['splitInto'],
  referrals: ['referrals'],
  history: [],
  legalMoves: [],
  duplicateHints: [],
  provenance: [],
});

/**
 * A stored field of a case that was read for it. @throws Error when it was not, which is a mistake of the table above
 */
export const stored = <Field extends CaseField>(record: CaseRecord, field: Field): StoredCase[Field] =>
  storedField<StoredCase, Field>(record, field, `The case ${record.caseNumber}`);
