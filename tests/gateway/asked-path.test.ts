import { Kind, parse } from 'graphql';
import { askedPath } from '../../gateway/src/asked-path.js';

const document = parse(`
  query Overview { enterprise(uscc: "x") { name own: matchedPolicies { ...Page } ... on Enterprise { cases { nodes { title } } } } }
  fragment Page on PolicyMatchConnection { nodes { outcome } }
`);
const [operation] = document.definitions;
if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('The first definition is the operation.');

describe('askedPath', () => {
  it.each([
    [['enterprise', 'name'], ['enterprise', 'name']],
    [['enterprise', 'own', 'nodes', 3, 'outcome'], ['enterprise', 'own', 'nodes', 3, 'outcome']],
    [['enterprise', 'cases', 'nodes', 0, 'title'], ['enterprise', 'cases', 'nodes', 0, 'title']],
    [['enterprise', 'creditStanding'], ['enterprise']],
    [['enterprise', 'matchedPolicies'], ['enterprise']], // asked for under another name only
    [['enterprise', 'cases', 'nodes', 2, 'complainant', 'name'], ['enterprise', 'cases', 'nodes', 2]],
    [['elsewhere'], []],
    [[], []],
  ])('of %j is %j', (path, asked) => expect(askedPath(path, { operation, document })).toEqual(asked));
});
