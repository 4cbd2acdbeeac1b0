import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { accessTable, maySee } from '../../gateway/src/access/access-table.js';
import { CompositionRefused, composeSupergraph, type DepartmentSchema } from '../../gateway/src/supergraph/compose.js';
import { assertOneFederation, copiesOf } from '../../gateway/src/supergraph/federation-versions.js';
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

describe("composing the departments' schemas", () => {
  it("gives one supergraph with the departments' addresses and the rights of their fields", () => {
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
    [
      'an unknown type',
      (sdl: string) => sdl.replace('openCount: Int', 'openCount: Inty'),
      /^cases: INVALID_GRAPHQL: \[cases\] Unknown type "?Inty/,
    ],
    [
      'a key that does not exist',
      (sdl: string) => sdl.replace('@key(fields: "uscc")', '@key(fields: "code")'),
      /^cases: KEY_INVALID_FIELDS:/,
    ],
    [
      'a type that differs between departments',
      (sdl: string) => sdl.replace('"Turnover." turnover: Int @external', '"Turnover." turnover: String @external'),
      /^(registry, )?cases: EXTERNAL_TYPE_MISMATCH:/,
    ],
    [
      'a field without a description',
      (sdl: string) => sdl.replace('"Open cases." openCount', 'openCount'),
      /^Enterprise\.openCount has no description\. \(cases\)$/,
    ],
    [
      'an argument without a description',
      (sdl: string) => sdl.replace('"Its number." caseNumber: ID!', 'caseNumber: ID!'),
      /^Query\.case\(caseNumber:\) has no description\. \(cases\)$/,
    ],
    [
      'a guarded field that is never null',
      (sdl: string) => sdl.replace('CaseConnection @access', 'CaseConnection! @access'),
      /^Enterprise\.cases has @access and must be nullable\. \(cases\)$/,
    ],
  ])('with %s is refused, naming the department', (_what, spoil, message) => {
    expect(problems([registry, { ...cases, sdl: spoil(CASES_SDL) }])).toEqual(
      expect.arrayContaining([expect.stringMatching(message)]),
    );
  });

  it.each([
    [
      'a root field that is never null',
      ['after: String): EnterpriseConnection', 'after: String): EnterpriseConnection!'],
      'Query.enterprises is answered by one department and must be nullable. (registry)',
    ],
    [
      'a field that is never null on an entity which others show',
      ['"The contact." contact', '"Day." since: String! "The contact." contact'],
      'Enterprise.since belongs to an entity that several departments show and must be nullable. (registry)',
    ],
  ])('with %s is refused: an outage would cost more than that department', (_what, [before, after], message) => {
    expect(problems([{ ...registry, sdl: REGISTRY_SDL.replace(before ?? '', after ?? '') }, cases])).toEqual([message]);
  });

  it('with an undescribed type, enum value or input is refused', () => {
    const sdl = REGISTRY_SDL.replace('"An officer." OFFICER', 'OFFICER').replace(
      '"A page." type EnterpriseConnection',
      'type EnterpriseConnection',
    );
    expect(problems([{ ...registry, sdl }])).toEqual([
      'EnterpriseConnection has no description. (registry)',
      'Role.OFFICER has no description. (registry)',
    ]);
  });
});

describe('composing what could not be answered rightly', () => {
  const LINK =
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@override", "@interfaceObject", "@shareable"])';
  const composed = (sdls: Readonly<Record<string, string>>): readonly string[] =>
    problems(
      Object.entries(sdls).map(([name, sdl]) => ({ name, url: `http://${name}.example`, sdl: `${LINK}\n${sdl}` })),
    );
  const registry =
    '"It." type Query { "It." firm: Firm } "It." type Firm @key(fields: "id") { "It." id: ID! "It." area("It." unit: String): Int "It." seat: Seat } "It." type Seat @shareable { "It." rooms("It." floor: Int): Int }';
  const needing = (first: string, second: string): string => {
    const external = ['area("It." unit: String): Int', 'seat: Seat']
      .filter((field) => first.includes(field.slice(0, 4)))
      .map((field) => `"It." ${field} @external`);
    return `"It." type Firm @key(fields: "id") { "It." id: ID! ${external.join(' ')} "It." rent: Int @requires(fields: "${first}") "It." tax: Int @requires(fields: "${second}") } "It." type Seat @shareable { "It." rooms("It." floor: Int): Int }`;
  };

  it.each([
    [
      'with different arguments',
      'area(unit: \\"mu\\")',
      'area(unit: \\"ha\\")',
      'Firm.rent needs Firm.area(unit: "mu") and Firm.tax needs Firm.area(unit: "ha")',
    ],
    [
      'with and without arguments',
      'area',
      'area(unit: \\"ha\\")',
      'Firm.rent needs Firm.area without arguments and Firm.tax needs Firm.area(unit: "ha")',
    ],
    [
      'with different arguments further in',
      'seat { rooms(floor: 1) }',
      'seat { rooms(floor: 2) }',
      'Firm.rent needs Seat.rooms(floor: 1) and Firm.tax needs Seat.rooms(floor: 2)',
    ],
  ])('refuses one field that is needed %s', (_what, first, second, message) => {
    expect(composed({ registry, land: needing(first, second) })).toEqual([
      `${message}: a field can be needed with the same arguments only. (land)`,
    ]);
  });

  it('refuses it between two departments too, and names both', () => {
    const land =
      '"It." type Firm @key(fields: "id") { "It." id: ID! "It." area("It." unit: String): Int @external "It." rent: Int @requires(fields: "area(unit: \\"mu\\")") }';
    const tax =
      '"It." type Firm @key(fields: "id") { "It." id: ID! "It." area("It." unit: String): Int @external "It." tax: Int @requires(fields: "area(unit: \\"ha\\")") }';
    expect(composed({ registry, land, tax })).toEqual([expect.stringMatching(/area.* \(land, tax\)$/)]);
  });

  it('allows a field that is needed twice with the same arguments, in whatever order they are written', () => {
    const two = (sdl: string): string =>
      sdl.replace('area("It." unit: String)', 'area("It." unit: String "It." year: Int)');
    expect(
      composed({
        registry: two(registry),
        land: two(needing('area(unit: \\"mu\\", year: 1)', 'area(year: 1, unit: \\"mu\\")')),
      }),
    ).toEqual([]);
  });

  it('refuses needs of an interface that the department has as an object', () => {
    const owner =
      '"It." type Query { "It." body: Body } "It." interface Body @key(fields: "id") { "It." id: ID! "It." area: Int } "It." type Firm implements Body @key(fields: "id") { "It." id: ID! "It." area: Int }';
    const land =
      '"It." type Body @key(fields: "id") @interfaceObject { "It." id: ID! "It." area: Int @external "It." rent: Int @requires(fields: "area") }';
    expect(composed({ owner, land })).toEqual([
      'Body.rent needs { area } of an @interfaceObject, which cannot be planned. (land)',
    ]);
  });

  it('refuses a field that is taken over with a label, because it would never move', () => {
    const land =
      '"It." type Firm @key(fields: "id") { "It." id: ID! "It." area("It." unit: String): Int @override(from: "registry", label: "percent(50)") }';
    expect(composed({ registry, land })).toEqual([
      'Firm.area is taken over from "registry" with the label "percent(50)": nobody decides by labels here, so it would never move. (land)',
    ]);
    expect(composed({ registry, land: land.replace(', label: "percent(50)"', '') })).toEqual([]);
  });

  it('refuses subscriptions, which the gateway does not serve', () => {
    expect(composed({ registry: `${registry} "It." type Subscription { "It." moved: Firm }` })).toEqual([
      'Subscription is published, but the gateway serves no subscriptions. (registry)',
    ]);
  });

  it('refuses an interface that more than two departments have as an object', () => {
    const owner =
      '"It." type Query { "It." body: Body } "It." interface Body @key(fields: "id") { "It." id: ID! } "It." type Firm implements Body @key(fields: "id") { "It." id: ID! }';
    const adding = (field: string): string =>
      `"It." type Body @key(fields: "id") @interfaceObject { "It." id: ID! "It." ${field}: Int }`;
    expect(composed({ owner, land: adding('rent'), tax: adding('due') })).toEqual([]);
    expect(composed({ owner, land: adding('rent'), tax: adding('due'), water: adding('used') })).toEqual([
      'Body is an @interfaceObject in 3 departments, and at most 2 can be planned. (land, tax, water)',
    ]);
  });
});

describe('the roles that a field requires', () => {
  it('must all be satisfied when several departments guard it, and never by an anonymous caller', () => {
    const required = [
      ['OFFICER', 'AUDITOR'],
      ['AUDITOR', 'ADMIN'],
    ] as const;
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
  const sound = {
    '@apollo/federation-internals': '2.14.4',
    '@apollo/gateway': '2.14.4',
    '@apollo/composition': '2.14.4',
    '@apollo/subgraph': '2.14.4',
  };

  it('are one copy of one version in this project', () => {
    expect(() => assertOneFederation()).not.toThrow();
  });

  it('are refused when two copies of federation-internals are there', () => {
    const root = tree(sound);
    cpSync(
      path.join(root, '@apollo/federation-internals'),
      path.join(root, '@apollo/subgraph/node_modules/@apollo/federation-internals'),
      { recursive: true },
    );
    expect(copiesOf('@apollo/federation-internals', root)).toHaveLength(2);
    expect(() => assertOneFederation(root)).toThrow('Exactly one copy');
  });

  it('are refused when their versions differ', () => {
    expect(() => assertOneFederation(tree({ ...sound, '@apollo/subgraph': '2.13.0' }))).toThrow(
      '@apollo/subgraph 2.13.0',
    );
  });
});
