import { typeDefs } from '../../../subgraphs/cases/src/server.js';
import { CITY_DEPARTMENTS } from '../../support/told-register.js';
import { caseScenarios, TODAY } from '../../rights/scenarios/cases.js';
import { describeWriteRights } from '../../rights/write-rights.js';
import { USCC } from '../support/a-case.js';
import { casesUnderTest, type CasesUnderTest } from '../support/cases-under-test.js';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, TODAY);
  cases.register([...Object.keys(CITY_DEPARTMENTS), 'JRB']);
});
afterAll(async () => cases.close());

describeWriteRights('cases', {
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
});
