import { badUserInput, connectionOf, forbidden, parsePage, registeredUsccArgument } from '@zhitong/kit';
import { dayInShanghai, daysBetween } from '@zhitong/values';
import type { Context } from '../../context.js';
import { mayReadOfficials, visitScope } from '../../domain/access.js';
import { visitFigures } from '../../domain/visits/visit-figures.js';
import { said } from '../../domain/refusal-words.js';
import type { QueryResolvers } from '../../generated/resolvers-types.js';
import { FINDING_ORDER, VISIT_ORDER } from '../../list-orders.js';
import { readableVisit } from './visit.js';

type VisitQuery = 'visit' | 'visits' | 'visitFindings' | 'visitFigures' | 'visitCampaigns' | 'visitCampaign';

const MOST_CAMPAIGNS = 100;
const LONGEST_PERIOD_DAYS = 731;

/** Of which enterprise the caller reads visits; undefined: of all. @throws GraphQLError FORBIDDEN */
async function enterpriseAsked(
  uscc: string | null | undefined,
  { actor, financialDepartments, loaders }: Context,
): Promise<string | undefined> {
  const scope = visitScope(actor, financialDepartments);
  if (scope.kind === 'NONE') throw forbidden(said('VISITS_ARE_FOR'));
  const asked =
    typeof uscc === 'string'
      ? await registeredUsccArgument(
          uscc,
          ['filter', 'uscc'],
          async (code) => (await loaders.enterprise(code, { fields: [] })) !== undefined,
        )
      : undefined;
  if (scope.kind === 'ALL') return asked;
  if (asked !== undefined && asked !== scope.uscc) throw forbidden(said('VISITS_TO_ARE_FOR', { uscc: asked }));
  return scope.uscc;
}

/** Lets officials of the government pass. */
function forGovernment({ actor, financialDepartments }: Context): void {
  if (!mayReadOfficials(actor, financialDepartments)) throw forbidden(said('CAMPAIGNS_ARE_FOR'));
}

export const visitQueries: Pick<QueryResolvers, VisitQuery> = {
  visit: async (_root, { id }, context) => readableVisit(id, context),

  visits: async (_root, { filter, ...args }, context) => {
    const page = parsePage(args, { list: { list: 'visits', filter }, keys: VISIT_ORDER.length });
    const { campaign, department, official, state, from, to, isDisputed } = filter ?? {};
    const conditions = {
      uscc: await enterpriseAsked(filter?.uscc, context),
      campaignId: campaign ?? undefined,
      departmentCode: department ?? undefined,
      officialId: official ?? undefined,
      states: state ?? undefined,
      from: from ?? undefined,
      to: to ?? undefined,
      isDisputed: isDisputed ?? undefined,
    };
    const { stores } = context;
    return connectionOf({
      rows: await stores.visits.list(conditions, page),
      page,
      sort: VISIT_ORDER,
      totalCount: async () => stores.visits.count(conditions),
    });
  },

  visitFindings: async (_root, { filter, ...args }, context) => {
    const page = parsePage(args, { list: { list: 'visitFindings', filter }, keys: FINDING_ORDER.length });
    const { campaign, department, state, category, isOverdue } = filter ?? {};
    const { stores, clock } = context;
    const conditions = {
      uscc: await enterpriseAsked(filter?.uscc, context),
      campaignId: campaign ?? undefined,
      departmentCode: department ?? undefined,
      states: state ?? undefined,
      category: category ?? undefined,
      overdueOn: isOverdue === true ? dayInShanghai(clock.now()) : undefined,
      notOverdueOn: isOverdue === false ? dayInShanghai(clock.now()) : undefined,
    };
    return connectionOf({
      rows: await stores.findings.list(conditions, page),
      page,
      sort: FINDING_ORDER,
      totalCount: async () => stores.findings.count(conditions),
    });
  },

  visitFigures: async (_root, { from, until, asOf }, context) => {
    const today = dayInShanghai(context.clock.now());
    const day = asOf ?? today;
    forGovernment(context);
    if (day > today) throw badUserInput(said('ASOF_NOT_COME', { day, today }), ['asOf']);
    if (from > until) throw badUserInput(said('PERIOD_BACKWARDS', { from, until }), ['until']);
    if (daysBetween(from, until) > LONGEST_PERIOD_DAYS)
      throw badUserInput(said('PERIOD_TOO_LONG', { from, until }), ['until']);
    const [visits, findings] = await Promise.all([
      context.stores.visits.countedBetween(from, until),
      context.stores.findings.countedSince(from),
    ]);
    return visitFigures({ visits, findings }, { from, until, asOf: day });
  },

  visitCampaigns: async (_root, _args, context) => {
    forGovernment(context);
    return context.stores.campaigns.latest(MOST_CAMPAIGNS);
  },

  visitCampaign: async (_root, { id }, context) => {
    forGovernment(context);
    return (await context.stores.campaigns.byId([id]))[0] ?? null;
  },
};
