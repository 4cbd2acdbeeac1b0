import type { CalendarOverrides, WorkingCalendar } from '@zhitong/values';
import {
  connectorReads,
  ensureConnectorIndexes,
  withholdFormerRows,
  type ConnectorReads,
  type Target,
} from '@zhitong/connect';
import { type Clock, type Logger, nationalCalendar } from '@zhitong/kit';
import { type AskedByReceivers, type NameChecks } from '@zhitong/kit/graph';
import { commandRunner, ensureOnceIndexes } from '@zhitong/kit/commands';
import { deadLetterDesk, type DeadLetterDesk } from '@zhitong/kit/dead-letters';
import { ensureIndexes } from '@zhitong/kit/mongo';
import { ensureDataAccessIndexes } from '@zhitong/kit/personal-data';
import { createOutbox, type Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import type { KeywordExtractor } from './memory/keywords.js';
import { telephoneHash, type TelephoneHash } from './domain/telephone.js';
import { dropFormerFigures } from './models/figures/figure-counting.js';
import { openStores, type Stores } from './stores.js';
import { caseCommands, type CaseCommands } from './usecases/case-commands.js';
import { caseFileCommands, type CaseFileCommands } from './usecases/case-file-commands.js';
import { caseJoining, type CaseJoining } from './usecases/case-joining.js';
import { caseNoticeCommands, type CaseNoticeCommands } from './usecases/case-notices.js';
import { briefingCommands, type BriefingCommands } from './usecases/briefing-commands.js';
import { undercoverCommands, type UndercoverCommands } from './usecases/undercover-commands.js';
import { CASE_KIND, caseTarget } from './usecases/connectors/case-target.js';
import { meetingCommands, type MeetingCommands } from './usecases/meeting-commands.js';
import { oversightCommands, type OversightCommands } from './usecases/oversight-commands.js';
import { spotCheckCommands, type SpotCheckCommands } from './usecases/spot-check-commands.js';
import { typicalCaseCommands, type TypicalCaseCommands } from './usecases/typical-case-commands.js';

/** By beginning of an event type: what whoever hears such an event asks the graph for. */
export const ASKED_BY_RECEIVERS: AskedByReceivers = {
  'cn.zhitong.case': ['Query.case', 'Query.case(caseNumber:)', 'Case.caseNumber'],
};

/** What the department's targets need beside its database. */
export interface ConnectorParts {
  readonly register: Pick<NameChecks, 'faultsOf'>;
  readonly keywords: KeywordExtractor;
}

/** Raised when `normalReference` changes: what is stored is brought into the new form at the next start. */
const NUMBERS = 1;
/** Raised when more is withheld of what connectors keep of anonymous cases. */
const ANONYMOUS_ROWS = 2;

/** Everything of the department that works over its database, without a server. */
export interface OpenDepartment {
  readonly stores: Stores;
  readonly calendar: WorkingCalendar;
  readonly outbox: Outbox;
  readonly commands: CaseCommands;
  readonly fileCommands: CaseFileCommands;
  readonly joining: CaseJoining;
  readonly oversight: OversightCommands;
  readonly spotChecks: SpotCheckCommands;
  readonly meetings: MeetingCommands;
  readonly typicalCases: TypicalCaseCommands;
  readonly undercover: UndercoverCommands;
  readonly briefings: BriefingCommands;
  readonly notices: CaseNoticeCommands;
  readonly telephoneHash: TelephoneHash;
  /**
   * The kinds of records that it takes from connectors; `register` knows the names in them, `keywords` takes the words
   * out of a case.
   */
  readonly connectorTargets: (parts: ConnectorParts) => readonly Target[];
  readonly connectors: ConnectorReads;
  /** Deliveries of its events that were given up. */
  readonly deadLetters: DeadLetterDesk;
}

/** Opens the department over a connection to its own database and builds its indexes. */
export async function openDepartment({
  connection,
  logger,
  clock,
  calendarOverrides,
  allowedHosts,
  telephoneKey,
  seedKey,
}: {
  connection: Connection;
  logger: Logger;
  clock: Clock;
  calendarOverrides?: CalendarOverrides;
  allowedHosts?: readonly string[];
  /** The secret by which telephone numbers are hashed. */
  telephoneKey: string;
  /** The secret with which seeds of draws to come are sealed. */
  seedKey: string;
}): Promise<OpenDepartment> {
  if (connection.db === undefined) throw new Error('The department needs an open connection.');
  const hash = telephoneHash(telephoneKey);
  const stores = openStores(connection, hash);
  const calendar = nationalCalendar(calendarOverrides);
  const outbox = createOutbox({ db: connection.db, source: 'urn:zhitong:cases', logger, clock, allowedHosts });
  await dropFormerFigures(connection);
  await Promise.all([
    ensureIndexes(connection),
    ensureOnceIndexes(connection),
    ensureConnectorIndexes(connection),
    ensureDataAccessIndexes(connection),
    outbox.ensureIndexes(),
  ]);
  await stores.forms.bring('external numbers', NUMBERS, stores.externalNumbers.giveForms);
  await stores.forms.bring('anonymous rows', ANONYMOUS_ROWS, async () =>
    withholdFormerRows(connection, CASE_KIND, logger),
  );
  const runner = commandRunner(connection);
  const commands = caseCommands({ runner, stores, outbox, calendar, clock });
  return {
    stores,
    calendar,
    outbox,
    commands,
    fileCommands: caseFileCommands({ runner, stores }),
    joining: caseJoining({ runner, stores, commands }),
    oversight: oversightCommands({ runner, stores, commands, clock }),
    spotChecks: spotCheckCommands({ runner, stores, commands, outbox, clock, seedKey }),
    meetings: meetingCommands({ runner, stores, commands, calendar, clock }),
    typicalCases: typicalCaseCommands({ runner, stores, clock }),
    undercover: undercoverCommands({ runner, stores, outbox, calendar, clock }),
    briefings: briefingCommands({ runner, stores, clock }),
    notices: caseNoticeCommands({ runner, stores, clock }),
    telephoneHash: hash,
    connectorTargets: (parts) => [caseTarget({ stores, outbox, calendar, ...parts })],
    connectors: connectorReads(connection),
    deadLetters: deadLetterDesk({ outbox, runner }),
  };
}
