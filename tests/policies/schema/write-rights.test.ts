import { typeDefs } from '../../../subgraphs/policies/src/server.js';
import { honestGraph, OTHER, OWN, policyScenarios, present } from '../../rights/scenarios/policies.js';
import { describeWriteRights } from '../../rights/write-rights.js';
import { NOW, policiesUnderTest, type PoliciesUnderTest } from '../support/policies-under-test.js';

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
});
