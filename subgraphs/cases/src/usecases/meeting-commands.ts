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
import { decisionMove, type DecisionMove, type MeetingKind } from '../domain/meeting.js';
import { lastDayFaults } from '../domain/set-day.js';
import { serviceTermsOn, type ServiceTerms } from '../domain/service-terms.js';
import type { MeetingRecord } from '../models/meeting.js';
import type { Stores } from '../stores.js';
import type { CaseCommands, CommandActor, Decision } from './case-commands.js';

/** Cases on an agenda at most. */
const MOST_ON_AGENDA = 200;

interface MeetingChange extends CommandBase {
  readonly actor: CommandActor;
  readonly meeting: string;
  readonly expectedVersion: number;
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
      if (meeting === null) return notThere(`There is no meeting ${id.slice(0, 40)}.`);
      const stale = (current: number): never =>
        refuse(
          'STALE_VERSION',
          `The meeting is at version ${current}, not ${expectedVersion}; read it again and decide afresh.`,
          ['expectedVersion'],
          { currentVersion: current },
        );
      if (meeting.version !== expectedVersion) return stale(meeting.version);
      const changed = await make(meeting, session);
      if (!(await stores.meetings.replace({ ...changed, version: meeting.version + 1 }, session)))
        return stale(meeting.version + 1);
      return id;
    });

  /** What a meeting of a kind has on its agenda from the start: for the joint meeting, what was escalated to it. */
  const escalatedTo = async (kind: MeetingKind): Promise<string[]> => {
    if (kind !== 'MONTHLY_JOINT_MEETING') return [];
    const sort = [
      { field: 'receivedAt', direction: 1 },
      { field: 'caseNumber', direction: 1 },
    ] as const;
    const found = await stores.cases.list(
      { open: true, escalation: ['JOINT_MEETING'] },
      { sort, limit: MOST_ON_AGENDA, position: undefined, backwards: false, fields: [] },
    );
    return found.map(({ caseNumber }) => caseNumber);
  };

  return {
    /** Plans a meeting on a day to come. Returns its id. */
    plan: async ({
      kind,
      date,
      title,
      cases,
      ...command
    }: CommandBase & { kind: MeetingKind; date: LegalDay; title: string; cases: readonly string[] }): Promise<
      CommandOutcome<string>
    > =>
      runner.prepareAndRun({ ...command, name: 'planMeeting', request: { kind, date, title, cases } }, async () => {
        if (date < today()) return refuseFaults([{ path: ['date'], message: `${date} lies in the past` }]);
        const escalated = await escalatedTo(kind);
        const known = new Set((await stores.cases.byNumber(cases, [])).map(({ caseNumber }) => caseNumber));
        const unknown = cases.find((caseNumber) => !known.has(caseNumber));
        if (unknown !== undefined) return refuse('INVALID', `There is no case ${unknown.slice(0, 40)}.`, ['cases']);
        const agenda = [...new Set([...escalated, ...cases])].slice(0, MOST_ON_AGENDA);
        return async (session) => {
          const id = randomUUID();
          await stores.meetings.insert(
            { id, version: 1, kind, date, title, chairedBy: null, agenda, decisions: [], plannedBy: command.actor.sub },
            session,
          );
          return id;
        };
      }),

    hold: async (input: MeetingChange & { chairedBy: string }): Promise<CommandOutcome<string>> =>
      change('holdMeeting', { ...input }, async (meeting) => {
        if (meeting.chairedBy !== null)
          return refuse('CONFLICT', `The meeting was held already, chaired by ${meeting.chairedBy}.`, ['meeting']);
        if (meeting.date > today())
          return refuse('CONFLICT', `The meeting is on ${meeting.date}, which is still to come.`, ['meeting']);
        return { ...meeting, chairedBy: input.chairedBy };
      }),

    /** Carries a decision out. */
    decide: async (
      input: MeetingChange & { caseNumber: string; department: string; decision: string; dueOn: LegalDay },
    ): Promise<CommandOutcome<string>> =>
      change('recordMeetingDecision', { ...input }, async (meeting, session) => {
        const { actor, caseNumber, department, decision, dueOn } = input;
        if (meeting.chairedBy === null) return refuse('CONFLICT', 'The meeting has not been held yet.', ['meeting']);
        if (!meeting.agenda.includes(caseNumber))
          return refuse('INVALID', `The case ${caseNumber.slice(0, 40)} is not on the agenda.`, ['caseNumber']);
        const faults = lastDayFaults(dueOn, { calendar, today: today() });
        if (faults.length > 0) return refuseFaults(faults);
        const moves: DecisionMove[] = [];
        await commands.changeWithin(
          {
            actor,
            caseNumber,
            expectedVersion: undefined,
            decide: (view): Decision => {
              const move = decisionMove(view);
              if (move !== null) moves.push(move);
              return moveOf(move, {
                department,
                decision,
                dueOn,
                status: view.status,
                lead: view.assignment?.lead ?? null,
                terms: serviceTermsOn(today()),
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
      input: MeetingChange & { decision: number; note: string; done: boolean },
    ): Promise<CommandOutcome<string>> =>
      change('followUpDecision', { ...input }, async (meeting) => {
        const { decision, note, done, actor } = input;
        const found = meeting.decisions.find(({ number }) => number === decision);
        if (!found)
          return refuse(
            'INVALID',
            `The meeting has ${meeting.decisions.length} decisions; there is no number ${decision}.`,
            ['decision'],
          );
        if (found.followUps.some((followUp) => followUp.done))
          return refuse('CONFLICT', 'The decision was found to be carried out already.', ['decision']);
        const followUps = [...found.followUps, { day: today(), note, done, by: actor.sub }];
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
    status,
    lead,
    terms,
  }: {
    department: string;
    decision: string;
    dueOn: LegalDay;
    status: string;
    lead: string | null;
    terms: ServiceTerms;
  },
): Decision {
  switch (move) {
    case null:
      return refuse('CONFLICT', `The case is ${status}; there is nothing left to decide.`, ['caseNumber'], { status });
    case 'SUPERVISED':
      if (department !== lead)
        return refuse(
          'INVALID',
          `The case is led by ${lead ?? 'nobody'}; a decision in its hands is carried out by that department.`,
          ['department'],
          { lead },
        );
      return [{ change: { type: 'SUPERVISED', instruction: decision, dueOn } }];
    case 'ASSIGNED':
    case 'RULED':
      return [
        {
          change: {
            type: move,
            assignment: {
              lead: department,
              assisting: [],
              responsibilities: [],
              lane: 'ORDINARY',
              contactDays: terms.firstContactDays,
              answerDays: terms.answerDays.ORDINARY,
              reason: decision,
            },
          },
        },
        { change: { type: 'SUPERVISED', instruction: decision, dueOn } },
      ];
    default:
      return move satisfies never;
  }
}
