import type { Field } from '../../components/command-field.js';
import type { CommandDocument, RefusablePayload } from '../../graph/use-command.js';
import { graphql } from '../../generated/index.js';
import type { ProjectApprovalMove, ProjectLeadMove, ProjectMove, ProjectTaskMove } from '../../generated/graphql.js';

type Options = NonNullable<Field['options']>;

/** What the fields of a move can be chosen from. */
export interface ProjectChoices {
  /** Steps that are not completed. */
  readonly steps: Options;
  readonly departments: Options;
  readonly faults: Options;
  readonly categories: Options;
  readonly outcomes: Options;
}

/** What can be chosen about a project that is talked about. */
export interface LeadChoices {
  readonly departments: Options;
  readonly aspects: Options;
  readonly opinions: Options;
  readonly decisions: Options;
  readonly tracks: Options;
}

interface Move<Choices> {
  readonly command: CommandDocument<RefusablePayload>;
  readonly fields: (choices: Choices) => readonly Field[];
}

const note: Field = { name: 'note', kind: 'text' };
const step = ({ steps }: Pick<ProjectChoices, 'steps'>): Field => ({ name: 'step', kind: 'choice', options: steps });

/** The form of each move of a project; its input holds the project and the version that was seen as well. */
export const PROJECT_MOVES: Readonly<Record<ProjectMove, Move<ProjectChoices>>> = {
  PLAN: {
    command: graphql(/* GraphQL */ `
      mutation PlanProject($input: PlanProjectInput!) {
        change: planProject(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: (choices) => [
      { name: 'steps', kind: 'rows', columns: [step(choices), { name: 'plannedOn', kind: 'date' }] },
      { name: 'reason', kind: 'text', isOptional: true, label: 'planReason' },
    ],
  },
  COMPLETE_STEP: {
    command: graphql(/* GraphQL */ `
      mutation CompleteProjectStep($input: CompleteProjectStepInput!) {
        change: completeProjectStep(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: (choices) => [step(choices), { name: 'completedOn', kind: 'date' }, note],
  },
  OPEN_APPROVAL: {
    command: graphql(/* GraphQL */ `
      mutation OpenProjectApproval($input: OpenProjectApprovalInput!) {
        change: openProjectApproval(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: (choices) => [
      step(choices),
      { name: 'matter', kind: 'line', label: 'approvalMatter' },
      { name: 'owner', kind: 'choice', options: choices.departments },
      { name: 'receivedAt', kind: 'moment' },
      { name: 'promisedDays', kind: 'line' },
    ],
  },
  REPORT_BLOCK: {
    command: graphql(/* GraphQL */ `
      mutation ReportProjectBlock($input: ReportProjectBlockInput!) {
        change: reportProjectBlock(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: (choices) => [
      step(choices),
      { name: 'fault', kind: 'choice', options: choices.faults },
      { name: 'department', kind: 'choice', options: choices.departments, isOptional: true, label: 'faultyDepartment' },
      { name: 'category', kind: 'choice', options: choices.categories },
      { name: 'title', kind: 'line' },
      { name: 'text', kind: 'text' },
    ],
  },
  GIVE_TASK: {
    command: graphql(/* GraphQL */ `
      mutation GiveProjectTask($input: GiveProjectTaskInput!) {
        change: giveProjectTask(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: (choices) => [
      step(choices),
      { name: 'official', kind: 'official', label: 'agent' },
      { name: 'matter', kind: 'line', label: 'taskMatter' },
      { name: 'dueOn', kind: 'date' },
    ],
  },
  INSPECT: {
    command: graphql(/* GraphQL */ `
      mutation RecordProjectInspection($input: RecordProjectInspectionInput!) {
        change: recordProjectInspection(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: ({ departments }) => [
      { name: 'inspectedOn', kind: 'date' },
      { name: 'office', kind: 'choice', options: departments },
      { name: 'finding', kind: 'text', label: 'inspectionFinding' },
      { name: 'measure', kind: 'text', isOptional: true, label: 'inspectionMeasure' },
      { name: 'dueOn', kind: 'date', isOptional: true },
    ],
  },
};

/** The form of each move of an approval. */
export const APPROVAL_MOVES: Readonly<Record<ProjectApprovalMove, Move<ProjectChoices>>> = {
  DECIDE: {
    command: graphql(/* GraphQL */ `
      mutation DecideProjectApproval($input: DecideProjectApprovalInput!) {
        change: decideProjectApproval(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: ({ outcomes }) => [
      { name: 'outcome', kind: 'choice', options: outcomes, label: 'approvalOutcome' },
      { name: 'note', kind: 'text', label: 'decisionGround' },
      { name: 'pledge', kind: 'text', isOptional: true },
      { name: 'creditPledge', kind: 'line', isOptional: true },
    ],
  },
};

/** The form of each move of an agent's task. */
export const TASK_MOVES: Readonly<Record<ProjectTaskMove, Move<ProjectChoices>>> = {
  FINISH: {
    command: graphql(/* GraphQL */ `
      mutation FinishProjectTask($input: FinishProjectTaskInput!) {
        change: finishProjectTask(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: () => [note],
  },
};

/** The form of each move of a project that is talked about. */
export const LEAD_MOVES: Readonly<Record<ProjectLeadMove, Move<LeadChoices>>> = {
  HOLD_MEETING: {
    command: graphql(/* GraphQL */ `
      mutation HoldAdmissionMeeting($input: HoldAdmissionMeetingInput!) {
        change: holdAdmissionMeeting(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: ({ departments, aspects, opinions, decisions }) => [
      { name: 'heldOn', kind: 'date' },
      { name: 'chairedBy', kind: 'line' },
      {
        name: 'opinions',
        kind: 'rows',
        columns: [
          { name: 'aspect', kind: 'choice', options: aspects },
          { name: 'department', kind: 'choice', options: departments },
          { name: 'opinion', kind: 'choice', options: opinions },
          { name: 'text', kind: 'line' },
        ],
      },
      { name: 'decision', kind: 'choice', options: decisions },
      { name: 'reason', kind: 'text' },
    ],
  },
  SIGN: {
    command: graphql(/* GraphQL */ `
      mutation SignProject($input: SignProjectInput!) {
        change: signProject(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: ({ tracks }) => [
      { name: 'uscc', kind: 'line' },
      { name: 'signedOn', kind: 'date' },
      { name: 'track', kind: 'choice', options: tracks },
      { name: 'steward', kind: 'official' },
    ],
  },
};

/** Registers a project that is talked about. */
export const REGISTER_LEAD = graphql(/* GraphQL */ `
  mutation RegisterProjectLead($input: RegisterProjectLeadInput!) {
    change: registerProjectLead(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);
