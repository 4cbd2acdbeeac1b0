import { requestedFields } from '@zhitong/kit';
import { readThing } from '@zhitong/kit/personal-data';
import { moneyOfFen } from '@zhitong/values';
import type { Context } from '../context.js';
import { projectScope } from '../domain/access.js';
import type { ProjectResolvers } from '../generated/resolvers-types.js';
import type { ProjectRecord } from '../models/project.js';
import { requiredDepartment } from './department.js';
import { storedFields } from './enterprise-fields.js';
import { projectLife } from './projects/project-life.js';
import { officialWith } from './official.js';

/** Latest signing first; a cursor of a list of projects carries these keys. */
export const PROJECT_ORDER = [
  { field: 'signedOn', direction: -1 },
  { field: 'id', direction: -1 },
] as const;

/**
 * A project that the caller may read; null when there is none, for whoever may read all.
 * @throws GraphQLError see readThing
 */
export async function readableProject(
  id: string,
  { actor, loaders, financialDepartments }: Pick<Context, 'actor' | 'loaders' | 'financialDepartments'>,
): Promise<ProjectRecord | null> {
  const scope = projectScope(actor, financialDepartments);
  return readThing<ProjectRecord>(
    { actor },
    {
      found: await loaders.project.load(id),
      readsAll: scope.kind === 'ALL',
      mayRead: ({ uscc }) => scope.kind === 'ALL' || (scope.kind === 'ENTERPRISE' && scope.uscc === uscc),
      called: { en: `The project ${id.slice(0, 40)}`, zh: `项目 ${id.slice(0, 40)} ` },
      readers: { en: 'the enterprise that invests and officials of the government', zh: '投资企业和政府工作人员' },
    },
  );
}

export const Project: ProjectResolvers = {
  __resolveReference: async ({ id }, context) => readableProject(id, context),
  enterprise: async ({ uscc }, _args, { loaders }, info) => {
    const enterprise = await loaders.enterprise(uscc, { fields: storedFields(requestedFields(info)) });
    if (enterprise === undefined) throw new Error(`A project names the enterprise ${uscc}, which is not registered.`);
    return enterprise;
  },
  leadDepartment: async ({ leadDepartmentCode }, _args, { loaders }) => requiredDepartment(leadDepartmentCode, loaders),
  investment: ({ investmentFen }) => moneyOfFen(investmentFen),
  life: async (record, _args, context) => projectLife(record, context),
  steward: async ({ uscc, stewardId }, _args, context) => officialWith(uscc, stewardId, context),
};
