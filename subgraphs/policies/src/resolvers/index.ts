import { guarded } from '@zhitong/kit/graph';
import { rateText } from '@zhitong/values';
import type { Context } from '../context.js';
import type { Resolvers } from '../generated/resolvers-types.js';
import { applyWithPledge, checkPledge } from './mutations/application-mutations.js';
import { BenefitTier, Criterion, CriterionResult } from './criterion.js';
import { ConnectorSource } from './connector-source.js';
import { Department } from './department.js';
import { Enterprise } from './enterprise.js';
import {
  endLoanProduct,
  giveFinancingConsent,
  publishLoanProduct,
  stateFinancingNeed,
  withdrawFinancingConsent,
  withdrawFinancingNeed,
} from './mutations/finance-mutations.js';
import { FinancingConsent, FinancingNeed, MatchingNeed } from './financing-need.js';
import { Grant, GrantEvent, GrantObjection, GrantSuspension, MatchingRun, Payment, PublicNotice } from './grant.js';
import {
  advanceGrants,
  confirmGrant,
  decideGrant,
  identifyGrants,
  reportPayment,
} from './mutations/grant-mutations.js';
import { decideObjection, objectToGrant } from './mutations/objection-mutations.js';
import { decideRecovery, proposeRecovery, recordRecovery } from './mutations/recovery-mutations.js';
import { GrantRecovery, GrantRecoveryEvent, GrantRecoveryReceipt } from './grant-recovery.js';
import { LoanMatch } from './loan-match.js';
import { LoanProduct } from './loan-product.js';
import { Benefit, Policy, PolicyVersion } from './policy.js';
import { PolicyNotification } from './policy-notification.js';
import { PolicyQuestion, PolicyQuestionEvent } from './policy-question.js';
import { PolicyStatistics } from './policy-statistics.js';
import {
  answerPolicyQuestion,
  askPolicyQuestion,
  declinePolicyQuestion,
  publishPolicyQuestion,
} from './mutations/question-mutations.js';
import { markNotificationsRead, subscribeToTopic, unsubscribeFromTopic } from './mutations/subscription-mutations.js';
import { publishPolicy, savePolicyDraft, withdrawPolicy } from './mutations/policy-mutations.js';
import { definePolicyParameter, PolicyParameter, recordParameterValue } from './policy-parameter.js';
import { PolicyMatch } from './policy-match.js';
import { correctPolicyRow, replayPolicyDeadLetters } from './mutations/operator-mutations.js';
import { Query } from './query.js';

const mutations = {
  correctPolicyRow,
  replayPolicyDeadLetters,
  advanceGrants,
  applyWithPledge,
  checkPledge,
  confirmGrant,
  decideGrant,
  decideObjection,
  decideRecovery,
  objectToGrant,
  proposeRecovery,
  recordRecovery,
  definePolicyParameter,
  endLoanProduct,
  giveFinancingConsent,
  identifyGrants,
  publishLoanProduct,
  publishPolicy,
  recordParameterValue,
  reportPayment,
  savePolicyDraft,
  stateFinancingNeed,
  withdrawFinancingConsent,
  withdrawFinancingNeed,
  withdrawPolicy,
  answerPolicyQuestion,
  askPolicyQuestion,
  declinePolicyQuestion,
  markNotificationsRead,
  publishPolicyQuestion,
  subscribeToTopic,
  unsubscribeFromTopic,
};

export const resolvers: Resolvers = {
  Query,
  // Nobody writes for a department or an enterprise that there is not.
  Mutation: guarded(mutations, async ({ actor, register }: Context) => register.requireKnownActor(actor)),
  Benefit,
  BenefitTier,
  ConnectorSource,
  Criterion,
  CriterionResult,
  Department,
  Enterprise,
  FinancingConsent,
  FinancingNeed,
  Grant,
  GrantEvent,
  GrantRecovery,
  GrantRecoveryEvent,
  GrantRecoveryReceipt,
  GrantObjection,
  GrantSuspension,
  LoanMatch,
  LoanProduct,
  MatchingNeed,
  MatchingRun,
  Payment,
  Policy,
  PolicyMatch,
  PolicyParameter,
  PolicyNotification,
  PolicyQuestion,
  PolicyQuestionEvent,
  PolicyStatistics,
  PolicyVersion,
  PublicNotice,
  Rate: { rate: rateText },
};
