import { graphql } from '../../generated/index.js';
import { answer, note, reason, type MoveCommands } from './move-command.js';

/** Moves of whoever handles a case: the desk that received it, and the department that leads it. */
export const HANDLING_COMMANDS: MoveCommands = {
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
};
