import { badUserInput, connectionOf, forbidden, parsePage } from '@zhitong/kit';
import { dayInShanghai } from '@zhitong/values';
import type { Context } from '../../context.js';
import { mayReadOfficials, namesOfficialsOf } from '../../domain/access.js';
import { regionsOf } from '../../domain/regions.js';
import { said } from '../../domain/refusal-words.js';
import type { QueryResolvers } from '../../generated/resolvers-types.js';
import { LEAD_ORDER } from '../../list-orders.js';
import { approvalsToDecide } from '../../usecases/projects/approvals-to-decide.js';
import { MOST_PROJECTS, projectSchedule } from '../../usecases/projects/project-schedule.js';
import { projectLife } from './project-life.js';

type ProjectQuery = 'approvalsToDecide' | 'projectLeads' | 'projectLead' | 'projectSchedule' | 'majorProjects';

const MOST_MAJOR = 200;

/** Lets officials of the government pass. */
function forGovernment({ actor, financialDepartments }: Context, what: string): void {
  if (!mayReadOfficials(actor, financialDepartments)) throw forbidden(said('FOR_OFFICIALS', { what }));
}

export const projectQueries: Pick<QueryResolvers, ProjectQuery> = {
  approvalsToDecide: async (_root, _args, { actor, stores, clock, calendar, financialDepartments }) => {
    const department = namesOfficialsOf(actor, financialDepartments);
    return department == null ? [] : approvalsToDecide(department, { now: clock.now(), calendar }, stores);
  },

  projectLeads: async (_root, { filter, ...args }, context) => {
    forGovernment(context, 'What is talked about with investors');
    const { stores } = context;
    const page = parsePage(args, { list: { list: 'projectLeads', filter }, keys: LEAD_ORDER.length });
    const conditions = {
      states: filter?.state ?? undefined,
      regionCode: filter?.region ?? undefined,
      leadDepartmentCode: filter?.leadDepartment ?? undefined,
    };
    return connectionOf({
      rows: await stores.projectLeads.list(conditions, page),
      page,
      sort: LEAD_ORDER,
      totalCount: async () => stores.projectLeads.count(conditions),
    });
  },

  projectLead: async (_root, { id }, context) => {
    forGovernment(context, 'What is talked about with investors');
    return context.stores.projectLeads.byId(id);
  },

  projectSchedule: async (_root, { level, on, region }, context) => {
    forGovernment(context, 'The list of a scheduling meeting');
    const { stores, clock, calendar } = context;
    const now = clock.now();
    const today = dayInShanghai(now);
    const day = on ?? today;
    if (day > today) throw badUserInput(said('ON_NOT_COME', { day, today }), ['on']);
    const code = region ?? null;
    if (level === 'COUNTY_MONTHLY' && code === null) throw badUserInput(said('REGION_NEEDED'), ['region']);
    const named =
      code === null ? null : regionsOf(await stores.departments.all(undefined)).find((one) => one.code === code);
    if (named === undefined)
      throw badUserInput(said('NO_REGION_OF_CITY', { region: code?.slice(0, 40) ?? '' }), ['region']);
    const schedule = await projectSchedule({ level, on: day, region: named, now, today, calendar }, stores);
    if (schedule === null) throw badUserInput(said('TOO_MANY_PROJECTS', { most: MOST_PROJECTS }), ['region']);
    return schedule;
  },

  majorProjects: async (_root, _args, context) => {
    const records = await context.stores.projects.all({ track: 'KEY' }, MOST_MAJOR);
    return Promise.all(records.map(async (record) => projectLife(record, context)));
  },
};
