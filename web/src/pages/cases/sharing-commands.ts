import { graphql } from '../../generated/index.js';
import { note, reason, type MoveCommands } from './move-command.js';

/** What those who handle a case tell one another, and what supervision and the responsibility list come to. */
export const SHARING_COMMANDS: MoveCommands = {
  NOTED: {
    document: graphql(/* GraphQL */ `
      mutation AddInternalNote($input: InternalNoteInput!) {
        change: addInternalNote(input: $input) {
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
  SUPERVISION_REPORTED: {
    document: graphql(/* GraphQL */ `
      mutation ReportSupervision($input: CaseNoteInput!) {
        change: reportSupervision(input: $input) {
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
  SUPERVISION_CONCLUDED: {
    document: graphql(/* GraphQL */ `
      mutation ConcludeSupervision($input: ConcludeSupervisionInput!) {
        change: concludeSupervision(input: $input) {
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
    fields: [{ name: 'fulfilled', kind: 'yesNo' }, note],
  },
  DUTIES_AMENDED: {
    document: graphql(/* GraphQL */ `
      mutation AmendResponsibilities($input: AmendResponsibilitiesInput!) {
        change: amendResponsibilities(input: $input) {
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
      {
        name: 'assisting',
        kind: 'rows',
        columns: [
          { name: 'department', kind: 'choice', choices: 'departments' },
          { name: 'duty', kind: 'line' },
          { name: 'dueOn', kind: 'date', isOptional: true },
        ],
      },
      reason,
    ],
  },
  DUTY_REPORTED: {
    document: graphql(/* GraphQL */ `
      mutation ReportDuty($input: CaseNoteInput!) {
        change: reportDuty(input: $input) {
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
  ASSISTANCE_RATED: {
    document: graphql(/* GraphQL */ `
      mutation RateAssistance($input: RateAssistanceInput!) {
        change: rateAssistance(input: $input) {
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
      { name: 'department', kind: 'choice', choices: 'assisting' },
      { name: 'grade', kind: 'grade' },
      { ...reason, isOptional: true },
    ],
  },
  CLEARING_ISSUED: {
    document: graphql(/* GraphQL */ `
      mutation IssueClearingNotice($input: IssueClearingNoticeInput!) {
        change: issueClearingNotice(input: $input) {
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
      { name: 'referral', kind: 'choice', choices: 'cleared' },
      { name: 'text', kind: 'text' },
      { name: 'scope', kind: 'choice', choices: ['ClearingScope'] },
    ],
  },
};
