import { differences, type Way } from './support/try-reads.js';
import type { World } from './support/world.js';
import { policiesWorld } from './support/worlds/policies.js';

let world: World;
let asked: Pick<World, 'callers' | 'ask'>;
let uscc: string;
beforeAll(async () => {
  world = await policiesWorld(import.meta.url);
  asked = { callers: world.callers, ask: world.ask };
  uscc = world.keys['Enterprise']?.found ?? '';
});
afterAll(async () => world.close());

const entity = (type: string, key: object): Way => ({
  name: '_entities',
  query: (selection) => `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`,
  variables: { of: [{ __typename: type, ...key }] },
  place: ['_entities', 0],
});

describe('what callers read of policies', () => {
  it('of a grant is the same by every way to it', async () => {
    const ways: Way[] = [
      { name: 'grants', query: (selection) => `{ grants { nodes { ${selection} } } }`, place: ['grants', 'nodes', 0] },
      {
        name: 'grants(filter)',
        query: (selection) =>
          `{ grants(filter: { enterprise: "${uscc}", policy: "jobs" }) { nodes { ${selection} } } }`,
        place: ['grants', 'nodes', 0],
      },
      {
        name: 'Enterprise.grants',
        query: (selection) =>
          `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { grants { nodes { ${selection} } } } } }`,
        variables: { of: [{ __typename: 'Enterprise', uscc }] },
        place: ['_entities', 0, 'grants', 'nodes', 0],
      },
      entity('Grant', { id: 'G-1' }),
    ];
    // A machine gets to a grant by reference alone, and to those of its department.
    expect(await differences({ department: 'policies', type: 'Grant', ways, ...asked })).toEqual([]);
  });

  it('of an enterprise and of a policy is what the table says', async () => {
    expect(
      await differences({
        department: 'policies',
        type: 'Enterprise',
        ways: [entity('Enterprise', { uscc, factsVersion: null, creditStanding: null })],
        ...asked,
      }),
    ).toEqual([]);
    const ways: Way[] = [
      entity('Policy', { id: 'jobs' }),
      { name: 'policy', query: (selection) => `{ policy(id: "jobs") { ${selection} } }`, place: ['policy'] },
      {
        name: 'policies',
        query: (selection) => `{ policies { nodes { ${selection} } } }`,
        place: ['policies', 'nodes', 0],
      },
    ];
    expect(
      await differences({
        department: 'policies',
        type: 'Policy',
        ways,
        ...asked,
        args: { changes: '(from: 1, to: 1)' },
      }),
    ).toEqual([]);
  });
});
