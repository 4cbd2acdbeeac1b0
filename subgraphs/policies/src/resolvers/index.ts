import type { Resolvers } from '../generated/resolvers-types.js';
import { applyWithPledge, checkPledge } from './application-mutations.js';
import { BenefitTier, Criterion, CriterionResult } from './criterion.js';
import { Department } from './department.js';
import { Enterprise } from './enterprise.js';
import { Grant, GrantEvent, MatchingRun, Payment } from './grant.js';
import { advanceGrants, confirmGrant, identifyGrants, reportPayment } from './grant-mutations.js';
import { Benefit, Policy, PolicyVersion } from './policy.js';
import { publishPolicy, savePolicyDraft } from './policy-mutations.js';
import { PolicyMatch } from './policy-match.js';
import { Query } from './query.js';

export const resolvers: Resolvers = {
  Query,
  Mutation: { advanceGrants, applyWithPledge, checkPledge, confirmGrant, identifyGrants, publishPolicy, reportPayment, savePolicyDraft },
  Benefit,
  BenefitTier,
  Criterion,
  CriterionResult,
  Department,
  Enterprise,
  Grant,
  GrantEvent,
  MatchingRun,
  Payment,
  Policy,
  PolicyMatch,
  PolicyVersion,
};
