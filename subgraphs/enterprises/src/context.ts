import type { ConnectorReads } from '@zhitong/connect';
import { renewableLoaders, type Clock, type RenewableLoaders, type RequestContext } from '@zhitong/kit';
import { nameChecks, type NameChecks } from '@zhitong/kit/graph';
import { accessNotes, type AccessNotes, type Offices } from '@zhitong/kit/personal-data';
import type { WorkingCalendar } from '@zhitong/values';
import { departmentDirectory } from './memory/department-directory.js';
import { CITY_AUTHORITIES, type AuthorityDepartments } from './domain/fact-authorities.js';
import { createLoaders, type Loaders } from './loaders.js';
import { registerLookup } from './usecases/register-lookup.js';
import type { EnterpriseCommands } from './usecases/enterprise-commands.js';
import type { NetworkCommands } from './usecases/network/network-commands.js';
import type { RelationCommands } from './usecases/register/relation-commands.js';
import type { InspectionCommands } from './usecases/inspections/inspection-commands.js';
import type { AppraisalCommands } from './usecases/appraisal/appraisal-commands.js';
import type { KeyTaskCommands } from './usecases/key-tasks/key-task-commands.js';
import type { ServiceItemCommands } from './usecases/service-items/service-item-commands.js';
import type { LeadCommands } from './usecases/projects/lead-commands.js';
import type { ProjectCommands } from './usecases/projects/project-commands.js';
import type { CampaignCommands } from './usecases/visits/campaign-commands.js';
import type { VisitCommands } from './usecases/visits/visit-commands.js';
import type { Stores } from './stores.js';

/** What the department's resolvers reach. */
export interface Context extends RequestContext, RenewableLoaders<Loaders> {
  readonly clock: Clock;
  readonly stores: Stores;
  readonly commands: EnterpriseCommands;
  readonly network: NetworkCommands;
  readonly relations: RelationCommands;
  readonly inspections: InspectionCommands;
  readonly appraisal: AppraisalCommands;
  readonly keyTasks: KeyTaskCommands;
  readonly leads: LeadCommands;
  readonly serviceItems: ServiceItemCommands;
  readonly projects: ProjectCommands;
  readonly calendar: WorkingCalendar;
  readonly campaigns: CampaignCommands;
  readonly visits: VisitCommands;
  /** The departments that may record facts. */
  readonly factAuthorities: AuthorityDepartments;
  readonly names: NameChecks;
  /** Codes of the departments that are financial institutions. */
  readonly financialDepartments: ReadonlySet<string>;
  /** What the engine knows of the systems that deliver here. */
  readonly connectors: ConnectorReads;
  readonly offices: Offices;
  /** What this request reads for a stated purpose. */
  readonly accesses: AccessNotes;
}

interface Shared extends Pick<
  Context,
  | 'stores'
  | 'commands'
  | 'network'
  | 'relations'
  | 'inspections'
  | 'appraisal'
  | 'keyTasks'
  | 'leads'
  | 'serviceItems'
  | 'projects'
  | 'calendar'
  | 'campaigns'
  | 'visits'
  | 'clock'
  | 'financialDepartments'
  | 'connectors'
> {
  readonly factAuthorities?: AuthorityDepartments;
}

/** This department keeps the register itself. */
const REGISTER = 'enterprises';

/** Makes the context of one request. */
export function contextFactory({
  stores,
  commands,
  network,
  relations,
  inspections,
  appraisal,
  keyTasks,
  leads,
  serviceItems,
  projects,
  calendar,
  campaigns,
  visits,
  clock,
  financialDepartments,
  connectors,
  factAuthorities = CITY_AUTHORITIES,
}: Shared): (request: RequestContext) => Context {
  const directory = departmentDirectory({ departments: stores.departments, clock });
  const names = nameChecks(registerLookup(stores, directory), REGISTER);
  const offices: Offices = {
    keptBy: REGISTER,
    isFinancial: (code) => financialDepartments.has(code),
    isKnown: async (code) => (await directory.byCode([code])).length > 0,
  };
  return (request) => {
    const accesses = accessNotes({ store: stores.accesses, ...request });
    return {
      ...request,
      beforeAnswer: accesses.write,
      clock,
      stores,
      commands,
      network,
      relations,
      inspections,
      appraisal,
      keyTasks,
      leads,
      serviceItems,
      projects,
      calendar,
      campaigns,
      visits,
      factAuthorities,
      names,
      financialDepartments,
      connectors,
      offices,
      accesses,
      ...renewableLoaders(() => createLoaders({ ...stores, connectors }, directory)),
    };
  };
}
