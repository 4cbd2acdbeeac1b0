import type { Resolvers } from '../generated/resolvers-types.js';
import { assignSteward } from './assign-steward.js';
import { DataAccess } from './data-access.js';
import { Department } from './department.js';
import { Enterprise } from './enterprise.js';
import { FactYear } from './fact-year.js';
import { Official } from './official.js';
import { Project } from './project.js';
import { Query } from './query.js';
import { recordEnterpriseFacts } from './record-enterprise-facts.js';

export const resolvers: Resolvers = {
  Query,
  Mutation: { assignSteward, recordEnterpriseFacts },
  DataAccess,
  Department,
  Enterprise,
  FactYear,
  Official,
  Project,
};
