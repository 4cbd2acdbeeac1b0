import type { Resolvers } from '../generated/resolvers-types.js';
import { Arrear, ArrearConnection } from './arrear.js';
import { CommitmentAudit, CommitmentAuditGroup } from './commitment-audit.js';
import { CommitmentConnection } from './commitment-list.js';
import { Commitment, LedgerEntry } from './commitment.js';
import { CreditStanding, DishonestyRecord, Judgment } from './credit-standing.js';
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
} from './ledger-mutations.js';
import { Pledge } from './pledge.js';
import { Project } from './project.js';
import { Query } from './query.js';
import { recordCommitment } from './record-commitment.js';

export const resolvers: Resolvers = {
  Query,
  Mutation: {
    assessCommitmentCondition,
    attachCommitmentDocument,
    correctLedgerEntry,
    handOverCommitment,
    recordCommitment,
    recordFulfilment,
    succeedDepartment,
    transferCommitment,
    waiveCommitment,
  },
  Arrear,
  ArrearConnection,
  Commitment,
  CommitmentAudit,
  CommitmentAuditGroup,
  CommitmentConnection,
  CreditStanding,
  Department,
  DishonestyRecord,
  Enterprise,
  Judgment,
  LedgerEntry,
  Pledge,
  Project,
};
