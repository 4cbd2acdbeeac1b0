import type { RequestedFields } from '@zhitong/kit';
import type { CommitmentTotal } from '../domain/commitment-totals.js';
import type { CommitmentField } from '../models/commitment.js';

const POSITION = ['instalments', 'fulfilled', 'waived'] as const;

/** The stored fields that each field of the graph's Commitment is made of, beyond those that every read brings. */
export const STORED_FIELDS: Readonly<Record<string, readonly CommitmentField[]>> = {
  kind: ['kind'],
  originalPromisor: ['originalPromisor'],
  project: ['projectId'],
  districtCode: ['districtCode'],
  promisedOn: ['promisedOn'],
  document: ['document'],
  deliverable: ['deliverable'],
  promisedAmount: ['promised'],
  fulfilledAmount: ['fulfilled'],
  waivedAmount: ['waived'],
  outstandingAmount: ['outstanding'],
  overdueAmount: POSITION,
  milestones: ['promised', 'fulfilled'],
  dueOn: ['dueOn'],
  daysOverdue: ['dueOn'],
  ageing: ['dueOn'],
  instalments: POSITION,
  conditions: ['conditions'],
  official: ['official'],
  predecessors: ['predecessors'],
  version: ['version'],
};

/** Every stored field, for a commitment whose requested fields are not known beforehand. */
export const EVERY_FIELD: readonly CommitmentField[] = [...new Set(Object.values(STORED_FIELDS).flat())].sort();

/** What to read for the requested fields of a commitment; sorted, so that equal wishes share a batch. */
export function storedFields(requested: RequestedFields | undefined): CommitmentField[] {
  return [...new Set([...(requested?.keys() ?? [])].flatMap((field) => STORED_FIELDS[field] ?? []))].sort();
}

const TOTALS: Readonly<Record<string, CommitmentTotal>> = {
  promisedAmount: 'promised',
  fulfilledAmount: 'fulfilled',
  outstandingAmount: 'outstanding',
  overdueAmount: 'overdue',
  overdueCount: 'overdueCount',
};

/** The totals that a connection of commitments is asked for; sorted, so that equal wishes share a batch. */
export const totalsAskedFor = (connection: RequestedFields): CommitmentTotal[] => [...connection.keys()].flatMap((field) => TOTALS[field] ?? []).sort();
