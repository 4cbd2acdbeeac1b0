import { typeDefs } from '../../../subgraphs/policies/src/server.js';
import { honestGraph, OTHER, OWN, policyScenarios, present } from '../../rights/scenarios/policies.js';
import { describeWriteRights } from '../../rights/write-rights.js';
import { policiesUnderTest, type PoliciesUnderTest } from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url, { now: () => present.now }, honestGraph);
});
afterAll(async () => policies.close());

describeWriteRights('policies', {
  typeDefs,
  world: () => ({
    connection: policies.database.connection,
    ask: async (query, variables, actor) => policies.ask(query, { variables, actor }),
    reset: async () => policies.reset(),
  }),
  scenarios: policyScenarios(() => policies),
  own: OWN,
  foreign: OTHER,
  department: 'RSJ',
  keeper: 'YSB',
});
