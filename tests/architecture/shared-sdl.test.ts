import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { departmentTypeDefs, wholeSchema } from '@zhitong/kit/schema';
import { graphqlSync, isObjectType, Kind, parse, print, validateSchema, visit, type DefinitionNode } from 'graphql';
import { departments } from '../support/departments.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const own = departments.filter(({ url }) => url === undefined).map(({ name }) => name);

/** What a definition defines: a type, or a directive with its `@`. */
const defined = (sdl: string): string[] =>
  parse(sdl).definitions.flatMap((definition) =>
    'name' in definition && definition.name
      ? [`${definition.kind === Kind.DIRECTIVE_DEFINITION ? '@' : ''}${definition.name.value}`]
      : [],
  );
const definitionOf = (sdl: string, name: string): DefinitionNode | undefined =>
  parse(sdl).definitions.find((definition) => 'name' in definition && definition.name?.value === name);

const SHARED = defined(read('kit/shared.graphql'));

describe.each(own)('the schema of %s', (department) => {
  const sdl = departmentTypeDefs(path.join(ROOT, 'subgraphs', department, 'src'));

  it('repeats nothing that the departments share', () => {
    expect(defined(read(`subgraphs/${department}/schema.graphql`)).filter((name) => SHARED.includes(name))).toEqual([]);
  });

  it('is published whole, and holds no shared type that it does not use', () => {
    const schema = buildSubgraphSchema({ typeDefs: parse(sdl) });
    const { data } = graphqlSync({ schema, source: '{ _service { sdl } }' });
    const published = (data?.['_service'] as { sdl: string }).sdl;
    const types = new Set(defined(published));
    const named = new Set<string>();
    visit(parse(published), { NamedType: ({ name }) => void named.add(name.value) });
    expect(
      [...named].filter((name) => !types.has(name) && !['Int', 'Float', 'String', 'Boolean', 'ID'].includes(name)),
    ).toEqual([]);
    expect(SHARED.filter((name) => !name.startsWith('@') && types.has(name) && !named.has(name))).toEqual([]);
    expect(validateSchema(schema)).toEqual([]);
  });

  it('has one type of a rate; other forms are deprecated', () => {
    const schema = buildSubgraphSchema({ typeDefs: parse(sdl) });
    const isRate = (type: string): boolean => {
      const found = schema.getType(type);
      return isObjectType(found) && ['numerator', 'denominator'].every((field) => field in found.getFields());
    };
    const shown = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .flatMap((type) =>
        Object.values(type.getFields()).map((field) => ({
          at: `${type.name}.${field.name}`,
          ...field,
          of: field.type.toString().replace(/[[\]!]/g, ''),
        })),
      );
    expect(
      shown
        .filter(({ of, deprecationReason }) => of !== 'Rate' && isRate(of) && (deprecationReason ?? '') === '')
        .map(({ at }) => at),
    ).toEqual([]);
  });
});

describe('what departments share', () => {
  it('comes before what a schema defines itself: what that uses, and what this uses in turn', () => {
    const shared =
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"]) type Page @shareable { info: Info } type Info @shareable { at: Day } scalar Day scalar Unused';
    const whole = wholeSchema('type Query { page: Page }', shared);
    expect(defined(whole)).toEqual(['Page', 'Info', 'Day', 'Query']);
    expect(whole).toContain('@link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])');
  });

  it('leaves alone a schema that is whole, and what a department defines its own way', () => {
    const whole = 'type Query { day: Day } "A day of this department." scalar Day';
    expect(wholeSchema(whole, 'scalar Day')).toBe(whole);
    expect(wholeSchema('type Query { word: String }')).toBe('type Query { word: String }');
    const pages = wholeSchema(
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@shareable"]) type Query { page: PageInfo }',
    );
    expect(pages).toContain('federation/v2.5');
    expect(pages).not.toContain('federation/v2.9');
    const page = definitionOf(pages, 'PageInfo');
    expect(page && print(page)).toContain('hasNextPage: Boolean!');
  });
});
