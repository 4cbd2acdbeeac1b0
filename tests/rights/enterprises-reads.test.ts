import type { Actor } from '@zhitong/kit';
import { auditor, coordinator, enterprise, enterprisesUnderTest, type EnterprisesUnderTest } from '../enterprises/department.js';
import { differences, type Way } from './support/try-reads.js';

let hub: EnterprisesUnderTest;
let uscc: string;
let project: string;
let callers: Record<string, Actor | null>;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url);
  const found = hub.city.projects.find((one) => hub.city.enterprises.some((enterpriseOfCity) => enterpriseOfCity.uscc === one.uscc && enterpriseOfCity.stewardship !== null));
  if (found === undefined) throw new Error('The small city has no enterprise with a project and a steward.');
  ({ uscc, id: project } = found);
  const stewards = hub.city.officials.filter(({ id }) => hub.city.enterprises.some((one) => one.uscc === uscc && one.stewardship?.stewardId === id)).map(({ departmentCode }) => departmentCode);
  const leaders = hub.city.projects.filter((one) => one.uscc === uscc).map(({ leadDepartmentCode }) => leadDepartmentCode);
  const other = ['YBJ', 'TJJ', 'XFJ'].find((code) => ![...stewards, ...leaders].includes(code)) ?? '';
  const officer = (department: string): Actor => ({ sub: `officer-of-${department}`, roles: ['OFFICER'], department });
  callers = {
    nobody: null, 'enterprise, own': enterprise(uscc), 'enterprise, another': enterprise(hub.city.enterprises.find((one) => one.uscc !== uscc)?.uscc ?? ''),
    'officer, concerned': officer(found.leadDepartmentCode), 'officer, another': officer(other), 'officer, bank': officer('RMYH'), 'officer, no such department': officer('GHOST'),
    coordinator, auditor, admin: { sub: 'admin', roles: ['ADMIN'] }, service: { sub: 'machine', roles: ['SERVICE'], department: 'YSB' },
  };
});
afterAll(async () => hub.close());

const ask = async (query: string, variables: Record<string, unknown>, actor: Actor | null) => hub.ask<unknown>(query, { variables, actor });
const reference = (type: string, key: object): Pick<Way, 'name' | 'query' | 'variables' | 'place'> => ({
  name: '_entities', query: (selection) => `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`, variables: { of: [{ __typename: type, ...key }] }, place: ['_entities', 0],
});

describe('what callers read of the register', () => {
  it('of an enterprise is the same by every way to it', async () => {
    const name = hub.city.enterprises.find((one) => one.uscc === uscc)?.name ?? '';
    const ways: Way[] = [
      { name: 'enterprise', query: (selection) => `query ($uscc: ID!) { enterprise(uscc: $uscc) { ${selection} } }`, variables: { uscc }, place: ['enterprise'] },
      { name: 'enterprises', query: (selection) => `query ($uscc: ID!) { enterprises(filter: { uscc: [$uscc] }) { nodes { ${selection} } } }`, variables: { uscc }, place: ['enterprises', 'nodes', 0] },
      { name: 'enterprises.edges', query: (selection) => `query ($uscc: ID!) { enterprises(filter: { uscc: [$uscc] }) { edges { node { ${selection} } } } }`, variables: { uscc }, place: ['enterprises', 'edges', 0, 'node'] },
      { name: 'searchEnterprises', query: (selection) => `query ($text: String!) { searchEnterprises(text: $text, first: 1) { nodes { ${selection} } } }`, variables: { text: name }, place: ['searchEnterprises', 'nodes', 0] },
      reference('Enterprise', { uscc }),
    ];
    expect(await differences({ department: 'enterprises', type: 'Enterprise', callers, ways, ask, silent: ['factsVersion'] })).toEqual([]);
  });

  it('of a project is the same by every way to it', async () => {
    const at = hub.city.projects.filter((one) => one.uscc === uscc).toSorted((a, b) => (a.signedOn === b.signedOn ? (a.id < b.id ? 1 : -1) : a.signedOn < b.signedOn ? 1 : -1)).findIndex(({ id }) => id === project);
    const ways: Way[] = [
      { name: 'project', query: (selection) => `query ($id: ID!) { project(id: $id) { ${selection} } }`, variables: { id: project }, place: ['project'] },
      { name: 'projects', query: (selection) => `query ($uscc: ID!) { projects(filter: { uscc: $uscc }) { nodes { ${selection} } } }`, variables: { uscc }, place: ['projects', 'nodes', at] },
      { name: 'Enterprise.projects', query: (selection) => `query ($uscc: ID!) { enterprise(uscc: $uscc) { projects { nodes { ${selection} } } } }`, variables: { uscc }, place: ['enterprise', 'projects', 'nodes', at] },
      reference('Project', { id: project }),
    ];
    expect(await differences({ department: 'enterprises', type: 'Project', callers, ways, ask })).toEqual([]);
  });
});
