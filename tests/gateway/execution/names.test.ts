import { GraphQLError } from 'graphql';
import { SmallGraph } from './small-graph.js';

/** Policies decides on what credit says and the registry knows. */
const grades: Readonly<Record<string, string>> = { '': 'D', '2020-01-01': 'A' };
const enterprises = [
  { uscc: 'u1', name: 'First', secret: 's3cret' },
  { uscc: 'u2', name: 'Second', secret: 's4cret' },
];
const SECRET = { uscc: 'u3', name: 'Third', secret: 's5cret' };
const found = (uscc: unknown): object | undefined => [...enterprises, SECRET].find((one) => one.uscc === uscc);

const departments = () => ({
  registry: {
    sdl: `
      type Query { enterprise(uscc: ID!): Enterprise enterprises(first: Int): [Enterprise!] now(of: Int): Int }
      type Enterprise @key(fields: "uscc") { uscc: ID! name: String secret: String @inaccessible toString: String constructor(of: Int): Int }
    `,
    resolvers: {
      Query: {
        enterprise: (_root: unknown, { uscc }: { uscc: string }) => found(uscc),
        enterprises: () => enterprises,
        now: (_root: unknown, { of }: { of?: number }) => of ?? 0,
      },
      Enterprise: {
        __resolveReference: ({ uscc }: { uscc: string }) => found(uscc),
        toString: () => 'text',
        constructor: (_enterprise: unknown, { of }: { of?: number }) => of ?? 0,
      },
    },
  },
  credit: {
    sdl: `
      type Query { grades: [String] }
      type Enterprise @key(fields: "uscc") { uscc: ID! creditStanding(asOf: String): Standing }
      type Standing { grade: String hasOpenDishonestyRecord: Boolean hasUnfulfilledJudgment: Boolean }
    `,
    resolvers: {
      Enterprise: {
        __resolveReference: (reference: object) => reference,
        creditStanding: ({ uscc }: { uscc: string }, { asOf = '' }: { asOf?: string }) => ({
          grade: uscc === SECRET.uscc ? new GraphQLError('No.', { extensions: { code: 'FORBIDDEN' } }) : grades[asOf],
          hasOpenDishonestyRecord: asOf === '',
          hasUnfulfilledJudgment: false,
        }),
      },
    },
  },
  policies: {
    sdl: `
      type Query { policies: Int }
      type Enterprise @key(fields: "uscc") {
        uscc: ID!
        name: String @external
        secret: String @external
        creditStanding(asOf: String): Standing @external
        matches(first: Int): Matches @requires(fields: "creditStanding { grade hasOpenDishonestyRecord }")
        hint: String @requires(fields: "secret name")
      }
      type Standing { grade: String @external hasOpenDishonestyRecord: Boolean @external }
      type Matches { totalCount: Int }
    `,
    resolvers: {
      Enterprise: {
        __resolveReference: (reference: object) => reference,
        matches: ({ creditStanding }: { creditStanding: { grade: string; hasOpenDishonestyRecord: boolean } }) => ({
          totalCount: (creditStanding.grade === 'D' ? 10 : 20) + (creditStanding.hasOpenDishonestyRecord ? 3 : 5),
        }),
        hint: ({ secret, name }: { secret: string; name: string }) => `${secret} of ${name}`,
      },
    },
  },
});

describe('the names that a client gives', () => {
  let graph: SmallGraph;
  beforeAll(async () => {
    graph = await SmallGraph.of(departments());
  });

  it.each([
    [
      'an argument of a field that another department requires',
      '{ enterprise(uscc: "u1") { creditStanding(asOf: "2020-01-01") { grade } matches { totalCount } } }',
      '{"enterprise":{"creditStanding":{"grade":"A"},"matches":{"totalCount":13}}}',
    ],
    [
      'an alias that is the name of a required field',
      '{ enterprise(uscc: "u1") { creditStanding { hasOpenDishonestyRecord: hasUnfulfilledJudgment } matches { totalCount } } }',
      '{"enterprise":{"creditStanding":{"hasOpenDishonestyRecord":false},"matches":{"totalCount":13}}}',
    ],
    [
      'an alias for the whole required field',
      '{ enterprise(uscc: "u1") { creditStanding: matches { totalCount } matches: creditStanding { grade } } }',
      '{"enterprise":{"creditStanding":{"totalCount":13},"matches":{"grade":"D"}}}',
    ],
    [
      'an alias that is the name of the key',
      '{ enterprise(uscc: "u1") { uscc: name matches { totalCount } } }',
      '{"enterprise":{"uscc":"First","matches":{"totalCount":13}}}',
    ],
    [
      'the same in a list',
      '{ enterprises { uscc: name matches(first: 1) { totalCount } } }',
      '{"enterprises":[{"uscc":"First","matches":{"totalCount":13}},{"uscc":"Second","matches":{"totalCount":13}}]}',
    ],
    [
      'an alias that is the name of a hidden field',
      '{ enterprise(uscc: "u1") { secret: name name: uscc hint } }',
      '{"enterprise":{"secret":"First","name":"u1","hint":"s3cret of First"}}',
    ],
    [
      'one field with several arguments',
      '{ a: now(of: 1) b: now(of: 2) c: now now: now(of: 1) }',
      '{"a":1,"b":2,"c":0,"now":1}',
    ],
    [
      'one field with several variables',
      'query Q($x: Int = 4, $y: Int) { a: now(of: $x) b: now(of: $y) c: now(of: 9) }',
      '{"a":4,"b":0,"c":9}',
    ],
    [
      'names that every object answers to',
      '{ enterprise(uscc: "u1") { toString constructor hasOwnProperty: name valueOf: constructor(of: 3) __proto__: uscc } }',
      '{"enterprise":{"toString":"text","constructor":0,"hasOwnProperty":"First","valueOf":3,"__proto__":"u1"}}',
    ],
    [
      'aliases of and as __typename',
      '{ enterprise(uscc: "u1") { __typename: name kind: __typename name: __typename } root: __typename }',
      '{"enterprise":{"__typename":"First","kind":"Enterprise","name":"Enterprise"},"root":"Query"}',
    ],
    [
      'keys in the order asked, fields of fragments among them',
      'query Q { enterprises { matches { totalCount } ...N uscc } last: now } fragment N on Enterprise { name creditStanding { grade } matches { totalCount } }',
      '{"enterprises":[{"matches":{"totalCount":13},"name":"First","creditStanding":{"grade":"D"},"uscc":"u1"},{"matches":{"totalCount":13},"name":"Second","creditStanding":{"grade":"D"},"uscc":"u2"}],"last":0}',
    ],
  ])('change no value: %s', async (_what, query, expected) => {
    const { text, errors } = await graph.ask(query);
    expect(errors).toEqual([]);
    expect(text).toBe(expected);
  });

  it('ask a department once for one field with one set of arguments, under however many names', async () => {
    const { text, asked } = await graph.ask(
      '{ a: enterprise(uscc: "u1") { x: name } b: enterprise(uscc: "u1") { y: name z: uscc } }',
    );
    expect(text).toBe('{"a":{"x":"First"},"b":{"y":"First","z":"u1"}}');
    expect(asked.map(({ query }) => query.replace(/\s+/g, ' '))).toEqual(['{enterprise(uscc:"u1"){name uscc}}']);
  });

  it('put an error at every place of the client that shows the same value', async () => {
    const { text, errors } = await graph.ask(
      '{ enterprise(uscc: "u3") { a: creditStanding { grade } b: creditStanding { other: grade } } }',
    );
    expect(text).toBe('{"enterprise":{"a":{"grade":null},"b":{"other":null}}}');
    expect(errors.map(({ path, code }) => `${path} ${String(code)}`)).toEqual([
      'enterprise.a.grade FORBIDDEN',
      'enterprise.b.other FORBIDDEN',
    ]);
  });
});

describe('what @skip and @include leave', () => {
  it.each([
    [
      'an object of which nothing is left',
      'query Q($no: Boolean = false) { enterprise(uscc: "u1") { name @include(if: $no) } }',
      {},
      '{"enterprise":{}}',
    ],
    [
      'an object that is null all the same',
      'query Q($yes: Boolean!) { enterprise(uscc: "x") { name @skip(if: $yes) } }',
      { yes: true },
      '{"enterprise":null}',
    ],
    ['nothing at all', 'query Q($yes: Boolean!) { now @skip(if: $yes) }', { yes: true }, '{}'],
    [
      'a required field that the client skips',
      'query Q($yes: Boolean!) { enterprise(uscc: "u1") { creditStanding @skip(if: $yes) { grade } matches { totalCount } } }',
      { yes: true },
      '{"enterprise":{"matches":{"totalCount":13}}}',
    ],
    [
      'one combination of conditions',
      'query Q($a: Boolean!, $b: Boolean!) { x: now(of: 1) @skip(if: $a) y: now(of: 2) @include(if: $b) ... @include(if: $a) @skip(if: $b) { z: now(of: 3) } }',
      { a: true, b: false },
      '{"z":3}',
    ],
    [
      'another combination',
      'query Q($a: Boolean!, $b: Boolean!) { x: now(of: 1) @skip(if: $a) y: now(of: 2) @include(if: $b) ... @include(if: $a) @skip(if: $b) { z: now(of: 3) } }',
      { a: false, b: true },
      '{"x":1,"y":2}',
    ],
  ])('is %s', async (_what, query, variables, expected) => {
    const graph = await SmallGraph.of(departments());
    const { text, errors } = await graph.ask(query, { variables });
    expect(errors).toEqual([]);
    expect(text).toBe(expected);
  });

  it('is planned for each combination of conditions of one document', async () => {
    const graph = await SmallGraph.of(departments());
    const query =
      'query Q($a: Boolean!) { enterprise(uscc: "u1") { name @skip(if: $a) matches @include(if: $a) { totalCount } } }';
    expect((await graph.ask(query, { variables: { a: true } })).text).toBe(
      '{"enterprise":{"matches":{"totalCount":13}}}',
    );
    expect((await graph.ask(query, { variables: { a: false } })).text).toBe('{"enterprise":{"name":"First"}}');
    expect((await graph.ask(query, { variables: { a: false } })).asked.map(({ department }) => department)).toEqual([
      'registry',
    ]);
  });
});
