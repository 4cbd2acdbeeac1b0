import type { ConnectorReads, RowCorrections } from '@zhitong/connect';
import { renewableLoaders, type Clock, type RenewableLoaders, type RequestContext } from '@zhitong/kit';
import type { DeadLetterDesk } from '@zhitong/kit/dead-letters';
import { officesOf, type Register } from '@zhitong/kit/graph';
import { accessNotes, type AccessNotes, type Offices } from '@zhitong/kit/personal-data';
import { dayInShanghai, type LegalDay, type WorkingCalendar } from '@zhitong/values';
import type { ChannelDesks } from './domain/channel-desks.js';
import type { KeywordExtractor } from './memory/keywords.js';
import type { TelephoneHash } from './domain/telephone.js';
import { createLoaders, type Loaders } from './loaders.js';
import type { Stores } from './stores.js';
import type { CaseCommands } from './usecases/case-commands.js';
import type { CaseFileCommands } from './usecases/case-file-commands.js';
import type { CaseNoticeCommands } from './usecases/case-notices.js';
import type { BriefingCommands } from './usecases/briefing-commands.js';
import type { UndercoverCommands } from './usecases/undercover-commands.js';
import type { CaseJoining } from './usecases/case-joining.js';
import type { MeetingCommands } from './usecases/meeting-commands.js';
import type { OversightCommands } from './usecases/oversight-commands.js';
import type { SpotCheckCommands } from './usecases/spot-check-commands.js';
import type { TypicalCaseCommands } from './usecases/typical-case-commands.js';

/** What the department's resolvers reach. */
export interface Context extends RequestContext, RenewableLoaders<Loaders> {
  readonly clock: Clock;
  /** The day on which the request is executed, Asia/Shanghai; one request sees one day. */
  readonly today: LegalDay;
  readonly calendar: WorkingCalendar;
  readonly stores: Stores;
  readonly commands: CaseCommands;
  readonly fileCommands: CaseFileCommands;
  readonly joining: CaseJoining;
  readonly oversight: OversightCommands;
  readonly spotChecks: SpotCheckCommands;
  readonly meetings: MeetingCommands;
  readonly typicalCases: TypicalCaseCommands;
  readonly undercover: UndercoverCommands;
  readonly briefings: BriefingCommands;
  readonly keywords: KeywordExtractor;
  readonly telephoneHash: TelephoneHash;
  /** Whose desk takes in what comes by a channel. */
  readonly channelDesks: ChannelDesks;
  readonly notices: CaseNoticeCommands;
  /** What the registry says of departments, regions and enterprises. */
  readonly register: Register;
  /** Codes of the departments that are financial institutions. */
  readonly financialDepartments: ReadonlySet<string>;
  /** What the engine knows of the systems that deliver here. */
  readonly connectors: ConnectorReads;
  /** Refused rows of those systems, corrected and fed in again. */
  readonly corrections: RowCorrections;
  /** Deliveries of its events that were given up. */
  readonly deadLetters: DeadLetterDesk;
  readonly offices: Offices;
  /** What this request reads for a stated purpose. */
  readonly accesses: AccessNotes;
}

/** Makes the context of one request. */
export function contextFactory({
  stores,
  calendar,
  commands,
  fileCommands,
  joining,
  oversight,
  spotChecks,
  meetings,
  typicalCases,
  keywords,
  telephoneHash,
  channelDesks,
  notices,
  undercover,
  briefings,
  register,
  financialDepartments,
  connectors,
  corrections,
  deadLetters,
  clock,
}: Pick<
  Context,
  | 'stores'
  | 'calendar'
  | 'commands'
  | 'fileCommands'
  | 'joining'
  | 'oversight'
  | 'spotChecks'
  | 'meetings'
  | 'typicalCases'
  | 'keywords'
  | 'telephoneHash'
  | 'channelDesks'
  | 'notices'
  | 'undercover'
  | 'briefings'
  | 'register'
  | 'financialDepartments'
  | 'connectors'
  | 'corrections'
  | 'deadLetters'
  | 'clock'
>): (request: RequestContext) => Context {
  const offices = officesOf(register, financialDepartments);
  return (request) => {
    const accesses = accessNotes({ store: stores.accesses, ...request });
    const today = dayInShanghai(clock.now());
    return {
      ...request,
      beforeAnswer: accesses.write,
      offices,
      accesses,
      clock,
      today,
      calendar,
      stores,
      commands,
      fileCommands,
      joining,
      oversight,
      spotChecks,
      meetings,
      typicalCases,
      keywords,
      telephoneHash,
      channelDesks,
      notices,
      undercover,
      briefings,
      register,
      financialDepartments,
      connectors,
      corrections,
      deadLetters,
      ...renewableLoaders(() => createLoaders({ ...stores, connectors }, () => today)),
    };
  };
}
