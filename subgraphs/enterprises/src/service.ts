import type { AskedByReceivers } from '@zhitong/kit/graph';
import { connectorReads, ensureConnectorIndexes, type ConnectorReads, type Target } from '@zhitong/connect';
import type { CalendarOverrides, WorkingCalendar } from '@zhitong/values';
import { nationalCalendar, type Clock, type Logger } from '@zhitong/kit';
import { commandRunner, ensureOnceIndexes } from '@zhitong/kit/commands';
import { deadLetterDesk, type DeadLetterDesk } from '@zhitong/kit/dead-letters';
import { ensureIndexes } from '@zhitong/kit/mongo';
import { ensureDataAccessIndexes } from '@zhitong/kit/personal-data';
import { createOutbox, type Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import { CITY_AUTHORITIES, type AuthorityDepartments } from './domain/fact-authorities.js';
import { NO_CREDIT_GATE, type CreditGate } from './graph/credit-gate.js';
import { openStores, type Stores } from './stores.js';
import { connectorTargets } from './usecases/connectors/targets.js';
import { enterpriseCommands, type EnterpriseCommands } from './usecases/enterprise-commands.js';
import { networkCommands, type NetworkCommands } from './usecases/network/network-commands.js';
import { codeCommands, type CodeCommands } from './usecases/register/code-commands.js';
import { relationCommands, type RelationCommands } from './usecases/register/relation-commands.js';
import { successionCommands, type SuccessionCommands } from './usecases/register/succession-commands.js';
import { inspectionCommands, type InspectionCommands } from './usecases/inspections/inspection-commands.js';
import { appraisalCommands, type AppraisalCommands } from './usecases/appraisal/appraisal-commands.js';
import { keyTaskCommands, type KeyTaskCommands } from './usecases/key-tasks/key-task-commands.js';
import { serviceItemCommands, type ServiceItemCommands } from './usecases/service-items/service-item-commands.js';
import { lookAtBarred } from './usecases/projects/follow-pledges.js';
import { leadCommands, type LeadCommands } from './usecases/projects/lead-commands.js';
import { projectCommands, type ProjectCommands } from './usecases/projects/project-commands.js';
import { campaignCommands, type CampaignCommands } from './usecases/visits/campaign-commands.js';
import { visitCommands, type VisitCommands } from './usecases/visits/visit-commands.js';

/** By beginning of an event type: what whoever hears such an event asks the graph for. */
export const ASKED_BY_RECEIVERS: AskedByReceivers = {
  'cn.zhitong.enterprise': ['Query.enterprise', 'Query.enterprise(uscc:)', 'Enterprise.uscc'],
};

/** Raised when `normalReference` changes: what is stored is brought into the new form at the next start. */
const NUMBERS = 1;
/** Raised when bars that are in the histories of projects are to be looked at again once. */
const LOOKS = 1;

/** Everything of the department that works over its database, without a server. */
export interface OpenDepartment {
  readonly stores: Stores;
  readonly commands: EnterpriseCommands;
  /** The service network: who looks after whom. */
  readonly network: NetworkCommands;
  readonly relations: RelationCommands;
  readonly successions: SuccessionCommands;
  readonly codes: CodeCommands;
  /** Inspections, penalties, labour. */
  readonly inspections: InspectionCommands;
  readonly appraisal: AppraisalCommands;
  readonly keyTasks: KeyTaskCommands;
  readonly leads: LeadCommands;
  readonly serviceItems: ServiceItemCommands;
  /** What happens to signed projects. */
  readonly projects: ProjectCommands;
  readonly calendar: WorkingCalendar;
  readonly campaigns: CampaignCommands;
  readonly visits: VisitCommands;
  readonly outbox: Outbox;
  /** The kinds of records that it takes from connectors, by its tables as they stand now. */
  readonly connectorTargets: () => Promise<readonly Target[]>;
  readonly connectors: ConnectorReads;
  /** Deliveries of its events that were given up. */
  readonly deadLetters: DeadLetterDesk;
}

/** Opens the department over a connection to its own database and builds its indexes. */
export async function openDepartment({
  connection,
  logger,
  clock,
  allowedHosts,
  factAuthorities = CITY_AUTHORITIES,
  calendarOverrides,
  credit = NO_CREDIT_GATE,
}: {
  connection: Connection;
  logger: Logger;
  clock: Clock;
  allowedHosts?: readonly string[];
  /** The city's own days. */
  calendarOverrides?: CalendarOverrides;
  /** The departments that may record facts. */
  factAuthorities?: AuthorityDepartments;
  /** What the credit department says of applicants. */
  credit?: CreditGate;
}): Promise<OpenDepartment> {
  if (connection.db === undefined) throw new Error('The department needs an open connection.');
  const stores = openStores(connection);
  const outbox = createOutbox({ db: connection.db, source: 'urn:zhitong:enterprises', logger, clock, allowedHosts });
  await Promise.all([
    ensureIndexes(connection),
    ensureOnceIndexes(connection),
    ensureConnectorIndexes(connection),
    ensureDataAccessIndexes(connection),
    outbox.ensureIndexes(),
  ]);
  await stores.forms.bring('document numbers', NUMBERS, async () => {
    const recordedTwice = await stores.inspections.giveForms();
    if (recordedTwice > 0)
      logger.warn({ recordedTwice }, 'documents were recorded twice, spelt in two ways; both stay');
  });
  await stores.forms.bring('looks at barred applicants', LOOKS, async () => lookAtBarred(stores));
  await stores.enterprises.renewNameTerms();
  await stores.enterprises.renewFacts(async (usccs) => stores.factYears.newestOfYears(usccs, null));
  // Stewards of before the service network are entered in it once.
  if (await stores.links.isEmpty()) await stores.links.recordStewards();
  const runner = commandRunner(connection);
  return {
    stores,
    outbox,
    commands: enterpriseCommands({ runner, stores, outbox }),
    network: networkCommands({ runner, stores, outbox, clock }),
    relations: relationCommands({ runner, stores, outbox, clock }),
    successions: successionCommands({ runner, stores, outbox, clock }),
    codes: codeCommands({ runner, stores, outbox, clock }),
    inspections: inspectionCommands({ runner, stores, outbox, clock }),
    appraisal: appraisalCommands({ runner, stores, outbox, clock }),
    keyTasks: keyTaskCommands({ runner, stores, outbox, clock }),
    serviceItems: serviceItemCommands({ runner, stores, outbox, clock }),
    leads: leadCommands({ runner, stores, outbox, clock }),
    projects: projectCommands({ runner, stores, outbox, clock, credit }),
    calendar: nationalCalendar(calendarOverrides),
    campaigns: campaignCommands({ runner, stores, outbox, clock }),
    visits: visitCommands({ runner, stores, outbox, clock }),
    connectorTargets: async () => connectorTargets({ stores, outbox, authorities: factAuthorities }),
    connectors: connectorReads(connection),
    deadLetters: deadLetterDesk({ outbox, runner }),
  };
}
