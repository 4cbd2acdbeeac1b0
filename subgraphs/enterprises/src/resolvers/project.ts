import { forbidden, requestedFields } from '@zhitong/kit';
import { mayReadEnterprise } from '../domain/access.js';
import type { ProjectResolvers } from '../generated/resolvers-types.js';
import { requiredDepartment } from './department.js';
import { storedFields } from './enterprise-fields.js';
import { money } from './money.js';

/** Latest signing first; a cursor of a list of projects carries these keys. */
export const PROJECT_ORDER = [
  { field: 'signedOn', direction: -1 },
  { field: 'id', direction: -1 },
] as const;

export const Project: ProjectResolvers = {
  __resolveReference: async ({ id }, { loaders }) => loaders.project.load(id),
  enterprise: async ({ uscc }, _args, { loaders }, info) => {
    const enterprise = await loaders.enterprise(uscc, { fields: storedFields(requestedFields(info)) });
    if (enterprise === undefined) throw new Error(`A project names the enterprise ${uscc}, which is not registered.`);
    return enterprise;
  },
  leadDepartment: async ({ leadDepartmentCode }, _args, { loaders }) => requiredDepartment(leadDepartmentCode, loaders),
  investment: ({ investmentFen }) => money(investmentFen),
  steward: async ({ uscc, stewardId }, _args, { actor, loaders }) => {
    if (!mayReadEnterprise(actor, uscc)) throw forbidden('The steward of a project is shown to its enterprise and to officials.');
    return loaders.official.load(stewardId);
  },
};
