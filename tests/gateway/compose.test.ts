import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { accessTable, maySee } from '../../gateway/src/access-table.js';
import { CompositionRefused, composeSupergraph, type DepartmentSchema } from '../../gateway/src/compose.js';
import { assertOneFederation, copiesOf } from '../../gateway/src/federation-versions.js';
import { CASES_SDL, REGISTRY_SDL } from './support/small-city.js';

const registry = { name: 'registry', url: 'http://127.0.0.1:1/graphql', sdl: REGISTRY_SDL };
const cases = { name: 'cases', url: 'http://127.0.0.1:2/graphql', sdl: CASES_SDL };

function problems(departments: readonly DepartmentSchema[]): readonly string[] {
  try {
    composeSupergraph(departments);
    return [];
  } catch (error) {
    if (error instanceof CompositionRefused) return error.problems;
    throw error;
  }
}

describe('composing the departments\' schemas', () => {
  it('gives one supergraph with the departments\' addresses and the rights of their fields', () => {
    const supergraph = composeSupergraph([registry, cases]);
    expect(supergraph).toContain('url: "http://127.0.0.1:2/graphql"');
    const table = accessTable(supergraph);
    expect(table.get('Enterprise.turnover')).toEqual([['AUDITOR']]);
    expect(table.get('Named.contact')).toEqual([['OFFICER', 'AUDITOR']]);
    expect(table.has('Enterprise.name')).toBe(false);
  });

  it('does not depend on when it is done', () => {
    expect(composeSupergraph([registry, cases])).toBe(composeSupergraph([registry, cases]));
  });

  it.each([
    ['a syntax error', (sdl: string) => `${sdl}\ntype Broken {`, /^cases: Syntax Error: .* \(line \d+\)$/],
    ['an unknown type', (sdl: string) => sdl.replace('openCount: Int', 'openCount: Inty'), /^cases: INVALID_GRAPHQL: \[cases\] Unknown type "?Inty/],
    ['a key that does not exist', (sdl: string) => sdl.replace('@key(fields: "uscc")', '@key(fields: "code")'), /^cases: KEY_INVALID_FIELDS:/],
    ['a type that differs between departments', (sdl: string) => sdl.replace('"Turnover." turnover: Int @external', '"Turnover." turnover: String @external'), /^(registry, )?cases: EXTERNAL_TYPE_MISMATCH:/],
    ['a field without a description', (sdl: string) => sdl.replace('"Open cases." openCount', 'openCount'), /^Enterprise\.openCount has no description\. \(cases\)$/],
    ['an argument without a description', (sdl: string) => sdl.replace('"Its number." caseNumber: ID!', 'caseNumber: ID!'), /^Query\.case\(caseNumber:\) has no description\. \(cases\)$/],
    ['a guarded field that is never null', (sdl: string) => sdl.replace('CaseConnection @access', 'CaseConnection! @access'), /^Enterprise\.cases has @access and must be nullable\. \(cases\)$/],
  ])('with %s is refused, naming the department', (_what, spoil, message) => {
    expect(problems([registry, { ...cases, sdl: spoil(CASES_SDL) }])).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
  });

  it.each([
    ['a root field that is never null', ['after: String): EnterpriseConnection', 'after: String): EnterpriseConnection!'], 'Query.enterprises is answered by one department and must be nullable. (registry)'],
    ['a field that is never null on an entity which others show', ['"The contact." contact', '"Day." since: String! "The contact." contact'], 'Enterprise.since belongs to an entity that several departments show and must be nullable. (registry)'],
  ])('with %s is refused: an outage would cost more than that department', (_what, [before, after], message) => {
    expect(problems([{ ...registry, sdl: REGISTRY_SDL.replace(before ?? '', after ?? '') }, cases])).toEqual([message]);
  });

  it('with an undescribed type, enum value or input is refused', () => {
    const sdl = REGISTRY_SDL.replace('"An officer." OFFICER', 'OFFICER').replace('"A page." type EnterpriseConnection', 'type EnterpriseConnection');
    expect(problems([{ ...registry, sdl }])).toEqual(['EnterpriseConnection has no description. (registry)', 'Role.OFFICER has no description. (registry)']);
  });
});

describe('the roles that a field requires', () => {
  it('must all be satisfied when several departments guard it, and never by an anonymous caller', () => {
    const required = [['OFFICER', 'AUDITOR'], ['AUDITOR', 'ADMIN']] as const;
    expect(maySee(required, ['OFFICER'])).toBe(false);
    expect(maySee(required, ['OFFICER', 'ADMIN'])).toBe(true);
    expect(maySee(required, ['AUDITOR'])).toBe(true);
    expect(maySee(required, null)).toBe(false);
    expect(maySee([[]], ['ADMIN'])).toBe(false);
  });
});

describe('the installed federation libraries', () => {
  const tree = (versions: Record<string, string>): string => {
    const root = mkdtempSync(path.join(tmpdir(), 'zhitong-tree-'));
    for (const [name, version] of Object.entries(versions)) {
      mkdirSync(path.join(root, name), { recursive: true });
      writeFileSync(path.join(root, name, 'package.json'), JSON.stringify({ name, version }));
    }
    return root;
  };
  const sound = { '@apollo/federation-internals': '2.14.4', '@apollo/gateway': '2.14.4', '@apollo/composition': '2.14.4', '@apollo/subgraph': '2.14.4' };

  it('are one copy of one version in this project', () => {
    expect(() => assertOneFederation()).not.toThrow();
  });

  it('are refused when two copies of federation-internals are there', () => {
    const root = tree(sound);
    cpSync(path.join(root, '@apollo/federation-internals'), path.join(root, '@apollo/subgraph/node_modules/@apollo/federation-internals'), { recursive: true });
    expect(copiesOf('@apollo/federation-internals', root)).toHaveLength(2);
    expect(() => assertOneFederation(root)).toThrow('Exactly one copy');
  });

  it('are refused when their versions differ', () => {
    expect(() => assertOneFederation(tree({ ...sound, '@apollo/subgraph': '2.13.0' }))).toThrow('@apollo/subgraph 2.13.0');
  });
});
