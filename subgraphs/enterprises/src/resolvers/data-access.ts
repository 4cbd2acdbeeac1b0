import { requestedFields } from '@zhitong/kit';
import type { DataAccessResolvers } from '../generated/resolvers-types.js';
import { requiredDepartment } from './department.js';
import { storedFields } from './enterprise-fields.js';

export const DataAccess: DataAccessResolvers = {
  department: async ({ department }, _args, { loaders }) => department && requiredDepartment(department.code, loaders),
  enterprise: async ({ enterprise: about }, _args, { loaders }, info) => {
    if (about === null) return null;
    const { uscc } = about;
    const enterprise = await loaders.enterprise(uscc, { fields: storedFields(requestedFields(info)) });
    if (enterprise === undefined) throw new Error(`A record names the enterprise ${uscc}, which is not registered.`);
    return enterprise;
  },
};
