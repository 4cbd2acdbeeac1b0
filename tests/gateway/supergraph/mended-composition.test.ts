import { composeServices, type CompositionResult } from '@apollo/composition';
import { operationFromDocument, Supergraph, type ServiceDefinition } from '@apollo/federation-internals';
import { GraphPath } from '@apollo/query-graphs';
import { prettyFormatQueryPlan, QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import { mendComposition } from '../../../gateway/src/supergraph/mended-composition.js';
import { filedProposals } from '../../../registry/src/commands/department-files.js';

/*
 * The composition as it is mended makes of every set of schemas what the library makes of it as it comes: the same
 * supergraph, or the same faults in the same words; and plans, which the planner finds by ways of the same kind, are
 * the same. What the library itself makes is the expected value.
 */
const FEDERATION =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@shareable", "@provides", "@context", "@fromContext"])';

const services = (schemas: Readonly<Record<string, string>>): ServiceDefinition[] =>
  Object.entries(schemas).map(([name, sdl]) => ({
    name,
    url: `http://127.0.0.1:9/${name}`,
    typeDefs: parse(`${FEDERATION}\n${sdl}`),
  }));

/** Types of which each leads to the next, with one in the middle that needs what another department has. */
const chain = (length: number): string =>
  Array.from(
    { length },
    (_none, at) =>
      `type T${at} ${at % 7 === 0 ? '@key(fields: "id")' : ''} { id: ID! next: T${at + 1} ${at === 70 ? 'size: Int @external sizeInWords: String @requires(fields: "size")' : ''} }`,
  ).join('\n');

const CASES: readonly (readonly [string, ServiceDefinition[]])[] = [
  [
    'the departments of the city',
    filedProposals().map(({ department, url, sdl }) => ({ name: department, url, typeDefs: parse(sdl) })),
  ],
  [
    'a long way with conditions on it',
    services({
      one: `type Query { first: T0 }\n${chain(300)}\ntype T300 { id: ID! }`,
      two: 'type T70 @key(fields: "id") { id: ID! size: Int }\ntype T140 @key(fields: "id") { id: ID! colour: String back: T70 }',
    }),
  ],
  [
    'values that a field takes from the types above it',
    services({
      one: 'type Query { firm: Firm }\ntype Firm @key(fields: "id") { id: ID! name: String @shareable }',
      two: 'type Query { ours: Firm }\ntype Firm @key(fields: "id") @context(name: "firm") { id: ID! name: String @shareable sites: [Site!]! }\ntype Site @key(fields: "id") { id: ID! label(name: String @fromContext(field: "$firm { name }")): String next: Site }',
    }),
  ],
  [
    'a field that cannot be reached',
    services({
      one: `type Query { first: T0 }\n${chain(20)}\ntype T20 @key(fields: "id") { id: ID! }`,
      two: 'type T20 @key(fields: "id", resolvable: false) { id: ID! lost: String }',
    }),
  ],
  [
    'a need that nobody meets',
    services({
      one: 'type Query { a: A }\ntype A @key(fields: "id") { id: ID! b: B }\ntype B @key(fields: "code") { code: ID! }',
      two: 'type B @key(fields: "id") { id: ID! extra: String }\ntype A @key(fields: "id") { id: ID! size: Int @external big: Boolean @requires(fields: "size") }',
    }),
  ],
];

/** What is asked of the second and third, with what is needed for it; of the third over a key, and without one. */
const ASKED: readonly (readonly [number, string])[] = [
  [
    1,
    `{ first { ${'next { '.repeat(70)} sizeInWords ${'next { '.repeat(70)} colour back { sizeInWords } ${'}'.repeat(140)} } }`,
  ],
  [2, '{ firm { sites { label next { label } } } }'],
  [2, '{ ours { sites { label } } }'],
];
const planOf = (sdl: string, operation: string): string => {
  const supergraph = Supergraph.buildForTests(sdl);
  return prettyFormatQueryPlan(
    new QueryPlanner(supergraph).buildQueryPlan(operationFromDocument(supergraph.apiSchema(), parse(operation))),
  );
};
const plansOf = (results: readonly { readonly supergraphSdl: string | undefined }[]): string[] =>
  ASKED.map(([at, operation]) => planOf(results[at]?.supergraphSdl ?? '', operation));

const made = ({ supergraphSdl, errors, hints }: CompositionResult) => ({
  supergraphSdl,
  faults: errors?.map(({ message, extensions }) => [message, extensions['code']]),
  hints: hints?.map(String),
});

const prototype = GraphPath.prototype as unknown as { mergeEdgeConditionsWithResolution: unknown };
const asItComes = prototype.mergeEdgeConditionsWithResolution;
const expected = CASES.map(([, parts]) => made(composeServices(parts)));
const plans = plansOf(expected);

describe('the mended composition', () => {
  beforeAll(() => {
    expect(prototype.mergeEdgeConditionsWithResolution).toBe(asItComes); // what is expected is the library's own
    mendComposition();
    expect(prototype.mergeEdgeConditionsWithResolution).not.toBe(asItComes);
  });

  it.each(CASES.map(([what, parts], at) => [what, parts, at] as const))('makes the same of %s', (_what, parts, at) => {
    expect(made(composeServices(parts))).toEqual(expected[at]);
  });

  it('is tried on graphs of both kinds, and on one that takes values from above', () => {
    expect(expected.map(({ supergraphSdl }) => supergraphSdl !== undefined)).toEqual([true, true, true, false, false]);
    expect(expected[2]?.supergraphSdl).toContain('contextArguments');
  });

  it('has operations planned in the same way, with what they need', () => {
    expect(plansOf(expected)).toEqual(plans);
    expect(plans[0]).toContain('size\n');
    expect(plans[1]).toContain('contextualArgument');
    expect(plans[2]).toContain('contextualArgument');
  });
});
