import type { AskedByReceivers } from '@zhitong/kit/graph';
import { connectorReads, ensureConnectorIndexes, type ConnectorReads, type Target } from '@zhitong/connect';
import { nationalCalendar, type Clock, type Logger } from '@zhitong/kit';
import { commandRunner, ensureOnceIndexes } from '@zhitong/kit/commands';
import { deadLetterDesk, type DeadLetterDesk } from '@zhitong/kit/dead-letters';
import { ensureIndexes } from '@zhitong/kit/mongo';
import { ensureDataAccessIndexes } from '@zhitong/kit/personal-data';
import { createOutbox, type Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import { LONGEST_PLAN_DAYS } from './domain/arrears/repayment-plan.js';
import { disclosures, type Disclosures } from './memory/disclosures.js';
import type { LoanPrimeRates } from './memory/loan-prime-rates.js';
import type { CreditConfig } from './config.js';
import { sealedTrees, type SealedTrees } from './memory/sealed-tree.js';
import { openStores, type Stores } from './stores.js';
import { arrearCommands, type ArrearCommands } from './usecases/arrears/arrear-commands.js';
import {
  arrearCorrectionCommands,
  type ArrearCorrectionCommands,
} from './usecases/arrears/arrear-correction-commands.js';
import { arrearPartCommands, type ArrearPartCommands } from './usecases/arrears/arrear-part-commands.js';
import { arrearPlanCommands, type ArrearPlanCommands } from './usecases/arrears/arrear-plan-commands.js';
import { reckonArrears } from './usecases/arrears/arrear-writes.js';
import { bringForms } from './usecases/bring-forms.js';
import { auditCommands, type AuditCommands } from './usecases/audit-commands.js';
import type { TargetTools } from './usecases/connectors/target-parts.js';
import { connectorTargets } from './usecases/connectors/targets.js';
import { creditRecordCommands, type CreditRecordCommands } from './usecases/credit-record-commands.js';
import { discloseArrears } from './usecases/arrears/disclose-arrears.js';
import { ledgerCommands, type LedgerCommands } from './usecases/ledger-commands.js';

/** By beginning of an event type: what whoever hears such an event asks the graph for. */
export const ASKED_BY_RECEIVERS: AskedByReceivers = {
  'cn.zhitong.commitment': ['Query.commitment', 'Query.commitment(id:)', 'Commitment.id'],
  'cn.zhitong.arrear': ['Query.arrear', 'Query.arrear(id:)', 'Arrear.id'],
};

/** Everything of the department that works over its database, without a server. */
export interface OpenDepartment {
  readonly stores: Stores;
  readonly outbox: Outbox;
  readonly commands: Commands;
  /** The kinds of records that it takes from connectors; `register` knows the names in them. */
  readonly connectorTargets: (parts: ConnectorParts) => readonly Target[];
  readonly connectors: ConnectorReads;
  /** Deliveries of its events that were given up. */
  readonly deadLetters: DeadLetterDesk;
  /** The one-year loan prime rate as it is known. */
  readonly loanPrimeRates: LoanPrimeRates;
  /** The yearly disclosures of what public bodies owe. */
  readonly disclosures: Disclosures;
  /** The tree of the newest seal. */
  readonly sealedTrees: SealedTrees;
}

/** What the department's targets need beside its database. */
export type ConnectorParts = Pick<TargetTools, 'register' | 'ledgerOffice'>;

/** The department's writes. */
export type Commands = LedgerCommands &
  ArrearCommands &
  ArrearCorrectionCommands &
  ArrearPartCommands &
  ArrearPlanCommands &
  CreditRecordCommands &
  AuditCommands;

/**
 * Opens the department over a connection to its own database and builds its indexes.
 * @param longestPlanDays how many days after its proposal a repayment plan may end
 * @param calendarOverrides the city's own days off and working days
 */
export async function openDepartment({
  connection,
  logger,
  clock,
  allowedHosts,
  longestPlanDays = LONGEST_PLAN_DAYS,
  calendarOverrides,
}: {
  connection: Connection;
  logger: Logger;
  clock: Clock;
  allowedHosts?: readonly string[];
} & Partial<Pick<CreditConfig, 'longestPlanDays' | 'calendarOverrides'>>): Promise<OpenDepartment> {
  if (connection.db === undefined) throw new Error('The department needs an open connection.');
  const stores = openStores(connection, clock, nationalCalendar(calendarOverrides));
  const outbox = createOutbox({ db: connection.db, source: 'urn:zhitong:credit', logger, clock, allowedHosts });
  await Promise.all([
    ensureIndexes(connection),
    ensureOnceIndexes(connection),
    ensureConnectorIndexes(connection),
    ensureDataAccessIndexes(connection),
    outbox.ensureIndexes(),
  ]);
  await bringForms(stores, logger);
  // Of a ledger from before they are made beside the work, by the job: audits are told from the entries meanwhile.
  if ((await stores.entries.newestMoment()) === null) await stores.running.make();
  await stores.loanPrimeRates.refresh();
  await reckonArrears({ db: connection, stores, outbox, clock, logger });
  const tools = { db: connection, stores, outbox, clock, runner: commandRunner(connection) };
  const commands = {
    ...ledgerCommands(tools),
    ...arrearCommands(tools),
    ...arrearCorrectionCommands(tools),
    ...arrearPartCommands(tools),
    ...arrearPlanCommands({ ...tools, longestPlanDays }),
    ...creditRecordCommands(tools),
    ...auditCommands(tools),
  };
  return {
    stores,
    outbox,
    commands,
    connectorTargets: (parts) => connectorTargets({ stores, outbox, ...parts }),
    connectors: connectorReads(connection),
    deadLetters: deadLetterDesk(tools),
    loanPrimeRates: stores.loanPrimeRates,
    disclosures: disclosures(async (year, knownOn) => discloseArrears(stores, year, knownOn)),
    sealedTrees: sealedTrees(stores.seals),
  };
}
