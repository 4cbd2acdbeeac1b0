import http from 'node:http';
import { gzipSync } from 'node:zlib';
import { FIRST, startSmallCity, type Answer, type SmallCity } from './support/small-city.js';

describe('the gateway over HTTP', () => {
  let city: SmallCity;
  beforeAll(async () => {
    city = await startSmallCity({ GATEWAY_CORS_ORIGINS: 'https://portal.city.example' });
  });
  afterAll(() => city.stop());
  const send = async (init: RequestInit, suffix = ''): Promise<{ status: number; headers: Headers; text: string }> => {
    const response = await fetch(`${city.gateway.url}${suffix}`, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const codes = (text: string): unknown[] =>
    (JSON.parse(text) as Answer['body']).errors?.map(({ extensions }) => extensions['code']) ?? [];

  it.each([
    ['a syntax error', '{ enterprise(', 'Syntax Error'],
    [
      'an unknown field',
      '{ enterprise(uscc: "x") { nmae } }',
      'Cannot query field "nmae" on type "Enterprise". Did you mean "name"?',
    ],
    ['a missing argument', '{ enterprise { name } }', 'argument "uscc" of type "ID!" is required'],
  ])('explains %s with its place as BAD_USER_INPUT', async (_what, query, message) => {
    const { status, body } = await city.ask({ query });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.message).toContain(message);
    expect(body.errors?.[0]?.locations).toHaveLength(1);
    expect(body.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('explains a wrong variable as BAD_USER_INPUT', async () => {
    const { status, body } = await city.ask({
      query: 'query ($first: Int) { enterprises(first: $first) { totalCount } }',
      variables: { first: 'many' },
    });
    expect(status).toBe(400);
    expect(body.errors?.[0]).toMatchObject({
      message: expect.stringContaining('"$first" got invalid value "many"') as string,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('explains an operation name that does not exist', async () => {
    const { status, body } = await city.ask({ query: 'query A { ledger }', operationName: 'B' });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('never shows a stack trace', async () => {
    for (const query of ['{', '{ broken }', '{ nothing }'])
      expect(JSON.stringify((await city.ask({ query })).body)).not.toMatch(/stacktrace|\.ts:|\.js:| at /);
  });

  it.each([
    ['broken JSON', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":' }, 400],
    ['no body', { method: 'POST', headers: { 'content-type': 'application/json' } }, 400],
    [
      'a method other than GET and POST',
      { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"query":"{ ledger }"}' },
      405,
    ],
    [
      'a form that another site could post',
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{ ledger }"}' },
      400,
    ],
  ])('answers %s with a documented error', async (_what, init, status) => {
    const answer = await send(init);
    expect(answer.status).toBe(status);
    expect(codes(answer.text)).toEqual(['BAD_USER_INPUT']);
  });

  const overview = JSON.stringify({
    query: `query A($uscc: ID!) { enterprise(uscc: $uscc) { name } }`,
    variables: { uscc: FIRST },
    operationName: 'A',
  });
  it.each<[string, RequestInit, number]>([
    ['an operation', { body: overview }, 200],
    [
      'an operation whose answer is to be of the newer media type',
      { body: overview, headers: { accept: 'application/graphql-response+json' } },
      200,
    ],
    ['an answer in a type that the graph does not speak', { body: overview, headers: { accept: 'text/csv' } }, 406],
    ['broken JSON', { body: '{"query":' }, 400],
    ['an empty body', { body: '' }, 400],
    ['a list', { body: '[]' }, 400],
    ['a batch of operations', { body: `[${overview}]` }, 400],
    ['a number', { body: '7' }, 400],
    ['variables as text', { body: JSON.stringify({ query: '{ ledger }', variables: '{}' }) }, 400],
    ['a query that is none', { body: JSON.stringify({ query: 7 }) }, 400],
    ['more than a request may be', { body: JSON.stringify({ query: '#'.repeat(300_000) }) }, 413],
    ['a token that is none', { body: overview, headers: { authorization: 'Bearer x' } }, 401],
  ])('answers %s as it does the general way of HTTP', async (_what, { body, headers }, status) => {
    const init = {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        origin: 'https://portal.city.example',
        ...(headers as Record<string, string> | undefined),
      },
    };
    // With a query string the request goes through every layer.
    const [usual, general] = [await send(init), await send(init, '?general')];
    const shown = ({ headers: told, ...rest }: Awaited<ReturnType<typeof send>>): unknown => ({
      ...rest,
      type: told.get('content-type'),
      length: told.get('content-length'),
      origin: told.get('access-control-allow-origin'),
      hasId: told.has('x-request-id'),
    });
    expect(usual.status).toBe(status);
    expect(shown(usual)).toEqual(shown(general));
  });

  it('reads a body that is compressed', async () => {
    const answer = await send({
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(overview),
    });
    expect(JSON.parse(answer.text)).toEqual({ data: { enterprise: { name: '甲公司' } } });
  });

  it.each([
    ['/nothing', 404, 'NOT_FOUND'],
    ['/graphiql/constructor', 404, 'NOT_FOUND'],
    ['/graphiql/__proto__', 404, 'NOT_FOUND'],
    ['/graphiql/toString', 404, 'NOT_FOUND'],
    ['/graphiql/%E0%A4%A', 400, 'BAD_USER_INPUT'],
    ['/graphiql/..%2Fpackage.json', 404, 'NOT_FOUND'],
  ])('answers %s with HTTP %d, a documented code and no stack', async (suffix, status, code) => {
    const response = await fetch(city.gateway.url.replace('/graphql', suffix));
    const text = await response.text();
    expect([response.status, codes(text)]).toEqual([status, [code]]);
    expect(text).not.toMatch(/\.[jt]s:|    at /);
  });

  it('leads a visitor of its root to the graph', async () => {
    const response = await fetch(city.gateway.url.replace('/graphql', '/'), { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/graphql']);
  });

  it('answers a query over GET, but no mutation', async () => {
    const headers = { 'apollo-require-preflight': 'yes', accept: 'application/json' };
    const read = await send({ headers }, `?query=${encodeURIComponent(`{ enterprise(uscc: "${FIRST}") { name } }`)}`);
    expect(JSON.parse(read.text)).toEqual({ data: { enterprise: { name: '甲公司' } } });
    const write = await send(
      { headers },
      `?query=${encodeURIComponent(`mutation { look(uscc: "${FIRST}") { name } }`)}`,
    );
    expect(write.status).toBe(405);
    expect(codes(write.text)).toEqual(['BAD_USER_INPUT']);
  });

  it('lets configured origins call it from a browser, and no others', async () => {
    const preflight = (origin: string): Promise<string | undefined> =>
      new Promise((resolve, reject) => {
        const headers = {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,authorization',
        };
        http
          .request(city.gateway.url, { method: 'OPTIONS', headers }, (response) => {
            response.resume();
            resolve(response.headers['access-control-allow-origin']);
          })
          .on('error', reject)
          .end();
      });
    expect(await preflight('https://portal.city.example')).toBe('https://portal.city.example');
    expect(await preflight('https://elsewhere.example')).toBeUndefined();
  });

  it("answers introspection, for a city's graph is public", async () => {
    const { body } = await city.ask({
      query:
        '{ __schema { queryType { name } } __type(name: "Enterprise") { fields { name description type { name ofType { name ofType { name ofType { name } } } } } } }',
    });
    expect(body.errors).toBeUndefined();
    expect(JSON.stringify(body.data)).toContain('"uscc"');
  });

  it('says that it lives, and to those who run it how each department is', async () => {
    for (const base of [city.gateway.url.replace('/graphql', ''), city.gateway.operationsUrl])
      expect(await (await fetch(`${base}/health/live`)).json()).toEqual({ status: 'live' });
    const ready = await fetch(`${city.gateway.operationsUrl}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', departments: { cases: { state: 'up', reasons: {} }, registry: { state: 'up', reasons: {} } } },
    ]);
  });

  it('shows everybody whether it is ready, and nothing more of the state of the hub', async () => {
    const base = city.gateway.url.replace('/graphql', '');
    const ready = await fetch(`${base}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
    const metrics = await fetch(`${base}/metrics`);
    expect([metrics.status, codes(await metrics.text())]).toEqual([404, ['NOT_FOUND']]);
    expect((await fetch(`${city.gateway.operationsUrl}/graphql`)).status).toBe(404);
  });

  it('counts operations, departments and refusals for Prometheus', async () => {
    await city.ask({ query: `{ enterprise(uscc: "${FIRST}") { name openCount } }` });
    await city.ask({ query: '{ ledger }' }, { authorization: 'Bearer x' });
    const text = await (await fetch(`${city.gateway.operationsUrl}/metrics`)).text();
    expect(text).toMatch(/zhitong_gateway_operation_seconds_count\{kind="query",result="ok"\} [1-9]/);
    expect(text).toMatch(/zhitong_gateway_department_seconds_count\{department="cases",outcome="answered"\} [1-9]/);
    expect(text).toMatch(/zhitong_gateway_refusals_total\{reason="token"\} [1-9]/);
  });
});

describe('readiness', () => {
  it.each([
    [['cases'], 200, 'partial'],
    [['cases', 'registry'], 503, 'unavailable'],
  ])('without %j is HTTP %d, %s', async (asleep, status, word) => {
    const city = await startSmallCity();
    try {
      for (const name of asleep) await (name === 'cases' ? city.cases : city.registry).sleep();
      const answer = await fetch(`${city.gateway.operationsUrl}/health/ready`);
      expect(answer.status).toBe(status);
      const outside = await fetch(`${city.gateway.url.replace('/graphql', '')}/health/ready`);
      expect([outside.status, await outside.json()]).toEqual([
        status,
        { status: status === 200 ? 'ready' : 'not ready' },
      ]);
      const stateOf = (name: string) =>
        asleep.includes(name)
          ? { state: 'down', reasons: { answer: expect.stringMatching(/^(ECONN|UND_ERR_SOCKET)/) as unknown } }
          : { state: 'up', reasons: {} };
      expect(await answer.json()).toEqual({
        status: word,
        departments: { cases: stateOf('cases'), registry: stateOf('registry') },
      });
    } finally {
      await city.stop();
    }
  });
});

describe('stopping', () => {
  it('finishes the request in flight first and takes no other', async () => {
    const city = await startSmallCity();
    let release = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      city.registry.behave((_request, response) => {
        release = () => response.end('{"data":{"enterprise":{"__typename":"Enterprise","uscc":"x","name":"late"}}}');
        resolve();
      });
    });
    const answer = city.ask({ query: '{ enterprise(uscc: "x") { name } }' });
    await arrived;
    const stopped = city.gateway.stop();
    await expect(fetch(city.gateway.url.replace('/graphql', '/health/live'))).rejects.toThrow();
    release();
    expect((await answer).body).toEqual({ data: { enterprise: { name: 'late' } } });
    await stopped;
    await Promise.all([city.registry.close(), city.cases.close()]);
  });
});
