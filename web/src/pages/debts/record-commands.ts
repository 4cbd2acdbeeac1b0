import type { Field } from '../../components/command-field.js';
import { graphql } from '../../generated/index.js';
import type { CommandDocument, RefusablePayload } from '../../graph/use-command.js';

type Options = NonNullable<Field['options']>;

/** What the fields can be chosen from, by the graph's own lists. */
export interface RecordChoices {
  readonly departments: Options;
  readonly regions: Options;
  /** Records of dishonesty that count. */
  readonly records: Options;
  readonly commitmentKinds: Options;
  readonly seriousness: Options;
  readonly grades: Options;
  readonly relations: Options;
  readonly successions: Options;
}

/** How something is recorded about an enterprise. */
export interface RecordForm {
  readonly command: CommandDocument<RefusablePayload>;
  readonly fields: (choices: RecordChoices) => readonly Field[];
  /** What the fields hold at first, for an officer of a department. */
  readonly initial?: (own: string) => Record<string, unknown>;
}

/** What officers record about an enterprise; its code is in the input as well. */
export const RECORDS = {
  RECORD_COMMITMENT: {
    command: graphql(/* GraphQL */ `
      mutation RecordCommitment($input: RecordCommitmentInput!) {
        change: recordCommitment(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: ({ departments, regions, commitmentKinds }) => [
      { name: 'title', kind: 'line' },
      { name: 'kind', kind: 'choice', options: commitmentKinds },
      { name: 'promisor', kind: 'choice', options: departments },
      { name: 'districtCode', kind: 'choice', options: regions },
      { name: 'project', kind: 'line', isOptional: true, label: 'projectNumber' },
      { name: 'promisedOn', kind: 'date' },
      {
        name: 'document',
        kind: 'group',
        isOptional: true,
        columns: [
          { name: 'number', kind: 'line' },
          { name: 'date', kind: 'date' },
          { name: 'digest', kind: 'line', isOptional: true },
        ],
      },
      { name: 'deliverable', kind: 'text', isOptional: true },
      {
        name: 'instalments',
        kind: 'rows',
        columns: [
          { name: 'dueOn', kind: 'date' },
          { name: 'amount', kind: 'line', isOptional: true },
          { name: 'milestones', kind: 'number', isOptional: true },
        ],
      },
      { name: 'conditions', kind: 'lines', isOptional: true },
      {
        name: 'official',
        kind: 'group',
        label: 'successor',
        columns: [
          { name: 'name', kind: 'line' },
          { name: 'post', kind: 'line' },
        ],
      },
    ],
    initial: (own) => ({ promisor: own }),
  },
  RECORD_ARREAR: {
    command: graphql(/* GraphQL */ `
      mutation RecordArrear($input: RecordArrearInput!) {
        change: recordArrear(input: $input) {
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
      { name: 'debtor', kind: 'choice', options: departments },
      { name: 'debtorUscc', kind: 'line', isOptional: true },
      { name: 'subject', kind: 'line' },
      { name: 'contractNumber', kind: 'line' },
      { name: 'contractSignedOn', kind: 'date' },
      { name: 'creditorIsSme', kind: 'yesNo' },
      { name: 'agreedTermDays', kind: 'number', isOptional: true },
      { name: 'agreedRatePercent', kind: 'line', isOptional: true },
      { name: 'deliveredOn', kind: 'date' },
      { name: 'needsAcceptance', kind: 'yesNo' },
      { name: 'acceptanceAgreedBy', kind: 'date', isOptional: true },
      { name: 'acceptedOn', kind: 'date', isOptional: true },
      { name: 'settlementConfirmedOn', kind: 'date', isOptional: true },
      { name: 'retentionUntil', kind: 'date', isOptional: true },
      { name: 'hasThirdPartyClause', kind: 'yesNo' },
      { name: 'countsPrincipalFirst', kind: 'yesNo' },
      { name: 'principal', kind: 'line' },
      { name: 'disputed', kind: 'line', isOptional: true },
    ],
    initial: (own) => ({
      ...{ debtor: own, creditorIsSme: true, needsAcceptance: false },
      ...{ hasThirdPartyClause: false, countsPrincipalFirst: false },
    }),
  },
  OPEN_APPROVAL_ITEM: {
    command: graphql(/* GraphQL */ `
      mutation OpenApprovalItem($input: OpenApprovalItemInput!) {
        change: openApprovalItem(input: $input) {
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
      { name: 'department', kind: 'choice', options: departments },
      { name: 'permit', kind: 'line' },
      { name: 'project', kind: 'line', isOptional: true, label: 'projectNumber' },
      { name: 'cause', kind: 'text', label: 'permitCause' },
      { name: 'openedOn', kind: 'date' },
      { name: 'deadline', kind: 'date' },
    ],
    initial: (own) => ({ department: own }),
  },
  RECORD_DISHONESTY: {
    command: graphql(/* GraphQL */ `
      mutation RecordDishonesty($input: RecordDishonestyInput!) {
        change: recordDishonesty(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: ({ seriousness }) => [
      { name: 'category', kind: 'line', label: 'dishonestyCategory' },
      { name: 'seriousness', kind: 'choice', options: seriousness },
      { name: 'documentNumber', kind: 'line' },
      { name: 'from', kind: 'date' },
      { name: 'until', kind: 'date', isOptional: true },
    ],
  },
  REPAIR_DISHONESTY: {
    command: graphql(/* GraphQL */ `
      mutation RepairDishonesty($input: RepairDishonestyInput!) {
        change: repairDishonesty(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: ({ records }) => [
      { name: 'record', kind: 'choice', options: records, label: 'dishonestyRecord' },
      { name: 'repairedOn', kind: 'date' },
      { name: 'procedure', kind: 'text', label: 'repairProcedure' },
      { name: 'decisionNumber', kind: 'line' },
    ],
  },
  RECORD_JUDGMENT: {
    command: graphql(/* GraphQL */ `
      mutation RecordJudgment($input: RecordJudgmentInput!) {
        change: recordJudgment(input: $input) {
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
      { name: 'caseNumber', kind: 'line', label: 'courtCase' },
      { name: 'court', kind: 'line' },
      { name: 'amount', kind: 'line' },
      { name: 'effectiveOn', kind: 'date' },
      { name: 'fulfilledOn', kind: 'date', isOptional: true },
    ],
  },
  RECORD_PENALTY: {
    command: graphql(/* GraphQL */ `
      mutation RecordPenalty($input: RecordPenaltyInput!) {
        change: recordPenalty(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: ({ grades }) => [
      { name: 'decisionNumber', kind: 'line' },
      { name: 'grade', kind: 'choice', options: grades, label: 'penaltyGrade' },
      { name: 'reason', kind: 'text', label: 'penaltyReason' },
      { name: 'basis', kind: 'text', label: 'legalBasis' },
      { name: 'fine', kind: 'line' },
      { name: 'decidedOn', kind: 'date' },
      { name: 'publicUntil', kind: 'date', isOptional: true },
    ],
  },
  RECORD_LABOUR: {
    command: graphql(/* GraphQL */ `
      mutation RecordLabourReport($input: RecordLabourReportInput!) {
        change: recordLabourReport(input: $input) {
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
      { name: 'month', kind: 'line' },
      { name: 'employees', kind: 'number' },
      { name: 'shortage', kind: 'number' },
    ],
  },
  RELATE: {
    command: graphql(/* GraphQL */ `
      mutation RelateEnterprise($input: RelateEnterpriseInput!) {
        change: relateEnterprise(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: ({ relations }) => [
      { name: 'kind', kind: 'choice', options: relations, label: 'relation' },
      { name: 'parent', kind: 'line', isOptional: true },
    ],
  },
  CONFIRM_CODE: {
    command: graphql(/* GraphQL */ `
      mutation ConfirmIrregularCode($input: ConfirmIrregularCodeInput!) {
        change: confirmIrregularCode(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: () => [{ name: 'reason', kind: 'text', label: 'seenOn' }],
  },
} as const satisfies Readonly<Record<string, RecordForm>>;

/** The enterprise goes on from another. */
export const RECORD_SUCCESSION: RecordForm = {
  command: graphql(/* GraphQL */ `
    mutation RecordSuccession($input: RecordSuccessionInput!) {
      change: recordSuccession(input: $input) {
        refusal {
          code
          message
          path
          details
        }
      }
    }
  `),
  fields: ({ successions }) => [
    { name: 'predecessor', kind: 'line' },
    { name: 'kind', kind: 'choice', options: successions, label: 'succession' },
    { name: 'on', kind: 'date', label: 'succeededOn' },
    { name: 'document', kind: 'line', label: 'registrationDocument' },
  ],
};
