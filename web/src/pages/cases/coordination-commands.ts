import { graphql } from '../../generated/index.js';
import { lead, note, reason, type MoveCommands } from './move-command.js';

/** Moves of the coordinator and of the auditor over a case that others handle. */
export const COORDINATION_COMMANDS: MoveCommands = {
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
