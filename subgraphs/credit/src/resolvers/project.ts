import type { ProjectResolvers } from '../generated/resolvers-types.js';
import { BY_PROMISE } from '../list-orders.js';
import { commitmentsOf } from './commitment-list.js';

export const Project: ProjectResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  commitments: async ({ id }, args, context, info) =>
    commitmentsOf(
      { field: 'projectId', key: id },
      args,
      { list: 'project.commitments', sort: BY_PROMISE },
      context,
      info,
    ),
};
