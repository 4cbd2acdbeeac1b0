import { typeDefs } from '../../../subgraphs/credit/src/server.js';
import { creditScenarios, OTHER, OWN } from '../../rights/scenarios/credit.js';
import { describeWriteRights } from '../../rights/write-rights.js';
import { creditUnderTest, LEDGER_OFFICE, TODAY, type CreditUnderTest } from '../support/credit-under-test.js';

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());

describeWriteRights('credit', {
  typeDefs,
  world: () => ({
    connection: credit.database.connection,
    ask: async (query, variables, actor) => credit.ask(query, { variables, actor }),
    reset: async () => {
      credit.clock.set(`${TODAY}T02:00:00.000Z`);
      await credit.database.empty();
      await credit.department.stores.running.make();
    },
    muchLater: () => credit.clock.set('2028-05-03T02:00:00.000Z'),
  }),
  scenarios: creditScenarios(() => credit),
  own: OWN,
  foreign: OTHER,
  department: 'ZJJ',
  keeper: LEDGER_OFFICE,
});
