import type { DepartmentResolvers } from '../generated/resolvers-types.js';
import { periodArguments } from './period.js';

export const Department: DepartmentResolvers = {
  caseload: async ({ code }, _args, { loaders }) => (await loaders.caseload(code, null)) ?? { open: 0, overdue: 0, waiting: 0, notAccepted: 0, escalated: 0 },
  scorecard: ({ code }, args) => ({ department: code, ...periodArguments(args) }),
};
