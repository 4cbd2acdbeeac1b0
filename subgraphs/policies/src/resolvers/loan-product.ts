import { connectionOf, forbidden, parsePage } from '@zhitong/kit';
import { dayInShanghai, includesDay, moneyOfFen } from '@zhitong/values';
import { needsSeenBy } from '../domain/access.js';
import { said } from '../domain/refusal-words.js';
import type { LoanProductResolvers, QueryResolvers } from '../generated/resolvers-types.js';
import { LATEST_NEED_FIRST } from '../list-orders.js';
import { rowsOnPage } from '../memory/rows-on-page.js';
import { countMatchingNeeds, needsOnPage } from '../usecases/needs-for-product.js';

const CHEAPEST_FIRST = [
  { field: 'yearlyRateBasisPoints', direction: 1 },
  { field: 'id', direction: 1 },
] as const;

export const loanProduct: NonNullable<QueryResolvers['loanProduct']> = async (_root, { id }, { loaders }) =>
  loaders.loanProduct.load(id);

export const loanProducts: NonNullable<QueryResolvers['loanProducts']> = async (
  _root,
  { kinds, ...args },
  { loaders, clock },
) => {
  const page = parsePage(args, { list: { list: 'loanProducts', kinds }, keys: CHEAPEST_FIRST.length });
  const offered = (await loaders.openLoanProducts(dayInShanghai(clock.now()))).filter(
    ({ kind }) => !kinds || kinds.includes(kind),
  );
  return connectionOf({
    rows: rowsOnPage(offered, page, [({ yearlyRateBasisPoints }) => yearlyRateBasisPoints, ({ id }) => id]),
    page,
    sort: CHEAPEST_FIRST,
    totalCount: offered.length,
  });
};

export const LoanProduct: LoanProductResolvers = {
  department: ({ department }) => ({ code: department }),
  minimumAmount: ({ minimumFen }) => moneyOfFen(minimumFen),
  maximumAmount: ({ maximumFen }) => moneyOfFen(maximumFen),
  collateralKinds: ({ collateralKinds }) => [...collateralKinds],
  validFrom: ({ window, publishedAt }) => window.from ?? dayInShanghai(publishedAt),
  validTo: ({ window }) => window.to,
  isOpen: ({ window }, _args, { clock }) => includesDay(window, dayInShanghai(clock.now())),
  criteria: ({ criteria }) => [...criteria],

  matchingNeeds: async (product, args, { actor, clock, stores }) => {
    const seen = needsSeenBy(actor, product.department);
    if (seen === 'nothing')
      throw forbidden(said('MATCHING_NEEDS_ARE_FOR', { product: product.id, department: product.department }));
    const asked = { stores, product, today: dayInShanghai(clock.now()), open: seen === 'everything' };
    const page = parsePage(args, { list: { list: 'matchingNeeds', id: product.id }, keys: LATEST_NEED_FIRST.length });
    return connectionOf({
      rows: await needsOnPage(asked, page),
      page,
      sort: LATEST_NEED_FIRST,
      totalCount: async () => countMatchingNeeds(asked),
    });
  },
};
