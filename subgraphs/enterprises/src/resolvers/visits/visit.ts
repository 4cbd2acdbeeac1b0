import { connectionOf, parsePage, requestedFields, requestedNodeFields } from '@zhitong/kit';
import { readThing } from '@zhitong/kit/personal-data';
import { dayInShanghai } from '@zhitong/values';
import type { Context } from '../../context.js';
import { mayReadOfficials, namesOfficialsOf, visitScope } from '../../domain/access.js';
import { findingMoves, visitMoves, type VisitParty } from '../../domain/visits/visit-moves.js';
import type { EnterpriseVisitsArgs, VisitFindingResolvers, VisitResolvers } from '../../generated/resolvers-types.js';
import { VISIT_ORDER } from '../../list-orders.js';
import type { VisitRecord } from '../../models/visits/visit.js';
import { requiredDepartment } from '../department.js';
import { storedFields } from '../enterprise-fields.js';
import { officialWith } from '../official.js';

type Fields = ReturnType<typeof requestedFields>;

/** A visit that the caller may read; null when there is none, for whoever may read all. @throws see readThing */
export async function readableVisit(
  id: string,
  { actor, loaders, financialDepartments }: Pick<Context, 'actor' | 'loaders' | 'financialDepartments'>,
): Promise<VisitRecord | null> {
  const scope = visitScope(actor, financialDepartments);
  return readThing<VisitRecord>(
    { actor },
    {
      found: await loaders.visit.load(id),
      readsAll: scope.kind === 'ALL',
      mayRead: ({ uscc }) => scope.kind === 'ALL' || (scope.kind === 'ENTERPRISE' && scope.uscc === uscc),
      called: { en: `The visit ${id.slice(0, 40)}`, zh: `走访 ${id.slice(0, 40)} ` },
      readers: {
        en: 'the enterprise that was visited and officials of the government',
        zh: '被走访的企业和政府工作人员',
      },
    },
  );
}

/** A page of the visits to an enterprise. */
export async function visitsTo(uscc: string, args: EnterpriseVisitsArgs, { loaders }: Context, fields: Fields) {
  const page = parsePage(args, { list: 'enterprise.visits', keys: VISIT_ORDER.length });
  const wanted =
    requestedNodeFields(fields) === undefined
      ? {}
      : { limit: page.limit, position: page.position, backwards: page.backwards };
  const found = await loaders.visitsOfEnterprise(uscc, wanted);
  return connectionOf({ rows: found?.rows ?? [], page, sort: VISIT_ORDER, totalCount: found?.totalCount ?? 0 });
}

async function requiredEnterprise(uscc: string, { loaders }: Context, fields: Fields) {
  const enterprise = await loaders.enterprise(uscc, { fields: storedFields(fields) });
  if (enterprise === undefined) throw new Error(`A visit names the enterprise ${uscc}, which is not registered.`);
  return enterprise;
}

/** For whom the caller acts on visits; null for whoever only reads them. */
function partyOf({ actor, financialDepartments }: Pick<Context, 'actor' | 'financialDepartments'>): VisitParty | null {
  const own = namesOfficialsOf(actor, financialDepartments);
  if (own === null) return { kind: 'COORDINATOR' };
  if (own !== undefined) return { kind: 'DEPARTMENT', department: own };
  const scope = visitScope(actor, financialDepartments);
  return scope.kind === 'ENTERPRISE' ? scope : null;
}

export const Visit: VisitResolvers = {
  __resolveReference: async ({ id }, context) => readableVisit(id, context),
  enterprise: async ({ uscc }, _args, context, info) => requiredEnterprise(uscc, context, requestedFields(info)),
  campaign: async ({ campaignId }, _args, { actor, financialDepartments, stores }) =>
    campaignId === null || !mayReadOfficials(actor, financialDepartments)
      ? null
      : (await stores.campaigns.byId([campaignId]))[0],
  department: async ({ departmentCode }, _args, { loaders }) => requiredDepartment(departmentCode, loaders),
  officials: async ({ uscc, officialIds }, _args, context) => {
    const found = await Promise.all(officialIds.map(async (id) => officialWith(uscc, id, context)));
    return found.flatMap((official) => official ?? []);
  },
  findings: async ({ id }, _args, { loaders }) => (await loaders.findingsOfVisit(id, null)) ?? [],
  legalMoves: (visit, _args, context) => visitMoves(visit, partyOf(context)),
  account: ({ by }) => by,
};

export const VisitFinding: VisitFindingResolvers = {
  visit: async ({ visitId }, _args, { loaders }) => {
    const visit = await loaders.visit.load(visitId);
    if (visit === null) throw new Error(`A finding names the visit ${visitId}, which there is not.`);
    return visit;
  },
  enterprise: async ({ uscc }, _args, context, info) => requiredEnterprise(uscc, context, requestedFields(info)),
  department: async ({ departmentCode }, _args, { loaders }) => requiredDepartment(departmentCode, loaders),
  isOverdue: ({ state, dueOn }, _args, { clock }) =>
    state === 'LISTED' && dueOn !== null && dueOn < dayInShanghai(clock.now()),
  legalMoves: (finding, _args, context) => findingMoves(finding, partyOf(context)),
};
