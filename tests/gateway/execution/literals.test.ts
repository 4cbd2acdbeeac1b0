import { GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';
import { SmallGraph } from './small-graph.js';

/** Shows a value as it came: a literal by its text. */
const exact = (name: string): GraphQLScalarType =>
  new GraphQLScalarType({
    name,
    serialize: String,
    parseValue: (value) => `given ${JSON.stringify(value)}`,
    parseLiteral: (node: ValueNode) =>
      node.kind === Kind.STRING
        ? `text ${node.value}`
        : print(node)
            .replace(/\s+/g, ' ')
            .replace(/(?<=\{) | (?=\})/g, ''),
  });

const department = {
  sdl: `
    scalar Decimal scalar Json
    input Range { least: Decimal most: Decimal! among: [Decimal!] inner: Range note: Json }
    type Query { one(value: Decimal): Decimal many(values: [Decimal!]!): [Decimal!] ranged(range: Range): String json(value: Json): Json id(value: ID!): ID plain(int: Int, float: Float, text: String, flag: Boolean): String thing: Thing }
    type Thing @key(fields: "id") { id: ID! }
  `,
  resolvers: {
    Decimal: exact('Decimal'),
    Json: exact('Json'),
    Query: {
      one: (_root: unknown, { value }: { value?: string }) => value ?? null,
      many: (_root: unknown, { values }: { values: string[] }) => values,
      ranged: (_root: unknown, { range }: { range: unknown }) => JSON.stringify(range),
      json: (_root: unknown, { value }: { value?: string }) => value ?? null,
      id: (_root: unknown, { value }: { value: string }) => value,
      plain: (_root: unknown, values: object) => JSON.stringify(values),
      thing: () => ({ id: '1' }),
    },
    Thing: { __resolveReference: (reference: object) => reference },
  },
};
const other = {
  sdl: 'scalar Decimal type Query { other: Int } type Thing @key(fields: "id") { id: ID! above(least: Decimal): Decimal }',
  resolvers: {
    Decimal: exact('Decimal'),
    Thing: {
      __resolveReference: (reference: object) => reference,
      above: (_thing: unknown, { least }: { least?: string }) => least ?? null,
    },
  },
};

describe('a value that is written in the operation', () => {
  let graph: SmallGraph;
  beforeAll(async () => {
    graph = await SmallGraph.of({ department, other });
  });

  it.each<[string, string, unknown, Record<string, unknown>?]>([
    ['a Decimal of many digits', '{ one(value: 9007199254740993.12) }', { one: '9007199254740993.12' }],
    ['a Decimal with zeros at its end', '{ one(value: 1.10) }', { one: '1.10' }],
    ['a long whole Decimal', '{ one(value: 1234567890123456789012345678) }', { one: '1234567890123456789012345678' }],
    [
      'a Decimal as text',
      '{ one(value: "1234567890123456789.0123456789") }',
      { one: 'text 1234567890123456789.0123456789' },
    ],
    ['null for a Decimal', '{ one(value: null) }', { one: null }],
    [
      'several Decimals that numbers cannot tell apart',
      '{ a: one(value: 9007199254740993.12) b: one(value: 9007199254740993.13) }',
      { a: '9007199254740993.12', b: '9007199254740993.13' },
    ],
    ['Decimals in a list', '{ many(values: [0.10, 9007199254740993]) }', { many: ['0.10', '9007199254740993'] }],
    ['one Decimal for a list', '{ many(values: 9007199254740993) }', { many: ['9007199254740993'] }],
    [
      'Decimals in an input object',
      '{ ranged(range: { most: 9007199254740993.5, among: [1.0], inner: { least: 0.30, most: 2 } }) }',
      { ranged: '{"most":"9007199254740993.5","among":["1.0"],"inner":{"least":"0.30","most":"2"}}' },
    ],
    [
      'numbers within free JSON',
      '{ json(value: { a: [9007199254740993, 1.10], b: "x" }) }',
      { json: '{a: [9007199254740993, 1.10], b: "x"}' },
    ],
    [
      'a Decimal for another department',
      '{ thing { above(least: 9007199254740993.12) } }',
      { thing: { above: '9007199254740993.12' } },
    ],
    ['a default', 'query Q($x: Decimal = 9007199254740993.12) { one(value: $x) }', { one: '9007199254740993.12' }],
    [
      'a default within an input object',
      'query Q($x: Range = { most: 9007199254740993.12 }) { ranged(range: $x) }',
      { ranged: '{"most":"9007199254740993.12"}' },
    ],
    [
      'a variable of a name that the gateway might take',
      'query Q($__literal0: Decimal) { one(value: $__literal0) two: one(value: 2.0) }',
      { one: 'given "7"', two: '2.0' },
      { __literal0: '7' },
    ],
    ['an ID of many digits', '{ id(value: 91420000000000000001) }', { id: '91420000000000000001' }],
    [
      'values of the other types',
      '{ plain(int: 2147483647, float: 1e3, text: "a\\nb", flag: false) }',
      { plain: '{"int":2147483647,"float":1000,"text":"a\\nb","flag":false}' },
    ],
  ])('comes to the department as it was written: %s', async (_what, query, expected, variables = {}) => {
    const { data, errors } = await graph.ask(query, { variables });
    expect(errors).toEqual([]);
    expect(data).toEqual(expected);
  });
});
