import type { Clock } from '@zhitong/kit';
import {
  forbid,
  notThere,
  Raced,
  refuse,
  retryRaces,
  type CommandBase,
  type CommandOutcome,
  type CommandRunner,
} from '@zhitong/kit/commands';
import { isDuplicateKey } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, type WorkingCalendar } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { capacities, caseRights, isOfAnOffice, type Caller } from '../domain/access.js';
import type { Author, CaseChange, CaseEvent, Intake, Party } from '../domain/case-event.js';
import { noticeOf } from '../domain/notice.js';
import { caseFigures } from '../domain/case-figures.js';
import type { CaseView } from '../domain/case-view.js';
import { applyEvent, replay } from '../domain/history.js';
import { insightOf, versionFor } from '../domain/insight.js';
import { judgeMove } from '../domain/lifecycle.js';
import { hindranceWords } from '../domain/moves/hindrances.js';
import { unnoticedLastDays, type LastDay } from '../domain/overdue.js';
import { said } from '../domain/refusal-words.js';
import { PARTY_IN_CHINESE } from '../domain/words.js';
import { storedCase } from '../models/stored-case.js';
import type { Stores } from '../stores.js';
import { caseOutboxEvent, noticeOutboxEvent } from './case-outbox.js';
import { refuseFor } from './refusals.js';

/** Who acts, from the gateway's assertion. */
export interface CommandActor extends Caller {
  readonly sub: string;
}

/** What a rule wants to happen: changes made by the person acting, and such as the system adds in the same breath. */
export type Decision = readonly {
  readonly change: Exclude<CaseChange, { type: 'SUBMITTED' }>;
  readonly bySystem?: boolean;
}[];

/** A change of one case, within a transaction. */
export interface CaseChangeWithin {
  readonly actor: CommandActor;
  readonly caseNumber: string;
  /** The version that the decision rests on; undefined for additions that overwrite nothing. */
  readonly expectedVersion: number | undefined;
  /** Where the input names the case; `caseNumber` when left out. */
  readonly path?: string;
  /** Decides on the case as it stands, or ends the command with a refusal. */
  readonly decide: (view: CaseView, parties: readonly Party[]) => Decision;
}

export interface ChangeCommand extends CaseChangeWithin, Pick<CommandBase, 'idempotencyKey' | 'unknown'> {
  /** The mutation's name. */
  readonly name: string;
  /** Everything that the client asked for. */
  readonly request: unknown;
}

export interface SubmitCommand extends CommandBase {
  readonly by: Author;
  readonly intake: Intake;
  /** What of the intake rests on the day, on what the registry said or on what else was sent; may end the command. */
  readonly matter?: (() => Pick<Intake, 'serviceItem' | 'actualTime' | 'files'>) | undefined;
  /** Everything that the client asked for. */
  readonly request: unknown;
}

/** What the clock job is written down as. */
const SYSTEM: Author = { sub: 'system', party: 'SYSTEM', department: null, uscc: null };

export type CaseCommands = ReturnType<typeof caseCommands>;

/**
 * The department's writes. Each is one transaction: event, view, outbox event and idempotency key are there together or
 * not at all. What a change may do is decided on the history itself, not on the stored view.
 */
export function caseCommands({
  runner,
  stores,
  outbox,
  calendar,
  clock,
}: {
  runner: CommandRunner;
  stores: Stores;
  outbox: Outbox;
  calendar: WorkingCalendar;
  clock: Clock;
}) {
  /** Takes the files that a change brings, for good. */
  const takeFiles = async ({ caseNumber, change }: CaseEvent, session: ClientSession): Promise<void> => {
    const { files = [] } = change.type === 'SUBMITTED' ? change.intake : change.type === 'SUPPLEMENTED' ? change : {};
    const ids = files.map(({ id }) => id);
    if (ids.length > 0 && !(await stores.files.give(ids, caseNumber, session)))
      refuse('CONFLICT', said('FILES_GONE'), ['files']);
  };

  /** Writes the last event of a history, with all that is made of it. */
  const save = async (history: readonly CaseEvent[], view: CaseView, session: ClientSession): Promise<void> => {
    const event = history.at(-1);
    if (event === undefined) throw new Error('A history without an event cannot be written.');
    if (!(await stores.events.append(event, session))) throw new Raced();
    await takeFiles(event, session);
    await stores.cases.put(storedCase(history, calendar), session);
    const notice = noticeOf(view, event);
    if (notice !== null) await stores.notices.insert(notice, session);
    if (event.change.type === 'CORRECTED')
      await stores.notices.takeFromOthers(view.caseNumber, view.complainant.uscc, session);
    await outbox.append([caseOutboxEvent(view, event), ...(notice === null ? [] : [noticeOutboxEvent(notice)])], {
      session,
    });
  };

  /** Adds a change to a case. */
  const add = async (
    history: CaseEvent[],
    { view, by, change }: { view: CaseView; by: Author; change: CaseChange },
    session: ClientSession,
  ): Promise<CaseView> => {
    const event = nextEvent(view, { by, change }, clock.now());
    const next = applyEvent(view, event);
    history.push(event);
    await save(history, next, session);
    return next;
  };

  /** Changes a case within a transaction, and returns its number. Ends the command when it may not be changed. */
  const changeWithin = async (
    { actor, caseNumber, expectedVersion, decide, path = 'caseNumber' }: CaseChangeWithin,
    session: ClientSession,
  ): Promise<string> => {
    const history = await stores.events.of(caseNumber, session);
    if (history.length === 0) return noSuchCase(caseNumber);
    let view = replay(history);
    const parties = capacities(actor, view);
    if (parties.length === 0) return forbid(said('CASE_OF_OTHERS', { caseNumber }));
    const currentVersion = versionFor(insightOf(actor, view), view);
    if (expectedVersion !== undefined && expectedVersion !== currentVersion) {
      return refuse(
        'STALE_VERSION',
        said('CASE_IN_VERSION', { current: currentVersion, expected: expectedVersion }),
        ['expectedVersion'],
        { currentVersion },
      );
    }
    for (const { change, bySystem = false } of decide(view, parties)) {
      const verdict = judgeMove(view, change.type, bySystem ? ['SYSTEM'] : parties);
      if (!verdict.legal) {
        const { reason, hindrance, legalMoves } = verdict;
        if (hindrance === null)
          return forbid(
            said('MOVE_OF_OTHERS', {
              why: reason,
              parties: parties.join(' and '),
              partiesInChinese: parties.map((one) => PARTY_IN_CHINESE[one]).join('、'),
            }),
          );
        const words = {
          message: `${reason}; possible now: ${legalMoves.join(', ') || 'nothing'}.`,
          reason: hindrance.code,
          zh: `${hindranceWords(hindrance).zh}。`,
          parameters: hindrance.parameters,
        };
        const details = {
          status: view.status,
          legalMoves,
          currentVersion: versionFor(insightOf(actor, view), view),
        };
        return refuse('CONFLICT', words, [path], details);
      }
      const by = bySystem ? SYSTEM : authorOf(actor, verdict.party, view);
      view = await add(history, { view, by, change }, session);
    }
    return caseNumber;
  };

  /** Takes a case in within a transaction, under a number that was taken in it or a new one, which it returns. */
  const submitWithin = async (
    by: Author,
    intake: Intake,
    { session, number }: { session: ClientSession; number?: string },
  ): Promise<string> => {
    const at = clock.now();
    const caseNumber = number ?? (await stores.numbers.next(dayInShanghai(at).slice(0, 4)));
    const event: CaseEvent = { caseNumber, seq: 1, at: at.toISOString(), by, change: { type: 'SUBMITTED', intake } };
    await save([event], replay([event]), session);
    return caseNumber;
  };

  return {
    /**
     * Takes a case in. Its number is given inside, when nothing else stands in the way: neither a repeat nor a refusal
     * uses up one.
     */
    submit: async ({ by, intake, matter, ...command }: SubmitCommand): Promise<CommandOutcome<string>> =>
      runner.run({ ...command, name: 'submitCase' }, async (session, requireNames) => {
        requireNames();
        const { raisedAt = null } = intake;
        if (raisedAt !== null && (await stores.meetings.byId(raisedAt, session)) === null)
          return refuseFor('NO_SUCH_MEETING', ['meeting'], { meeting: raisedAt.slice(0, 40) });
        return submitWithin(by, { ...intake, ...matter?.() }, { session });
      }),

    /** Changes a case if the person may, the move is legal and nobody wrote in between. */
    change: async (command: ChangeCommand): Promise<CommandOutcome<string>> =>
      runner.run(command, async (session) => changeWithin(command, session)),

    changeWithin,
    submitWithin,

    /**
     * Opens a check by the system for the departments of a team unless there is one of that draw already; returns
     * whether it was opened.
     */
    openSpotCheck: async (caseNumber: string, drawId: string, team: readonly string[]): Promise<boolean> =>
      retryRaces(async () =>
        stores.transaction(async (session) => {
          const history = await stores.events.of(caseNumber, session);
          if (history.length === 0) return false;
          const view = replay(history);
          if (
            view.checks.some((check) => check.drawId === drawId) ||
            !judgeMove(view, 'CHECK_OPENED', ['SYSTEM']).legal
          )
            return false;
          const change = { type: 'CHECK_OPENED', cause: 'SPOT_CHECK', drawId, team } as const;
          await add(history, { view, by: SYSTEM, change }, session);
          return true;
        }),
      ),

    /**
     * Notes in the histories of some cases every last day that has passed, and brings what was not done to the
     * coordinator; once per clock, whoever runs it. All of them in one transaction: one that fails fails for all.
     * @returns how many were noted; the others were done already, or nothing of them has run out
     */
    escalateOverdue: async (caseNumbers: readonly string[]): Promise<number> =>
      retryRaces(async () =>
        stores.transaction(async (session) => {
          const now = clock.now();
          const histories = await stores.events.ofMany(caseNumbers, session);
          const noted = [...histories.values()].flatMap((history) => {
            const added = history.length === 0 ? [] : overdueNotes(replay(history), calendar, now);
            return added.length === 0 ? [] : [{ history: [...history, ...added.map(({ event }) => event)], added }];
          });
          const added = noted.flatMap((one) => one.added);
          await stores.events
            .appendMany(
              added.map(({ event }) => event),
              session,
            )
            .catch((error: unknown) => {
              throw isDuplicateKey(error) ? new Raced() : error;
            });
          await stores.cases.putMany(
            noted.map(({ history }) => storedCase(history, calendar)),
            session,
          );
          await outbox.append(
            added.map(({ view, event }) => caseOutboxEvent(view, event)),
            { session },
          );
          return noted.length;
        }),
      ),

    /**
     * Dates a case by another calendar than that of its last change, and notes in the history of an open one that its
     * last day has moved; false when nothing became another day.
     */
    redate: async (caseNumber: string, newer: WorkingCalendar): Promise<boolean> =>
      retryRaces(async () =>
        stores.transaction(async (session) => {
          const history = await stores.events.of(caseNumber, session);
          if (history.length === 0) return false;
          const view = replay(history);
          const before = await stores.cases.dated(caseNumber, session);
          const { lastDayInTime, isDueDayUnknown } = caseFigures(view, newer);
          const isMoved = before !== null && before.lastDayInTime !== lastDayInTime;
          // Cases from before the calendar was noted with them have their days of the same one.
          if (isMoved && before.calendarMark !== '' && judgeMove(view, 'REDATED', ['SYSTEM']).legal) {
            const change = { type: 'REDATED', from: before.lastDayInTime, to: lastDayInTime } as const;
            await add(history, { view, by: SYSTEM, change }, session);
          }
          await stores.cases.put(storedCase(history, newer), session);
          return isMoved || (before?.isDueDayUnknown === true && !isDueDayUnknown);
        }),
      ),
  };
}

/** The notes of last days that have passed unnoticed, each with the case after it; none where nothing has run out. */
function overdueNotes(
  before: CaseView,
  calendar: WorkingCalendar,
  now: Date,
): { readonly event: CaseEvent; readonly view: CaseView }[] {
  const today = dayInShanghai(now);
  const passed = unnoticedLastDays(before, calendar)
    .filter(({ dueOn }) => dueOn < today)
    .map(overdueNote)
    .filter(({ type }) => judgeMove(before, type, ['SYSTEM']).legal);
  let view = before;
  return passed.map((change) => {
    const event = nextEvent(view, { by: SYSTEM, change }, now);
    view = applyEvent(view, event);
    return { event, view };
  });
}

type OverdueChange = Extract<CaseChange, { type: 'OVERDUE_ESCALATED' | 'REFERRAL_OVERDUE' }>;

/** What is written of a last day that has passed. */
const overdueNote = ({ clock, dueOn, isProvisional, level, referralId }: LastDay): OverdueChange =>
  referralId === undefined
    ? {
        type: 'OVERDUE_ESCALATED',
        clock,
        dueOn,
        ...(isProvisional ? { isProvisional } : {}),
        ...(level === undefined ? {} : { level }),
      }
    : { type: 'REFERRAL_OVERDUE', referralId, dueOn };

/** The next event of a case; events of one never go back in time, whatever the clocks of two machines say. */
const nextEvent = (view: CaseView, { by, change }: Pick<CaseEvent, 'by' | 'change'>, now: Date): CaseEvent => ({
  caseNumber: view.caseNumber,
  seq: view.version + 1,
  at: new Date(Math.max(now.getTime(), Date.parse(view.updatedAt))).toISOString(),
  by,
  change,
});

/** Ends a command because its case does not exist. */
export const noSuchCase = (caseNumber: string): never =>
  notThere(said('NO_CASE', { caseNumber: caseNumber.slice(0, 40) }));

const authorOf = (actor: CommandActor, party: Party, view: CaseView): Author => ({
  sub: actor.sub,
  party,
  department: actor.department ?? null,
  uscc: party === 'ENTERPRISE' ? (actor.uscc ?? null) : null,
  ...(isOfAnOffice({ party }) && view.complainant.anonymous && caseRights(actor, view).maySeeComplainant
    ? { knewWho: true }
    : {}),
});
