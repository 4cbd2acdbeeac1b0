import { demoCity } from '@zhitong/demo';
import { typeDefs } from '../../../subgraphs/enterprises/src/server.js';
import { describeWriteRights, freshKey } from '../../rights/write-rights.js';
import { projectScenarios } from '../../rights/scenarios/projects.js';
import {
  coordinator,
  enterprisesUnderTest,
  NOW,
  type EnterprisesUnderTest,
} from '../support/enterprises-under-test.js';

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

const officialOf = (department: string, at: number): string =>
  hub.city.officials.filter(({ departmentCode }) => departmentCode === department)[at]?.id ?? '';
/** Officials leave whom no other scenario names. */
let leaving = 5;
let regions = 0;
const nextRegion = (): string => hub.city.districts[(regions += 1) % hub.city.districts.length]?.code ?? '';

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
    assignServiceRole: {
      prepare: async () =>
        Promise.resolve({
          uscc: nextEnterprise(),
          role: 'DEPARTMENT_CONTACT',
          official: officialOf('RSJ', 0),
          expectedVersion: 1,
        }),
    },
    endServiceRole: {
      prepare: async () => {
        const uscc = nextEnterprise();
        await hub.ask(
          'mutation ($input: AssignServiceRoleInput!) { assignServiceRole(input: $input) { refusal { message } } }',
          {
            variables: {
              input: {
                idempotencyKey: freshKey(),
                uscc,
                role: 'AGENT',
                official: officialOf('RSJ', 0),
                expectedVersion: 1,
              },
            },
            actor: coordinator,
          },
        );
        const link = await hub.database.connection
          .collection('service_links')
          .findOne<{ id: string }>({ uscc, role: 'AGENT' });
        return { link: link?.id, reason: '服务期满' };
      },
    },
    enterServiceOfficers: {
      prepare: async () =>
        Promise.resolve({ officers: [{ official: officialOf('RSJ', 1), roles: ['STEWARD'], regions: ['421202'] }] }),
    },
    applyAssignment: {
      prepare: async () => {
        const rule = { role: 'EMPLOYMENT_SPECIALIST', regions: [nextRegion()] };
        const { data } = await hub.ask<{ planAssignment: { digest: string } }>(
          'query ($rule: AssignmentRuleInput!) { planAssignment(rule: $rule) { digest } }',
          { variables: { rule: { ...rule, replaces: true } }, actor: coordinator },
        );
        return { rule: { ...rule, replaces: true }, digest: data?.planAssignment.digest };
      },
    },
    handOverOfficial: {
      prepare: async () => Promise.resolve({ official: hub.city.officials[(leaving += 1)]?.id, reason: '调离' }),
    },
    setDirectLine: {
      prepare: async () =>
        Promise.resolve({ id: 'park-line', kind: 'PARK', name: '园区直通', department: 'RSJ', reach: '0715-8255199' }),
    },
    ...projectScenarios(() => hub, officialOf),
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
