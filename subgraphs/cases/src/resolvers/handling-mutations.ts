import { refuse } from '@zhitong/kit/commands';
import type { Named } from '@zhitong/kit/graph';
import type { Assignment } from '../domain/case-event.js';
import { readClock } from '../domain/deadline.js';
import { decidingClock } from '../domain/case-view.js';
import { asStored, attachmentFaults, textFaults } from '../domain/intake.js';
import type { InputFault } from '../domain/satisfaction.js';
import { DEFAULT_TERMS } from '../domain/taxonomy.js';
import type { AnswerCaseInput, AssignCaseInput, CaseInput, CaseNoteInput, MutationResolvers, ReasonedCaseInput, RequestCaseExtensionInput, RuleCaseExtensionInput, SupplementCaseInput } from '../generated/resolvers-types.js';
import { changing, longTextFaults, noteFaults } from './changing.js';

const DEPARTMENT_CODE = /^[A-Z][A-Z0-9]{1,19}$/;
const MOST_ASSISTING = 20;
const DUTY = { longest: 200, shortest: 2 } as const;

const reasonFaults = ({ reason }: { reason: string }): InputFault[] => noteFaults('reason', reason);
const aboutNote = ({ note }: { note: string }): InputFault[] => noteFaults('note', note);
export const codeFaults = (code: string, path: readonly string[]): InputFault[] =>
  DEPARTMENT_CODE.test(code) ? [] : [{ path, message: `${JSON.stringify(code.slice(0, 40))} is not a department code: 2 to 20 capital letters and digits` }];

function assignmentFaults({ lead, assisting = [], reason, lane }: AssignCaseInput): InputFault[] {
  const codes = assisting.map(({ department }) => department);
  const twice = codes.find((code, index) => code === lead || codes.indexOf(code) !== index);
  return [
    ...codeFaults(lead, ['lead']),
    ...(assisting.length > MOST_ASSISTING ? [{ path: ['assisting'], message: `at most ${MOST_ASSISTING} assisting departments, not ${assisting.length}` }] : []),
    ...assisting.flatMap(({ department, duty }, index) => [...codeFaults(department, ['assisting', String(index), 'department']), ...textFaults(duty, ['assisting', String(index), 'duty'], DUTY)]),
    ...(twice === undefined ? [] : [{ path: ['assisting'], message: `${twice} is named twice` }]),
    ...(lane === 'JOINT' && assisting.length === 0 ? [{ path: ['lane'], message: 'JOINT needs at least one assisting department' }] : []),
    ...(typeof reason === 'string' ? noteFaults('reason', reason) : []),
  ];
}

const assignedDepartments = ({ lead, assisting = [] }: AssignCaseInput): Named[] => [
  { kind: 'department', code: lead, path: ['lead'] },
  ...assisting.map(({ department }, index) => ({ kind: 'department' as const, code: department, path: ['assisting', String(index), 'department'] })),
];

function assignmentOf({ lead, assisting = [], lane, reason }: AssignCaseInput): Assignment {
  const chosen = lane ?? (assisting.length > 0 ? 'JOINT' : 'ORDINARY');
  return {
    lead,
    assisting: assisting.map(({ department }) => department),
    responsibilities: assisting.map(({ department, duty }) => ({ department, duty: asStored(duty) })),
    lane: chosen,
    contactDays: DEFAULT_TERMS.firstContactDays,
    answerDays: DEFAULT_TERMS.answerDays[chosen],
    reason: typeof reason === 'string' ? asStored(reason) : null,
  };
}

/** Mutations of the handling, from assignment to answer. Who may make which move is the table in domain/lifecycle.ts. */
export const handlingMutations: Pick<
  MutationResolvers,
  'answerCaseDirectly' | 'assignCase' | 'ruleCase' | 'acceptCase' | 'returnCase' | 'recordCaseContact' | 'recordCaseStep' | 'pauseCase' | 'resumeCase' | 'supplementCase' | 'requestCaseExtension' | 'ruleCaseExtension' | 'resolveCase'
> = {
  answerCaseDirectly: changing<AnswerCaseInput>({
    name: 'answerCaseDirectly',
    faults: ({ answer }) => longTextFaults('answer', answer),
    decide: ({ answer }) => ({ type: 'ANSWERED_DIRECTLY', answer: asStored(answer) }),
  }),
  assignCase: changing<AssignCaseInput>({ name: 'assignCase', faults: assignmentFaults, names: assignedDepartments, decide: (input) => ({ type: 'ASSIGNED', assignment: assignmentOf(input) }) }),
  ruleCase: changing<AssignCaseInput>({
    name: 'ruleCase',
    faults: (input) => [...assignmentFaults(input), ...(input.reason ? [] : [{ path: ['reason'], message: 'a ruling needs its reason' }])],
    names: assignedDepartments,
    decide: (input) => ({ type: 'RULED', assignment: assignmentOf(input) }),
  }),
  acceptCase: changing<CaseInput>({ name: 'acceptCase', decide: () => ({ type: 'ACCEPTED' }) }),
  returnCase: changing<ReasonedCaseInput>({ name: 'returnCase', faults: reasonFaults, decide: ({ reason }) => ({ type: 'RETURNED', reason: asStored(reason), triageDays: DEFAULT_TERMS.triageDays }) }),
  recordCaseContact: changing<CaseNoteInput>({ name: 'recordCaseContact', faults: aboutNote, decide: ({ note }) => ({ type: 'CONTACTED', note: asStored(note) }) }),
  recordCaseStep: changing<CaseNoteInput>({ name: 'recordCaseStep', faults: aboutNote, decide: ({ note }) => ({ type: 'STEP_RECORDED', note: asStored(note) }) }),
  pauseCase: changing<CaseNoteInput>({ name: 'pauseCase', faults: aboutNote, decide: ({ note }) => ({ type: 'PAUSED', question: asStored(note) }) }),
  resumeCase: changing<ReasonedCaseInput>({ name: 'resumeCase', faults: reasonFaults, decide: ({ reason }) => ({ type: 'RESUMED', reason: asStored(reason) }) }),
  supplementCase: changing<SupplementCaseInput>({
    name: 'supplementCase',
    faults: ({ text, attachments = [] }) => [...longTextFaults('text', text), ...attachmentFaults(attachments)],
    decide: ({ text, attachments = [] }) => ({ type: 'SUPPLEMENTED', text: asStored(text), attachments: [...attachments] }),
  }),
  requestCaseExtension: changing<RequestCaseExtensionInput>({
    name: 'requestCaseExtension',
    faults: ({ workingDays, reason }) => [
      ...(workingDays >= 1 && workingDays <= DEFAULT_TERMS.longestExtensionDays ? [] : [{ path: ['workingDays'], message: `1 to ${DEFAULT_TERMS.longestExtensionDays} working days, not ${workingDays}` }]),
      ...noteFaults('reason', reason),
    ],
    decide: ({ workingDays, reason }, { view, calendar, today }) => {
      const clock = decidingClock(view);
      if (clock !== null && readClock(clock, calendar, today).isOverdue === true) {
        return refuse('CONFLICT', 'An answer that is overdue cannot be extended any more; answer, or bring the case to the coordinator.', ['caseNumber'], { legalMoves: ['RESOLVED', 'ESCALATED'] });
      }
      return { type: 'EXTENSION_REQUESTED', workingDays, reason: asStored(reason) };
    },
  }),
  ruleCaseExtension: changing<RuleCaseExtensionInput>({
    name: 'ruleCaseExtension',
    faults: reasonFaults,
    decide: ({ granted, reason }, { view }) => ({ type: 'EXTENSION_RULED', granted, workingDays: granted ? (view.pendingExtension?.workingDays ?? 0) : 0, reason: asStored(reason) }),
  }),
  resolveCase: changing<AnswerCaseInput>({
    name: 'resolveCase',
    faults: ({ answer }) => longTextFaults('answer', answer),
    decide: ({ answer }) => ({ type: 'RESOLVED', answer: asStored(answer) }),
  }),
};
