import { badUserInput, connectionOf, hasRole, parsePage, requestedFields, requireRole, type Actor } from '@zhitong/kit';
import { said } from '../domain/refusal-words.js';
import {
  faultsPayload,
  idempotencyKeyArgument,
  payloadOf,
  type CommandOutcome,
  type RefusalPayload,
} from '@zhitong/kit/commands';
import type { Named } from '@zhitong/kit/graph';
import { addDays } from '@zhitong/values';
import { caseRights } from '../domain/access.js';
import { asStored, attachmentFaults, textFaults, TEXT_LIMITS } from '../domain/intake.js';
import type { InputFault } from '../domain/satisfaction.js';
import { agendaOf, meetingsDue } from '../domain/meeting.js';
import type { Context } from '../context.js';
import type {
  MeetingDecisionResolvers,
  MeetingParticipantInput,
  PlanMeetingInput,
  MeetingResolvers,
  MutationResolvers,
  ProblemListLineResolvers,
  ProblemListResolvers,
  QueryResolvers,
} from '../generated/resolvers-types.js';
import { MEETING_ORDER } from '../list-orders.js';
import type { Loaders } from '../loaders.js';
import type { CaseField, CaseRecord } from '../models/stored-case.js';
import type { MeetingRecord } from '../models/meeting.js';
import type { ShownProblemList } from '../records.js';
import { stored, storedFields } from './case-fields.js';
import { forReader } from './case-text.js';
import { noteFaults } from './mutations/changing.js';
import { firstArgument } from './mutations/first-argument.js';
import { codeFaults } from './mutations/handling-mutations.js';
import { knownPeriod } from './period.js';
import { readable } from './readable-case.js';

const MOST_NAMED = 100;
const MOST_PARTICIPANTS = 200;
const PERSON = { longest: TEXT_LIMITS.name, shortest: 2 } as const;

type Participants = readonly MeetingParticipantInput[] | undefined;
const namedFaults = (cases: readonly string[], field: string): InputFault[] =>
  cases.length > MOST_NAMED
    ? [{ path: [field], ...said('TOO_MANY_CASES', { most: MOST_NAMED, length: cases.length }) }]
    : [];
const participantFaults = (participants: Participants = []): InputFault[] => [
  ...(participants.length > MOST_PARTICIPANTS
    ? [
        {
          path: ['participants'],
          ...said('TOO_MANY_PARTICIPANTS', { most: MOST_PARTICIPANTS, length: participants.length }),
        },
      ]
    : []),
  ...participants.flatMap(({ name, organisation }, index) => [
    ...textFaults(name, ['participants', String(index), 'name'], PERSON),
    ...textFaults(organisation, ['participants', String(index), 'organisation'], PERSON),
  ]),
];
const participantsOf = (participants: Participants = []) =>
  participants.map(({ name, organisation }) => ({ name: asStored(name), organisation: asStored(organisation) }));

type NewMeetingInput = Omit<PlanMeetingInput, 'idempotencyKey'>;
/** What is wrong with a meeting to plan or to enter, by itself. */
const meetingFaults = ({ title, cases = [], participants }: NewMeetingInput): InputFault[] => [
  ...textFaults(title, ['title'], { longest: TEXT_LIMITS.title }),
  ...namedFaults(cases, 'cases'),
  ...participantFaults(participants),
];
const regionNamed = ({ region }: NewMeetingInput): Named[] =>
  typeof region === 'string' ? [{ kind: 'region', code: region, path: ['region'] }] : [];
const meetingOf = ({ kind, date, title, cases = [], region = null, participants }: NewMeetingInput) => ({
  kind,
  date,
  title: asStored(title),
  cases,
  region: region ?? null,
  participants: participantsOf(participants),
});

/** Two quarters: the present and the one before, whatever day it is. */
const LOOK_BACK_DAYS = 190;

export const meetingQueries: Pick<
  QueryResolvers,
  'meetings' | 'heldMeetings' | 'meeting' | 'meetingsDue' | 'meetingCounts'
> = {
  meetings: async (_root, { kind, region, first }, { stores }) =>
    stores.meetings.latest({ kind: kind ?? undefined, region: region ?? undefined }, firstArgument(first)),
  heldMeetings: async (_root, { filter, ...args }, { stores, today }) => {
    const { kind, region, ofCity, ...period } = filter;
    if (ofCity && typeof region === 'string')
      throw badUserInput(said('REGION_WITH_OF_CITY', { region }), ['filter', 'region']);
    const conditions = {
      ...knownPeriod(period, today),
      kind: kind ?? undefined,
      region: ofCity ? null : (region ?? undefined),
    };
    const page = parsePage(args, { list: { list: 'heldMeetings', filter }, keys: MEETING_ORDER.length });
    return connectionOf({
      rows: await stores.meetings.held(conditions, page),
      page,
      sort: MEETING_ORDER,
      totalCount: async () => stores.meetings.heldCount(conditions),
    });
  },
  meetingCounts: async (_root, args, { stores, today }) => stores.meetings.counts(knownPeriod(args, today)),
  meeting: async (_root, { id }, { stores }) => stores.meetings.byId(id),
  meetingsDue: async (_root, _args, { stores, register, today }) =>
    meetingsDue(
      await stores.meetings.heldSince(addDays(today, -LOOK_BACK_DAYS)),
      today,
      ((await register.regionCodes()) ?? []).filter((code) => !code.endsWith('00')),
    ),
};

/** A command's outcome as a payload with the meeting as it stands now. */
const meetingPayload = async (
  outcome: CommandOutcome<string>,
  { stores }: Context,
): Promise<{ meeting: MeetingRecord | null } | RefusalPayload> =>
  payloadOf(outcome, async (id) => ({ meeting: await stores.meetings.byId(id) }));

export const meetingMutations: Pick<
  MutationResolvers,
  | 'planMeeting'
  | 'recordMeeting'
  | 'changeMeetingAgenda'
  | 'holdMeeting'
  | 'drawUpProblemList'
  | 'recordMeetingDecision'
  | 'followUpDecision'
> = {
  planMeeting: async (_root, { input }, context) => {
    const { actor, meetings, register } = context;
    requireRole(actor, ['COORDINATOR'], 'planMeeting');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = meetingFaults(input);
    if (faults.length > 0) return faultsPayload(faults);
    const unknown = async () => register.faultsOf(regionNamed(input));
    return meetingPayload(await meetings.plan({ idempotencyKey, actor, unknown, ...meetingOf(input) }), context);
  },
  recordMeeting: async (_root, { input }, context) => {
    const { actor, meetings, register } = context;
    requireRole(actor, ['COORDINATOR'], 'recordMeeting');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = [...meetingFaults(input), ...textFaults(input.chairedBy, ['chairedBy'], PERSON)];
    if (faults.length > 0) return faultsPayload(faults);
    const unknown = async () => register.faultsOf(regionNamed(input));
    const chairedBy = asStored(input.chairedBy);
    return meetingPayload(
      await meetings.record({ idempotencyKey, actor, unknown, chairedBy, ...meetingOf(input) }),
      context,
    );
  },
  changeMeetingAgenda: async (_root, { input }, context) => {
    const { actor, meetings } = context;
    requireRole(actor, ['COORDINATOR'], 'changeMeetingAgenda');
    const { meeting, expectedVersion, add = [], remove = [] } = input;
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = [
      ...namedFaults(add, 'add'),
      ...namedFaults(remove, 'remove'),
      ...(add.length + remove.length === 0 ? [{ path: ['add'], ...said('NOTHING_ON_OR_OFF') }] : []),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    return meetingPayload(
      await meetings.changeAgenda({ idempotencyKey, actor, meeting, expectedVersion, add, remove }),
      context,
    );
  },
  holdMeeting: async (_root, { input }, context) => {
    const { actor, meetings } = context;
    requireRole(actor, ['COORDINATOR'], 'holdMeeting');
    const { meeting, expectedVersion, chairedBy, participants } = input;
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = [...textFaults(chairedBy, ['chairedBy'], PERSON), ...participantFaults(participants)];
    if (faults.length > 0) return faultsPayload(faults);
    return meetingPayload(
      await meetings.hold({
        idempotencyKey,
        actor,
        meeting,
        expectedVersion,
        chairedBy: asStored(chairedBy),
        participants: participantsOf(participants),
      }),
      context,
    );
  },
  drawUpProblemList: async (_root, { input }, context) => {
    const { actor, meetings } = context;
    requireRole(actor, ['COORDINATOR'], 'drawUpProblemList');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { meeting, expectedVersion } = input;
    return meetingPayload(await meetings.drawUpList({ idempotencyKey, actor, meeting, expectedVersion }), context);
  },
  recordMeetingDecision: async (_root, { input }, context) => {
    const { actor, meetings, register } = context;
    requireRole(actor, ['COORDINATOR'], 'recordMeetingDecision');
    const { meeting, expectedVersion, caseNumber, department, decision, dueOn, reassign = false } = input;
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
        reassign,
      }),
      context,
    );
  },
  followUpDecision: async (_root, { input }, context) => {
    const { actor, meetings } = context;
    requireRole(actor, ['COORDINATOR'], 'followUpDecision');
    const { meeting, expectedVersion, decision, note, done, evidence = [] } = input;
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = [
      ...noteFaults('note', note),
      ...attachmentFaults(evidence).map((fault) => ({ ...fault, path: ['evidence', ...fault.path.slice(1)] })),
    ];
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
        evidence,
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

/** The cases on a meeting's agenda as it stands. */
const agendaNow = async (meeting: MeetingRecord, { loaders }: Context): Promise<string[]> =>
  agendaOf(meeting, meeting.chairedBy === null ? await loaders.escalatedTo(meeting.kind) : []);

/** A meeting that is about an anonymous case can be called after who brought it. */
async function readableTitle(meeting: MeetingRecord, context: Context): Promise<string> {
  const { actor, loaders } = context;
  if (hasRole(actor, 'COORDINATOR')) return meeting.title;
  const about = meeting.titleAbout ?? [
    ...(await agendaNow(meeting, context)),
    ...meeting.decisions.map(({ caseNumber }) => caseNumber),
  ];
  const found = await Promise.all([...new Set(about)].map(async (number) => loaders.case(number, { fields: [] })));
  let title = meeting.title;
  for (const record of found)
    if (record?.complainant.anonymous === true) title = await forReader(title, record, context);
  return title;
}

export const Meeting: MeetingResolvers = {
  title: async (meeting, _args, context) => readableTitle(meeting, context),
  isHeld: ({ chairedBy }) => chairedBy !== null,
  region: ({ region }) => region ?? null,
  participants: ({ participants }) => [...(participants ?? [])],
  agenda: async (meeting, _args, context, info) => {
    const agenda = await agendaNow(meeting, context);
    const fields = storedFields(requestedFields(info));
    const found = await Promise.all(agenda.map(async (caseNumber) => visibleCase(caseNumber, fields, context)));
    return found.filter((record) => record !== null);
  },
  decisions: ({ decisions }, _args, { actor }) =>
    decisions.filter(({ department }) => hasRole(actor, 'COORDINATOR', 'AUDITOR') || department === actor?.department),
  problemLists: (meeting) => [...(meeting.problemLists ?? [])].reverse().map((list) => ({ ...list, of: meeting })),
};

/**
 * The lines of a list that a caller may know of, with their cases, those first that everybody may. That an anonymous
 * case was raised at the meeting leads to who took part, so it is told to nobody else than who knows who brought it:
 * neither by a line nor by a number or a count. On the agenda it stands for all who read it.
 */
async function toldLines({ lines, of }: ShownProblemList, context: Context) {
  const { actor, loaders } = context;
  const [agenda, found] = await Promise.all([
    agendaNow(of, context),
    Promise.all(lines.map(async ({ caseNumber }) => loaders.case(caseNumber, { fields: ['isOpen'] }))),
  ]);
  const all = lines.flatMap((line, at) => {
    const record = found[at];
    return record === undefined ? [] : [{ line, record }];
  });
  const isSecret = ({ line, record }: (typeof all)[number]): boolean =>
    record.complainant.anonymous && !agenda.includes(line.caseNumber);
  const secret = all.filter(isSecret).filter(({ record }) => caseRights(actor, record).maySeeComplainant);
  return [...all.filter((told) => !isSecret(told)), ...secret].map(({ line, record }, index) => ({
    ...line,
    number: index + 1,
    record,
  }));
}

export const ProblemList: ProblemListResolvers = {
  problemCount: async (list, _args, context) => (await toldLines(list, context)).length,
  settledCount: async (list, _args, context) =>
    (await toldLines(list, context)).filter(({ record }) => !stored(record, 'isOpen')).length,
  lines: async (list, _args, context) =>
    (await toldLines(list, context)).filter(({ record }) => caseRights(context.actor, record).mayRead),
};

export const ProblemListLine: ProblemListLineResolvers = {
  department: ({ department }) => (department === null ? null : { code: department }),
  isSettled: ({ record }) => !stored(record, 'isOpen'),
  case: async ({ caseNumber }, _args, context, info) =>
    readable(
      await context.loaders.case(caseNumber, { fields: storedFields(requestedFields(info)) }),
      caseNumber,
      context,
    ),
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
        evidence: [...(followUp.evidence ?? [])],
        note: await readableWords(followUp.note, caseNumber, context),
      })),
    ),
  isDone: ({ followUps }) => followUps.some(({ done }) => done),
  isOverdue: ({ followUps, dueOn }, _args, { today }) => dueOn < today && !followUps.some(({ done }) => done),
};
