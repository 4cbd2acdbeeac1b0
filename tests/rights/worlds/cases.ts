import { typeDefs } from '../../../subgraphs/cases/src/server.js';
import { CITY_DEPARTMENTS } from '../../support/told-register.js';
import { caseScenarios, TODAY } from '../scenarios/cases.js';
import type { RightsOf } from '../write-rights.js';
import { USCC } from '../../cases/support/a-case.js';
import { casesUnderTest, type CasesUnderTest } from '../../cases/support/cases-under-test.js';

let cases: CasesUnderTest;

/** The department of cases and what its mutations are tried on, from before the tests of the file. */
export function rightsOfCases(file: string): RightsOf {
  beforeAll(async () => {
    cases = await casesUnderTest(file, TODAY);
    cases.register([...Object.keys(CITY_DEPARTMENTS), 'JRB']);
  });
  afterAll(async () => cases.close());

  return {
    typeDefs,
    world: () => ({
      connection: cases.connection,
      ask: async (query, variables, actor) => cases.ask(query, variables, actor),
      reset: async () => {
        cases.at(TODAY);
        await cases.empty();
      },
      muchLater: () => cases.at('2028-05-03'),
    }),
    scenarios: caseScenarios(() => cases),
    own: USCC,
    foreign: '91420000MA4L0LNU0X',
    department: 'RSJ',
    keeper: 'YSB',
  };
}
