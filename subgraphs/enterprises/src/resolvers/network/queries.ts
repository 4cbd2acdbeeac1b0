import { badUserInput, connectionOf, forbidden, parsePage } from '@zhitong/kit';
import type { Context } from '../../context.js';
import { mayReadOfficials } from '../../domain/access.js';
import type { AssignmentRuleInput, QueryResolvers } from '../../generated/resolvers-types.js';
import { OFFICER_ORDER } from '../../models/network/service-officer.js';
import { makePlan, MOST_IN_PLAN, PLANNED_ROLES, type AssignmentRule } from '../../usecases/network/assignment-plans.js';
import { readableOfficial } from '../official.js';
import { directory } from './directory.js';

type NetworkQuery = 'official' | 'serviceOfficers' | 'planAssignment' | 'serviceCoverage' | 'whomToCall';

/** Lets officials of the government pass. */
function forGovernment({ actor, financialDepartments }: Context, what: string): void {
  if (!mayReadOfficials(actor, financialDepartments)) throw forbidden(`${what} is for officials of the government.`);
}

/** A rule as the input states it; a text that says what is wrong with it. */
export function readRule(input: AssignmentRuleInput): AssignmentRule | string {
  const { role = 'STEWARD', regions = [], classes = [], teams = [], departments = [], replaces = false } = input;
  if (!PLANNED_ROLES.includes(role))
    return `rule.role: ${role} is filled one by one; a plan fills ${PLANNED_ROLES.join(', ')}.`;
  const wrong = regions.find((code) => !/^\d{6}$/.test(code));
  if (wrong !== undefined) return `rule.regions: ${JSON.stringify(wrong.slice(0, 40))} is not six digits of GB/T 2260.`;
  return { role, regions, classes, teams, departments, replaces };
}

export const networkQueries: Pick<QueryResolvers, NetworkQuery> = {
  official: async (_root, { id }, context) => readableOfficial(id, context),

  serviceOfficers: async (_root, { filter, ...args }, context) => {
    forGovernment(context, 'The roster of the service network');
    const { stores } = context;
    const page = parsePage(args, { list: { list: 'serviceOfficers', filter }, keys: OFFICER_ORDER.length });
    const conditions = {
      role: filter?.role ?? undefined,
      departmentCode: filter?.department ?? undefined,
      region: filter?.region ?? undefined,
      serviceClass: filter?.serviceClass ?? undefined,
      team: filter?.team ?? undefined,
      isServing: filter?.isServing ?? undefined,
    };
    return connectionOf({
      rows: await stores.officers.list(conditions, page),
      page,
      sort: OFFICER_ORDER,
      totalCount: async () => stores.officers.count(conditions),
    });
  },

  planAssignment: async (_root, { rule }, { stores }) => {
    const read = readRule(rule);
    if (typeof read === 'string') throw badUserInput(read, ['rule']);
    const plan = await makePlan(read, stores);
    if (plan === null)
      throw badUserInput(`The rule means more than ${MOST_IN_PLAN} enterprises; take one district after the other.`, [
        'rule',
        'regions',
      ]);
    return plan;
  },

  serviceCoverage: async (_root, { role }, context) => {
    forGovernment(context, 'How far the service network reaches');
    return context.stores.served.coverage(role);
  },

  whomToCall: async (_root, args, context) => directory(args, context),
};
