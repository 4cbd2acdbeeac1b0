import type { ConnectorReads } from '@zhitong/connect';
import { loaderById, loaderPerParent, type Page } from '@zhitong/kit';
import type { DepartmentDirectory } from './memory/department-directory.js';
import type { EnterpriseField, EnterpriseRecord } from './models/enterprise.js';
import type { ServiceLinkRecord } from './models/network/service-link.js';
import type { RegisterChangeRecord } from './models/register/register-change.js';
import type { FindingRecord } from './models/visits/finding.js';
import type { Stores } from './stores.js';
import { itemOrigins } from './usecases/connectors/item-origins.js';

/** Fact records shown per enterprise at most. */
const HISTORY = 10;

/** What decides a page of projects per enterprise. */
export type ProjectPage = Partial<Pick<Page, 'limit' | 'position' | 'backwards'>>;

export type Loaders = ReturnType<typeof createLoaders>;

/** The loaders of one request: what resolvers ask for in one tick is read with one command. */
export function createLoaders(
  {
    enterprises,
    officials,
    projects,
    factYears,
    factItems,
    links,
    officers,
    projectEvents,
    serviceItems,
    problems,
    visits,
    findings,
    registerChanges,
    confirmedCodes,
    connectors,
  }: Stores & { readonly connectors: ConnectorReads },
  directory: DepartmentDirectory,
) {
  const enterprisePerFields = loaderPerParent<{ fields: readonly EnterpriseField[] }, EnterpriseRecord>(
    async (usccs, { fields }) =>
      new Map((await enterprises.byUscc(usccs, fields)).map((record) => [record.uscc, record])),
  );
  return {
    enterprise: enterprisePerFields,
    department: loaderById(directory.byCode, ({ code }) => code),
    official: loaderById(officials.byId, ({ id }) => id),
    project: loaderById(projects.byId, ({ id }) => id),
    serviceItem: loaderById(
      async (ids: readonly string[]) => serviceItems.byId(ids),
      ({ id }) => id,
    ),
    projectHistory: loaderPerParent(async (ids: readonly string[], _none: null) => projectEvents.ofMany(ids)),
    projectProblems: loaderPerParent(async (ids: readonly string[], _none: null) =>
      problems.ofOrigins(ids, { origin: 'PROJECT_BLOCKING_POINT' }),
    ),
    serviceLinks: loaderPerParent<null, ServiceLinkRecord[]>(async (usccs) => links.ofEnterprises(usccs)),
    serviceLoad: loaderPerParent<null, number>(async (ids) => links.loads(undefined, ids)),
    officer: loaderById(officers.byId, ({ officialId }) => officialId),
    visit: loaderById(visits.byId, ({ id }) => id),
    visitsOfEnterprise: loaderPerParent(visits.perEnterprise),
    findingsOfVisit: loaderPerParent<null, FindingRecord[]>(async (ids) => findings.ofVisits(ids)),
    registerChanges: loaderPerParent<null, RegisterChangeRecord[]>(async (usccs) =>
      registerChanges.ofEnterprises(usccs),
    ),
    codeConfirmation: loaderById(
      async (usccs: readonly string[]) => confirmedCodes.of(usccs),
      ({ uscc }) => uscc,
    ),
    projectsOfEnterprise: loaderPerParent(projects.perEnterprise),
    projectLeaders: loaderPerParent<null, string[]>(async (usccs) => projects.leadersOf(usccs)),
    newestYearsOn: loaderPerParent(async (usccs: readonly string[], { day }: { day: string }) =>
      factYears.newestOn(usccs, day),
    ),
    origins: loaderPerParent(async (usccs: readonly string[], _none: null) => connectors.origins('enterprise', usccs)),
    factOrigins: loaderPerParent(async (keys: readonly string[], _none: null) =>
      connectors.allOrigins('enterprise-facts', keys),
    ),
    itemOrigins: loaderPerParent(async (usccs: readonly string[], _none: null) =>
      itemOrigins(usccs, { factItems, connectors }),
    ),
    titleOrigins: loaderPerParent(async (keys: readonly string[], _none: null) =>
      connectors.origins('enterprise-title', keys),
    ),
    factHistory: loaderPerParent(async (usccs: readonly string[], _none: null) => factYears.history(usccs, HISTORY)),
  };
}
