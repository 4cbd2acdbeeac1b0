import { connectionOf, forbidden, parsePage } from '@zhitong/kit';
import { dayInShanghai, moneyOfFen } from '@zhitong/values';
import type { Whereabouts } from '../domain/disclosure/tellable-places.js';
import { needsWithin } from '../domain/access.js';
import { consentIdOf, financingNeedMoves, needState } from '../domain/finance/financing-need.js';
import { said } from '../domain/refusal-words.js';
import type { Context } from '../context.js';
import type {
  FinancingConsentResolvers,
  FinancingNeedResolvers,
  MatchingNeedResolvers,
  QueryResolvers,
} from '../generated/resolvers-types.js';
import { LATEST_NEED_FIRST } from '../list-orders.js';
import type { FinancingConsentRecord } from '../models/financing-consent.js';
import { placeKey, type MatchingNeedRow } from '../usecases/needs-for-product.js';

export const financingNeeds: NonNullable<QueryResolvers['financingNeeds']> = async (_root, args, { actor, stores }) => {
  const within = needsWithin(actor);
  if (within.kind === 'none') throw forbidden(said('NEEDS_ARE_FOR'));
  const uscc = within.kind === 'enterprise' ? within.uscc : null;
  const page = parsePage(args, { list: { list: 'financingNeeds', uscc }, keys: LATEST_NEED_FIRST.length });
  return connectionOf({
    rows: await stores.needs.list(uscc, page),
    page,
    sort: LATEST_NEED_FIRST,
    totalCount: async () => stores.needs.count(uscc),
  });
};

export const FinancingNeed: FinancingNeedResolvers = {
  enterprise: ({ uscc }) => ({ uscc }),
  amount: ({ amountFen }) => moneyOfFen(amountFen),
  state: (need, _args, { clock }) => needState(need, dayInShanghai(clock.now())),
  consents: async ({ id }, _args, { loaders }) => (await loaders.consentsOfNeed(id, null)) ?? [],
  legalMoves: async (need, _args, { actor, clock, loaders }) => {
    const within = needsWithin(actor);
    if (within.kind !== 'enterprise' || within.uscc !== need.uscc) return [];
    const consents = (await loaders.consentsOfNeed(need.id, null)) ?? [];
    return financingNeedMoves(needState(need, dayInShanghai(clock.now())), {
      hasConsent: consents.some(({ given }) => given),
    });
  },
};

export const FinancingConsent: FinancingConsentResolvers = {
  product: async ({ productId }, _args, { loaders }) => {
    const product = await loaders.loanProduct.load(productId);
    if (product === null) throw new Error(`A consent names the loan product ${productId}, which does not exist.`);
    return product;
  },
  history: async ({ id }, _args, { loaders }) => (await loaders.consentHistory(id, null)) ?? [],
};

/** The consent that stands for a need under a product, as it is at this moment; null without one. */
async function consentFor(
  { id, productId }: MatchingNeedRow,
  { loaders }: Context,
): Promise<FinancingConsentRecord | null> {
  const consent = await loaders.consent.load(consentIdOf(id, productId));
  return consent?.given === true ? consent : null;
}

/** What only a caller sees who reads everything, or who has the consent of the enterprise. */
const disclosed = async <Value>(row: MatchingNeedRow, context: Context, value: Value): Promise<Value | null> =>
  row.open || (await consentFor(row, context)) !== null ? value : null;

/** Section and district: before consent no more than five enterprises or more share. */
async function whereaboutsOf(row: MatchingNeedRow, context: Context): Promise<Whereabouts> {
  const { section, district, productId, evaluation } = row;
  if (row.open || (await consentFor(row, context)) !== null) return { section, district };
  const { outcome } = evaluation;
  const told = await context.loaders.whereabouts(placeKey(row), { productId, outcome });
  return told ?? { section: '', district: '' };
}

export const MatchingNeed: MatchingNeedResolvers = {
  amount: ({ need }) => moneyOfFen(need.amountFen),
  termMonths: ({ need }) => need.termMonths,
  industrySection: async (row, _args, context) => (await whereaboutsOf(row, context)).section,
  district: async (row, _args, context) => (await whereaboutsOf(row, context)).district,
  outcome: ({ evaluation }) => evaluation.outcome,
  consentedAt: async (row, _args, context) => (await consentFor(row, context))?.changedAt ?? null,
  enterprise: async (row, _args, context) => disclosed(row, context, { uscc: row.need.uscc }),
  purpose: async (row, _args, context) => disclosed(row, context, row.need.purpose),
  latestDay: async (row, _args, context) => disclosed(row, context, row.need.latestDay),
  criteria: async (row, _args, context) => disclosed(row, context, [...row.evaluation.criteria]),
};
