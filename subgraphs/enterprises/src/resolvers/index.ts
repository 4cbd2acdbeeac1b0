import { guarded } from '@zhitong/kit/graph';
import type { Context } from '../context.js';
import type { Resolvers } from '../generated/resolvers-types.js';
import { assignSteward } from './mutations/assign-steward.js';
import { ConnectorSource } from './connector-source.js';
import { DataAccess } from './data-access.js';
import { Department } from './department.js';
import { Enterprise } from './enterprise.js';
import { EnterpriseConnection } from './enterprise-connection.js';
import { FactYear } from './fact-year.js';
import { Official } from './official.js';
import { Project } from './project.js';
import { Query } from './query.js';
import { recordEnterpriseFacts } from './mutations/record-enterprise-facts.js';
import { RecordedFact } from './recorded-fact.js';

export const resolvers: Resolvers = {
  Query,
  // Nobody writes for a department or an enterprise that there is not.
  Mutation: guarded({ assignSteward, recordEnterpriseFacts }, async ({ actor, names }: Context) =>
    names.requireKnownActor(actor),
  ),
  ConnectorSource,
  DataAccess,
  Department,
  Enterprise,
  EnterpriseConnection,
  FactYear,
  Official,
  Project,
  RecordedFact,
};
