import { refuse, refuseFaults } from '@zhitong/kit/commands';
import type { Named } from '@zhitong/kit/graph';
import type { LegalDay, WorkingCalendar } from '@zhitong/values';
import type { Assignment, Responsibility } from '../../domain/case-event.js';
import { readClock } from '../../domain/deadline.js';
import { decidingClock } from '../../domain/case-view.js';
import { asStored, attachmentFaults, TEXT_LIMITS, textFaults } from '../../domain/intake.js';
import type { InputFault } from '../../domain/satisfaction.js';
import { lastDayFaults } from '../../domain/set-day.js';
import { serviceTermsOn } from '../../domain/service-terms.js';
import type {
  AnswerCaseInput,
  AssignCaseInput,
  CaseInput,
  CaseNoteInput,
  MutationResolvers,
  ReasonedCaseInput,
  RequestCaseExtensionInput,
  ResponsibilityInput,
  RuleCaseExtensionInput,
  SupplementCaseInput,
  WordAnonymousCaseInput,
} from '../../generated/resolvers-types.js';
import { withWhatIsLeft } from '../../domain/moves/hand-over.js';
import { said } from '../../domain/refusal-words.js';
import type { Decision } from '../../usecases/case-commands.js';
import { NO_WORDS, wordsToFind, type WordsToFind } from '../words-to-find.js';
import { changing, longTextFaults, noteFaults, type Circumstances } from './changing.js';
import { filesGiven, NO_FILES, soundFiles, type GivenFiles } from './given-files.js';
import { itemAgainst } from './promised-matter.js';

const DEPARTMENT_CODE = /^[A-Z][A-Z0-9]{1,19}$/;
const MOST_ASSISTING = 20;
const DUTY = { longest: 200, shortest: 2 } as const;

const reasonFaults = ({ reason }: { reason: string }): InputFault[] => noteFaults('reason', reason);
const aboutNote = ({ note }: { note: string }): InputFault[] => noteFaults('note', note);
export const codeFaults = (code: string, path: readonly string[]): InputFault[] =>
  DEPARTMENT_CODE.test(code)
    ? []
    : [
        {
          path,
          ...said('NO_DEPARTMENT_CODE', { value: JSON.stringify(code.slice(0, 40)) }),
        },
      ];

export type AssistingInput = ResponsibilityInput;

/** What is wrong with a responsibility list by itself. */
export function assistingFaults(assisting: readonly AssistingInput[]): InputFault[] {
  const codes = assisting.map(({ department }) => department);
  const twice = codes.find((code, index) => codes.indexOf(code) !== index);
  return [
    ...(assisting.length > MOST_ASSISTING
      ? [{ path: ['assisting'], ...said('TOO_MANY_ASSISTING', { most: MOST_ASSISTING, length: assisting.length }) }]
      : []),
    ...assisting.flatMap(({ department, duty }, index) => [
      ...codeFaults(department, ['assisting', String(index), 'department']),
      ...textFaults(duty, ['assisting', String(index), 'duty'], DUTY),
    ]),
    ...(twice === undefined ? [] : [{ path: ['assisting'], ...said('NAMED_TWICE', { department: twice }) }]),
  ];
}

/** What is wrong with the days of a responsibility list on a day. */
export const dutyDayFaults = (
  assisting: readonly AssistingInput[],
  on: { readonly calendar: WorkingCalendar; readonly today: LegalDay },
): InputFault[] =>
  assisting.flatMap(({ dueOn }, index) =>
    typeof dueOn === 'string'
      ? lastDayFaults(dueOn, on).map((fault) => ({ ...fault, path: ['assisting', String(index), ...fault.path] }))
      : [],
  );

/** Departments of a responsibility list. */
export const assistingNames = (assisting: readonly AssistingInput[]): Named[] =>
  assisting.map(({ department }, index) => ({
    kind: 'department',
    code: department,
    path: ['assisting', String(index), 'department'],
  }));

/** A responsibility list as it is stored. */
export const responsibilitiesOf = (assisting: readonly AssistingInput[]): Responsibility[] =>
  assisting.map(({ department, duty, dueOn }) => ({
    department,
    duty: asStored(duty),
    ...(typeof dueOn === 'string' ? { dueOn } : {}),
  }));

/** What is wrong with an assignment by itself. */
export function assignmentFaults({ lead, assisting = [], reason, lane }: AssignCaseInput): InputFault[] {
  return [
    ...codeFaults(lead, ['lead']),
    ...assistingFaults(assisting),
    ...(assisting.some(({ department }) => department === lead)
      ? [{ path: ['assisting'], ...said('NAMED_TWICE', { department: lead }) }]
      : []),
    ...(lane === 'JOINT' && assisting.length === 0 ? [{ path: ['lane'], ...said('JOINT_NEEDS_ASSISTING') }] : []),
    ...(typeof reason === 'string' ? noteFaults('reason', reason) : []),
  ];
}

/** Departments that an assignment names. */
export const assignedDepartments = ({ lead, assisting = [] }: AssignCaseInput): Named[] => [
  { kind: 'department', code: lead, path: ['lead'] },
  ...assistingNames(assisting),
];

/**
 * An assignment of a case by the terms of a day, with what is left of them where the department had it before; or the
 * end of a command whose list has a wrong day.
 */
export function assignmentOf(
  { lead, assisting = [], lane, reason }: AssignCaseInput,
  { view, today, calendar }: Pick<Circumstances, 'view' | 'today' | 'calendar'>,
): Assignment {
  const faults = dutyDayFaults(assisting, { today, calendar });
  if (faults.length > 0) return refuseFaults(faults);
  const { firstContactDays, answerDays } = serviceTermsOn(today);
  const chosen = lane ?? (assisting.length > 0 ? 'JOINT' : 'ORDINARY');
  const assignment: Assignment = {
    lead,
    assisting: assisting.map(({ department }) => department),
    responsibilities: responsibilitiesOf(assisting),
    lane: chosen,
    contactDays: firstContactDays,
    answerDays: answerDays[chosen],
    reason: typeof reason === 'string' ? asStored(reason) : null,
  };
  return withWhatIsLeft(view, assignment, { calendar, today });
}

/** The correction by which a triage says which matter a case is about; none where it is about that already. */
export function matterNamed(
  { reason }: AssignCaseInput,
  { view, item }: Pick<Circumstances, 'view' | 'item'>,
): Decision {
  const { serviceItem } = itemAgainst(view, item);
  return !serviceItem || serviceItem.id === view.serviceItem?.id
    ? []
    : [
        {
          change: {
            type: 'CORRECTED',
            correction: { serviceItem },
            reason: typeof reason === 'string' ? asStored(reason) : '分派时确认事项',
          },
        },
      ];
}

/**
 * Mutations of the handling, from assignment to answer. Who may make which move is the table in domain/lifecycle.ts.
 */
export const handlingMutations: Pick<
  MutationResolvers,
  | 'answerCaseDirectly'
  | 'assignCase'
  | 'ruleCase'
  | 'wordAnonymousCase'
  | 'acceptCase'
  | 'returnCase'
  | 'recordCaseContact'
  | 'recordCaseStep'
  | 'pauseCase'
  | 'resumeCase'
  | 'supplementCase'
  | 'requestCaseExtension'
  | 'ruleCaseExtension'
  | 'resolveCase'
> = {
  answerCaseDirectly: changing<AnswerCaseInput>({
    name: 'answerCaseDirectly',
    faults: ({ answer }) => longTextFaults('answer', answer),
    decide: ({ answer }) => ({ type: 'ANSWERED_DIRECTLY', answer: asStored(answer) }),
  }),
  assignCase: changing<AssignCaseInput>({
    name: 'assignCase',
    faults: assignmentFaults,
    names: assignedDepartments,
    serviceItem: ({ serviceItem }) => serviceItem,
    decide: (input, on) => [
      ...matterNamed(input, on),
      { change: { type: 'ASSIGNED', assignment: assignmentOf(input, on) } },
    ],
  }),
  ruleCase: changing<AssignCaseInput>({
    name: 'ruleCase',
    faults: (input) => [
      ...assignmentFaults(input),
      ...(input.reason ? [] : [{ path: ['reason'], ...said('RULING_NEEDS_REASON') }]),
    ],
    names: assignedDepartments,
    serviceItem: ({ serviceItem }) => serviceItem,
    decide: (input, on) => [
      ...matterNamed(input, on),
      { change: { type: 'RULED', assignment: assignmentOf(input, on) } },
    ],
  }),
  wordAnonymousCase: changing<WordAnonymousCaseInput, WordsToFind>({
    name: 'wordAnonymousCase',
    faults: ({ title, text }) => [
      ...textFaults(title, ['title'], { longest: TEXT_LIMITS.title }),
      ...longTextFaults('text', text),
    ],
    // A word of its own text that the coordinator has left out must find it no more.
    prepare: async ({ caseNumber, title, text }, context) => {
      const [present] = await context.stores.cases.byNumber([caseNumber], []);
      if (present === undefined) return NO_WORDS;
      const { complainant, project = null } = present;
      return wordsToFind(
        { title: asStored(title), text: asStored(text), anonymous: true, complainant, project },
        context,
      );
    },
    decide: ({ title, text }, _on, found) => ({
      type: 'WORDED',
      title: asStored(title),
      text: asStored(text),
      ...found,
    }),
  }),
  acceptCase: changing<CaseInput>({ name: 'acceptCase', decide: () => ({ type: 'ACCEPTED' }) }),
  returnCase: changing<ReasonedCaseInput>({
    name: 'returnCase',
    faults: reasonFaults,
    decide: ({ reason }, { today }) => ({
      type: 'RETURNED',
      reason: asStored(reason),
      triageDays: serviceTermsOn(today).triageDays,
    }),
  }),
  recordCaseContact: changing<CaseNoteInput>({
    name: 'recordCaseContact',
    faults: aboutNote,
    decide: ({ note }) => ({ type: 'CONTACTED', note: asStored(note) }),
  }),
  recordCaseStep: changing<CaseNoteInput>({
    name: 'recordCaseStep',
    faults: aboutNote,
    decide: ({ note }) => ({ type: 'STEP_RECORDED', note: asStored(note) }),
  }),
  pauseCase: changing<CaseNoteInput>({
    name: 'pauseCase',
    faults: aboutNote,
    decide: ({ note }, { today }) => ({
      type: 'PAUSED',
      question: asStored(note),
      longestDays: serviceTermsOn(today).longestPauseDays,
    }),
  }),
  resumeCase: changing<ReasonedCaseInput>({
    name: 'resumeCase',
    faults: reasonFaults,
    decide: ({ reason }) => ({ type: 'RESUMED', reason: asStored(reason) }),
  }),
  supplementCase: changing<SupplementCaseInput, GivenFiles>({
    name: 'supplementCase',
    faults: ({ text, attachments = [] }) => [...longTextFaults('text', text), ...attachmentFaults(attachments)],
    prepare: async ({ files = [] }, context) => filesGiven(files, context),
    decide: ({ text, attachments = [] }, _circumstances, given = NO_FILES) => ({
      type: 'SUPPLEMENTED',
      text: asStored(text),
      attachments: [...attachments],
      ...soundFiles(given),
    }),
  }),
  requestCaseExtension: changing<RequestCaseExtensionInput>({
    name: 'requestCaseExtension',
    faults: reasonFaults,
    decide: ({ workingDays, reason }, { view, calendar, today }) => {
      const { longestExtensionDays } = serviceTermsOn(today);
      if (workingDays < 1 || workingDays > longestExtensionDays)
        return refuseFaults([
          { path: ['workingDays'], ...said('EXTENSION_OUTSIDE', { most: longestExtensionDays, given: workingDays }) },
        ]);
      const clock = decidingClock(view);
      if (clock !== null && readClock(clock, calendar, today).isOverdue === true) {
        return refuse('CONFLICT', said('OVERDUE_NOT_EXTENDED'), ['caseNumber'], {
          legalMoves: ['RESOLVED', 'ESCALATED'],
        });
      }
      return { type: 'EXTENSION_REQUESTED', workingDays, reason: asStored(reason) };
    },
  }),
  ruleCaseExtension: changing<RuleCaseExtensionInput>({
    name: 'ruleCaseExtension',
    faults: reasonFaults,
    decide: ({ granted, reason }, { view }) => ({
      type: 'EXTENSION_RULED',
      granted,
      workingDays: granted ? (view.pendingExtension?.workingDays ?? 0) : 0,
      reason: asStored(reason),
    }),
  }),
  resolveCase: changing<AnswerCaseInput>({
    name: 'resolveCase',
    faults: ({ answer }) => longTextFaults('answer', answer),
    decide: ({ answer }) => ({ type: 'RESOLVED', answer: asStored(answer) }),
  }),
};
