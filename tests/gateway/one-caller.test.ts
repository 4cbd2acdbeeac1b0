import type { Behaviour } from './support/fake-subgraph.js';
import { FIRST, startSmallCity, type SmallCity } from './support/small-city.js';

/** More than what opens the breaker. */
const ATTEMPTS = 8;
const ordinary = { query: `{ enterprise(uscc: "${FIRST}") { name } }` };
const ordinaryAnswer = { data: { enterprise: { name: '甲公司' } } };
const heavy = { query: 'query Heavy { echo(number: 1) }' };

describe('what one caller provokes', () => {
  let city: SmallCity;
  beforeEach(async () => {
    city = await startSmallCity({
      GATEWAY_DEPARTMENT_TIMEOUT_MS: '400',
      GATEWAY_DEPARTMENT_PAUSE_MS: '600000',
      GATEWAY_LIMIT_ANSWER_BYTES: '20000',
      GATEWAY_DEPARTMENT_CONNECTIONS: '4',
    });
  });
  afterEach(() => city.stop());

  /** Misbehaves for the heavy operation and answers everything else. */
  const onlyForHeavy =
    (misbehave: Behaviour): Behaviour =>
    (request, response, received) =>
      received.query.includes('echo')
        ? misbehave(request, response, received)
        : city.registry.properly(request, response, received);

  it.each<[string, Behaviour, string]>([
    ['runs into the deadline', () => undefined, 'DEPARTMENT_UNAVAILABLE'],
    ['breaks its connection', (_request, response) => void response.destroy(), 'DEPARTMENT_UNAVAILABLE'],
    [
      'is answered with an error page',
      (_request, response) => void response.writeHead(500).end('<html>'),
      'DEPARTMENT_UNAVAILABLE',
    ],
    ['is too much for a proxy', (_request, response) => void response.writeHead(504).end(), 'DEPARTMENT_UNAVAILABLE'],
    [
      'is too large for the department',
      (_request, response) => void response.writeHead(413).end('too large'),
      'DEPARTMENT_UNAVAILABLE',
    ],
    [
      'is no request to the department',
      (_request, response) => void response.writeHead(400).end('bad request'),
      'DEPARTMENT_UNAVAILABLE',
    ],
    [
      'is answered with half of an answer',
      (_request, response) => void response.end('{"data":{'),
      'DEPARTMENT_UNAVAILABLE',
    ],
    [
      'is answered with more than is taken',
      (_request, response) => void response.end(JSON.stringify({ data: { echo: 'x'.repeat(30_000) } })),
      'QUERY_TOO_COMPLEX',
    ],
  ])('by an operation that %s switches the department off for nobody', async (_what, misbehave, code) => {
    city.registry.behave(onlyForHeavy(misbehave));
    for (let attempt = 0; attempt < ATTEMPTS; attempt++)
      expect((await city.ask(heavy)).body.errors?.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
        [['echo'], code],
      ]);
    expect((await city.ask(ordinary)).body).toEqual(ordinaryAnswer);
  });

  it('by operations that fill every connection to the department does not make it silent', async () => {
    city.registry.behave(onlyForHeavy(() => undefined));
    await Promise.all(Array.from({ length: 4 * ATTEMPTS }, () => city.ask(heavy)));
    expect((await city.ask(ordinary)).body).toEqual(ordinaryAnswer);
  });

  it('at one moment counts once, also when the department is silent at that moment', async () => {
    let silent = true;
    city.registry.behave((request, response, received) => {
      if (!silent) return city.registry.properly(request, response, received);
    });
    await Promise.all(Array.from({ length: ATTEMPTS }, () => city.ask(heavy)));
    expect(city.registry.probes()).toBeLessThan(5);
    silent = false;
    expect((await city.ask(ordinary)).body).toEqual(ordinaryAnswer);
  });

  it('by an answer that is too large fails as such, with the limit', async () => {
    city.registry.behave(
      (_request, response) => void response.end(JSON.stringify({ data: { echo: 'x'.repeat(30_000) } })),
    );
    const { body } = await city.ask(heavy);
    expect(body).toMatchObject({
      data: { echo: null },
      errors: [
        {
          path: ['echo'],
          extensions: {
            code: 'QUERY_TOO_COMPLEX',
            measure: 'answerBytes',
            actual: null,
            limit: 20_000,
            subgraph: 'registry',
          },
        },
      ],
    });
    expect(body.extensions).toBeUndefined();
  });

  const nested = (levels: number, inner: string = '1'): string => `${'['.repeat(levels)}${inner}${']'.repeat(levels)}`;
  it.each<[string, string, object]>([
    ['nested lists', nested(100_000), { measure: 'variableDepth', limit: 32 }],
    ['nested objects', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`, { measure: 'variableDepth', limit: 32 }],
    ['one level more than is allowed', nested(33), { measure: 'variableDepth', actual: 33, limit: 32 }],
    ['a list of very many values', `[${'1,'.repeat(60_000)}1]`, { measure: 'variableValues', limit: 20_000 }],
    [
      'an object of very many members',
      `{${Array.from({ length: 21_000 }, (_unused, index) => `"k${index}":1`).join(',')}}`,
      { measure: 'variableValues', limit: 20_000 },
    ],
  ])(
    'by %s in a variable is refused before any department is asked, and hurts nobody',
    async (_what, json, extensions) => {
      const body = `{"query":"query ($any: JSON) { echo(any: $any) }","variables":{"any":${json}}}`;
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const response = await fetch(city.gateway.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        });
        expect([response.status, await response.json()]).toMatchObject([
          400,
          { errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX', ...extensions } }] },
        ]);
      }
      expect([city.registry.received.length, city.registry.probes()]).toEqual([0, 0]);
      expect((await city.ask(ordinary)).body).toEqual(ordinaryAnswer);
    },
  );

  it('by a nested variable over GET is refused as well', async () => {
    const search = new URLSearchParams({
      query: 'query ($any: JSON) { echo(any: $any) }',
      variables: `{"any":${nested(2_000)}}`,
    });
    const response = await fetch(`${city.gateway.url}?${search.toString()}`, {
      headers: { 'apollo-require-preflight': 'yes', accept: 'application/json' },
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX', measure: 'variableDepth' } }] },
    ]);
  });

  it('by what is allowed is answered', async () => {
    const any: unknown = JSON.parse(nested(32));
    expect((await city.ask({ query: 'query ($any: JSON) { echo(any: $any) }', variables: { any } })).body).toEqual({
      data: { echo: JSON.stringify({ any, size: 20 }) },
    });
  });

  it.each([
    ['a list of literals', `{ echo(any: ${'['.repeat(4_000)}${']'.repeat(900)}`],
    ['nested literals', `{ echo(any: ${nested(2_400)}) }`],
    ['nested selections', `${'{ enterprise(uscc: "x") '.repeat(600)}{ name }${'}'.repeat(600)}`],
    ['nested fragments', `${'{ ... on Query '.repeat(1_000)}{ ledger }${'}'.repeat(1_000)}`],
    ['nested types', `query ($a: ${'['.repeat(2_400)}Int${']'.repeat(2_400)}) { ledger }`],
    ['a body that is nested itself', undefined],
  ])('by %s in the document is refused clearly', async (_what, query) => {
    const response = await fetch(city.gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: query === undefined ? nested(120_000) : JSON.stringify({ query }),
    });
    const body = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
    expect(response.status).toBe(400);
    for (const { message, extensions } of body.errors) {
      expect(['BAD_USER_INPUT', 'QUERY_TOO_COMPLEX']).toContain(extensions.code);
      expect(message).not.toMatch(/call stack/i);
    }
    expect(city.registry.received).toHaveLength(0);
  });

  it.each([
    ['selections', `${'{ ... '.repeat(200)}{ __typename }${'}'.repeat(200)}`],
    ['lists', `{ echo(any: ${nested(199)}) }`],
    ['objects', `{ echo(any: ${'{a: '.repeat(199)}1${'}'.repeat(199)}) }`],
    ['types', `query ($a: ${'['.repeat(200)}Int${']'.repeat(200)}) { ledger }`],
  ])('by %s in the document that are one level too deep is refused before it is parsed', async (_what, query) => {
    const { status, body } = await city.ask({ query });
    expect(status).toBe(400);
    expect(body.errors?.map(({ extensions }) => extensions)).toEqual([
      {
        code: 'QUERY_TOO_COMPLEX',
        measure: 'nesting',
        actual: 201,
        limit: 200,
        reason: 'TOO_NESTED',
        zh: '查询文本嵌套过深：括号最多嵌套 200 层',
        parameters: { limit: 200 },
      },
    ]);
    expect(city.registry.received).toHaveLength(0);
  });

  it('by two hundred levels, and by many brackets beside each other, is answered', async () => {
    const deep = await city.ask({ query: `${'{ ... '.repeat(199)}{ __typename }${'}'.repeat(199)}` });
    expect(deep.body).toEqual({ data: { __typename: 'Query' } });
    const any = Array.from({ length: 300 }, () => []);
    const wide = await city.ask({ query: `{ echo(any: ${JSON.stringify(any)}) }` });
    expect(wide.body).toEqual({ data: { echo: JSON.stringify({ any, size: 20 }) } });
  });

  it('by answers that are too large makes nobody ask whether the department is there', async () => {
    city.registry.behave(
      (_request, response) => void response.end(JSON.stringify({ data: { echo: 'x'.repeat(30_000) } })),
    );
    await city.ask(heavy);
    expect(city.registry.probes()).toBe(0);
  });
});

describe('a department that is silent for everybody', () => {
  it('is left alone after five silences, and is back by a probe once it answers', async () => {
    const city = await startSmallCity({ GATEWAY_DEPARTMENT_PAUSE_MS: '20' });
    try {
      city.registry.behave((_request, response) => void response.destroy());
      for (let attempt = 0; attempt < ATTEMPTS; attempt++)
        expect((await city.ask(ordinary)).body.extensions).toEqual({ partial: true, unavailable: ['registry'] });
      city.registry.behave(undefined);
      let answer = await city.ask(ordinary);
      while (answer.body.extensions !== undefined) answer = await city.ask(ordinary);
      expect(answer.body).toEqual(ordinaryAnswer);
    } finally {
      await city.stop();
    }
  });

  it('is asked no operation before a probe has found it there, whatever time has passed', async () => {
    const city = await startSmallCity({ GATEWAY_DEPARTMENT_PAUSE_MS: '1' });
    try {
      city.registry.behave((_request, response) => void response.destroy());
      for (let attempt = 0; attempt < 5; attempt++) await city.ask(ordinary);
      const [operations, probes] = [city.registry.received.length, city.registry.probes()];
      while (city.registry.probes() < probes + 3)
        expect((await city.ask(ordinary)).body.extensions).toEqual({ partial: true, unavailable: ['registry'] });
      expect(city.registry.received).toHaveLength(operations);
    } finally {
      await city.stop();
    }
  });
});
