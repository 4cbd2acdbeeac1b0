import { maskTelephone, readThing } from '@zhitong/kit/personal-data';
import type { Context } from '../context.js';
import { mayReadOfficials, needsOfficialsTelephone } from '../domain/access.js';
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

/**
 * An official by staff number, as the caller may read; null when there is none, for whoever reads all.
 * @throws GraphQLError see readThing
 */
export async function readableOfficial(
  id: string,
  {
    actor,
    loaders,
    stores,
    financialDepartments,
  }: Pick<Context, 'actor' | 'loaders' | 'stores' | 'financialDepartments'>,
): Promise<ShownOfficial | null> {
  const readsAll = mayReadOfficials(actor, financialDepartments);
  const uscc = actor?.roles.includes('ENTERPRISE') ? actor.uscc : undefined;
  const [official, isOwn] = await Promise.all([
    loaders.official.load(id),
    uscc === undefined ? false : isWith(uscc, id, { loaders, stores }),
  ]);
  return readThing<ShownOfficial>(
    { actor },
    {
      found: official && { ...official, of: isOwn ? (uscc ?? '') : '' },
      readsAll,
      mayRead: () => readsAll || isOwn,
      called: { en: `The official ${id.slice(0, 40)}`, zh: `工作人员 ${id.slice(0, 40)} ` },
      readers: {
        en: 'officials of the government and the enterprises that he or she looks after',
        zh: '政府工作人员及其所服务的企业',
      },
    },
  );
}

/** Whether an official looks after an enterprise or a project of it now. */
async function isWith(
  uscc: string,
  id: string,
  { loaders, stores }: Pick<Context, 'loaders' | 'stores'>,
): Promise<boolean> {
  const links = (await loaders.serviceLinks(uscc, null)) ?? [];
  return (
    links.some(({ officialId, until }) => officialId === id && until === null) ||
    (await stores.projects.stewards(uscc)).includes(id)
  );
}

export const Official: OfficialResolvers = {
  __resolveReference: async ({ id }, context) => readableOfficial(id, context),
  telephone: ({ telephone, departmentCode, of }, _args, { actor }) =>
    needsOfficialsTelephone(actor, { department: departmentCode, of }) ? telephone : maskTelephone(telephone),
  department: async ({ departmentCode }, _args, { loaders }) => requiredDepartment(departmentCode, loaders),
};
