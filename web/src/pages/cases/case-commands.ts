import type { CommandDocument, RefusablePayload } from '../../graph/use-command.js';
import type { Field } from '../../components/command-form.js';
import type { CaseMove } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';

graphql(/* GraphQL */ `
  fragment CaseChange on CasePayload {
    case {
      caseNumber
      version
      status
    }
  }
`);

/** A field of a move; `choices` names a list of the page, or a type of the graph and its values. */
export interface MoveField extends Field {
  readonly choices?: 'departments' | 'referrals' | readonly [type: string, ...values: string[]];
}

interface MoveCommand {
  readonly document: CommandDocument<RefusablePayload>;
  readonly fields: readonly MoveField[];
}

const reason: MoveField = { name: 'reason', kind: 'text' };
const note: MoveField = { name: 'note', kind: 'text' };
const answer: MoveField = { name: 'answer', kind: 'text' };
const lead: MoveField = { name: 'lead', kind: 'choice', choices: 'departments' };

/** How each move is made: its mutation, and what its input holds beside the case and the version that was seen. */
export const CASE_COMMANDS: Readonly<Partial<Record<CaseMove, MoveCommand>>> = {
  ANSWERED_DIRECTLY: {
    document: graphql(/* GraphQL */ `
      mutation AnswerCaseDirectly($input: AnswerCaseInput!) {
        change: answerCaseDirectly(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [answer],
  },
  ASSIGNED: {
    document: graphql(/* GraphQL */ `
      mutation AssignCase($input: AssignCaseInput!) {
        change: assignCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [lead, { ...reason, isOptional: true }],
  },
  RULED: {
    document: graphql(/* GraphQL */ `
      mutation RuleCase($input: AssignCaseInput!) {
        change: ruleCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [lead, reason],
  },
  ACCEPTED: {
    document: graphql(/* GraphQL */ `
      mutation AcceptCase($input: CaseInput!) {
        change: acceptCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [],
  },
  RETURNED: {
    document: graphql(/* GraphQL */ `
      mutation ReturnCase($input: ReasonedCaseInput!) {
        change: returnCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [reason],
  },
  CONTACTED: {
    document: graphql(/* GraphQL */ `
      mutation RecordCaseContact($input: CaseNoteInput!) {
        change: recordCaseContact(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [note],
  },
  STEP_RECORDED: {
    document: graphql(/* GraphQL */ `
      mutation RecordCaseStep($input: CaseNoteInput!) {
        change: recordCaseStep(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [note],
  },
  PAUSED: {
    document: graphql(/* GraphQL */ `
      mutation PauseCase($input: CaseNoteInput!) {
        change: pauseCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [note],
  },
  RESUMED: {
    document: graphql(/* GraphQL */ `
      mutation ResumeCase($input: ReasonedCaseInput!) {
        change: resumeCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [reason],
  },
  SUPPLEMENTED: {
    document: graphql(/* GraphQL */ `
      mutation SupplementCase($input: SupplementCaseInput!) {
        change: supplementCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [
      { name: 'text', kind: 'text' },
      { name: 'attachments', kind: 'lines', isOptional: true },
    ],
  },
  EXTENSION_REQUESTED: {
    document: graphql(/* GraphQL */ `
      mutation RequestCaseExtension($input: RequestCaseExtensionInput!) {
        change: requestCaseExtension(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [{ name: 'workingDays', kind: 'number' }, reason],
  },
  EXTENSION_RULED: {
    document: graphql(/* GraphQL */ `
      mutation RuleCaseExtension($input: RuleCaseExtensionInput!) {
        change: ruleCaseExtension(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [{ name: 'granted', kind: 'yesNo' }, reason],
  },
  RESOLVED: {
    document: graphql(/* GraphQL */ `
      mutation ResolveCase($input: AnswerCaseInput!) {
        change: resolveCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [answer],
  },
  RATED: {
    document: graphql(/* GraphQL */ `
      mutation RateCase($input: RateCaseInput!) {
        change: rateCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [
      { name: 'process', kind: 'grade' },
      { name: 'result', kind: 'grade' },
      { ...reason, isOptional: true },
    ],
  },
  CHECK_FOUND: {
    document: graphql(/* GraphQL */ `
      mutation RecordCheckFinding($input: RecordCheckFindingInput!) {
        change: recordCheckFinding(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [
      { name: 'outcome', kind: 'choice', choices: ['CheckOutcome', 'CONFIRMED', 'NOT_RESOLVED'] },
      { name: 'finding', kind: 'text' },
    ],
  },
  REOPENED: {
    document: graphql(/* GraphQL */ `
      mutation ReopenCase($input: ReasonedCaseInput!) {
        change: reopenCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [reason],
  },
  CLOSED: {
    document: graphql(/* GraphQL */ `
      mutation CloseCase($input: ReasonedCaseInput!) {
        change: closeCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [reason],
  },
  WITHDRAWN: {
    document: graphql(/* GraphQL */ `
      mutation WithdrawCase($input: ReasonedCaseInput!) {
        change: withdrawCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [reason],
  },
  URGED: {
    document: graphql(/* GraphQL */ `
      mutation UrgeCase($input: UrgeCaseInput!) {
        change: urgeCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [note],
  },
  SUPERVISED: {
    document: graphql(/* GraphQL */ `
      mutation SuperviseCase($input: SuperviseCaseInput!) {
        change: superviseCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [
      { name: 'instruction', kind: 'text' },
      { name: 'dueOn', kind: 'date' },
    ],
  },
  ESCALATED: {
    document: graphql(/* GraphQL */ `
      mutation EscalateCase($input: EscalateCaseInput!) {
        change: escalateCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [
      { name: 'level', kind: 'choice', choices: ['EscalationLevel', 'COORDINATOR', 'JOINT_MEETING', 'LEADERSHIP'] },
      reason,
    ],
  },
  REFERRED: {
    document: graphql(/* GraphQL */ `
      mutation ReferCase($input: ReferCaseInput!) {
        change: referCase(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [
      { name: 'department', kind: 'choice', choices: 'departments' },
      reason,
      { name: 'evidence', kind: 'lines' },
    ],
  },
  REFERRAL_CONCLUDED: {
    document: graphql(/* GraphQL */ `
      mutation ConcludeReferral($input: ConcludeReferralInput!) {
        change: concludeReferral(input: $input) {
          ...CaseChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [
      { name: 'referral', kind: 'choice', choices: 'referrals' },
      { name: 'outcome', kind: 'choice', choices: ['ReferralOutcome', 'SANCTIONED', 'NO_GROUND', 'CLEARED'] },
      note,
    ],
  },
};
