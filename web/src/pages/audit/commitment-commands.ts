import type { Field } from '../../components/command-field.js';
import type { CommitmentMove } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';
import type { CommandDocument, RefusablePayload } from '../../graph/use-command.js';

graphql(/* GraphQL */ `
  fragment CommitmentChange on CommitmentPayload {
    commitment {
      id
      version
    }
  }
`);

type Options = NonNullable<Field['options']>;

/** What the fields of a move are made of: the measure of the promise, and what can be chosen. */
export interface PromiseChoices {
  readonly isMoney: boolean;
  readonly departments: Options;
  readonly entries: Options;
  readonly conditions: Options;
  readonly statuses: Options;
}

/** How a move is made: its mutation, and what its input holds beside the promise and the version that was seen. */
export interface PromiseCommand {
  readonly document: CommandDocument<RefusablePayload>;
  readonly fields: (choices: PromiseChoices) => readonly Field[];
}

const reason: Field = { name: 'reason', kind: 'text' };
const effectiveOn: Field = { name: 'effectiveOn', kind: 'date' };
const proof: Field = { name: 'evidence', kind: 'text', label: 'proof' };
const measured = ({ isMoney }: PromiseChoices): Field =>
  isMoney ? { name: 'amount', kind: 'line' } : { name: 'milestones', kind: 'number' };
const settlement = (choices: PromiseChoices): Field[] => [
  measured(choices),
  effectiveOn,
  { name: 'paymentReference', kind: 'line' },
  proof,
];

/** The form of each move. */
export const PROMISE_COMMANDS: Readonly<Record<CommitmentMove, PromiseCommand>> = {
  RECORD_FULFILMENT: {
    document: graphql(/* GraphQL */ `
      mutation RecordFulfilment($input: RecordFulfilmentInput!) {
        change: recordFulfilment(input: $input) {
          ...CommitmentChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: settlement,
  },
  CORRECT_ENTRY: {
    document: graphql(/* GraphQL */ `
      mutation CorrectLedgerEntry($input: CorrectLedgerEntryInput!) {
        change: correctLedgerEntry(input: $input) {
          ...CommitmentChange
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
      { name: 'reverses', kind: 'choice', options: choices.entries },
      reason,
      { name: 'replacement', kind: 'group', columns: settlement(choices), isOptional: true },
    ],
  },
  TRANSFER: {
    document: graphql(/* GraphQL */ `
      mutation TransferCommitment($input: TransferCommitmentInput!) {
        change: transferCommitment(input: $input) {
          ...CommitmentChange
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
      { name: 'to', kind: 'choice', options: departments, label: 'toDepartment' },
      effectiveOn,
      reason,
    ],
  },
  WAIVE: {
    document: graphql(/* GraphQL */ `
      mutation WaiveCommitment($input: WaiveCommitmentInput!) {
        change: waiveCommitment(input: $input) {
          ...CommitmentChange
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
      measured(choices),
      effectiveOn,
      {
        name: 'consent',
        kind: 'group',
        columns: [
          { name: 'documentNumber', kind: 'line' },
          { name: 'signedOn', kind: 'date' },
          { name: 'signedBy', kind: 'line' },
          { name: 'digest', kind: 'line' },
        ],
      },
    ],
  },
  HAND_OVER: {
    document: graphql(/* GraphQL */ `
      mutation HandOverCommitment($input: HandOverCommitmentInput!) {
        change: handOverCommitment(input: $input) {
          ...CommitmentChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: () => [
      {
        name: 'to',
        kind: 'group',
        label: 'successor',
        columns: [
          { name: 'name', kind: 'line' },
          { name: 'post', kind: 'line' },
        ],
      },
      effectiveOn,
      reason,
    ],
  },
  ATTACH_DOCUMENT: {
    document: graphql(/* GraphQL */ `
      mutation AttachCommitmentDocument($input: AttachCommitmentDocumentInput!) {
        change: attachCommitmentDocument(input: $input) {
          ...CommitmentChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: () => [
      {
        name: 'document',
        kind: 'group',
        columns: [
          { name: 'number', kind: 'line' },
          { name: 'date', kind: 'date' },
          { name: 'digest', kind: 'line', isOptional: true },
        ],
      },
      effectiveOn,
    ],
  },
  ASSESS_CONDITION: {
    document: graphql(/* GraphQL */ `
      mutation AssessCommitmentCondition($input: AssessCommitmentConditionInput!) {
        change: assessCommitmentCondition(input: $input) {
          ...CommitmentChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: ({ conditions, statuses }) => [
      { name: 'condition', kind: 'choice', options: conditions },
      { name: 'status', kind: 'choice', options: statuses, label: 'conditionStatus' },
      proof,
      effectiveOn,
    ],
  },
};
