import { badUserInput, connectionOf, forbidden, parsePage } from '@zhitong/kit';
import { knownComplainants } from '../../domain/access.js';
import { said } from '../../domain/refusal-words.js';
import type { HelpedEnterpriseResolvers, QueryResolvers } from '../../generated/resolvers-types.js';
import { HELPED_ORDER } from '../../list-orders.js';
import { knownPeriod } from '../period.js';

/** The list behind the figure `enterprisesHelped`, for whoever it tells nothing that they may not know. */
export const helpedQueries: Pick<QueryResolvers, 'enterprisesHelped'> = {
  enterprisesHelped: async (_root, { filter, ...args }, { actor, stores, today }) => {
    const { named, anonymous } = knownComplainants(actor);
    if (named !== 'ALL') throw forbidden(said('HELPED_LIST_IS_FOR'));
    const { groupBy, key, ...period } = filter;
    const hasGroup = typeof groupBy === 'string';
    if (hasGroup !== (typeof key === 'string'))
      throw badUserInput(said('GROUP_AND_KEY'), ['filter', hasGroup ? 'key' : 'groupBy']);
    const conditions = {
      counted: {
        ...knownPeriod(period, today),
        today,
        group: hasGroup && typeof key === 'string' ? { by: groupBy, key } : undefined,
      },
      knowsAnonymous: anonymous,
    };
    const page = parsePage(args, { list: { list: 'enterprisesHelped', filter }, keys: HELPED_ORDER.length });
    return connectionOf({
      rows: await stores.helped.page(conditions, page),
      page,
      sort: HELPED_ORDER,
      totalCount: async () => stores.helped.count(conditions),
    });
  },
};

export const HelpedEnterprise: HelpedEnterpriseResolvers = {
  enterprise: ({ uscc }) => (uscc === null ? null : { uscc }),
  caseNumbers: ({ caseNumbers }) => [...caseNumbers],
};
