import { demoCity } from '@zhitong/demo';
import { typeDefs } from '../../../subgraphs/enterprises/src/server.js';
import { describeWriteRights } from '../../rights/write-rights.js';
import { enterprisesUnderTest, NOW, type EnterprisesUnderTest } from '../support/enterprises-under-test.js';

const SIZE = 200;
/** The same city that the department is given. */
const [own, foreign] = demoCity({ referenceDate: '2026-11-20', enterprises: SIZE }).enterprises.map(({ uscc }) => uscc);
let now = new Date(NOW);
let hub: EnterprisesUnderTest;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, SIZE, { now: () => now });
});
afterAll(async () => hub.close());

/** Another enterprise of the city each time: the city is loaded once. */
let taken = 1;
const nextEnterprise = (): string => hub.city.enterprises[(taken += 1)]?.uscc ?? '';

describeWriteRights('enterprises', {
  typeDefs,
  world: () => ({
    connection: hub.database.connection,
    ask: async (query, variables, actor) => hub.ask(query, { variables, actor }),
    reset: async () => Promise.resolve(void (now = new Date(NOW))),
    muchLater: () => void (now = new Date('2028-05-03T02:00:00Z')),
  }),
  scenarios: {
    recordEnterpriseFacts: {
      prepare: async () => Promise.resolve({ uscc: nextEnterprise(), year: 2025, values: { hiredGraduates: 3 } }),
    },
    assignSteward: {
      prepare: async () =>
        Promise.resolve({ uscc: nextEnterprise(), official: hub.city.officials[0]?.id, expectedVersion: 1 }),
    },
  },
  own: own ?? '',
  foreign: foreign ?? '',
  department: 'RSJ',
  keeper: 'YSB',
});
