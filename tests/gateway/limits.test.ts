import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { operationShape } from '../../gateway/src/limits/operation-shape.js';
import { queryCosts } from '../../gateway/src/limits/query-cost.js';
import { bearer, FIRST, startSmallCity, type SmallCity } from './support/small-city.js';

const operationOf = (source: string): { document: ReturnType<typeof parse>; operation: OperationDefinitionNode } => {
  const document = parse(source);
  return {
    document,
    operation: document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode,
  };
};

describe('the shape of an operation', () => {
  it.each([
    ['{ a }', { depth: 1, aliases: 0, rootFields: 1 }],
    ['{ a { b { c } } d { e } }', { depth: 3, aliases: 0, rootFields: 2 }],
    ['{ x: a { y: b } ...F ...F } fragment F on Query { z: a { b } }', { depth: 2, aliases: 4, rootFields: 3 }],
    ['{ ... on Query { a { ... { b } } } }', { depth: 2, aliases: 0, rootFields: 1 }],
    ['{ __schema { types { fields { name } } } }', { depth: 1, aliases: 0, rootFields: 1 }],
  ])('of %s is %j', (source, shape) => {
    const { document, operation } = operationOf(source);
    expect(operationShape(document, operation)).toEqual(shape);
  });

  it('is measured in no time although fragments multiply', () => {
    const levels = Array.from(
      { length: 60 },
      (_unused, level) => `fragment F${level} on Query { ...F${level + 1} ...F${level + 1} }`,
    );
    const { document, operation } = operationOf(`{ ...F0 } ${levels.join(' ')} fragment F60 on Query { a }`);
    expect(operationShape(document, operation).rootFields).toBe(2 ** 60);
  });
});

describe('the cost of an operation', () => {
  const schema = buildSchema(`
    type Query { many(first: Int, last: Int): Page! plain: [Item!]! one: Item }
    type Page { nodes: [Item!]! totalCount: Int! }
    type Item { name: String other: Item children(first: Int): Page }
  `);
  const costOf = queryCosts();
  const cost = (source: string, variables: Record<string, unknown> = {}): number | undefined =>
    costOf({ schema, ...operationOf(source), variables });

  it.each<[string, Record<string, unknown>, number]>([
    ['{ one { name } }', {}, 1],
    ['{ one { name other { name } } }', {}, 2],
    ['{ many(first: 50) { totalCount nodes { name } } }', {}, 51],
    ['{ many { nodes { name } } }', {}, 21],
    ['query ($n: Int) { many(last: $n) { nodes { name } } }', { n: 7 }, 8],
    ['{ many(first: 100000) { nodes { name } } }', {}, 201],
    ['{ many(first: 10) { nodes { children(first: 10) { nodes { name } } } } }', {}, 121],
    ['{ plain { name } }', {}, 10],
    ['query ($if: Boolean!) { one { name } many @include(if: $if) { totalCount } }', { if: false }, 1],
    ['{ __schema { types { fields { type { ofType { ofType { name } } } } } } }', {}, 0],
  ])('of %s with %j is %d', (source, variables, expected) => {
    expect(cost(source, variables)).toBe(expected);
  });

  it('is measured again for another page size of the same operation', () => {
    const parsed = operationOf('query ($n: Int) { many(first: $n) { nodes { name } } }');
    expect([1, 100, 1].map((n) => costOf({ schema, ...parsed, variables: { n } }))).toEqual([2, 101, 2]);
  });

  it('is not known when the variables are wrong', () => {
    expect(cost('query ($n: Int) { many(first: $n) { nodes { name } } }', { n: 'x' })).toBeUndefined();
  });

  it('is infinite for an operation that is too large to measure', () => {
    const levels = Array.from(
      { length: 20 },
      (_unused, level) => `fragment F${level} on Item { ...F${level + 1} ...F${level + 1} }`,
    );
    expect(cost(`{ one { ...F0 } } ${levels.join(' ')} fragment F20 on Item { name }`)).toBe(Infinity);
  });
});

describe('a request that asks for too much', () => {
  let city: SmallCity;
  beforeAll(async () => {
    city = await startSmallCity({
      GATEWAY_LIMIT_DEPTH: '4',
      GATEWAY_LIMIT_COST: '300',
      GATEWAY_LIMIT_ALIASES: '3',
      GATEWAY_LIMIT_ROOT_FIELDS: '2',
      GATEWAY_LIMIT_TOKENS: '300',
      GATEWAY_LIMIT_BODY_BYTES: '20000',
    });
  });
  afterAll(() => city.stop());
  beforeEach(() => {
    city.registry.received.length = 0;
  });

  it.each([
    ['depth', '{ enterprises { nodes { holder { ... on Enterprise { holder { name } } } } } }', 5, 4],
    ['aliases', '{ a: enterprise(uscc: "1") { b: name c: name d: name } }', 4, 3],
    ['rootFields', '{ ledger broken hollow { core } }', 3, 2],
    ['cost', '{ enterprises(first: 200) { nodes { cases(first: 10) { totalCount } } } }', 1 + 200 * (1 + 1), 300],
  ])('in %s is refused with the figure and the limit, and nobody is asked', async (measure, query, actual, limit) => {
    const { status, body } = await city.ask({ query }, bearer(await city.token('AUDITOR')));
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', measure, actual, limit });
    expect(body.errors?.[0]?.message).toContain(`at most ${limit} are allowed`);
    expect(city.registry.received).toEqual([]);
  });

  it('in length is refused while it is read', async () => {
    const { status, body } = await city.ask({ query: `{ ${'broken '.repeat(400)} }` });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions).toMatchObject({
      code: 'QUERY_TOO_COMPLEX',
      measure: 'tokens',
      actual: null,
      limit: 300,
    });
  });

  it.each([
    ['an alias', (name: string) => `{ ${name}: ledger }`],
    ['a field', (name: string) => `{ ${name} }`],
    ['an operation', (name: string) => `query ${name} { ledger }`],
    ['a fragment', (name: string) => `{ ...${name} } fragment ${name} on Query { ledger }`],
    ['a variable', (name: string) => `query ($${name}: Int) { echo(number: $${name}) }`],
    ['a directive', (name: string) => `{ ledger @${name} }`],
  ])('by a very long name of %s is refused before it is read, and not repeated', async (_what, queryWith) => {
    const name = 'n'.repeat(201);
    const { status, body } = await city.ask({ query: queryWith(name) });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([
      {
        message: expect.stringContaining('201 characters') as unknown,
        extensions: { code: 'QUERY_TOO_COMPLEX', measure: 'nameLength', actual: 201, limit: 200 },
      },
    ]);
    expect(JSON.stringify(body)).not.toContain('n'.repeat(30));
    expect(city.registry.received).toEqual([]);
  });

  it('has names of up to 200 characters', async () => {
    const alias = 'n'.repeat(200);
    expect(Object.keys((await city.ask({ query: `{ ${alias}: __typename }` })).body.data ?? {})).toEqual([alias]);
  });

  it('in bytes is refused with HTTP 413', async () => {
    const { status, body } = await city.ask({ query: '{ broken }', variables: { padding: 'x'.repeat(30_000) } });
    expect(status).toBe(413);
    expect(body.errors?.[0]).toMatchObject({
      message: 'The request body is too large.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('in one HTTP request with several operations is refused', async () => {
    const { status, body } = await city.ask([{ query: '{ broken }' }, { query: '{ broken }' }]);
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('is answered when it stays within all limits', async () => {
    expect((await city.ask({ query: `{ enterprise(uscc: "${FIRST}") { name } }` })).body).toEqual({
      data: { enterprise: { name: '甲公司' } },
    });
  });
});

describe('a caller that asks too often', () => {
  it('gets HTTP 429 and Retry-After, while others are served', async () => {
    const city = await startSmallCity({ GATEWAY_RATE_LIMIT_PER_MINUTE: '3' });
    try {
      const auditor = bearer(await city.token('AUDITOR'));
      const query = { query: '{ enterprise(uscc: "x") { name } }' };
      for (let turn = 0; turn < 3; turn++) expect((await city.ask(query)).status).toBe(200);
      const { status, headers, body } = await city.ask(query);
      expect(status).toBe(429);
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(body.errors?.[0]?.extensions).toMatchObject({
        code: 'RATE_LIMITED',
        retryAfterSeconds: Number(headers.get('retry-after')),
      });
      expect((await city.ask(query, auditor)).status).toBe(200);
    } finally {
      await city.stop();
    }
  });

  it.each<[string, [string, string], number]>([
    ['1', ['203.0.113.1', '198.51.100.9, 203.0.113.1'], 429],
    ['1', ['203.0.113.1, 203.0.113.2', '203.0.113.1'], 200],
    ['0', ['203.0.113.1', '203.0.113.2'], 429],
  ])('counts anonymous callers by the address that %s trusted proxies saw: %j', async (hops, [one, other], status) => {
    const city = await startSmallCity({ GATEWAY_RATE_LIMIT_PER_MINUTE: '1', GATEWAY_TRUST_PROXY_HOPS: hops });
    try {
      const query = '{ __typename }';
      expect((await city.ask({ query }, { 'x-forwarded-for': one })).status).toBe(200);
      expect((await city.ask({ query }, { 'x-forwarded-for': other })).status).toBe(status);
    } finally {
      await city.stop();
    }
  });
});
