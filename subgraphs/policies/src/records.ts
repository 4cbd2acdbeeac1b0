import type { RelayConnection } from '@zhitong/kit';
import type { StatedCriterion } from './domain/criteria/criteria.js';
import type { StatedTier } from './domain/benefit/benefit.js';
import type { CreditFacts } from './domain/matching/match.js';
import type { CriterionResult, Eligibility, Evaluation } from './domain/evaluation/evaluate.js';
import type { Facts } from './domain/facts/fact-values.js';
import type { Suspension } from './domain/grant/grant.js';
import type { Bar } from './domain/grant/held-benefit.js';
import type { RegisterBar } from './domain/policy/register-bar.js';
import type { FinancingNeedRecord } from './models/financing-need.js';
import type { GrantRecord } from './models/grants/grant-record.js';
import type { GrantRecoveryRecord } from './models/grants/grant-recovery.js';
import type { LoanProductRecord } from './models/loan-product.js';
import type { PolicyNotificationRecord } from './models/policy-notification.js';
import type { QuestionView } from './domain/questions/policy-question.js';
import type { Disclosure } from './domain/disclosure/policy-statistics.js';
import type { ApplyingPolicy, ShelfPolicy } from './memory/policy-shelf.js';
import type { MatchingNeedRow } from './usecases/needs-for-product.js';

/** What resolvers of referenced and computed types pass on. */
export interface EnterpriseRef {
  readonly uscc: string;
  /** The register's version of its facts; null or absent where the register has none. */
  readonly factsVersion?: string | null;
  readonly creditStanding?: CreditFacts | null;
}

/** A suspension with what the reader can do about it. */
export interface ShownSuspension extends Suspension {
  readonly legalMoves: 'DECIDE'[];
}

export interface DepartmentRef {
  readonly code: string;
}

/** A match before anybody has asked for its reasons. */
export interface PolicyMatchRow extends ApplyingPolicy {
  readonly outcome: Eligibility;
  /** What stands in the way of an enterprise that meets the conditions. */
  readonly bar: Bar | null;
  /** Order of outcomes: eligible first. */
  readonly rank: number;
  readonly policyId: string;
  readonly facts: Facts;
  /** What the enterprise had before, in fen, where the policy pays the difference only; else 0. */
  readonly hadFen: number;
}

export type CriterionRow = StatedCriterion;
export type CriterionResultRow = CriterionResult;
export type BenefitTierRow = StatedTier;
export type PolicyConnectionRows = RelayConnection<ShelfPolicy>;
export type PolicyMatchConnectionRows = RelayConnection<PolicyMatchRow>;
export type GrantConnectionRows = RelayConnection<GrantRecord>;
export type GrantRecoveryConnectionRows = RelayConnection<GrantRecoveryRecord>;
export type PublicNoticeConnectionRows = RelayConnection<GrantRecord>;
export type EligibleEnterpriseConnectionRows = RelayConnection<EnterpriseRef>;

/** One enterprise under one loan product, decided. */
export interface LoanMatchRow {
  readonly rank: number;
  readonly product: LoanProductRecord;
  readonly evaluation: Evaluation;
  readonly bar: RegisterBar | null;
  readonly facts: Facts;
  readonly referenceDate: string;
}

export type LoanProductConnectionRows = RelayConnection<LoanProductRecord>;
export type LoanMatchConnectionRows = RelayConnection<LoanMatchRow>;
export type FinancingNeedConnectionRows = RelayConnection<FinancingNeedRecord>;
export type MatchingNeedConnectionRows = RelayConnection<MatchingNeedRow>;

export type PolicyNotificationConnectionRows = RelayConnection<PolicyNotificationRecord> & {
  readonly unreadCount: number;
};
export type PolicyQuestionConnectionRows = RelayConnection<QuestionView>;

/** A policy's figures, worked out where they are asked for. */
export interface PolicyStatisticsRow {
  readonly policyId: string;
  readonly shown: Disclosure;
}
