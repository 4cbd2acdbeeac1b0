import { requestedFields } from '@zhitong/kit';
import type { DataAccessResolvers } from '../generated/resolvers-types.js';
import { requiredDepartment } from './department.js';
import { storedFields } from './enterprise-fields.js';

export const DataAccess: DataAccessResolvers = {
  department: async ({ department }, _args, { loaders }) => department && requiredDepartment(department.code, loaders),
  enterprise: async ({ enterprise: { uscc } }, _args, { loaders }, info) => {
    const enterprise = await loaders.enterprise(uscc, { fields: storedFields(requestedFields(info)) });
    if (enterprise === undefined) throw new Error(`A record names the enterprise ${uscc}, which is not registered.`);
    return enterprise;
  },
};
