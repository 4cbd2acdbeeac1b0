import { departmentUnavailable } from '@zhitong/kit';
import type { DepartmentResolvers } from '../generated/resolvers-types.js';
import { BY_DUE_DAY, BY_PROMISE } from '../list-orders.js';
import { arrearsOf } from './arrears/arrear.js';
import { commitmentsOf } from './commitment-list.js';

/** A name that was looked up. Where nobody knows it, the result is as when the registry itself does not respond. */
function named(code: string, name: string | null | undefined): string | null {
  if (name !== undefined) return name;
  throw departmentUnavailable(
    `The system of the department "enterprises" does not answer, and has never told here what ${code} is called.`,
    'enterprises',
  );
}

export const Department: DepartmentResolvers = {
  __resolveReference: ({ code }) => ({ code }),
  name: ({ code }, _args, { register }) => {
    const name = register.nameOf(code);
    return name instanceof Promise ? name.then((found) => named(code, found)) : name;
  },
  commitments: async ({ code }, args, context, info) =>
    commitmentsOf(
      { field: 'promisor', key: code },
      args,
      { list: 'department.commitments', sort: BY_PROMISE },
      context,
      info,
    ),
  outstandingCommitments: async ({ code }, args, context, info) =>
    commitmentsOf(
      { field: 'promisor', key: code },
      args,
      { list: 'department.outstandingCommitments', sort: BY_DUE_DAY, limitedTo: { states: ['OUTSTANDING'] } },
      context,
      info,
    ),
  arrears: async ({ code }, args, context, info) => arrearsOf({ field: 'debtor', key: code }, args, context, info),
};
