import { typeDefs } from '../../../subgraphs/policies/src/server.js';
import { honestGraph, OTHER, OWN, policyScenarios, present } from '../scenarios/policies.js';
import type { RightsOf } from '../write-rights.js';
import { NOW, policiesUnderTest, type PoliciesUnderTest } from '../../policies/support/policies-under-test.js';

let policies: PoliciesUnderTest;

/** The department of policies and what its mutations are tried on, from before the tests of the file. */
export function rightsOfPolicies(file: string): RightsOf {
  beforeAll(async () => {
    policies = await policiesUnderTest(file, { now: () => present.now }, honestGraph);
  });
  afterAll(async () => policies.close());

  return {
    typeDefs,
    world: () => ({
      connection: policies.database.connection,
      ask: async (query, variables, actor) => policies.ask(query, { variables, actor }),
      reset: async () => {
        present.now = NOW;
        await policies.reset();
      },
      muchLater: () => void (present.now = new Date('2028-05-03T04:00:00Z')),
    }),
    scenarios: policyScenarios(() => policies),
    own: OWN,
    foreign: OTHER,
    department: 'RSJ',
    keeper: 'YSB',
  };
}
