import { maskTelephone, maySeeTelephone } from '../domain/access.js';
import type { OfficialResolvers } from '../generated/resolvers-types.js';
import { requiredDepartment } from './department.js';

export const Official: OfficialResolvers = {
  // An enterprise needs its steward's number: that is what a steward is for.
  telephone: ({ telephone }, _args, { actor }) => (maySeeTelephone(actor) || actor?.roles.includes('ENTERPRISE') ? telephone : maskTelephone(telephone)),
  department: async ({ departmentCode }, _args, { loaders }) => requiredDepartment(departmentCode, loaders),
};
