import type { RequestedFields } from '@zhitong/kit';
import type { CaseField, CaseRecord, StoredCase } from '../models/case.js';

const CLOCKS: readonly CaseField[] = ['clocks', 'status'];

/** The stored fields that each field of the graph's Case is made of, beyond those that every read brings. */
export const STORED_FIELDS: Readonly<Record<string, readonly CaseField[]>> = {
  version: ['version', 'referrals'],
  kind: ['kind'],
  category: ['category'],
  labels: ['labels'],
  channel: ['channel'],
  origin: ['origin'],
  title: ['title'],
  text: ['text'],
  attachments: ['attachments'],
  supplements: ['supplements'],
  status: ['status'],
  isOpen: ['isOpen'],
  regionCode: ['region'],
  industrySection: ['industry'],
  receivedAt: ['receivedAt'],
  receivedOn: ['receivedOn'],
  updatedAt: ['updatedAt', 'referrals'],
  lane: [],
  assignedOn: ['assignedOn'],
  returns: ['returns'],
  dueOn: CLOCKS,
  isOverdue: CLOCKS,
  workingDaysLeft: CLOCKS,
  calendarMissingFrom: CLOCKS,
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
  checks: ['checks'],
  reopenings: ['reopenings'],
  closedOn: ['closedOn'],
  urges: ['urges'],
  supervision: ['supervision'],
  escalation: ['escalation'],
  referrals: ['referrals'],
  duplicateHints: [],
};

/** What to read for the requested fields of a case; sorted, so that equal wishes share a batch. */
export function storedFields(requested: RequestedFields | undefined): CaseField[] {
  return [...new Set([...(requested?.keys() ?? [])].flatMap((field) => STORED_FIELDS[field] ?? []))].sort();
}

/** Every field that any field of the graph needs. */
export const EVERY_FIELD: readonly CaseField[] = [...new Set(Object.values(STORED_FIELDS).flat())].sort();

/** A field that the read was asked for. @throws Error when it was not, which is a mistake of the table above */
export function stored<Field extends CaseField>(record: CaseRecord, field: Field): StoredCase[Field] {
  const value = record[field];
  if (value === undefined) throw new Error(`The case ${record.caseNumber} was read without its field ${field}.`);
  return value as StoredCase[Field]; // A stored field is never undefined, and undefined has just been ruled out.
}
