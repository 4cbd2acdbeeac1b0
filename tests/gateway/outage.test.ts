import { bearer, FIRST, startSmallCity, type SmallCity } from './support/small-city.js';

const query = `query Overview($uscc: ID!) { enterprise(uscc: $uscc) { name openCount cases { totalCount nodes { title } } } }`;
const variables = { uscc: FIRST };

/** Breaks the connection without a word. */
const hangUp = (_request: unknown, response: { destroy(): void }): void => response.destroy();

describe('a department that does not answer as it should', () => {
  let city: SmallCity;
  let auditor: Record<string, string>;
  beforeEach(async () => {
    city = await startSmallCity({ GATEWAY_DEPARTMENT_TIMEOUT_MS: '1500', GATEWAY_DEPARTMENT_PAUSE_MS: '600000' });
    auditor = bearer(await city.token('AUDITOR'));
  });
  afterEach(() => city.stop());

  const outage = {
    data: { enterprise: { name: '甲公司', openCount: null, cases: null } },
    extensions: { partial: true, unavailable: ['cases'] },
  };

  it.each<[string, Parameters<SmallCity['cases']['behave']>[0]]>([
    [
      'answers HTTP 500 with a page',
      (_request, response) => void response.writeHead(500, { 'content-type': 'text/html' }).end('<html>Oops</html>'),
    ],
    ['answers HTTP 200 with rubbish', (_request, response) => void response.end('{"data": {')],
    ['answers an empty body', (_request, response) => void response.writeHead(200).end()],
    ['answers JSON that is no GraphQL result', (_request, response) => void response.end('[1, 2]')],
    ['answers neither data nor errors', (_request, response) => void response.end('{}')],
    [
      'does not accept the gateway',
      (_request, response) =>
        void response
          .writeHead(401)
          .end('{"errors":[{"message":"who are you","extensions":{"code":"UNAUTHENTICATED"}}]}'),
    ],
    ['hangs', () => undefined],
    [
      'stops in the middle of its answer',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"data":');
        response.destroy();
      },
    ],
    ['hangs up', hangUp],
  ])('gives nulls, errors at their paths and a partial answer when it %s', async (_what, behaviour) => {
    city.cases.behave(behaviour);
    const { status, body } = await city.ask({ query, variables }, auditor);
    expect(status).toBe(200);
    expect(body).toMatchObject(outage);
    expect(body.errors?.map(({ path, extensions }) => ({ path, ...extensions }))).toEqual([
      { path: ['enterprise', 'openCount'], code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'cases' },
      { path: ['enterprise', 'cases'], code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'cases' },
    ]);
  });

  it('is said to be unavailable when nothing listens, and is back in the answer once it listens again', async () => {
    const wake = await city.cases.sleep();
    expect((await city.ask({ query, variables }, auditor)).body).toMatchObject(outage);
    await wake();
    expect((await city.ask({ query, variables }, auditor)).body).toEqual({
      data: { enterprise: { name: '甲公司', openCount: 1, cases: { totalCount: 1, nodes: [{ title: '诉求' }] } } },
    });
  });

  it('gives one error for each place of a list', async () => {
    city.cases.behave(hangUp);
    const { body } = await city.ask({ query: '{ enterprises { totalCount nodes { name openCount } } }' });
    expect(body.data).toEqual({
      enterprises: {
        totalCount: 2,
        nodes: [
          { name: '甲公司', openCount: null },
          { name: '乙公司', openCount: null },
        ],
      },
    });
    expect(body.errors?.map(({ path }) => path?.join('.'))).toEqual([
      'enterprises.nodes.0.openCount',
      'enterprises.nodes.1.openCount',
    ]);
  });

  it('names a hundred places at most, and counts the rest', async () => {
    const nodes = Array.from({ length: 60 }, (_unused, index) => ({
      __typename: 'Enterprise',
      uscc: String(index),
      name: `n${index}`,
      turnover: 1,
    }));
    city.registry.behave(
      (_request, response) => void response.end(JSON.stringify({ data: { enterprises: { nodes } } })),
    );
    city.cases.behave(hangUp);
    const { body } = await city.ask(
      { query: '{ enterprises(first: 60) { nodes { name openCount caseRate } } }' },
      auditor,
    );
    expect(body.errors).toHaveLength(100);
    expect(body.extensions).toEqual({ partial: true, unavailable: ['cases'], omittedErrors: 20 });
  });

  it('at a root field gives null and an error at that field', async () => {
    city.cases.behave(hangUp);
    const { body } = await city.ask({
      query: '{ one: case(caseNumber: "C-1") { title } enterprise(uscc: "x") { name } }',
    });
    expect(body).toMatchObject({
      data: { one: null, enterprise: null },
      extensions: { partial: true, unavailable: ['cases'] },
    });
    expect(body.errors?.map(({ path }) => path)).toEqual([['one']]);
  });

  it('takes along the field of another department that needs it, which is not asked with "not known"', async () => {
    city.registry.behave(hangUp);
    const { body } = await city.ask({
      query: '{ case(caseNumber: "C-1") { title enterprise { caseRate openCount } } }',
    });
    expect(body.data).toEqual({ case: { title: '诉求', enterprise: { caseRate: null, openCount: 1 } } });
    expect(body.errors?.map(({ path, extensions }) => ({ path, ...extensions }))).toEqual([
      { path: ['case', 'enterprise', 'caseRate'], code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'registry' },
    ]);
    expect(body.extensions).toEqual({ partial: true, unavailable: ['registry'] });
    expect(city.cases.received.map(({ query }) => query).join()).not.toContain('caseRate');
  });

  it('is not asked any more after five failures in a row, so that its absence costs nothing', async () => {
    city.cases.behave((_request, response) => void response.writeHead(500).end());
    for (let attempt = 0; attempt < 8; attempt++) await city.ask({ query, variables }, auditor);
    expect(city.cases.received).toHaveLength(5);
    expect((await city.ask({ query, variables }, auditor)).body).toMatchObject(outage);
    expect(city.cases.received).toHaveLength(5);
  });

  it('keeps the partial data and the errors that a department sends itself, with their paths', async () => {
    city.cases.behave(
      (_request, response) =>
        void response.end(
          JSON.stringify({
            data: { _entities: [{ __typename: 'Enterprise', openCount: 4, cases: null }] },
            errors: [
              {
                message: 'Not yours.',
                path: ['_entities', 0, 'cases'],
                extensions: { code: 'FORBIDDEN', stacktrace: ['secret'] },
              },
            ],
            extensions: { anything: true },
          }),
        ),
    );
    const { body } = await city.ask({ query, variables }, auditor);
    expect(body).toEqual({
      data: { enterprise: { name: '甲公司', openCount: 4, cases: null } },
      errors: [
        { message: 'Not yours.', path: ['enterprise', 'cases'], extensions: { code: 'FORBIDDEN', subgraph: 'cases' } },
      ],
    });
  });

  it('may answer GraphQL errors with HTTP 400 and another content type', async () => {
    city.cases.behave(
      (_request, response) =>
        void response
          .writeHead(400, { 'content-type': 'text/json' })
          .end(
            '{"errors":[{"message":"page too large","extensions":{"code":"BAD_USER_INPUT","argumentPath":["first"]}}]}',
          ),
    );
    const { body } = await city.ask({ query, variables }, auditor);
    expect(body.errors?.[0]).toMatchObject({
      message: 'page too large',
      extensions: { code: 'BAD_USER_INPUT', argumentPath: ['first'], subgraph: 'cases' },
    });
    expect(body.extensions).toBeUndefined();
  });

  it('shows an undocumented error as INTERNAL with a reference to the log, where personal numbers are withheld', async () => {
    const { body } = await city.ask({ query: '{ broken }' });
    const reference = body.errors?.[0]?.extensions['reference'];
    expect(body.errors).toEqual([
      {
        message: `Something went wrong inside. Reference ${String(reference)}.`,
        path: ['broken'],
        extensions: { code: 'INTERNAL', reference, subgraph: 'registry' },
      },
    ]);
    expect(city.logged()).toContain(String(reference));
    expect(city.logged()).toContain('call [withheld]');
    expect(city.logged()).not.toContain('13800138000');
  });

  it('that breaks its own schema gives an error, not a silent null', async () => {
    city.registry.behave((_request, response) => void response.end('{"data":{"hollow":{"core":null}}}'));
    const { body } = await city.ask({ query: '{ hollow { core } }' });
    expect(body.data).toEqual({ hollow: null });
    expect(body.errors?.map(({ extensions }) => extensions['code'])).toEqual(['INTERNAL']);
    expect(body.extensions).toBeUndefined();
  });
});

describe('a department that was left alone', () => {
  it('is asked again after the pause, and is back in the answers when it answers', async () => {
    const city = await startSmallCity({ GATEWAY_DEPARTMENT_PAUSE_MS: '20' });
    try {
      city.cases.behave((_request, response) => void response.writeHead(500).end());
      for (let attempt = 0; attempt < 6; attempt++)
        expect((await city.ask({ query: '{ case(caseNumber: "1") { title } }' })).body.extensions).toMatchObject({
          partial: true,
        });
      city.cases.behave(undefined);
      let answer = await city.ask({ query: '{ case(caseNumber: "1") { title } }' });
      while (answer.body.extensions !== undefined)
        answer = await city.ask({ query: '{ case(caseNumber: "1") { title } }' });
      expect(answer.body).toEqual({ data: { case: { title: '诉求' } } });
    } finally {
      await city.stop();
    }
  });
});

describe('asking a department', () => {
  let city: SmallCity;
  beforeEach(async () => {
    city = await startSmallCity();
  });
  afterEach(() => city.stop());

  it('tries a query once more when the connection breaks, and gives the second answer', async () => {
    let first = true;
    city.registry.behave((_request, response) => {
      if (first) response.destroy();
      else response.end('{"data":{"enterprise":{"__typename":"Enterprise","uscc":"x","name":"again"}}}');
      first = false;
    });
    const { body } = await city.ask({ query: '{ enterprise(uscc: "x") { name } }' });
    expect(body).toEqual({ data: { enterprise: { name: 'again' } } });
    expect(city.registry.received).toHaveLength(2);
  });

  it.each([502, 503, 504])('tries a query once more on HTTP %d, and only once', async (status) => {
    city.registry.behave((_request, response) => void response.writeHead(status).end());
    const { body } = await city.ask({ query: '{ enterprise(uscc: "x") { name } }' });
    expect(body.extensions).toEqual({ partial: true, unavailable: ['registry'] });
    expect(city.registry.received).toHaveLength(2);
  });

  it('never sends a mutation twice', async () => {
    city.cases.behave(hangUp);
    const { body } = await city.ask({ query: 'mutation { openCase(title: "x") { caseNumber } }' });
    expect(body).toMatchObject({ data: { openCase: null }, extensions: { partial: true, unavailable: ['cases'] } });
    expect(city.cases.received).toHaveLength(1);
  });

  it('sends the request id, the trace and the signed assertion, and keeps the connection', async () => {
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const headers = { 'x-request-id': 'desk-7', traceparent: trace, 'apollo-require-preflight': 'yes' };
    const answer = await city.ask({ query: '{ enterprise(uscc: "x") { name } }' }, headers);
    await city.ask(
      { query: '{ enterprise(uscc: "y") { name } }' },
      { 'x-request-id': 'not a\tgood id', traceparent: 'rubbish' },
    );
    expect(answer.headers.get('x-request-id')).toBe('desk-7');
    const [first, second] = city.registry.received;
    expect(first?.headers).toMatchObject({ 'x-request-id': 'desk-7', traceparent: trace });
    expect(first?.headers['x-zhitong-assertion']?.toString().split('.')).toHaveLength(3);
    expect(first?.headers['authorization']).toBeUndefined();
    expect(second?.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(second?.headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(city.registry.connections()).toBe(1);
  });

  it('survives a keep-alive connection that the department closed in between', async () => {
    city.registry.behave((_request, response) => {
      response.end('{"data":{"enterprise":{"__typename":"Enterprise","uscc":"x","name":"n"}}}');
      response.socket?.destroySoon();
    });
    for (let turn = 0; turn < 5; turn++) {
      const { body } = await city.ask({ query: '{ enterprise(uscc: "x") { name } }' });
      expect(body).toEqual({ data: { enterprise: { name: 'n' } } });
    }
  });

  it('stops asking when the client goes away, and lets a mutation finish', async () => {
    const closed = (label: 'query' | 'mutation') =>
      new Promise<string>((resolve) => {
        const department = label === 'query' ? city.registry : city.cases;
        department.behave((request, response) => {
          request.socket.once('close', () => resolve('cancelled'));
          arrived();
          if (label === 'mutation') {
            response.once('finish', () => resolve('finished'));
            void gone.then(() => response.end('{"data":{"openCase":{"caseNumber":"C-9"}}}'));
          }
        });
      });
    let arrived = (): void => undefined;
    let left = (): void => undefined;
    let gone = Promise.resolve();
    for (const [label, query, end] of [
      ['query', '{ enterprise(uscc: "x") { name } }', 'cancelled'],
      ['mutation', 'mutation { openCase(title: "x") { caseNumber } }', 'finished'],
    ] as const) {
      const reached = new Promise<void>((resolve) => (arrived = resolve));
      gone = new Promise<void>((resolve) => (left = resolve));
      const outcome = closed(label);
      const client = new AbortController();
      const answer = fetch(city.gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        signal: client.signal,
      }).catch(() => undefined);
      await reached;
      client.abort();
      await answer;
      left();
      expect(await outcome).toBe(end);
    }
  });
});
