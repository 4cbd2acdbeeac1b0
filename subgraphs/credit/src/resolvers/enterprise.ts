import { connectionOf, parsePage, requestedFields, requestedNodeFields } from '@zhitong/kit';
import type { EnterpriseResolvers } from '../generated/resolvers-types.js';
import { BY_DUE_DAY, BY_PROMISE, BY_SIGNATURE } from '../list-orders.js';
import { arrearsOf } from './arrear.js';
import { commitmentsOf } from './commitment-list.js';
import { pastDay, requireOwn } from './own-credit.js';

export const Enterprise: EnterpriseResolvers = {
  __resolveReference: ({ uscc }) => ({ uscc }),
  creditStanding: async ({ uscc }, { asOf }, { actor, clock, loaders }) => {
    requireOwn(actor, uscc);
    return (await loaders.standing(uscc, { asOf: pastDay(asOf, { clock, path: ['asOf'] }) })) ?? null;
  },
  commitments: async ({ uscc }, args, context, info) => {
    requireOwn(context.actor, uscc);
    return commitmentsOf({ field: 'uscc', key: uscc }, args, { list: 'enterprise.commitments', sort: BY_PROMISE }, context, info);
  },
  outstandingCommitments: async ({ uscc }, args, context, info) => {
    requireOwn(context.actor, uscc);
    return commitmentsOf({ field: 'uscc', key: uscc }, args, { list: 'enterprise.outstandingCommitments', sort: BY_DUE_DAY, limitedTo: { states: ['OUTSTANDING'] } }, context, info);
  },
  arrears: async ({ uscc }, args, context, info) => {
    requireOwn(context.actor, uscc);
    return arrearsOf({ field: 'uscc', key: uscc }, args, context, info);
  },
  pledges: async ({ uscc }, args, { actor, loaders }, info) => {
    requireOwn(actor, uscc);
    const page = parsePage(args, { list: 'enterprise.pledges', keys: BY_SIGNATURE.length });
    const wanted = requestedNodeFields(requestedFields(info)) !== undefined;
    const found = await loaders.pledgesOf(uscc, { page: wanted ? { limit: page.limit, position: page.position, backwards: page.backwards } : null });
    return connectionOf({ rows: found?.rows ?? [], page, sort: BY_SIGNATURE, totalCount: found?.totalCount ?? 0 });
  },
};
