import type { Field } from '../../components/command-field.js';
import type { ArrearMove } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';
import type { CommandDocument, RefusablePayload } from '../../graph/use-command.js';

graphql(/* GraphQL */ `
  fragment DebtChange on ArrearPayload {
    arrear {
      id
      version
    }
  }
`);

/** What a field of a move can be chosen from: departments, or parts of the debt that stand. */
export type DebtChoices = 'departments' | 'payments' | 'costs' | 'settlements' | 'transfers';

export interface DebtField extends Omit<Field, 'options' | 'columns'> {
  readonly choices?: DebtChoices;
  readonly columns?: readonly DebtField[];
}

/** How a move is made: its mutation, and what its input holds beside the debt and the version that was seen. */
export interface DebtCommand {
  readonly document: CommandDocument<RefusablePayload>;
  readonly fields: readonly DebtField[];
  /** What the input holds beside what is filled in; the plan is the one that waits for an answer. */
  readonly fixed?: (plan: number | undefined) => Readonly<Record<string, unknown>>;
}

const reason: DebtField = { name: 'reason', kind: 'text' };
const amount: DebtField = { name: 'amount', kind: 'line' };
/** What a change rests on: its number and its day. */
export const DOCUMENT: Field = {
  name: 'document',
  kind: 'group',
  columns: [
    { name: 'number', kind: 'line' },
    { name: 'date', kind: 'date' },
  ],
};
const answer = graphql(/* GraphQL */ `
  mutation AnswerRepaymentPlan($input: AnswerRepaymentPlanInput!) {
    change: answerRepaymentPlan(input: $input) {
      ...DebtChange
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** The form of each move. */
export const DEBT_COMMANDS: Readonly<Record<ArrearMove, DebtCommand>> = {
  RECORD_PAYMENT: {
    document: graphql(/* GraphQL */ `
      mutation RecordArrearPayment($input: RecordArrearPaymentInput!) {
        change: recordArrearPayment(input: $input) {
          ...DebtChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [amount, { name: 'paidOn', kind: 'date' }, { name: 'reference', kind: 'line' }],
  },
  REVERSE_PAYMENT: {
    document: graphql(/* GraphQL */ `
      mutation ReverseArrearPayment($input: ReverseArrearPaymentInput!) {
        change: reverseArrearPayment(input: $input) {
          ...DebtChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [{ name: 'payment', kind: 'choice', choices: 'payments' }, reason, DOCUMENT],
  },
  RECORD_ACCEPTANCE: {
    document: graphql(/* GraphQL */ `
      mutation RecordArrearAcceptance($input: RecordArrearAcceptanceInput!) {
        change: recordArrearAcceptance(input: $input) {
          ...DebtChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [{ name: 'acceptedOn', kind: 'date' }, DOCUMENT],
  },
  RECORD_COST: {
    document: graphql(/* GraphQL */ `
      mutation RecordArrearCost($input: RecordArrearCostInput!) {
        change: recordArrearCost(input: $input) {
          ...DebtChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [amount, { name: 'incurredOn', kind: 'date' }, { name: 'subject', kind: 'line' }, DOCUMENT],
  },
  REVERSE_COST: {
    document: graphql(/* GraphQL */ `
      mutation ReverseArrearCost($input: ReverseArrearCostInput!) {
        change: reverseArrearCost(input: $input) {
          ...DebtChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [{ name: 'cost', kind: 'choice', choices: 'costs' }, reason, DOCUMENT],
  },
  SETTLE_DISPUTE: {
    document: graphql(/* GraphQL */ `
      mutation SettleArrearDispute($input: SettleArrearDisputeInput!) {
        change: settleArrearDispute(input: $input) {
          ...DebtChange
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
      { name: 'settledOn', kind: 'date' },
      { name: 'owed', kind: 'line', isOptional: true },
      { name: 'struckOff', kind: 'line', isOptional: true },
      reason,
      DOCUMENT,
    ],
  },
  REVERSE_SETTLEMENT: {
    document: graphql(/* GraphQL */ `
      mutation ReverseArrearSettlement($input: ReverseArrearSettlementInput!) {
        change: reverseArrearSettlement(input: $input) {
          ...DebtChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [{ name: 'settlement', kind: 'choice', choices: 'settlements', label: 'settledDispute' }, reason, DOCUMENT],
  },
  TRANSFER: {
    document: graphql(/* GraphQL */ `
      mutation TransferArrear($input: TransferArrearInput!) {
        change: transferArrear(input: $input) {
          ...DebtChange
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
      { name: 'to', kind: 'choice', choices: 'departments', label: 'toDepartment' },
      { name: 'effectiveOn', kind: 'date' },
      reason,
    ],
  },
  REVERSE_TRANSFER: {
    document: graphql(/* GraphQL */ `
      mutation ReverseArrearTransfer($input: ReverseArrearTransferInput!) {
        change: reverseArrearTransfer(input: $input) {
          ...DebtChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [{ name: 'transfer', kind: 'choice', choices: 'transfers' }, reason, DOCUMENT],
  },
  PROPOSE_PLAN: {
    document: graphql(/* GraphQL */ `
      mutation ProposeRepaymentPlan($input: ProposeRepaymentPlanInput!) {
        change: proposeRepaymentPlan(input: $input) {
          ...DebtChange
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
      { name: 'instalments', kind: 'rows', columns: [{ name: 'dueOn', kind: 'date' }, amount] },
      { ...reason, isOptional: true },
    ],
  },
  ACCEPT_PLAN: { document: answer, fields: [], fixed: (plan) => ({ plan, answer: 'ACCEPT' }) },
  DECLINE_PLAN: { document: answer, fields: [reason], fixed: (plan) => ({ plan, answer: 'DECLINE' }) },
  CORRECT: {
    document: graphql(/* GraphQL */ `
      mutation CorrectArrear($input: CorrectArrearInput!) {
        change: correctArrear(input: $input) {
          ...DebtChange
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
      { name: 'subject', kind: 'line', isOptional: true },
      { name: 'contractNumber', kind: 'line', isOptional: true },
      { name: 'contractSignedOn', kind: 'date', isOptional: true },
      { name: 'deliveredOn', kind: 'date', isOptional: true },
      { name: 'agreedTermDays', kind: 'number', isOptional: true },
      { name: 'agreedRatePercent', kind: 'line', isOptional: true },
      { name: 'principal', kind: 'line', isOptional: true },
      { name: 'disputed', kind: 'line', isOptional: true },
      reason,
      DOCUMENT,
    ],
  },
  WITHDRAW: {
    document: graphql(/* GraphQL */ `
      mutation WithdrawArrear($input: WithdrawArrearInput!) {
        change: withdrawArrear(input: $input) {
          ...DebtChange
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [reason, DOCUMENT],
  },
};
