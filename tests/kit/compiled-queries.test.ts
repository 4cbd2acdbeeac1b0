import { createLogger, forbidden } from '@zhitong/kit';
import { departmentUnderTest } from '@zhitong/kit/testing';
import { departmentGraph } from '../../kit/src/server/served-graph.js';

const typeDefs = `
  type Query { firm(id: ID!): Firm firms: [Firm!] place: Place day(on: Date): Date limit(first: Int!): Int level: Level who: String }
  type Mutation { rename(name: String!): String }
  interface Named { name: String! }
  union Place = Town | Firm
  enum Level { CITY COUNTY }
  scalar Date
  type Town implements Named { name: String! }
  type Firm implements Named @key(fields: "id") { id: ID! name: String! owner: Firm! secret: String broken: String strict: String! partners: FirmConnection }
  type FirmConnection { nodes: [Firm]! totalCount: Int! pageInfo: Boolean }
`;

const unreadable = (id: string): never => {
  throw forbidden({ message: `Not ${id}.`, reason: 'NOT_YOURS', zh: `不可查阅 ${id}`, parameters: {} });
};
const firm = (id: string): Record<string, unknown> => ({ id, name: `企业${id}` });
let renamed: string[] = [];
let read = 0;
const resolvers = {
  Query: {
    firm: (_root: unknown, { id }: { id: string }) => (id === 'none' ? null : firm(id)),
    firms: async () => {
      read += 1;
      return Promise.resolve([firm('1'), firm('2')]);
    },
    place: () => ({ __typename: 'Town', name: '咸宁' }),
    day: (_root: unknown, { on }: { on?: string }) => on ?? 'never',
    limit: (_root: unknown, { first }: { first: number }) => first,
    level: () => 'VILLAGE',
    who: (_root: unknown, _args: unknown, { requestId }: { requestId: string }) => requestId,
  },
  Mutation: { rename: (_root: unknown, { name }: { name: string }) => (renamed.push(name), name) },
  Named: { __resolveType: () => 'Firm' },
  Firm: {
    __resolveReference: async ({ id }: { id: string }) => Promise.resolve(id === 'none' ? null : firm(id)),
    owner: () => null,
    secret: ({ id }: { id: string }) => unreadable(id),
    broken: async () => Promise.reject(new Error('the password is 1234')),
    strict: async ({ id }: { id: string }) => (id === '2' ? unreadable(id) : Promise.resolve('kept')),
    partners: () => ({ nodes: [firm('3'), null], totalCount: async () => Promise.resolve(7), pageInfo: true }),
  },
};

const logger = createLogger({ name: 'test', level: 'silent' });
type Graph = Awaited<ReturnType<typeof departmentGraph>>;
let atOnce: Graph;
let never: Graph;
beforeAll(async () => {
  atOnce = await departmentGraph({ typeDefs, resolvers, logger, compileAt: 1 });
  never = await departmentGraph({ typeDefs, resolvers, logger, compileAt: Infinity });
});
beforeEach(() => {
  renamed = [];
  read = 0;
});
afterAll(async () => {
  await atOnce.stop();
  await never.stop();
});

const context = { actor: null, requestId: 'r-1' };
/** An answer as it is sent, without the references to the log, which differ each time. */
const plain = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'reference'));

describe('a compiled query', () => {
  it.each<[string, string, Record<string, unknown>?]>([
    [
      'fields, aliases, fragments and lists',
      '{ a: firms { ...f } firms { id } } fragment f on Firm { name __typename }',
    ],
    [
      'variables, given, defaulted and left out',
      'query ($id: ID = "7", $on: Date) { firm(id: $id) { id } day(on: $on) }',
      { on: '2026-11-20' },
    ],
    [
      'conditions that let through',
      'query ($with: Boolean!) { firm(id: "1") { id name @include(if: $with) ... @skip(if: $with) { __typename } } }',
      { with: true },
    ],
    [
      'conditions that do not',
      'query ($with: Boolean!) { firm(id: "1") { id name @include(if: $with) ... @skip(if: $with) { __typename } } }',
      { with: false },
    ],
    ['unions and interfaces', '{ place { __typename ... on Named { name } ... on Town { name } ... on Firm { id } } }'],
    [
      'entities, known and unknown',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Firm { id name } } }',
      {
        r: [
          { __typename: 'Firm', id: '1' },
          { __typename: 'Firm', id: 'none' },
        ],
      },
    ],
    [
      'an entity of no type',
      'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      { r: [{ __typename: 'Nothing' }] },
    ],
    ['a count that is made when it is asked for', '{ firm(id: "1") { partners { totalCount nodes { id } } } }'],
    ['a refusal at its path', '{ firms { id secret } }'],
    ['a fault inside, of which only a reference is told', '{ firm(id: "1") { id broken } }'],
    ['null where nothing may be null', '{ firm(id: "1") { id owner { id } } firms { id } }'],
    ['a refusal where nothing may be null', '{ firms { id strict } }'],
    ['a value that its scalar does not have', '{ day firm(id: "1") { id } }'],
    ['a value that its enumeration does not have', '{ level }'],
    ['variables that do not fit', 'query ($first: Int!) { limit(first: $first) }', { first: 'many' }],
    ['a variable that is missing', 'query ($first: Int!) { limit(first: $first) }', {}],
    ['a day that does not exist', 'query ($on: Date) { day(on: $on) }', { on: '2026-02-30' }],
    ['a field that does not exist', '{ firm(id: "1") { nickname } }'],
    ['a syntax error', '{ firm('],
    [
      'the schema',
      '{ __schema { queryType { name fields { name type { kind name } } } } __type(name: "Firm") { name } _service { sdl } }',
    ],
  ])('answers as Apollo Server does: %s', async (_what, query, variables = {}) => {
    expect(plain(await atOnce.answer({ query, variables }, context))).toEqual(
      plain(await never.answer({ query, variables }, context)),
    );
  });

  it.each(['B', 'C', '', null])('keeps to the operation that is named: %j', async (operationName) => {
    for (const query of ['query A { who } query B { level }', 'query B { who }', '{ who }']) {
      expect(plain(await atOnce.answer({ query, operationName }, context))).toEqual(
        plain(await never.answer({ query, operationName }, context)),
      );
    }
  });

  it('is run once for an answer, with the context of its own request', async () => {
    expect(await atOnce.answer({ query: '{ firms { id } }' }, context)).toMatchObject({
      status: 200,
      result: { data: { firms: [{ id: '1' }, { id: '2' }] } },
    });
    expect(read).toBe(1);
    for (const requestId of ['r-2', 'r-3'])
      expect((await atOnce.answer({ query: '{ who }' }, { actor: null, requestId })).result).toEqual({
        data: { who: requestId },
      });
  });

  it('is never a mutation, and a mutation is done once each time', async () => {
    for (const name of ['甲', '乙', '丙', '丁'])
      expect(
        (
          await atOnce.answer(
            { query: 'mutation ($name: String!) { rename(name: $name) }', variables: { name } },
            context,
          )
        ).result,
      ).toEqual({ data: { rename: name } });
    expect(renamed).toEqual(['甲', '乙', '丙', '丁']);
  });

  it('answers the same from the first time to the tenth', async () => {
    const graph = await departmentGraph({ typeDefs, resolvers, logger });
    try {
      const query = 'query ($id: ID!) { firm(id: $id) { id secret partners { totalCount } } }';
      const answers = [];
      for (let time = 0; time < 10; time++)
        answers.push(plain(await graph.answer({ query, variables: { id: '5' } }, context)));
      expect(
        new Set(
          answers.map((answer) =>
            JSON.stringify(answer, [
              'status',
              'result',
              'data',
              'errors',
              'firm',
              'id',
              'secret',
              'partners',
              'totalCount',
              'message',
              'path',
              'extensions',
              'code',
            ]),
          ),
        ).size,
      ).toBe(1);
      expect(answers[9]).toEqual(answers[0]);
    } finally {
      await graph.stop();
    }
  });

  it('is forgotten when more texts come than are kept, and still answered', async () => {
    for (let at = 0; at < 600; at++)
      expect((await atOnce.answer({ query: `{ q${at}: who }` }, context)).result).toEqual({
        data: { [`q${at}`]: 'r-1' },
      });
    expect((await atOnce.answer({ query: '{ q0: who }' }, context)).result).toEqual({ data: { q0: 'r-1' } });
  });
});

it('is what the tests of departments ask', async () => {
  const department = await departmentUnderTest({ typeDefs, resolvers, context: (request) => request });
  expect(await department.ask('{ who }')).toEqual({ data: { who: 'test' } });
});
