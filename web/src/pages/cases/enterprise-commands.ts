import { graphql } from '../../generated/index.js';
import { note, reason, type MoveCommands } from './move-command.js';

/** Moves of the enterprise that brought a case, and of whoever may make them for it. */
export const ENTERPRISE_COMMANDS: MoveCommands = {
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
      { name: 'files', kind: 'files', note: 'filesNote', isOptional: true },
      { name: 'attachments', kind: 'lines', isOptional: true },
    ],
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
};
