import { badUserInput, connectionOf, forbidden, parsePage, requireRole } from '@zhitong/kit';
import { faultsPayload, idempotencyKeyArgument, payloadOf, type InputFault } from '@zhitong/kit/commands';
import { asStored, halfDaysText } from '@zhitong/values';
import { bundleSums, linesFaults } from '../../domain/service-items/service-item.js';
import { regionsOf } from '../../domain/regions.js';
import type {
  MutationResolvers,
  QueryResolvers,
  ServiceBundleResolvers,
  ServiceCounterResolvers,
  ServiceItemResolvers,
} from '../../generated/resolvers-types.js';
import { ITEM_ORDER } from '../../list-orders.js';
import type { ServiceItemRecord } from '../../models/service-items/service-item.js';
import { mayReadOfficials } from '../../domain/access.js';
import { requiredDepartment } from '../department.js';
import { halfDaysOf, nameFaults } from '../mutations/text-input.js';
import { said } from '../../domain/refusal-words.js';

type ServiceItemQuery = 'serviceItems' | 'serviceItem' | 'serviceBundles' | 'serviceBundle';
type ServiceItemMutation = 'setServiceItem' | 'setServiceBundle';

const ID = /^[A-Z\d][A-Z\d-]{1,39}$/;
const LONGEST_SEARCH = 50;
const LONGEST_ADDRESS = 300;
const MOST_AGENTS = 20;
const MOST_ITEMS = 30;
const MOST_LEGAL_DAYS = 365;

const idFaults = (id: string): InputFault[] => (ID.test(id) ? [] : [{ path: ['id'], ...said('BAD_ITEM_ID') }]);

export const serviceItemQueries: Pick<QueryResolvers, ServiceItemQuery> = {
  serviceItems: async (_root, { filter, ...args }, { stores }) => {
    const text = filter?.text ?? undefined;
    if (text !== undefined && (text.trim() === '' || text.length > LONGEST_SEARCH))
      throw badUserInput(said('FILTER_TEXT_OF_OTHER_LENGTH', { length: text.length, most: LONGEST_SEARCH }), [
        'filter',
        'text',
      ]);
    const page = parsePage(args, { list: { list: 'serviceItems', filter }, keys: ITEM_ORDER.length });
    const conditions = {
      departmentCode: filter?.department ?? undefined,
      isCityWide: filter?.isCityWide ?? undefined,
      text: text?.trim(),
    };
    return connectionOf({
      rows: await stores.serviceItems.list(conditions, page),
      page,
      sort: ITEM_ORDER,
      totalCount: async () => stores.serviceItems.count(conditions),
    });
  },
  serviceItem: async (_root, { id }, { loaders }) => loaders.serviceItem.load(id),
  serviceBundles: async (_root, _args, { stores }) => stores.serviceItems.bundles(),
  serviceBundle: async (_root, { id }, { stores }) => stores.serviceItems.bundleById(id),
};

export const serviceItemMutations: Pick<Required<MutationResolvers>, ServiceItemMutation> = {
  setServiceItem: async (_root, { input }, { actor, serviceItems, names, stores }) => {
    requireRole(actor, ['OFFICER', 'COORDINATOR'], 'setServiceItem');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { id, expectedVersion, name, department, isCityWide } = input;
    const { conditions = [], documents = [], legalBasis = [], counters = [], agents = [] } = input;
    const halfDays = input.promisedDays === '0' ? 0 : halfDaysOf(input.promisedDays);
    const legalWorkingDays = input.legalWorkingDays ?? null;
    const onlineAddress = input.onlineAddress ?? null;
    const faults: InputFault[] = [
      ...idFaults(id),
      ...nameFaults(name, 'name'),
      ...linesFaults(conditions, 'conditions'),
      ...linesFaults(documents, 'documents'),
      ...linesFaults(legalBasis, 'legalBasis'),
      ...linesFaults(
        counters.map(({ address }) => address),
        'counters',
      ),
      ...(halfDays === null
        ? [{ path: ['promisedDays'], ...said('BAD_ITEM_DAYS', { promisedDays: input.promisedDays.slice(0, 20) }) }]
        : []),
      ...(legalWorkingDays === null || (legalWorkingDays >= 1 && legalWorkingDays <= MOST_LEGAL_DAYS)
        ? []
        : [{ path: ['legalWorkingDays'], ...said('BAD_LEGAL_DAYS', { most: MOST_LEGAL_DAYS, legalWorkingDays }) }]),
      ...(onlineAddress === null || isHttps(onlineAddress)
        ? []
        : [{ path: ['onlineAddress'], ...said('BAD_ONLINE_ADDRESS', { most: LONGEST_ADDRESS }) }]),
      ...(agents.length <= MOST_AGENTS
        ? []
        : [{ path: ['agents'], ...said('TOO_MANY_AGENTS', { most: MOST_AGENTS, agentsCount: agents.length }) }]),
    ];
    if (faults.length > 0 || halfDays === null) return faultsPayload(faults);
    const content = {
      name: asStored(name),
      departmentCode: department,
      conditions: conditions.map(asStored),
      documents: documents.map(asStored),
      legalBasis: legalBasis.map(asStored),
      promisedHalfDays: halfDays,
      legalWorkingDays,
      isCityWide,
      counters: counters.map(({ region, address }) => ({ region, address: asStored(address) })),
      onlineAddress,
      agents: [...new Set(agents)],
    };
    const unknown = async () =>
      names.faultsOf([
        { kind: 'department', code: department, path: ['department'] },
        ...counters.map(({ region }, at) => ({
          kind: 'region' as const,
          code: region,
          path: ['counters', String(at), 'region'],
        })),
      ]);
    const outcome = await serviceItems.setItem({ idempotencyKey, actor, unknown, id, expectedVersion, content });
    return payloadOf(outcome, async (set) => {
      const [item] = await stores.serviceItems.byId([set]);
      return { item };
    });
  },

  setServiceBundle: async (_root, { input }, { actor, serviceItems, stores }) => {
    requireRole(actor, ['COORDINATOR'], 'setServiceBundle');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { id, expectedVersion, name } = input;
    const items = [...new Set(input.items)];
    const faults: InputFault[] = [
      ...idFaults(id),
      ...nameFaults(name, 'name'),
      ...(items.length >= 2 && items.length <= MOST_ITEMS
        ? []
        : [{ path: ['items'], ...said('BUNDLE_SIZE', { most: MOST_ITEMS, itemsCount: items.length }) }]),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    const content = { name: asStored(name), items };
    const outcome = await serviceItems.setBundle({ idempotencyKey, actor, id, expectedVersion, content });
    return payloadOf(outcome, async (set) => ({ bundle: await stores.serviceItems.bundleById(set) }));
  },
};

function isHttps(address: string): boolean {
  if (address.length > LONGEST_ADDRESS || !URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  return protocol === 'https:' && username === '' && password === '';
}

export const ServiceItem: ServiceItemResolvers = {
  __resolveReference: async ({ id }, { loaders }) => loaders.serviceItem.load(id),
  department: async ({ departmentCode }, _args, { loaders }) => requiredDepartment(departmentCode, loaders),
  conditions: ({ conditions }) => [...conditions],
  documents: ({ documents }) => [...documents],
  legalBasis: ({ legalBasis }) => [...legalBasis],
  promisedDays: ({ promisedHalfDays }) => halfDaysText(promisedHalfDays),
  counters: ({ counters }) => [...counters],
  agents: async ({ agents }, _args, { actor, financialDepartments, loaders }) => {
    if (!mayReadOfficials(actor, financialDepartments)) throw forbidden(said('AGENTS_ARE_FOR'));
    const found = await Promise.all(agents.map(async (id) => loaders.official.load(id)));
    return found.flatMap((official) => (official === null ? [] : [{ ...official, of: '' }]));
  },
};

export const ServiceCounter: ServiceCounterResolvers = {
  region: async ({ region }, _args, { stores }) =>
    regionsOf(await stores.departments.all(undefined)).find(({ code }) => code === region) ?? {
      code: region,
      name: region,
    },
};

export const ServiceBundle: ServiceBundleResolvers = {
  items: async ({ items }, _args, { loaders }) => itemsOf(items, loaders.serviceItem),
  documents: async ({ items }, _args, { loaders }) => [
    ...bundleSums(await itemsOf(items, loaders.serviceItem)).documents,
  ],
  promisedDays: async ({ items }, _args, { loaders }) =>
    halfDaysText(bundleSums(await itemsOf(items, loaders.serviceItem)).promisedHalfDays),
};

/** The matters of a bundle, in its order. */
async function itemsOf(
  ids: readonly string[],
  loader: { load(id: string): Promise<ServiceItemRecord | null> },
): Promise<ServiceItemRecord[]> {
  return (await Promise.all(ids.map(async (id) => loader.load(id)))).filter((item) => item !== null);
}
