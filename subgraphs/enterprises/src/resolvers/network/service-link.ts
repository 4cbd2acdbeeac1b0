import { badUserInput, requestedFields } from '@zhitong/kit';
import { dayInShanghai } from '@zhitong/values';
import type { Context } from '../../context.js';
import { linkMoves, SERVICE_ROLES } from '../../domain/service-network/roles.js';
import { namesOfficialsOf } from '../../domain/access.js';
import { said } from '../../domain/refusal-words.js';
import type { ServiceLinkResolvers } from '../../generated/resolvers-types.js';
import type { ServiceLinkRecord } from '../../models/network/service-link.js';
import { requiredDepartment } from '../department.js';
import { storedFields } from '../enterprise-fields.js';
import { officialWith } from '../official.js';

const MOST_SHOWN = 200;
const byRole = (one: ServiceLinkRecord, other: ServiceLinkRecord): number =>
  SERVICE_ROLES.indexOf(one.role) - SERVICE_ROLES.indexOf(other.role) ||
  (one.departmentCode < other.departmentCode ? -1 : 1);

/** Who looked after an enterprise on a day, by role. */
export async function networkOn(
  uscc: string,
  asOf: string | null,
  { loaders, clock }: Pick<Context, 'loaders' | 'clock'>,
): Promise<ServiceLinkRecord[]> {
  const today = dayInShanghai(clock.now());
  const day = asOf ?? today;
  if (day > today) throw badUserInput(said('ASOF_NOT_COME', { day, today }), ['asOf']);
  const links = (await loaders.serviceLinks(uscc, null)) ?? [];
  return links
    .filter(({ from, until }) => (from === null || from <= day) && (until === null || day < until))
    .toSorted(byRole);
}

/** All who looked after an enterprise, latest first. */
export async function networkHistory(
  uscc: string,
  { loaders }: Pick<Context, 'loaders'>,
): Promise<ServiceLinkRecord[]> {
  const links = (await loaders.serviceLinks(uscc, null)) ?? [];
  return links
    .toSorted((one, other) => (other.from ?? '').localeCompare(one.from ?? '') || byRole(one, other))
    .slice(0, MOST_SHOWN);
}

export const ServiceLink: ServiceLinkResolvers = {
  enterprise: async ({ uscc }, _args, { loaders }, info) => {
    const enterprise = await loaders.enterprise(uscc, { fields: storedFields(requestedFields(info)) });
    if (enterprise === undefined) throw new Error(`A link names the enterprise ${uscc}, which is not registered.`);
    return enterprise;
  },
  official: async ({ uscc, officialId }, _args, context) =>
    officialId === null ? null : officialWith(uscc, officialId, context),
  department: async ({ departmentCode }, _args, { loaders }) =>
    departmentCode === '' ? null : requiredDepartment(departmentCode, loaders),
  account: ({ by }) => by,
  legalMoves: (link, _args, { actor, financialDepartments }) => {
    const within = namesOfficialsOf(actor, financialDepartments);
    return within === undefined ? [] : linkMoves(link, within);
  },
};
