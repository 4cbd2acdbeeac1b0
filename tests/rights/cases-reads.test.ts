import { USCC } from '../cases/support/a-case.js';
import { differences, type Way } from './support/try-reads.js';
import type { World } from './support/world.js';
import { casesWorld } from './support/worlds/cases.js';

let world: Awaited<ReturnType<typeof casesWorld>>;
let asked: Pick<World, 'callers' | 'ask'>;
beforeAll(async () => {
  world = await casesWorld(import.meta.url);
  asked = { callers: world.callers, ask: world.ask };
});
afterAll(async () => world.close());

const ENTERPRISE = { of: [{ __typename: 'Enterprise', uscc: USCC }] };

describe('what callers read of cases', () => {
  it('of a case is the same by every way to it', async () => {
    const ways: Way[] = [
      { name: 'case', query: (selection) => `{ case(caseNumber: "SQ2026-000001") { ${selection} } }`, place: ['case'] },
      { name: 'cases', query: (selection) => `{ cases { nodes { ${selection} } } }`, place: ['cases', 'nodes', 0] },
      {
        name: 'cases(filter)',
        query: (selection) => `{ cases(filter: { uscc: "${USCC}", handler: "JRB" }) { nodes { ${selection} } } }`,
        place: ['cases', 'nodes', 0],
      },
      {
        name: 'Enterprise.cases',
        query: (selection) =>
          `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { cases { nodes { ${selection} } } } } }`,
        variables: ENTERPRISE,
        place: ['_entities', 0, 'cases', 'nodes', 0],
      },
      {
        name: '_entities',
        query: (selection) =>
          `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Case { ${selection} } } }`,
        variables: { of: [{ __typename: 'Case', caseNumber: 'SQ2026-000001' }] },
        place: ['_entities', 0],
      },
    ];
    const args = { file: '(id: "F-1")' };
    expect(await differences({ department: 'cases', type: 'Case', ways, args, ...asked })).toEqual([]);
  });

  it('of an enterprise and of a department is what the table says', async () => {
    const entity = (type: string, key: object): Way => ({
      name: '_entities',
      query: (selection) =>
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`,
      variables: { of: [{ __typename: type, ...key }] },
      place: ['_entities', 0],
    });
    expect(
      await differences({
        department: 'cases',
        type: 'Enterprise',
        ways: [entity('Enterprise', { uscc: USCC })],
        ...asked,
      }),
    ).toEqual([]);
    world.cases.register(['JRB']);
    expect(
      await differences({
        department: 'cases',
        type: 'Department',
        ways: [entity('Department', { code: 'JRB' })],
        ...asked,
        args: { scorecard: '(from: "2026-03-01", to: "2026-03-31")' },
      }),
    ).toEqual([]);
    expect(
      await differences({
        department: 'cases',
        type: 'ServiceItem',
        ways: [entity('ServiceItem', { id: 'ZZ-SPJY' })],
        ...asked,
        args: { promiseRecord: '(from: "2026-03-01", to: "2026-03-31")' },
      }),
    ).toEqual([]);
  });
});
