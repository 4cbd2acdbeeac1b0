import type { Resolvers } from '../generated/resolvers-types.js';
import { BenefitTier, Criterion, CriterionResult } from './criterion.js';
import { Department } from './department.js';
import { Enterprise } from './enterprise.js';
import { Grant, MatchingRun } from './grant.js';
import { Benefit, Policy } from './policy.js';
import { PolicyMatch } from './policy-match.js';
import { Query } from './query.js';

export const resolvers: Resolvers = { Query, Benefit, BenefitTier, Criterion, CriterionResult, Department, Enterprise, Grant, MatchingRun, Policy, PolicyMatch };
