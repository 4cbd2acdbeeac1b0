import { badUserInput, connectionOf, forbidden, parsePage } from '@zhitong/kit';
import { normalText } from '@zhitong/values';
import type { Context } from '../../context.js';
import { mayReadOfficials } from '../../domain/access.js';
import type { AssignmentRuleInput, QueryResolvers } from '../../generated/resolvers-types.js';
import { OFFICER_ORDER } from '../../list-orders.js';
import { makePlan, MOST_IN_PLAN, PLANNED_ROLES, type AssignmentRule } from '../../usecases/network/assignment-plans.js';
import { readableOfficial } from '../official.js';
import { directory } from './directory.js';
import { said, inChinese, type Said } from '../../domain/refusal-words.js';

type NetworkQuery = 'official' | 'serviceOfficers' | 'planAssignment' | 'serviceCoverage' | 'whomToCall';

/** Characters of a text by which officials are looked for. */
const LONGEST_SEARCHED = 40;

/** Lets officials of the government pass. */
function forGovernment({ actor, financialDepartments }: Context, what: string): void {
  if (!mayReadOfficials(actor, financialDepartments)) throw forbidden(said('FOR_OFFICIALS', { what }));
}

/** A rule as the input states it; a text that says what is wrong with it. */
export function readRule(input: AssignmentRuleInput): AssignmentRule | Said {
  const { role = 'STEWARD', regions = [], classes = [], teams = [], departments = [], replaces = false } = input;
  if (!PLANNED_ROLES.includes(role))
    return said('ROLE_NOT_PLANNED', {
      role,
      planned: PLANNED_ROLES.join(', '),
      plannedInChinese: inChinese(PLANNED_ROLES),
    });
  const wrong = regions.find((code) => !/^\d{6}$/.test(code));
  if (wrong !== undefined) return said('BAD_REGION_CODE', { region: wrong.slice(0, 40) });
  return { role, regions, classes, teams, departments, replaces };
}

export const networkQueries: Pick<QueryResolvers, NetworkQuery> = {
  official: async (_root, { id }, context) => readableOfficial(id, context),

  serviceOfficers: async (_root, { filter, ...args }, context) => {
    forGovernment(context, 'The roster of the service network');
    const { stores } = context;
    const page = parsePage(args, { list: { list: 'serviceOfficers', filter }, keys: OFFICER_ORDER.length });
    const text = filter?.text === null || filter?.text === undefined ? null : normalText(filter.text);
    if (text !== null && (text === '' || [...text].length > LONGEST_SEARCHED))
      throw badUserInput(said('FILTER_TEXT_OF_OTHER_LENGTH', { length: [...text].length, most: LONGEST_SEARCHED }), [
        'filter',
        'text',
      ]);
    const conditions = {
      role: filter?.role ?? undefined,
      departmentCode: filter?.department ?? undefined,
      region: filter?.region ?? undefined,
      serviceClass: filter?.serviceClass ?? undefined,
      team: filter?.team ?? undefined,
      isServing: filter?.isServing ?? undefined,
      among: text === null ? undefined : await stores.officials.found(text),
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
    if ('message' in read) throw badUserInput(read, ['rule']);
    const plan = await makePlan(read, stores);
    if (plan === null) throw badUserInput(said('RULE_MEANS_TOO_MANY', { most: MOST_IN_PLAN }), ['rule', 'regions']);
    return plan;
  },

  serviceCoverage: async (_root, { role }, context) => {
    forGovernment(context, 'How far the service network reaches');
    return context.stores.served.coverage(role);
  },

  whomToCall: async (_root, args, context) => directory(args, context),
};
