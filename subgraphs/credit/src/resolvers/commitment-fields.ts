import type { RequestedFields } from '@zhitong/kit';
import { fieldTable } from '@zhitong/kit/graph';
import type { CommitmentTotal } from '../domain/ledger/commitment-totals.js';
import type { CommitmentConnectionResolvers, CommitmentResolvers } from '../generated/resolvers-types.js';
import type { CommitmentField, StoredCommitment } from '../models/commitment.js';

const POSITION = ['instalments', 'fulfilled', 'waived'] as const;

/** What to read for the requested fields of a commitment, and for all of them. */
export const { storedFields, every: EVERY_FIELD } = fieldTable<
  CommitmentResolvers,
  Pick<StoredCommitment, CommitmentField>
>()({
  id: [],
  title: [],
  kind: ['kind'],
  state: [],
  promisor: [],
  originalPromisor: ['originalPromisor'],
  enterprise: [],
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
  legalMoves: ['version'],
  entries: [],
  provenance: [],
  auditMatters: [],
  proof: [],
  onDay: [],
});

const { storedFields: totalsOf } = fieldTable<CommitmentConnectionResolvers, Record<CommitmentTotal, unknown>>()({
  edges: [],
  nodes: [],
  pageInfo: [],
  totalCount: [],
  promisedAmount: ['promised'],
  fulfilledAmount: ['fulfilled'],
  outstandingAmount: ['outstanding'],
  overdueAmount: ['overdue'],
  overdueCount: ['overdueCount'],
});

/** The totals that a connection of commitments is asked for; sorted, so that equal wishes share a batch. */
export const totalsAskedFor = (connection: RequestedFields): CommitmentTotal[] => totalsOf(connection);
