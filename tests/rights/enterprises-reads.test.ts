import type { EnterprisesUnderTest } from '../enterprises/support/enterprises-under-test.js';
import { differences, type Way } from './support/try-reads.js';
import type { World } from './support/world.js';
import { enterprisesWorld } from './support/worlds/enterprises.js';

let hub: EnterprisesUnderTest;
let asked: Pick<World, 'callers' | 'ask'>;
let uscc: string;
let project: string;
beforeAll(async () => {
  const world = await enterprisesWorld(import.meta.url);
  ({ hub } = world);
  asked = { callers: world.callers, ask: world.ask };
  uscc = world.keys['Enterprise']?.found ?? '';
  project = world.keys['Project']?.found ?? '';
});
afterAll(async () => hub.close());

const reference = (type: string, key: object): Pick<Way, 'name' | 'query' | 'variables' | 'place'> => ({
  name: '_entities',
  query: (selection) => `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`,
  variables: { of: [{ __typename: type, ...key }] },
  place: ['_entities', 0],
});

describe('what callers read of the register', () => {
  it('of an enterprise is the same by every way to it', async () => {
    const name = hub.city.enterprises.find((one) => one.uscc === uscc)?.name ?? '';
    const ways: Way[] = [
      {
        name: 'enterprise',
        query: (selection) => `query ($uscc: ID!) { enterprise(uscc: $uscc) { ${selection} } }`,
        variables: { uscc },
        place: ['enterprise'],
      },
      {
        name: 'enterprises',
        query: (selection) =>
          `query ($uscc: ID!) { enterprises(filter: { uscc: [$uscc] }) { nodes { ${selection} } } }`,
        variables: { uscc },
        place: ['enterprises', 'nodes', 0],
      },
      {
        name: 'enterprises.edges',
        query: (selection) =>
          `query ($uscc: ID!) { enterprises(filter: { uscc: [$uscc] }) { edges { node { ${selection} } } } }`,
        variables: { uscc },
        place: ['enterprises', 'edges', 0, 'node'],
      },
      {
        name: 'searchEnterprises',
        query: (selection) =>
          `query ($text: String!) { searchEnterprises(text: $text, first: 1) { nodes { ${selection} } } }`,
        variables: { text: name },
        place: ['searchEnterprises', 'nodes', 0],
      },
      reference('Enterprise', { uscc }),
    ];
    expect(
      await differences({ department: 'enterprises', type: 'Enterprise', ways, ...asked, silent: ['factsVersion'] }),
    ).toEqual([]);
  });

  it('of a project is the same by every way to it', async () => {
    const at = hub.city.projects
      .filter((one) => one.uscc === uscc)
      .toSorted((a, b) => (a.signedOn === b.signedOn ? (a.id < b.id ? 1 : -1) : a.signedOn < b.signedOn ? 1 : -1))
      .findIndex(({ id }) => id === project);
    const ways: Way[] = [
      {
        name: 'project',
        query: (selection) => `query ($id: ID!) { project(id: $id) { ${selection} } }`,
        variables: { id: project },
        place: ['project'],
      },
      {
        name: 'projects',
        query: (selection) => `query ($uscc: ID!) { projects(filter: { uscc: $uscc }) { nodes { ${selection} } } }`,
        variables: { uscc },
        place: ['projects', 'nodes', at],
      },
      {
        name: 'Enterprise.projects',
        query: (selection) => `query ($uscc: ID!) { enterprise(uscc: $uscc) { projects { nodes { ${selection} } } } }`,
        variables: { uscc },
        place: ['enterprise', 'projects', 'nodes', at],
      },
      reference('Project', { id: project }),
    ];
    expect(await differences({ department: 'enterprises', type: 'Project', ways, ...asked })).toEqual([]);
  });
});
