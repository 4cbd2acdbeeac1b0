import { typeDefs } from '../../../subgraphs/credit/src/server.js';
import { creditScenarios, OTHER, OWN } from '../scenarios/credit.js';
import type { RightsOf } from '../write-rights.js';
import { creditUnderTest, LEDGER_OFFICE, TODAY, type CreditUnderTest } from '../../credit/support/credit-under-test.js';

let credit: CreditUnderTest;

/** The department of credit and what its mutations are tried on, from before the tests of the file. */
export function rightsOfCredit(file: string): RightsOf {
  beforeAll(async () => {
    credit = await creditUnderTest(file);
  });
  afterAll(async () => credit.close());

  return {
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
  };
}
