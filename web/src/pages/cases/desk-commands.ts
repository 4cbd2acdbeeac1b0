import { graphql } from '../../generated/index.js';
import { note, reason, lead, type MoveCommands, type MoveField } from './move-command.js';

const category: MoveField = { name: 'category', kind: 'choice', choices: ['CaseCategory'] };
/** What of an intake can be corrected; what is left empty stays as it is. */
const CORRECTED: readonly MoveField[] = (
  [
    { name: 'kind', kind: 'choice', choices: ['CaseKind'] },
    { name: 'title', kind: 'line' },
    { name: 'text', kind: 'text' },
    { name: 'uscc', kind: 'line' },
    { name: 'contactName', kind: 'line' },
    { name: 'contactPhone', kind: 'line' },
    { name: 'anonymous', kind: 'yesNo' },
  ] as const
).map((field) => ({ ...field, isOptional: true }));

/** Moves of the desk that took a case in, and of the coordinator: who is to handle it, and as what. */
export const DESK_COMMANDS: MoveCommands = {
  TRANSFERRED: {
    document: graphql(/* GraphQL */ `
      mutation TransferCase($input: AssignCaseInput!) {
        change: transferCase(input: $input) {
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
  RECATEGORISED: {
    document: graphql(/* GraphQL */ `
      mutation RecategoriseCase($input: RecategoriseCaseInput!) {
        change: recategoriseCase(input: $input) {
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
    fields: [category, reason],
  },
  CORRECTED: {
    document: graphql(/* GraphQL */ `
      mutation CorrectCaseIntake($input: CorrectCaseIntakeInput!) {
        change: correctCaseIntake(input: $input) {
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
    fields: [reason, ...CORRECTED],
  },
  DECLINED: {
    document: graphql(/* GraphQL */ `
      mutation DeclineCase($input: DeclineCaseInput!) {
        change: declineCase(input: $input) {
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
    fields: [{ name: 'competent', kind: 'line' }, reason],
  },
  MERGED: {
    document: graphql(/* GraphQL */ `
      mutation MergeCase($input: MergeCaseInput!) {
        change: mergeCase(input: $input) {
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
    fields: [{ name: 'into', kind: 'line' }, reason],
  },
  MERGE_UNDONE: {
    document: graphql(/* GraphQL */ `
      mutation UndoCaseMerge($input: ReasonedCaseInput!) {
        change: undoCaseMerge(input: $input) {
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
  SPLIT: {
    document: graphql(/* GraphQL */ `
      mutation SplitCase($input: SplitCaseInput!) {
        change: splitCase(input: $input) {
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
    fields: [category, { name: 'title', kind: 'line' }, { name: 'text', kind: 'text' }, reason],
  },
  LANE_CHANGED: {
    document: graphql(/* GraphQL */ `
      mutation ChangeCaseLane($input: ChangeCaseLaneInput!) {
        change: changeCaseLane(input: $input) {
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
    fields: [{ name: 'lane', kind: 'choice', choices: ['CaseLane'] }, reason],
  },
  WORDED: {
    document: graphql(/* GraphQL */ `
      mutation WordAnonymousCase($input: WordAnonymousCaseInput!) {
        change: wordAnonymousCase(input: $input) {
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
      { name: 'title', kind: 'line' },
      { name: 'text', kind: 'text' },
    ],
  },
  CLOSE_UNDONE: {
    document: graphql(/* GraphQL */ `
      mutation UndoCaseClosing($input: ReasonedCaseInput!) {
        change: undoCaseClosing(input: $input) {
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
  EVALUATED: {
    document: graphql(/* GraphQL */ `
      mutation EvaluateCase($input: EvaluateCaseInput!) {
        change: evaluateCase(input: $input) {
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
      { name: 'settlement', kind: 'choice', choices: ['CaseSettlement'] },
      { name: 'cause', kind: 'choice', choices: ['MatterCause'] },
      { name: 'isCommon', kind: 'yesNo' },
      { name: 'measure', kind: 'text', isOptional: true },
      note,
    ],
  },
};
