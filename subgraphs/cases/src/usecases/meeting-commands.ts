import { randomUUID } from 'node:crypto';
import type { Clock } from '@zhitong/kit';
import { RolledBack } from '@zhitong/kit/mongo';
import type { ClientSession } from 'mongoose';
import { decisionMove, type DecisionMove, type MeetingKind } from '../domain/meeting.js';
import { legalDayOf, type LegalDay } from '../domain/legal-day.js';
import { DEFAULT_TERMS } from '../domain/taxonomy.js';
import type { MeetingRecord } from '../models/meeting.js';
import type { Stores } from '../stores.js';
import type { CaseCommands, CommandActor, CommandOutcome, Decision } from './case-commands.js';
import { refusal, type CommandRefusal, type OnceRunner, type Refused } from './once.js';

export type MeetingOutcome = { readonly kind: 'meeting'; readonly id: string } | { readonly kind: 'missing-meeting'; readonly id: string } | Refused | Exclude<CommandOutcome, { kind: 'done' }>;

/** Cases on an agenda at most. */
const MOST_ON_AGENDA = 200;

interface MeetingChange {
  readonly idempotencyKey: string;
  readonly actor: CommandActor;
  readonly meeting: string;
  readonly expectedVersion: number;
}

export type MeetingCommands = ReturnType<typeof meetingCommands>;

/** Meetings: agenda from what was escalated, decisions that become moves of the cases, and their follow-up. */
export function meetingCommands({ once, stores, commands, clock }: { once: OnceRunner; stores: Stores; commands: CaseCommands; clock: Clock }) {
  const rollBack = (outcome: MeetingOutcome): never => {
    throw new RolledBack<MeetingOutcome>(outcome);
  };
  const today = (): LegalDay => legalDayOf(clock.now());

  const change = async (name: string, { idempotencyKey, actor, meeting: id, expectedVersion, ...rest }: MeetingChange & Record<string, unknown>, make: (meeting: MeetingRecord, session: ClientSession) => Promise<MeetingRecord>): Promise<MeetingOutcome> =>
    once<MeetingOutcome>({ name, idempotencyKey, actor, request: { id, expectedVersion, ...rest } }, async (session) => {
      const meeting = await stores.meetings.byId(id, session);
      if (meeting === null) return rollBack({ kind: 'missing-meeting', id });
      const stale = (current: number): MeetingOutcome => refusal('STALE_VERSION', `The meeting is at version ${current}, not ${expectedVersion}; read it again and decide afresh.`, ['expectedVersion'], { currentVersion: current });
      if (meeting.version !== expectedVersion) return rollBack(stale(meeting.version));
      const changed = await make(meeting, session);
      if (!(await stores.meetings.replace({ ...changed, version: meeting.version + 1 }, session))) return rollBack(stale(meeting.version + 1));
      return { kind: 'meeting', id };
    });

  return {
    /** Plans a meeting; `hindrance` is why it cannot be, as things are today. */
    plan: async ({ idempotencyKey, actor, kind, date, title, cases }: { idempotencyKey: string; actor: CommandActor; kind: MeetingKind; date: LegalDay; title: string; cases: readonly string[] }, hindrance: () => CommandRefusal | null): Promise<MeetingOutcome> =>
      once<MeetingOutcome>({ name: 'planMeeting', idempotencyKey, actor, request: { kind, date, title, cases } }, async (session) => {
        const hindered = hindrance();
        if (hindered !== null) return rollBack({ kind: 'refused', refusal: hindered });
        const escalated = kind === 'MONTHLY_JOINT_MEETING' ? await stores.cases.list({ open: true, escalation: ['JOINT_MEETING'] }, { sort: [{ field: 'receivedAt', direction: 1 }, { field: 'caseNumber', direction: 1 }], limit: MOST_ON_AGENDA, position: undefined, backwards: false, fields: [] }) : [];
        const known = new Set((await stores.cases.byNumber(cases, [])).map(({ caseNumber }) => caseNumber));
        const unknown = cases.find((caseNumber) => !known.has(caseNumber));
        if (unknown !== undefined) return rollBack(refusal('INVALID', `There is no case ${unknown.slice(0, 40)}.`, ['cases']));
        const agenda = [...new Set([...escalated.map(({ caseNumber }) => caseNumber), ...cases])].slice(0, MOST_ON_AGENDA);
        const id = randomUUID();
        await stores.meetings.insert({ id, version: 1, kind, date, title, chairedBy: null, agenda, decisions: [], plannedBy: actor.sub }, session);
        return { kind: 'meeting', id };
      }),

    hold: async (input: MeetingChange & { chairedBy: string }): Promise<MeetingOutcome> =>
      change('holdMeeting', { ...input }, async (meeting) => {
        if (meeting.chairedBy !== null) return rollBack(refusal('CONFLICT', `The meeting was held already, chaired by ${meeting.chairedBy}.`, ['meeting']));
        if (meeting.date > today()) return rollBack(refusal('CONFLICT', `The meeting is on ${meeting.date}, which is still to come.`, ['meeting']));
        return { ...meeting, chairedBy: input.chairedBy };
      }),

    /** Carries a decision out; `hindrance` is why it cannot be, as things are today. */
    decide: async (input: MeetingChange & { caseNumber: string; department: string; decision: string; dueOn: LegalDay }, hindrance: () => CommandRefusal | null): Promise<MeetingOutcome> =>
      change('recordMeetingDecision', { ...input }, async (meeting, session) => {
        const { actor, caseNumber, department, decision, dueOn } = input;
        if (meeting.chairedBy === null) return rollBack(refusal('CONFLICT', 'The meeting has not been held yet.', ['meeting']));
        if (!meeting.agenda.includes(caseNumber)) return rollBack(refusal('INVALID', `The case ${caseNumber.slice(0, 40)} is not on the agenda.`, ['caseNumber']));
        const hindered = hindrance();
        if (hindered !== null) return rollBack({ kind: 'refused', refusal: hindered });
        const moves: DecisionMove[] = [];
        await commands.changeWithin(
          {
            actor,
            caseNumber,
            expectedVersion: undefined,
            decide: (view): Decision => {
              const move = decisionMove(view);
              if (move !== null) moves.push(move);
              return moveOf(move, { department, decision, dueOn, status: view.status, lead: view.assignment?.lead ?? null });
            },
          },
          session,
        );
        const [becameMove] = moves;
        if (becameMove === undefined) throw new Error('A decision was carried out without a move.');
        return { ...meeting, decisions: [...meeting.decisions, { number: meeting.decisions.length + 1, caseNumber, department, decision, dueOn, becameMove, followUps: [] }] };
      }),

    followUp: async (input: MeetingChange & { decision: number; note: string; done: boolean }): Promise<MeetingOutcome> =>
      change('followUpDecision', { ...input }, async (meeting) => {
        const { decision, note, done, actor } = input;
        const found = meeting.decisions.find(({ number }) => number === decision);
        if (!found) return rollBack(refusal('INVALID', `The meeting has ${meeting.decisions.length} decisions; there is no number ${decision}.`, ['decision']));
        if (found.followUps.some((followUp) => followUp.done)) return rollBack(refusal('CONFLICT', 'The decision was found to be carried out already.', ['decision']));
        const followUps = [...found.followUps, { day: today(), note, done, by: actor.sub }];
        return { ...meeting, decisions: meeting.decisions.map((entry) => (entry.number === decision ? { ...entry, followUps } : entry)) };
      }),
  };
}

function moveOf(move: DecisionMove | null, { department, decision, dueOn, status, lead }: { department: string; decision: string; dueOn: LegalDay; status: string; lead: string | null }): Decision {
  switch (move) {
    case null:
      return refusal('CONFLICT', `The case is ${status}; there is nothing left to decide.`, ['caseNumber'], { status });
    case 'SUPERVISED':
      if (department !== lead) return refusal('INVALID', `The case is led by ${lead ?? 'nobody'}; a decision in its hands is carried out by that department.`, ['department'], { lead });
      return { changes: [{ change: { type: 'SUPERVISED', instruction: decision, dueOn } }] };
    case 'ASSIGNED':
    case 'RULED':
      return {
        changes: [
          {
            change: {
              type: move,
              assignment: { lead: department, assisting: [], responsibilities: [], lane: 'ORDINARY', contactDays: DEFAULT_TERMS.firstContactDays, answerDays: DEFAULT_TERMS.answerDays.ORDINARY, reason: decision },
            },
          },
          { change: { type: 'SUPERVISED', instruction: decision, dueOn } },
        ],
      };
    default:
      return move satisfies never;
  }
}
