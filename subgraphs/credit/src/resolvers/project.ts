import type { ProjectResolvers } from '../generated/resolvers-types.js';
import { BY_PROMISE } from '../list-orders.js';
import { commitmentsOf } from './commitment-list.js';
import { onlyOwn } from './own-credit.js';

export const Project: ProjectResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  commitments: async ({ id }, args, context, info) => {
    const uscc = onlyOwn(context.actor);
    return commitmentsOf({ field: 'projectId', key: id }, args, { list: 'project.commitments', sort: BY_PROMISE, limitedTo: uscc === undefined ? {} : { uscc } }, context, info);
  },
};
