import type { SortKey } from '@zhitong/kit/mongo';

/** Commitments: latest promise first. */
export const BY_PROMISE: readonly SortKey[] = [
  { field: 'promisedOn', direction: -1 },
  { field: 'id', direction: -1 },
];
/** Commitments: what is due first comes first. */
export const BY_DUE_DAY: readonly SortKey[] = [
  { field: 'dueOn', direction: 1 },
  { field: 'id', direction: 1 },
];
/** The auditor's list: worst first. */
export const BY_RISK: readonly SortKey[] = [
  { field: 'score', direction: -1 },
  { field: 'outstanding', direction: -1 },
  { field: 'id', direction: 1 },
];
/** Debts: earliest delivery first, which is what fell due first. */
export const BY_DELIVERY: readonly SortKey[] = [
  { field: 'delivery.deliveredOn', direction: 1 },
  { field: 'id', direction: 1 },
];
/** The approval ledger: what is to be done first comes first. */
export const BY_DEADLINE: readonly SortKey[] = [
  { field: 'deadline', direction: 1 },
  { field: 'id', direction: 1 },
];
/** Pledges: latest signature first. */
export const BY_SIGNATURE: readonly SortKey[] = [
  { field: 'signedOn', direction: -1 },
  { field: 'id', direction: -1 },
];
