import { badUserInput, connectionOf, forbidden, LARGEST_PAGE, parsePage, registeredUsccArgument } from '@zhitong/kit';
import { dayInShanghai } from '@zhitong/values';
import type { Context } from '../../context.js';
import { mayReadOfficials, visitScope } from '../../domain/access.js';
import { said } from '../../domain/refusal-words.js';
import type { QueryResolvers } from '../../generated/resolvers-types.js';
import { INSPECTION_ORDER, PENALTY_ORDER } from '../../list-orders.js';
import { monthRange } from './labour.js';

type InspectionQuery =
  'inspections' | 'inspectionPlans' | 'inspectionFrequency' | 'penalties' | 'labourMonths' | 'jobFairs';

function forGovernment({ actor, financialDepartments }: Context): void {
  if (!mayReadOfficials(actor, financialDepartments)) throw forbidden(said('INSPECTION_REGISTER_IS_FOR'));
}

async function enterpriseNamed(uscc: string | null | undefined, { loaders }: Context): Promise<string | undefined> {
  return typeof uscc === 'string'
    ? registeredUsccArgument(
        uscc,
        ['filter', 'uscc'],
        async (code) => (await loaders.enterprise(code, { fields: [] })) !== undefined,
      )
    : undefined;
}

export const inspectionQueries: Pick<QueryResolvers, InspectionQuery> = {
  inspections: async (_root, { filter, ...args }, context) => {
    const { actor, financialDepartments, stores } = context;
    const page = parsePage(args, { list: { list: 'inspections', filter }, keys: INSPECTION_ORDER.length });
    const scope = visitScope(actor, financialDepartments);
    const asked = await enterpriseNamed(filter?.uscc, context);
    if (scope.kind === 'NONE' || (scope.kind === 'ENTERPRISE' && asked !== undefined && asked !== scope.uscc))
      throw forbidden(said('INSPECTIONS_ARE_FOR'));
    const conditions = {
      uscc: scope.kind === 'ENTERPRISE' ? scope.uscc : asked,
      departmentCode: filter?.department ?? undefined,
      year: filter?.year ?? undefined,
      isFlagged: filter?.isFlagged ?? undefined,
    };
    return connectionOf({
      rows: await stores.inspections.list(conditions, page),
      page,
      sort: INSPECTION_ORDER,
      totalCount: async () => stores.inspections.count(conditions),
    });
  },

  inspectionPlans: async (_root, { year, department }, context) => {
    forGovernment(context);
    return context.stores.inspections.plansOf({ year, departmentCode: department ?? undefined });
  },

  inspectionFrequency: async (_root, { year, first }, context) => {
    forGovernment(context);
    if (first < 1 || first > LARGEST_PAGE)
      throw badUserInput(said('FIRST_OUTSIDE', { first, most: LARGEST_PAGE }), ['first']);
    return context.stores.inspections.frequency({ year }, first);
  },

  penalties: async (_root, { filter, ...args }, context) => {
    const { actor, financialDepartments, stores, clock } = context;
    const page = parsePage(args, { list: { list: 'penalties', filter }, keys: PENALTY_ORDER.length });
    const scope = visitScope(actor, financialDepartments);
    const asked = await enterpriseNamed(filter?.uscc, context);
    const readsAll = scope.kind === 'ALL' || (scope.kind === 'ENTERPRISE' && asked === scope.uscc);
    const conditions = {
      uscc: asked,
      departmentCode: filter?.department ?? undefined,
      publicOn: readsAll ? undefined : dayInShanghai(clock.now()),
    };
    return connectionOf({
      rows: await stores.inspections.listPenalties(conditions, page),
      page,
      sort: PENALTY_ORDER,
      totalCount: async () => stores.inspections.countPenalties(conditions),
    });
  },

  labourMonths: async (_root, { from, to, leastEmployees }, context) => {
    forGovernment(context);
    monthRange(from, to);
    return context.stores.labour.months(from, to, leastEmployees);
  },

  jobFairs: async (_root, { from, to }, { stores }) => {
    if (to < from) throw badUserInput(said('TO_BEFORE_FROM', { to, from }), ['to']);
    const fairs = await stores.labour.fairs(from, to);
    const sum = (of: 'enterprises' | 'posts' | 'hired'): number => fairs.reduce((total, fair) => total + fair[of], 0);
    return {
      count: fairs.length,
      enterprises: sum('enterprises'),
      posts: sum('posts'),
      hired: { numerator: sum('hired'), denominator: sum('posts') },
      fairs,
    };
  },
};
