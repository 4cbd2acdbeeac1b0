import type { DepartmentResolvers } from '../generated/resolvers-types.js';
import { BY_DUE_DAY, BY_PROMISE } from '../list-orders.js';
import { arrearsOf } from './arrear.js';
import { commitmentsOf } from './commitment-list.js';

export const Department: DepartmentResolvers = {
  __resolveReference: ({ code }) => ({ code }),
  commitments: async ({ code }, args, context, info) => commitmentsOf({ field: 'promisor', key: code }, args, { list: 'department.commitments', sort: BY_PROMISE }, context, info),
  outstandingCommitments: async ({ code }, args, context, info) =>
    commitmentsOf({ field: 'promisor', key: code }, args, { list: 'department.outstandingCommitments', sort: BY_DUE_DAY, limitedTo: { states: ['OUTSTANDING'] } }, context, info),
  arrears: async ({ code }, args, context, info) => arrearsOf({ field: 'debtor', key: code }, args, context, info),
};
