import { SmallGraph, type SmallDepartment } from './small-graph.js';

const reference = (value: object): object => value;
const DEPARTMENTS: Readonly<Record<string, SmallDepartment>> = {
  registry: {
    sdl: 'type Query { enterprise(uscc: ID!): Enterprise } type Enterprise @key(fields: "uscc") { uscc: ID! name: String parent: Enterprise size: Int }',
    resolvers: {
      Query: { enterprise: (_root: unknown, { uscc }: { uscc: string }) => ({ uscc, name: uscc, size: 2 }) },
      Enterprise: { __resolveReference: reference },
    },
  },
  cases: {
    sdl: 'type Query { x: Int } type Enterprise @key(fields: "uscc") { uscc: ID! cases: Int }',
    resolvers: { Enterprise: { __resolveReference: reference, cases: () => 1 } },
  },
  policies: {
    sdl: 'type Query { y: Int } type Enterprise @key(fields: "uscc") { uscc: ID! size: Int @external matches: Int @requires(fields: "size") }',
    resolvers: { Enterprise: { __resolveReference: reference, matches: ({ size }: { size: number }) => size } },
  },
};

/** Twenty aliases over three departments. */
const aliases = (count: number): string =>
  `{ ${Array.from({ length: count }, (_unused, index) => `a${index}: enterprise(uscc: "${index}") { name cases matches }`).join(' ')} }`;

describe('the size of a query plan', () => {
  it('is limited before anybody is asked, and says by how much it is too large', async () => {
    const graph = await SmallGraph.of(DEPARTMENTS, { mostExchanges: 40 });
    const { data, errors, asked } = await graph.ask(aliases(20));
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      {
        code: 'QUERY_TOO_COMPLEX',
        extensions: {
          code: 'QUERY_TOO_COMPLEX',
          measure: 'fetches',
          actual: 41,
          limit: 40,
          http: { status: 400 },
          zh: expect.stringContaining('与各部门的交互次数为 41，最多 40') as unknown,
        },
      },
    ]);
    expect(asked).toEqual([]);
  });

  it('is as large as what is then asked', async () => {
    const graph = await SmallGraph.of(DEPARTMENTS, { mostExchanges: 41 });
    const { data, asked } = await graph.ask(aliases(20));
    expect(asked).toHaveLength(41);
    expect(Object.values(data as object)).toContainEqual({ name: '19', cases: 1, matches: 2 });
  });

  it('is not worked out for fragments that multiply', async () => {
    const levels = Array.from(
      { length: 20 },
      (_unused, level) =>
        `fragment F${level} on Enterprise { a${level}: parent { ...F${level + 1} } b${level}: parent { ...F${level + 1} } }`,
    );
    const { errors, asked } = await (
      await SmallGraph.of(DEPARTMENTS)
    ).ask(`{ enterprise(uscc: "1") { ...F0 } } ${levels.join(' ')} fragment F20 on Enterprise { name }`);
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      {
        code: 'QUERY_TOO_COMPLEX',
        measure: 'selections',
        actual: null,
        limit: 10_000,
        http: { status: 400 },
        reason: 'ASKS_TOO_MUCH',
        zh: expect.stringContaining('最多 10000') as unknown,
        parameters: { counted: 'selected fields, fragments spread', figure: 'too many to count', limit: 10_000 },
      },
    ]);
    expect(asked).toEqual([]);
  });
});

describe('the view of a query plan', () => {
  const query = '{ enterprise(uscc: "u1") { title: name matches } }';
  const headers = { 'x-graph-plan': '1' };

  it('shows an administrator which department is asked what, with what and why', async () => {
    const { extensions, data } = await (await SmallGraph.of(DEPARTMENTS)).ask(query, { headers, roles: ['ADMIN'] });
    expect(data).toEqual({ enterprise: { title: 'u1', matches: 2 } });
    expect(extensions).toEqual({
      plan: {
        order: 'one after the other',
        steps: [
          {
            department: 'registry',
            at: '',
            why: 'registry answers enterprise of the root.',
            asks: '{enterprise(uscc:"u1"){__typename uscc name size}}',
          },
          {
            department: 'policies',
            at: 'enterprise',
            why: 'policies answers matches of what stands at enterprise, which it is told by uscc, size.',
            requires: '... on Enterprise { __typename uscc size }',
            asks: 'query($representations:[_Any!]!){_entities(representations:$representations){...on Enterprise{matches}}}',
          },
        ],
      },
    });
  });

  it.each<[string, { headers?: Record<string, string>; roles?: string[] }]>([
    ['somebody without a role', { headers }],
    ['another role', { headers, roles: ['AUDITOR', 'OFFICER'] }],
    ['an administrator who does not ask', { roles: ['ADMIN'] }],
  ])('is not shown to %s', async (_who, asking) => {
    expect((await (await SmallGraph.of(DEPARTMENTS)).ask(query, asking)).extensions).toBeUndefined();
  });
});
