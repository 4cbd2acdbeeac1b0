import type { Clock } from '@zhitong/kit';
import { RolledBack } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import type { ClientSession } from 'mongoose';
import { capacities, versionSeen, type Visitor } from '../domain/access.js';
import type { WorkingCalendar } from '../domain/calendar.js';
import type { Author, CaseChange, CaseEvent, Intake, Party } from '../domain/case-event.js';
import { caseFigures } from '../domain/case-figures.js';
import { clockId, decidingClock, type CaseView } from '../domain/case-view.js';
import { applyEvent, replay } from '../domain/history.js';
import { legalDayOf } from '../domain/legal-day.js';
import { judgeMove } from '../domain/lifecycle.js';
import { storedCase } from '../models/case.js';
import type { Stores } from '../stores.js';
import { Raced, refusal, retryRaces, type CommandRefusal, type OnceRunner } from './once.js';

/** A command's outcome: the case that it concerns, why it changed nothing, or that it is not for this person. */
export type CommandOutcome =
  | { readonly kind: 'done'; readonly caseNumber: string }
  | { readonly kind: 'refused'; readonly refusal: CommandRefusal }
  | { readonly kind: 'forbidden'; readonly message: string }
  | { readonly kind: 'missing'; readonly caseNumber: string };

/** Who acts, from the gateway's assertion. */
export interface CommandActor extends Visitor {
  readonly sub: string;
}

/** What a rule wants to happen: changes made by the person acting, and such as the system adds in the same breath; or why not. */
export type Decision = { readonly changes: readonly { readonly change: Exclude<CaseChange, { type: 'SUBMITTED' }>; readonly bySystem?: boolean }[] } | { readonly refusal: CommandRefusal };

/** A change of one case, within a transaction. */
export interface CaseChangeWithin {
  readonly actor: CommandActor;
  readonly caseNumber: string;
  /** The version that the decision rests on; undefined for additions that overwrite nothing. */
  readonly expectedVersion: number | undefined;
  readonly decide: (view: CaseView, parties: readonly Party[]) => Decision;
}

export interface ChangeCommand extends CaseChangeWithin {
  /** The mutation's name; with who acts for whom it separates idempotency keys. */
  readonly name: string;
  readonly idempotencyKey: string;
  /** Everything that the client asked for, to recognise a key that is used for something else. */
  readonly request: unknown;
}

/** What the clock job is written down as. */
const SYSTEM: Author = { sub: 'system', party: 'SYSTEM', department: null, uscc: null };

export type CaseCommands = ReturnType<typeof caseCommands>;

/**
 * The department's writes. Each is one transaction: event, view, outbox event and idempotency key are there together or not at all.
 * What a change may do is decided on the history itself, not on the stored view.
 */
export function caseCommands({ once, stores, outbox, calendar, clock }: { once: OnceRunner; stores: Stores; outbox: Outbox; calendar: WorkingCalendar; clock: Clock }) {
  const save = async (view: CaseView, event: CaseEvent, session: ClientSession): Promise<void> => {
    if (!(await stores.events.append(event, session))) throw new Raced();
    await stores.cases.put(storedCase(view, caseFigures(view, calendar)), session);
    await outbox.append([{ type: outboxType(event), subject: view.caseNumber, time: new Date(event.at), data: eventData(view, event) }], { session });
  };

  /** Adds a change to a case; events of one case never go back in time, whatever the clocks of two machines say. */
  const add = async (view: CaseView, by: Author, change: CaseChange, session: ClientSession): Promise<CaseView> => {
    const at = new Date(Math.max(clock.now().getTime(), Date.parse(view.updatedAt))).toISOString();
    const event: CaseEvent = { caseNumber: view.caseNumber, seq: view.version + 1, at, by, change };
    const next = applyEvent(view, event);
    await save(next, event, session);
    return next;
  };

  /** Changes a case within a transaction. @throws RolledBack with the outcome when it may not be changed */
  const changeWithin = async ({ actor, caseNumber, expectedVersion, decide }: CaseChangeWithin, session: ClientSession): Promise<CommandOutcome> => {
    const rollBack = (outcome: CommandOutcome): never => {
      throw new RolledBack<CommandOutcome>(outcome);
    };
    const history = await stores.events.of(caseNumber, session);
    if (history.length === 0) return rollBack({ kind: 'missing', caseNumber });
    let view = replay(history);
    const parties = capacities(actor, view);
    if (parties.length === 0) return rollBack({ kind: 'forbidden', message: `The case ${caseNumber} is not yours to change.` });
    const currentVersion = versionSeen(actor, view);
    if (expectedVersion !== undefined && expectedVersion !== currentVersion) {
      return rollBack(refusal('STALE_VERSION', `The case is at version ${currentVersion}, not ${expectedVersion}; read it again and decide afresh.`, ['expectedVersion'], { currentVersion }));
    }
    const decision = decide(view, parties);
    if ('refusal' in decision) return rollBack({ kind: 'refused', refusal: decision.refusal });
    for (const { change, bySystem = false } of decision.changes) {
      const verdict = judgeMove(view, change.type, bySystem ? ['SYSTEM'] : parties);
      if (!verdict.legal) {
        return rollBack(
          verdict.notAllowedToParty
            ? { kind: 'forbidden', message: `${verdict.reason}; for this case you are ${parties.join(' and ')}.` }
            : refusal('CONFLICT', `${verdict.reason}; possible now: ${verdict.legalMoves.join(', ') || 'nothing'}.`, ['caseNumber'], { status: view.status, legalMoves: verdict.legalMoves, currentVersion: versionSeen(actor, view) }),
        );
      }
      view = await add(view, bySystem ? SYSTEM : authorOf(actor, verdict.party), change, session);
    }
    return { kind: 'done', caseNumber };
  };

  return {
    /** Takes a case in, unless `hindrance` says why not. The number is given inside, so that a repeat uses up none. */
    submit: async ({ idempotencyKey, actor, by, intake, request, hindrance }: { idempotencyKey: string; actor: CommandActor; by: Author; intake: Intake; request: unknown; hindrance: () => CommandRefusal | null }): Promise<CommandOutcome> =>
      once<CommandOutcome>({ name: 'submitCase', idempotencyKey, actor, request }, async (session) => {
        const hindered = hindrance();
        if (hindered !== null) throw new RolledBack<CommandOutcome>({ kind: 'refused', refusal: hindered });
        const at = clock.now();
        const caseNumber = await stores.numbers.next(legalDayOf(at).slice(0, 4));
        const event: CaseEvent = { caseNumber, seq: 1, at: at.toISOString(), by, change: { type: 'SUBMITTED', intake } };
        await save(replay([event]), event, session);
        return { kind: 'done', caseNumber };
      }),

    /** Changes a case if the person may, the move is legal and nobody wrote in between. */
    change: async ({ name, idempotencyKey, request, ...change }: ChangeCommand): Promise<CommandOutcome> =>
      once<CommandOutcome>({ name, idempotencyKey, actor: change.actor, request }, async (session) => changeWithin(change, session)),

    changeWithin,

    /** Opens a check by the system unless there is one of that draw already, or another one is open; tells whether it was opened. */
    openSpotCheck: async (caseNumber: string, drawId: string): Promise<boolean> =>
      retryRaces(async () =>
        stores.transaction(async (session) => {
          const history = await stores.events.of(caseNumber, session);
          if (history.length === 0) return false;
          const view = replay(history);
          if (view.checks.some((check) => check.drawId === drawId) || !judgeMove(view, 'CHECK_OPENED', ['SYSTEM']).legal) return false;
          await add(view, SYSTEM, { type: 'CHECK_OPENED', cause: 'SPOT_CHECK', drawId }, session);
          return true;
        }),
      ),

    /** Brings a case whose clock has run out to the coordinator; false when that has been done already, or nothing has run out. Once per clock, whoever runs it. */
    escalateOverdue: async (caseNumber: string): Promise<boolean> =>
      retryRaces(async () =>
        stores.transaction(async (session) => {
          const history = await stores.events.of(caseNumber, session);
          if (history.length === 0) return false;
          const view = replay(history);
          const deciding = decidingClock(view);
          const { lastDayInTime } = caseFigures(view, calendar);
          if (deciding === null || lastDayInTime === null || lastDayInTime >= legalDayOf(clock.now()) || view.overdueEscalations.includes(clockId(deciding))) return false;
          if (!judgeMove(view, 'OVERDUE_ESCALATED', ['SYSTEM']).legal) return false;
          await add(view, SYSTEM, { type: 'OVERDUE_ESCALATED', clock: clockId(deciding), dueOn: lastDayInTime }, session);
          return true;
        }),
      ),
  };
}

const authorOf = (actor: CommandActor, party: Party): Author => ({
  sub: actor.sub,
  party,
  department: actor.department ?? null,
  uscc: party === 'ENTERPRISE' ? (actor.uscc ?? null) : null,
});

/** What only coordinator and auditor may know; told under a name of its own, so that a department that follows its cases does not receive it. */
const DISCIPLINE: ReadonlySet<string> = new Set<CaseChange['type']>(['REFERRED', 'REFERRAL_CONCLUDED']);

const outboxType = ({ change: { type } }: CaseEvent): string => `cn.zhitong.${DISCIPLINE.has(type) ? 'discipline' : 'case'}.${type.toLowerCase().replaceAll('_', '-')}`;

/** What receivers outside learn: where the case stands, and nothing about the enterprise or what it said. */
const eventData = (view: CaseView, event: CaseEvent): object => ({
  caseNumber: view.caseNumber,
  version: view.version,
  status: view.status,
  category: view.category,
  region: view.region,
  lead: view.assignment?.lead ?? null,
  assisting: view.assignment?.assisting ?? [],
  party: event.by.party,
});
