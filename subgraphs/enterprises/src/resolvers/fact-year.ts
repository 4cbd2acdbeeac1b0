import type { FactYearResolvers } from '../generated/resolvers-types.js';
import { requiredDepartment } from './department.js';

export const FactYear: FactYearResolvers = {
  recordedBy: async ({ recordedBy }, _args, { loaders }) => requiredDepartment(recordedBy, loaders),
};
