import { listConnectors } from '@zhitong/connect';
import {
  badUserInput,
  connectionOf,
  forbidden,
  parsePage,
  registeredUsccArgument,
  requestedFields,
  requestedNodeFields,
  unauthenticated,
} from '@zhitong/kit';
import { listDataAccesses } from '@zhitong/kit/personal-data';
import type { Context } from '../context.js';
import { mayReadAllRecords, mayReadRegister, projectScope } from '../domain/access.js';
import { regionsOf } from '../domain/regions.js';
import { nearCodes, type NearCode } from '../domain/search/near-codes.js';
import { searchedForm } from '../domain/search/name-terms.js';
import { searchTerms, type SearchTerms } from '../domain/search/search-terms.js';
import { said } from '../domain/refusal-words.js';
import type { EnterpriseFilter, QueryResolvers } from '../generated/resolvers-types.js';
import type { EnterpriseConditions } from '../models/enterprise.js';
import type { Stores } from '../stores.js';
import { FOUND_BY_CODE, FOUND_BY_NAME } from '../list-orders.js';
import { storedFields } from './enterprise-fields.js';
import { appraisalQueries } from './appraisal/appraisal.js';
import { keyTaskQueries } from './key-tasks/key-task.js';
import { serviceItemQueries } from './service-items/service-item.js';
import { standardQueries } from './register/standards.js';
import { projectQueries } from './projects/queries.js';
import { networkQueries } from './network/queries.js';
import { inspectionQueries } from './inspections/queries.js';
import { visitQueries } from './visits/queries.js';
import { PROJECT_ORDER, readableProject } from './project.js';
import { recordedFacts } from './recorded-fact.js';

const MOST_VALUES = 100;
const MOST_CODES = 200;
const USCC_LENGTH = 18;
const REGION = /^\d{6}$/;
const INDUSTRY = /^[A-T]\d{0,4}$/;

export const Query: QueryResolvers = {
  enterprise: async (_root, args, { loaders }, info) => {
    const fields = storedFields(requestedFields(info));
    const uscc = await registeredUsccArgument(
      args.uscc,
      ['uscc'],
      async (code) => (await loaders.enterprise(code, { fields })) !== undefined,
    );
    return (await loaders.enterprise(uscc, { fields })) ?? null;
  },

  enterprises: async (_root, { filter, orderBy, ...args }, { actor, financialDepartments, stores }, info) => {
    const conditions = filter ? await readFilter(filter, { actor, financialDepartments, stores }) : {};
    const direction = orderBy?.direction === 'DESC' ? -1 : 1;
    const sort =
      orderBy?.field === 'NAME'
        ? [{ field: 'name', direction } as const, { field: 'uscc', direction } as const]
        : [{ field: 'uscc', direction } as const];
    const page = parsePage(args, { list: { list: 'enterprises', filter, orderBy }, keys: sort.length });
    const nodes = requestedNodeFields(requestedFields(info));
    const rows =
      nodes === undefined
        ? []
        : await stores.enterprises.list(conditions, { ...page, sort, fields: storedFields(nodes) });
    return connectionOf({ rows, page, sort, totalCount: async () => stores.enterprises.count(conditions) });
  },

  searchEnterprises: async (_root, { text, ...args }, { actor, stores }, info) => {
    const length = [...searchedForm(text)].length;
    if (length < 2 || length > 100) throw badUserInput(said('TEXT_OF_OTHER_LENGTH', { length }), ['text']);
    if (/\p{Cc}/u.test(text)) throw badUserInput(said('TEXT_WITH_CONTROL'), ['text']);
    const typed = { ...searchTerms(text), byOtherNames: mayReadRegister(actor) };
    const sort = typed.ways.length === 0 ? FOUND_BY_CODE : FOUND_BY_NAME;
    const page = parsePage(args, { list: { list: 'searchEnterprises', terms: typed }, keys: sort.length });
    const codeCorrections = await correctionsOf(typed, stores);
    const terms = codeCorrections.length === 0 ? typed : { codes: codeCorrections.map(({ uscc }) => uscc) };
    const rows = await stores.enterprises.search(terms, {
      ...page,
      sort,
      fields: storedFields(requestedNodeFields(requestedFields(info))),
    });
    const totalCount = async () => stores.enterprises.countFound(terms);
    return { ...connectionOf({ rows, page, sort, totalCount }), codeCorrections };
  },

  department: async (_root, { code }, { loaders }) => loaders.department.load(code),
  recordedFacts,
  regions: async (_root, _args, { stores }) => regionsOf(await stores.departments.all(undefined)),
  departments: async (_root, { level }, { stores }) => stores.departments.all(level ?? undefined),
  ...standardQueries,
  ...networkQueries,
  ...appraisalQueries,
  ...keyTaskQueries,
  ...serviceItemQueries,
  ...projectQueries,
  ...visitQueries,
  ...inspectionQueries,
  project: async (_root, { id }, context) => readableProject(id, context),
  enterpriseConnectors: async (_root, _args, context) => listConnectors(context),
  enterpriseDeadLetters: async (_root, page, { deadLetters }) => deadLetters.list(page),
  enterpriseDataAccesses: async (_root, args, { actor, stores }) =>
    listDataAccesses(args, { actor, store: stores.accesses }),

  projects: async (_root, { filter, ...args }, { actor, financialDepartments, stores }) => {
    const page = parsePage(args, { list: { list: 'projects', filter }, keys: PROJECT_ORDER.length });
    const scope = projectScope(actor, financialDepartments);
    const asked = filter?.uscc
      ? await registeredUsccArgument(filter.uscc, ['filter', 'uscc'], isRegistered(stores))
      : undefined;
    if (scope.kind === 'NONE') throw forbidden(said('PROJECTS_ARE_FOR'));
    if (scope.kind === 'ENTERPRISE' && asked !== undefined && asked !== scope.uscc)
      throw forbidden(said('PROJECTS_OF_ARE_FOR', { uscc: asked }));
    const conditions = {
      uscc: scope.kind === 'ENTERPRISE' ? scope.uscc : asked,
      stages: filter?.stage ?? undefined,
      track: filter?.track ?? undefined,
      regionCode: filter?.region ?? undefined,
      leadDepartmentCode: filter?.leadDepartment ?? undefined,
    };
    return connectionOf({
      rows: await stores.projects.list(conditions, page),
      page,
      sort: PROJECT_ORDER,
      totalCount: async () => stores.projects.count(conditions),
    });
  },
};

const isRegistered =
  ({ enterprises }: Stores) =>
  async (uscc: string): Promise<boolean> =>
    (await enterprises.byUscc([uscc], [])).length > 0;

/** Reads a filter; filtering by what is not public would reveal it, so it needs a role that may read it. */
async function readFilter(
  {
    uscc,
    scale,
    industry,
    region,
    isAboveDesignatedSize,
    status,
    steward,
    withoutRole,
    notVisitedSince,
  }: EnterpriseFilter,
  { actor, financialDepartments, stores }: Pick<Context, 'actor' | 'financialDepartments' | 'stores'>,
): Promise<EnterpriseConditions> {
  const notPublic = Object.entries({
    scale,
    isAboveDesignatedSize,
    status,
    steward,
    withoutRole,
    notVisitedSince,
  }).find(([, value]) => value !== undefined && value !== null)?.[0];
  const isByRecord = [steward, withoutRole, notVisitedSince].some((value) => (value ?? null) !== null);
  if (
    notPublic !== undefined &&
    !(isByRecord ? mayReadAllRecords(actor, financialDepartments) : mayReadRegister(actor))
  ) {
    const why = said('FILTER_NOT_PUBLIC', { field: notPublic });
    throw actor === null ? unauthenticated(why) : forbidden(why);
  }
  for (const [name, values, shape, example] of [
    [
      'region',
      region,
      REGION,
      { en: 'six digits of GB/T 2260 such as 421202', zh: 'GB/T 2260 的六位代码，例如 421202' },
    ],
    [
      'industry',
      industry,
      INDUSTRY,
      {
        en: 'a section letter and up to four digits of GB/T 4754 such as C13',
        zh: 'GB/T 4754 的门类字母加最多四位数字，例如 C13',
      },
    ],
  ] as const) {
    if ((values?.length ?? 0) > MOST_VALUES)
      throw badUserInput(said('FILTER_TOO_MANY', { name, length: values?.length ?? 0, most: MOST_VALUES }), [
        'filter',
        name,
      ]);
    const wrong = values?.find((value) => !shape.test(value));
    if (wrong !== undefined)
      throw badUserInput(
        said('FILTER_WRONG_SHAPE', {
          name,
          value: JSON.stringify(wrong.slice(0, 40)),
          example: example.en,
          exampleInChinese: example.zh,
        }),
        ['filter', name],
      );
  }
  if ((uscc?.length ?? 0) > MOST_CODES)
    throw badUserInput(said('FILTER_TOO_MANY_USCC', { length: uscc?.length ?? 0, most: MOST_CODES }), [
      'filter',
      'uscc',
    ]);
  return {
    usccs: uscc
      ? await Promise.all(uscc.map((code) => registeredUsccArgument(code, ['filter', 'uscc'], isRegistered(stores))))
      : undefined,
    scale: scale ?? undefined,
    industryPrefixes: industry ?? undefined,
    // A code that ends in 00 is a city (0000: a province) and means every district whose code begins alike.
    regionPrefixes: region?.map((code) => code.replace(/(00)+$/, '')),
    aboveDesignatedSize: isAboveDesignatedSize ?? undefined,
    status: status ?? undefined,
    stewardId: steward ?? undefined,
    withoutRole: withoutRole ?? undefined,
    notVisitedSince: notVisitedSince ?? undefined,
  };
}

/** The registered codes that a whole code which is not registered may stand for; empty for any other text. */
async function correctionsOf({ code }: SearchTerms, stores: Stores): Promise<NearCode[]> {
  if (code?.length !== USCC_LENGTH) return [];
  const near = nearCodes(code);
  const found = await stores.enterprises.byUscc([code, ...near.map(({ uscc }) => uscc)], []);
  const registered = new Set(found.map(({ uscc }) => uscc));
  return registered.has(code) ? [] : near.filter(({ uscc }) => registered.has(uscc));
}
