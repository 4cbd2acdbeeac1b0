import { connectionOf, parsePage } from '@zhitong/kit';
import type { Context } from '../../context.js';
import { regionsOf, type NamedRegion } from '../../domain/regions.js';
import { serviceOfficerMoves } from '../../domain/service-network/roles.js';
import type { ServiceOfficerResolvers } from '../../generated/resolvers-types.js';
import { LINK_ORDER } from '../../list-orders.js';
import type { ShownOfficial } from '../../models/official.js';

/** An official whom a record names, as one who is with nobody in particular. */
export async function requiredOfficial(id: string, { loaders }: Pick<Context, 'loaders'>): Promise<ShownOfficial> {
  const official = await loaders.official.load(id);
  if (official === null) throw new Error(`A record names the official ${id}, who is not known.`);
  return { ...official, of: '' };
}

/** The city's regions of these codes. */
export async function regionsByCode(
  codes: readonly string[],
  { stores }: Pick<Context, 'stores'>,
): Promise<NamedRegion[]> {
  if (codes.length === 0) return [];
  const all = regionsOf(await stores.departments.all(undefined));
  return codes.map((code) => all.find((region) => region.code === code) ?? { code, name: code });
}

export const ServiceOfficer: ServiceOfficerResolvers = {
  official: async ({ officialId }, _args, context) => requiredOfficial(officialId, context),
  legalMoves: (officer, _args, { actor }) => serviceOfficerMoves(officer, actor),
  regions: async ({ regions }, _args, context) => regionsByCode(regions, context),
  load: async ({ officialId }, _args, { loaders }) => (await loaders.serviceLoad(officialId, null)) ?? 0,
  links: async ({ officialId }, args, { stores }) => {
    const page = parsePage(args, { list: { list: 'serviceOfficer.links', officialId }, keys: LINK_ORDER.length });
    return connectionOf({
      rows: await stores.links.pageHeldBy(officialId, page),
      page,
      sort: LINK_ORDER,
      totalCount: async () => (await stores.links.loads(undefined, [officialId])).get(officialId) ?? 0,
    });
  },
};
