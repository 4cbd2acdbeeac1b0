import { guarded } from '@zhitong/kit/graph';
import { rateText } from '@zhitong/values';
import type { Context } from '../context.js';
import type { Resolvers } from '../generated/resolvers-types.js';
import { answerApprovalItem, ApprovalItem, openApprovalItem, submitApprovalItem } from './approval-item.js';
import { AuditMatter } from './audit-matter.js';
import { addAuditNote, AuditWorkItem, referCommitment, respondToReferral } from './audit-worklist.js';
import {
  correctArrear,
  recordArrear,
  recordArrearPayment,
  reverseArrearPayment,
  withdrawArrear,
} from './mutations/arrear-mutations.js';
import {
  answerRepaymentPlan,
  proposeRepaymentPlan,
  recordArrearAcceptance,
  recordArrearCost,
  reverseArrearCost,
  reverseArrearSettlement,
  reverseArrearTransfer,
  settleArrearDispute,
  signRepaymentPlan,
  transferArrear,
} from './mutations/arrear-part-mutations.js';
import { Arrear, ArrearConnection } from './arrears/arrear.js';
import { ArrearsDisclosure } from './arrears/arrears-disclosure.js';
import { DepartmentArrears } from './arrears/arrears-report.js';
import { CommitmentAudit, CommitmentAuditGroup } from './commitment-audit.js';
import { CommitmentConnection } from './commitment-list.js';
import { Commitment, LedgerEntry } from './commitment.js';
import { ConnectorSource } from './connector-source.js';
import {
  recordDishonesty,
  recordJudgment,
  recordPledgeEvent,
  repairDishonesty,
  signPledge,
  withdrawDishonesty,
  withdrawJudgment,
} from './mutations/credit-record-mutations.js';
import { CreditStanding, DishonestyRecord, GovernmentClaim, Judgment } from './credit-standing.js';
import { Department } from './department.js';
import { Enterprise } from './enterprise.js';
import {
  assessCommitmentCondition,
  attachCommitmentDocument,
  correctLedgerEntry,
  handOverCommitment,
  recordFulfilment,
  succeedDepartment,
  transferCommitment,
  waiveCommitment,
} from './mutations/ledger-mutations.js';
import { LedgerSeal } from './ledger-seal.js';
import { Pledge } from './pledge.js';
import { Project } from './project.js';
import { correctCreditRow, replayCreditDeadLetters } from './mutations/operator-mutations.js';
import { Query } from './query.js';
import { recordCommitment } from './mutations/record-commitment.js';

const mutations = {
  correctCreditRow,
  replayCreditDeadLetters,
  answerRepaymentPlan,
  proposeRepaymentPlan,
  recordArrearAcceptance,
  recordArrearCost,
  reverseArrearCost,
  reverseArrearSettlement,
  reverseArrearTransfer,
  settleArrearDispute,
  transferArrear,
  addAuditNote,
  referCommitment,
  respondToReferral,
  answerApprovalItem,
  openApprovalItem,
  correctArrear,
  withdrawArrear,
  recordArrear,
  recordArrearPayment,
  recordDishonesty,
  recordJudgment,
  recordPledgeEvent,
  repairDishonesty,
  withdrawDishonesty,
  withdrawJudgment,
  reverseArrearPayment,
  signPledge,
  signRepaymentPlan,
  submitApprovalItem,
  assessCommitmentCondition,
  attachCommitmentDocument,
  correctLedgerEntry,
  handOverCommitment,
  recordCommitment,
  recordFulfilment,
  succeedDepartment,
  transferCommitment,
  waiveCommitment,
};

export const resolvers: Resolvers = {
  Query,
  // Nobody writes for a department or an enterprise that there is not.
  Mutation: guarded(mutations, async ({ actor, register }: Context) => register.requireKnownActor(actor)),
  ApprovalItem,
  AuditMatter,
  AuditWorkItem,
  Arrear,
  ArrearConnection,
  ArrearsDisclosure,
  Commitment,
  CommitmentAudit,
  AuditedCommitmentConnection: { onTime: ({ onTime }) => onTime?.() ?? null },
  CommitmentAuditGroup,
  CommitmentConnection,
  ConnectorSource,
  CreditStanding,
  Department,
  DepartmentArrears,
  DishonestyRecord,
  Enterprise,
  GovernmentClaim,
  Judgment,
  LedgerEntry,
  LedgerSeal,
  Pledge,
  Project,
  Rate: { rate: rateText },
};
