import { connectorReads, ensureConnectorIndexes, type ConnectorReads, type Target } from '@zhitong/connect';
import { nationalCalendar, type Clock, type Logger } from '@zhitong/kit';
import type { CalendarOverrides } from '@zhitong/values';
import { commandRunner, ensureOnceIndexes, type CommandRunner } from '@zhitong/kit/commands';
import { deadLetterDesk, type DeadLetterDesk } from '@zhitong/kit/dead-letters';
import { type AskedByReceivers, type NameChecks } from '@zhitong/kit/graph';
import { ensureIndexes } from '@zhitong/kit/mongo';
import { ensureDataAccessIndexes } from '@zhitong/kit/personal-data';
import { createOutbox, type Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import { cityInMemory, type CityInMemory } from './memory/city-in-memory.js';
import { eligibleInMemory, type EligibleInMemory } from './memory/eligible-in-memory.js';
import { factsInMemory, type FactsInMemory } from './memory/facts-in-memory.js';
import { openBenefitsInMemory, type BenefitsInMemory } from './memory/benefits-in-memory.js';
import { openPolicyShelf, type PolicyShelf } from './memory/policy-shelf.js';
import { policySearch, type PolicySearch } from './memory/policy-search.js';
import type { PolicyMatchRow } from './records.js';
import { openStores, type Stores } from './stores.js';
import { policyTarget } from './usecases/connectors/policy-target.js';
import { grantCommands, type GrantCommands } from './usecases/grant-commands.js';
import { grantMoves, type GrantMoves } from './usecases/grant-moves.js';
import { objectionCommands, type ObjectionCommands } from './usecases/grants/objection-commands.js';
import { recoveryCommands, type RecoveryCommands } from './usecases/grants/recovery-commands.js';
import { policyCommands, type PolicyCommands } from './usecases/policy-commands.js';
import { questionCommands, type QuestionCommands } from './usecases/question-commands.js';
import { subscriptionCommands, type SubscriptionCommands } from './usecases/subscription-commands.js';

/** By beginning of an event type: what whoever hears such an event asks the graph for. */
export const ASKED_BY_RECEIVERS: AskedByReceivers = {
  'cn.zhitong.policy': ['Query.policy', 'Query.policy(id:)', 'Policy.id'],
};

/** Raised when `normalReference` changes: what is stored is brought into the new form at the next start. */
const RECEIPTS = 1;
/** Raised when stored matches would be others by a new rule: everything is matched again after the next start. */
const MATCHES = 1;

/** Everything of the department that works over its database, without a server. */
export interface OpenDepartment {
  readonly connection: Connection;
  readonly runner: CommandRunner;
  readonly stores: Stores;
  readonly shelf: PolicyShelf;
  readonly search: PolicySearch;
  readonly city: CityInMemory;
  readonly factsInMemory: FactsInMemory;
  readonly eligibleInMemory: EligibleInMemory<PolicyMatchRow>;
  readonly benefitsInMemory: BenefitsInMemory;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly outbox: Outbox;
  readonly grantMoves: GrantMoves;
  readonly grantCommands: GrantCommands;
  readonly objectionCommands: ObjectionCommands;
  readonly recoveryCommands: RecoveryCommands;
  readonly policyCommands: PolicyCommands;
  readonly subscriptionCommands: SubscriptionCommands;
  readonly questionCommands: QuestionCommands;
  /** The kinds of records that are taken from connectors, by the parameters as they stand now. */
  readonly connectorTargets: (register: Pick<NameChecks, 'faultsOf'>) => Promise<readonly Target[]>;
  readonly connectors: ConnectorReads;
  /** Deliveries of its events that were given up. */
  readonly deadLetters: DeadLetterDesk;
}

/**
 * Opens the department over a connection to its own database and builds its indexes.
 * @param mostInMemory enterprises whose facts are kept in memory for previews; a larger city streams out of the
 *   database.
 * @param mostFacts enterprises whose facts are kept in memory for questions about single ones.
 * @param twoPersonsFromFen from which amount on two persons approve and pay a grant, in fen; always, unless set.
 * @param showsReduced whether an amount that is less than the public was shown is shown again; it is, unless set.
 * @param calendarOverrides the city's own days off and working days.
 * @param follow keep the published policies current with a change stream; commands that end soon do without.
 */
export async function openDepartment({
  connection,
  logger,
  clock,
  mostInMemory,
  mostFacts,
  follow = true,
  allowedHosts,
  twoPersonsFromFen,
  showsReduced,
  calendarOverrides,
}: {
  connection: Connection;
  logger: Logger;
  clock: Clock;
  mostInMemory?: number;
  mostFacts?: number;
  follow?: boolean;
  allowedHosts?: readonly string[];
  twoPersonsFromFen?: number | undefined;
  showsReduced?: boolean | undefined;
  calendarOverrides?: CalendarOverrides | undefined;
}): Promise<OpenDepartment> {
  if (connection.db === undefined) throw new Error('The department needs an open connection.');
  const stores = openStores(connection);
  const outbox = createOutbox({ db: connection.db, source: 'urn:zhitong:policies', logger, clock, allowedHosts });
  await Promise.all([stores.notifications.dropFormerIndex(), stores.grants.dropFormerIndex()]);
  await Promise.all([
    ensureIndexes(connection),
    ensureOnceIndexes(connection),
    ensureDataAccessIndexes(connection),
    outbox.ensureIndexes(),
    ensureConnectorIndexes(connection),
  ]);
  await stores.recoveries.noteWithGrants();
  await stores.forms.bring('receipts', RECEIPTS, async () => {
    const notedTwice = await stores.recoveries.giveForms();
    if (notedTwice > 0) logger.warn({ notedTwice }, 'receipts were noted twice, spelt in two ways; both stay');
  });
  await stores.forms.bring('matches', MATCHES, stores.matchState.outdate);
  const shelf = await openPolicyShelf({
    versions: stores.versions,
    parameters: stores.parameters,
    clock,
    logger,
    follow,
  });
  const benefitsInMemory = await openBenefitsInMemory({ grants: stores.grants, logger, follow });
  const tools = { connection, runner: commandRunner(connection), stores, shelf, outbox, logger };
  const calendar = nationalCalendar(calendarOverrides);
  const moves = grantMoves({ ...tools, calendar, twoPersonsFromFen, showsReduced });
  return {
    ...tools,
    search: policySearch(shelf),
    city: cityInMemory({ facts: stores.facts, logger, most: mostInMemory }),
    factsInMemory: factsInMemory(mostFacts),
    eligibleInMemory: eligibleInMemory(),
    benefitsInMemory,
    clock,
    logger,
    grantMoves: moves,
    grantCommands: grantCommands({ ...tools, moves }),
    objectionCommands: objectionCommands({ ...tools, calendar, moves }),
    recoveryCommands: recoveryCommands({ ...tools, calendar }),
    policyCommands: policyCommands(tools),
    subscriptionCommands: subscriptionCommands(tools),
    questionCommands: questionCommands(tools),
    connectorTargets: async (register) => [
      policyTarget({ stores, register, parameters: await stores.parameters.known() }),
    ],
    connectors: connectorReads(connection),
    deadLetters: deadLetterDesk(tools),
  };
}
