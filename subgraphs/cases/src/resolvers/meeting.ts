import { hasRole, requestedFields, requireRole, type Actor } from '@zhitong/kit';
import {
  faultsPayload,
  idempotencyKeyArgument,
  payloadOf,
  type CommandOutcome,
  type RefusalPayload,
} from '@zhitong/kit/commands';
import { addDays } from '@zhitong/values';
import { caseRights } from '../domain/access.js';
import { asStored, textFaults, TEXT_LIMITS } from '../domain/intake.js';
import { meetingsDue } from '../domain/meeting.js';
import type { Context } from '../context.js';
import type {
  MeetingDecisionResolvers,
  MeetingResolvers,
  MutationResolvers,
  QueryResolvers,
} from '../generated/resolvers-types.js';
import type { Loaders } from '../loaders.js';
import type { CaseField, CaseRecord } from '../models/stored-case.js';
import type { MeetingRecord } from '../models/meeting.js';
import { storedFields } from './case-fields.js';
import { forReader } from './case-text.js';
import { noteFaults } from './mutations/changing.js';
import { firstArgument } from './mutations/first-argument.js';
import { codeFaults } from './mutations/handling-mutations.js';
import { readable } from './readable-case.js';

const MOST_NAMED = 100;
/** Two quarters: the present and the one before, whatever day it is. */
const LOOK_BACK_DAYS = 190;

export const meetingQueries: Pick<QueryResolvers, 'meetings' | 'meeting' | 'meetingsDue'> = {
  meetings: async (_root, { kind, first }, { stores }) =>
    stores.meetings.latest(kind ?? undefined, firstArgument(first)),
  meeting: async (_root, { id }, { stores }) => stores.meetings.byId(id),
  meetingsDue: async (_root, _args, { stores, today }) =>
    meetingsDue(await stores.meetings.heldSince(addDays(today, -LOOK_BACK_DAYS)), today),
};

/** A command's outcome as a payload with the meeting as it stands now. */
const meetingPayload = async (
  outcome: CommandOutcome<string>,
  { stores }: Context,
): Promise<{ meeting: MeetingRecord | null } | RefusalPayload> =>
  payloadOf(outcome, async (id) => ({ meeting: await stores.meetings.byId(id) }));

export const meetingMutations: Pick<
  MutationResolvers,
  'planMeeting' | 'holdMeeting' | 'recordMeetingDecision' | 'followUpDecision'
> = {
  planMeeting: async (_root, { input }, context) => {
    const { actor, meetings } = context;
    requireRole(actor, ['COORDINATOR'], 'planMeeting');
    const { kind, date, title, cases = [] } = input;
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = [
      ...textFaults(title, ['title'], { longest: TEXT_LIMITS.title }),
      ...(cases.length > MOST_NAMED
        ? [{ path: ['cases'], message: `at most ${MOST_NAMED} cases, not ${cases.length}` }]
        : []),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    return meetingPayload(
      await meetings.plan({ idempotencyKey, actor, kind, date, title: asStored(title), cases }),
      context,
    );
  },
  holdMeeting: async (_root, { input }, context) => {
    const { actor, meetings } = context;
    requireRole(actor, ['COORDINATOR'], 'holdMeeting');
    const { meeting, expectedVersion, chairedBy } = input;
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = textFaults(chairedBy, ['chairedBy'], { longest: TEXT_LIMITS.name, shortest: 2 });
    if (faults.length > 0) return faultsPayload(faults);
    return meetingPayload(
      await meetings.hold({ idempotencyKey, actor, meeting, expectedVersion, chairedBy: asStored(chairedBy) }),
      context,
    );
  },
  recordMeetingDecision: async (_root, { input }, context) => {
    const { actor, meetings, register } = context;
    requireRole(actor, ['COORDINATOR'], 'recordMeetingDecision');
    const { meeting, expectedVersion, caseNumber, department, decision, dueOn } = input;
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = [...codeFaults(department, ['department']), ...noteFaults('decision', decision)];
    if (faults.length > 0) return faultsPayload(faults);
    const unknown = async () => register.faultsOf([{ kind: 'department', code: department, path: ['department'] }]);
    return meetingPayload(
      await meetings.decide({
        idempotencyKey,
        actor,
        unknown,
        meeting,
        expectedVersion,
        caseNumber,
        department,
        decision: asStored(decision),
        dueOn,
      }),
      context,
    );
  },
  followUpDecision: async (_root, { input }, context) => {
    const { actor, meetings } = context;
    requireRole(actor, ['COORDINATOR'], 'followUpDecision');
    const { meeting, expectedVersion, decision, note, done } = input;
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = noteFaults('note', note);
    if (faults.length > 0) return faultsPayload(faults);
    return meetingPayload(
      await meetings.followUp({
        idempotencyKey,
        actor,
        meeting,
        expectedVersion,
        decision,
        note: asStored(note),
        done,
      }),
      context,
    );
  },
};

/** A case that the caller may see; null otherwise. */
async function visibleCase(
  caseNumber: string,
  fields: readonly CaseField[],
  { actor, loaders }: { actor: Actor | null; loaders: Loaders },
): Promise<CaseRecord | null> {
  const record = await loaders.case(caseNumber, { fields });
  return record !== undefined && caseRights(actor, record).mayRead ? record : null;
}

/** What was said of a case in a meeting: who brought an anonymous one is not shown here either. */
async function readableWords(words: string, caseNumber: string, context: Context): Promise<string> {
  const record = await context.loaders.case(caseNumber, { fields: [] });
  return record === undefined ? words : forReader(words, record, context);
}

export const Meeting: MeetingResolvers = {
  isHeld: ({ chairedBy }) => chairedBy !== null,
  agenda: async ({ agenda }, _args, context, info) => {
    const fields = storedFields(requestedFields(info));
    const found = await Promise.all(agenda.map(async (caseNumber) => visibleCase(caseNumber, fields, context)));
    return found.filter((record) => record !== null);
  },
  decisions: ({ decisions }, _args, { actor }) =>
    decisions.filter(({ department }) => hasRole(actor, 'COORDINATOR', 'AUDITOR') || department === actor?.department),
};

export const MeetingDecision: MeetingDecisionResolvers = {
  case: async ({ caseNumber }, _args, context, info) =>
    readable(
      await context.loaders.case(caseNumber, { fields: storedFields(requestedFields(info)) }),
      caseNumber,
      context,
    ),
  department: ({ department }) => ({ code: department }),
  decision: async ({ caseNumber, decision }, _args, context) => readableWords(decision, caseNumber, context),
  followUps: async ({ caseNumber, followUps }, _args, context) =>
    Promise.all(
      followUps.map(async (followUp) => ({
        ...followUp,
        note: await readableWords(followUp.note, caseNumber, context),
      })),
    ),
  isDone: ({ followUps }) => followUps.some(({ done }) => done),
  isOverdue: ({ followUps, dueOn }, _args, { today }) => dueOn < today && !followUps.some(({ done }) => done),
};
