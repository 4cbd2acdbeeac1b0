import { randomUUID } from 'node:crypto';
import type { Clock } from '@zhitong/kit';
import {
  notThere,
  refuse,
  refuseFaults,
  type CommandBase,
  type CommandOutcome,
  type CommandRunner,
} from '@zhitong/kit/commands';
import { dayInShanghai, type LegalDay, type WorkingCalendar } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { isOpen, type CaseView } from '../domain/case-view.js';
import { replay } from '../domain/history.js';
import {
  agendaOf,
  decisionMove,
  MOST_ON_AGENDA,
  problemLines,
  type DecisionMove,
  type MeetingKind,
} from '../domain/meeting.js';
import { withWhatIsLeft } from '../domain/moves/hand-over.js';
import { lastDayFaults } from '../domain/set-day.js';
import { serviceTermsOn } from '../domain/service-terms.js';
import { said } from '../domain/refusal-words.js';
import type { MeetingRecord } from '../models/meeting.js';
import type { Stores } from '../stores.js';
import type { CaseCommands, CommandActor, Decision } from './case-commands.js';
import { casesFor, escalatedTo } from './for-a-meeting.js';
import { refuseFor } from './refusals.js';

/** Lists of one meeting's problems, at most. */
const MOST_LISTS = 20;

interface MeetingChange extends CommandBase {
  readonly actor: CommandActor;
  readonly meeting: string;
  readonly expectedVersion: number;
}

/** A meeting to plan, or to enter afterwards. */
interface NewMeeting {
  readonly kind: MeetingKind;
  readonly date: LegalDay;
  readonly title: string;
  readonly cases: readonly string[];
  readonly region: string | null;
  readonly participants: NonNullable<MeetingRecord['participants']>;
}

export type MeetingCommands = ReturnType<typeof meetingCommands>;

/** Meetings: agenda from what was escalated, decisions that become moves of the cases, and their follow-up. */
export function meetingCommands({
  runner,
  stores,
  commands,
  calendar,
  clock,
}: {
  runner: CommandRunner;
  stores: Stores;
  commands: CaseCommands;
  calendar: WorkingCalendar;
  clock: Clock;
}) {
  const today = (): LegalDay => dayInShanghai(clock.now());

  /** Changes a meeting in the version that the person saw; `make` returns what it becomes, or ends the command. */
  const change = async (
    name: string,
    { idempotencyKey, actor, unknown, meeting: id, expectedVersion, ...rest }: MeetingChange & Record<string, unknown>,
    make: (meeting: MeetingRecord, session: ClientSession) => Promise<MeetingRecord>,
  ): Promise<CommandOutcome<string>> =>
    runner.run({ name, idempotencyKey, actor, unknown, request: { id, expectedVersion, ...rest } }, async (session) => {
      const meeting = await stores.meetings.byId(id, session);
      if (meeting === null) return notThere(said('NO_MEETING', { id: id.slice(0, 40) }));
      const stale = (current: number): never =>
        refuse(
          'STALE_VERSION',
          said('MEETING_IN_VERSION', { current, expected: expectedVersion }),
          ['expectedVersion'],
          { currentVersion: current },
        );
      if (meeting.version !== expectedVersion) return stale(meeting.version);
      const changed = await make(meeting, session);
      if (!(await stores.meetings.replace({ ...changed, version: meeting.version + 1 }, session)))
        return stale(meeting.version + 1);
      return id;
    });

  /** Ends the command when one of the cases does not exist. */
  const requireCases = async (cases: readonly string[], field: string): Promise<void> => {
    const known = new Set((await stores.cases.byNumber(cases, [])).map(({ caseNumber }) => caseNumber));
    const unknown = cases.find((caseNumber) => !known.has(caseNumber));
    if (unknown !== undefined) refuse('INVALID', said('NO_CASE', { caseNumber: unknown.slice(0, 40) }), [field]);
  };

  return {
    /** Enters a meeting that has taken place. Returns its id. */
    record: async ({
      kind,
      date,
      title,
      cases,
      region,
      chairedBy,
      participants,
      ...command
    }: CommandBase & NewMeeting & { chairedBy: string }): Promise<CommandOutcome<string>> =>
      runner.prepareAndRun(
        {
          ...command,
          name: 'recordMeeting',
          request: { kind, date, title, cases, region, chairedBy, participants },
        },
        async () => {
          if (date > today()) return refuseFaults([{ path: ['date'], ...said('DAY_STILL_TO_COME', { day: date }) }]);
          await requireCases(cases, 'cases');
          return async (session) => {
            const id = randomUUID();
            const agenda = [...new Set(cases)];
            const titleAbout = agenda;
            const held = { titleAbout, chairedBy, heldRecordedOn: today(), plannedBy: command.actor.sub };
            await stores.meetings.insert(
              { id, version: 1, kind, date, title, agenda, region, participants, decisions: [], ...held },
              session,
            );
            return id;
          };
        },
      ),

    /** Plans a meeting on a day to come. Returns its id. */
    plan: async ({
      kind,
      date,
      title,
      cases,
      region,
      participants,
      ...command
    }: CommandBase & NewMeeting): Promise<CommandOutcome<string>> => {
      const request = { kind, date, title, cases, region, participants };
      return runner.prepareAndRun({ ...command, name: 'planMeeting', request }, async () => {
        if (date < today()) return refuseFaults([{ path: ['date'], ...said('DAY_PAST', { day: date }) }]);
        await requireCases(cases, 'cases');
        // What is brought to its level stands on the agenda by itself until the meeting is held.
        const agenda = [...new Set(cases)];
        const titleAbout = [...new Set([...agenda, ...(await escalatedTo(stores.cases, kind))])];
        const plannedBy = command.actor.sub;
        return async (session) => {
          const id = randomUUID();
          await stores.meetings.insert(
            {
              id,
              version: 1,
              kind,
              date,
              title,
              chairedBy: null,
              agenda,
              titleAbout,
              region,
              participants,
              decisions: [],
              plannedBy,
            },
            session,
          );
          return id;
        };
      });
    },

    /** Puts cases on the agenda of a meeting that was not held yet, or takes some off. */
    changeAgenda: async (
      input: MeetingChange & { add: readonly string[]; remove: readonly string[] },
    ): Promise<CommandOutcome<string>> =>
      change('changeMeetingAgenda', { ...input }, async (meeting) => {
        const { add, remove } = input;
        if (meeting.chairedBy !== null) return refuseFor('MEETING_HELD', ['meeting'], { by: meeting.chairedBy });
        await requireCases(add, 'add');
        const agenda = [...new Set([...meeting.agenda, ...add])].filter((caseNumber) => !remove.includes(caseNumber));
        if (agenda.length > MOST_ON_AGENDA) return refuseFor('AGENDA_FULL', ['add'], { most: String(MOST_ON_AGENDA) });
        const takenOff = [...new Set([...(meeting.takenOff ?? []), ...remove])].filter((each) => !add.includes(each));
        const about = meeting.titleAbout && { titleAbout: [...new Set([...meeting.titleAbout, ...add])] };
        return { ...meeting, ...about, agenda, takenOff };
      }),

    hold: async (
      input: MeetingChange & { chairedBy: string; participants: MeetingRecord['participants'] },
    ): Promise<CommandOutcome<string>> =>
      change('holdMeeting', { ...input }, async (meeting) => {
        if (meeting.chairedBy !== null)
          return refuse('CONFLICT', said('MEETING_HELD', { chairedBy: meeting.chairedBy }), ['meeting']);
        if (meeting.date > today())
          return refuse('CONFLICT', said('MEETING_TO_COME', { date: meeting.date }), ['meeting']);
        const { chairedBy, participants = [] } = input;
        const agenda = agendaOf(meeting, await escalatedTo(stores.cases, meeting.kind));
        return {
          ...meeting,
          chairedBy,
          heldRecordedOn: today(),
          agenda,
          participants: participants.length > 0 ? participants : (meeting.participants ?? []),
        };
      }),

    /** Draws up a list of what was raised at a meeting or stands on its agenda. */
    drawUpList: async (input: MeetingChange): Promise<CommandOutcome<string>> =>
      change('drawUpProblemList', { ...input }, async (meeting) => {
        const lists = meeting.problemLists ?? [];
        if (lists.length >= MOST_LISTS) return refuseFor('LISTS_FULL', ['meeting'], { most: String(MOST_LISTS) });
        const agenda = agendaOf(meeting, await escalatedTo(stores.cases, meeting.kind));
        const found = [
          ...(await casesFor(stores.cases, { raisedAt: meeting.id })),
          ...(await stores.cases.byNumber(agenda, ['category', 'receivedAt'])),
        ];
        const lines = problemLines(found.slice(0, 2 * MOST_ON_AGENDA));
        if (lines.length === 0) return refuseFor('NOTHING_TO_LIST', ['meeting']);
        const list = { number: lists.length + 1, drawnUpOn: today(), by: input.actor.sub, lines };
        return { ...meeting, problemLists: [...lists, list] };
      }),

    /** Carries a decision out. */
    decide: async (
      input: MeetingChange & {
        caseNumber: string;
        department: string;
        decision: string;
        dueOn: LegalDay;
        reassign: boolean;
      },
    ): Promise<CommandOutcome<string>> =>
      change('recordMeetingDecision', { ...input }, async (meeting, session) => {
        const { actor, caseNumber, department, decision, dueOn, reassign } = input;
        if (meeting.chairedBy === null) return refuse('CONFLICT', said('MEETING_NOT_HELD'), ['meeting']);
        if (!meeting.agenda.includes(caseNumber))
          return refuse('INVALID', said('NOT_ON_AGENDA', { caseNumber: caseNumber.slice(0, 40) }), ['caseNumber']);
        const faults = lastDayFaults(dueOn, { calendar, today: today() });
        if (faults.length > 0) return refuseFaults(faults);
        const moves: DecisionMove[] = [];
        await commands.changeWithin(
          {
            actor,
            caseNumber,
            expectedVersion: undefined,
            decide: (view): Decision => {
              const usual = decisionMove(view);
              const isMoved = reassign && usual === 'SUPERVISED' && department !== view.assignment?.lead;
              const move = isMoved ? 'TRANSFERRED' : usual;
              if (move !== null) moves.push(move);
              return moveOf(move, {
                department,
                decision,
                dueOn,
                view,
                calendar,
                today: today(),
              });
            },
          },
          session,
        );
        const [becameMove] = moves;
        if (becameMove === undefined) throw new Error('A decision was carried out without a move.');
        return {
          ...meeting,
          decisions: [
            ...meeting.decisions,
            {
              number: meeting.decisions.length + 1,
              caseNumber,
              department,
              decision,
              dueOn,
              becameMove,
              followUps: [],
            },
          ],
        };
      }),

    followUp: async (
      input: MeetingChange & { decision: number; note: string; done: boolean; evidence: readonly string[] },
    ): Promise<CommandOutcome<string>> =>
      change('followUpDecision', { ...input }, async (meeting, session) => {
        const { decision, note, done, evidence, actor } = input;
        const found = meeting.decisions.find(({ number }) => number === decision);
        if (!found)
          return refuse('INVALID', said('NO_SUCH_DECISION', { length: meeting.decisions.length, decision }), [
            'decision',
          ]);
        if (found.followUps.some((followUp) => followUp.done))
          return refuse('CONFLICT', said('DECISION_CARRIED_OUT'), ['decision']);
        if (done) {
          // Struck off is what is done, and shown to be (销号): not what a case in hands was promised.
          if (evidence.length === 0) return refuseFor('NO_EVIDENCE', ['evidence']);
          const { status } = replay(await stores.events.of(found.caseNumber, session));
          if (isOpen(status)) return refuseFor('CASE_OPEN', ['decision'], { caseNumber: found.caseNumber, status });
        }
        const followUps = [...found.followUps, { day: today(), note, done, evidence, by: actor.sub }];
        return {
          ...meeting,
          decisions: meeting.decisions.map((entry) => (entry.number === decision ? { ...entry, followUps } : entry)),
        };
      }),
  };
}

function moveOf(
  move: DecisionMove | null,
  {
    department,
    decision,
    dueOn,
    view,
    calendar,
    today,
  }: {
    department: string;
    decision: string;
    dueOn: LegalDay;
    view: CaseView;
    calendar: WorkingCalendar;
    today: LegalDay;
  },
): Decision {
  const { status } = view;
  const lead = view.assignment?.lead ?? null;
  const { firstContactDays, answerDays } = serviceTermsOn(today);
  switch (move) {
    case null:
      return refuse('CONFLICT', said('NOTHING_TO_DECIDE', { status }), ['caseNumber'], { status });
    case 'SUPERVISED':
      if (department !== lead)
        return refuse('INVALID', said('LED_BY_ANOTHER', { lead: lead ?? 'nobody' }), ['department'], { lead });
      return [{ change: { type: 'SUPERVISED', instruction: decision, dueOn } }];
    case 'ASSIGNED':
    case 'RULED':
    case 'TRANSFERRED':
      return [
        {
          change: {
            type: move,
            assignment: withWhatIsLeft(
              view,
              {
                lead: department,
                assisting: [],
                responsibilities: [],
                lane: 'ORDINARY',
                contactDays: firstContactDays,
                answerDays: answerDays.ORDINARY,
                reason: decision,
              },
              { calendar, today },
            ),
          },
        },
        { change: { type: 'SUPERVISED', instruction: decision, dueOn } },
      ];
    default:
      return move satisfies never;
  }
}
