import { maskTelephone } from '@zhitong/kit/personal-data';
import type { Context } from '../context.js';
import { needsOfficialsTelephone } from '../domain/access.js';
import type { OfficialResolvers } from '../generated/resolvers-types.js';
import type { ShownOfficial } from '../models/official.js';
import { requiredDepartment } from './department.js';

/** An official who is with an enterprise or a project of it; null when nobody has that staff number. */
export async function officialWith(
  uscc: string,
  id: string,
  { loaders }: Pick<Context, 'loaders'>,
): Promise<ShownOfficial | null> {
  const official = await loaders.official.load(id);
  return official && { ...official, of: uscc };
}

export const Official: OfficialResolvers = {
  telephone: ({ telephone, departmentCode, of }, _args, { actor }) =>
    needsOfficialsTelephone(actor, { department: departmentCode, of }) ? telephone : maskTelephone(telephone),
  department: async ({ departmentCode }, _args, { loaders }) => requiredDepartment(departmentCode, loaders),
};
