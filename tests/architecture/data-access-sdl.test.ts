import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isTypeDefinitionNode, parse, print } from 'graphql';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const DEPARTMENTS = ['enterprises', 'cases', 'policies', 'credit'];
const SHARED = ['DataAccess', 'DataAccessFilter', 'DataAccessConnection', 'DataAccessEdge'];

describe('the records of who read personal data', () => {
  it.each(SHARED)('have the type %s in one form in every department', (name) => {
    const forms = DEPARTMENTS.map((department) => {
      const { definitions } = parse(readFileSync(path.join(ROOT, 'subgraphs', department, 'schema.graphql'), 'utf8'));
      const type = definitions.filter(isTypeDefinitionNode).find((definition) => definition.name.value === name);
      return type === undefined ? `${department} has none` : print(type);
    });
    expect(new Set(forms)).toEqual(new Set([forms[0]]));
  });
});
