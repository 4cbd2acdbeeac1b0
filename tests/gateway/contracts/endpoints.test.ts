import http from 'node:http';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { bearer, startSmallCity, type Answer, type SmallCity } from '../support/small-city.js';

/** Names of the small city that its contract `public` must not give away, in whatever is answered. */
const HIDDEN = [
  'ledger',
  'CaseConnection',
  'cases',
  'openCount',
  'caseRate',
  'turnover',
  'contact',
  'stamp',
  'desk',
  'SEALED',
  'rename',
  'AUDITOR',
];

describe('the address of a contract', () => {
  let city: SmallCity;
  beforeAll(async () => {
    city = await startSmallCity();
  });
  afterAll(() => city.stop());

  const base = (): string => city.gateway.url.replace('/graphql', '');
  const send = async (address: string, body: object, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await fetch(`${base()}${address}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
  };
  const ask = (query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Answer> =>
    send('/graphql/public', { query, variables }, headers);

  it('answers what the contract shows', async () => {
    const { body } = await ask(
      '{ enterprises(first: 2) { totalCount nodes { __typename uscc name holder { name } } } }',
    );
    expect(body).toEqual({
      data: {
        enterprises: {
          totalCount: 2,
          nodes: [
            expect.objectContaining({ __typename: 'Enterprise', name: '甲公司', holder: { name: '甲公司' } }),
            expect.objectContaining({ name: '乙公司' }),
          ],
        },
      },
    });
  });

  it.each([
    ['a root field', '{ ledger }'],
    ['a field of another department', '{ enterprises { nodes { openCount } } }'],
    ['a field behind @access', '{ enterprises { nodes { turnover } } }'],
    ['a field of an interface', '{ enterprises { nodes { holder { contact } } } }'],
    ['a field in a fragment that nothing uses', '{ __typename } fragment F on Enterprise { contact }'],
    ['a field that a condition leaves out', '{ enterprises { nodes { contact @include(if: false) } } }'],
    ['a type', '{ enterprises { nodes { ... on CaseConnection { totalCount } } } }'],
    ['a type of a variable', 'query Q($role: Role) { __typename }'],
    ['an argument', '{ echo(desk: "1") }'],
    ['an input field', '{ echo(list: [{ more: [{ stamp: "1" }] }]) }'],
    ['an input field in a default', 'query Q($in: [Input!] = [{ stamp: "1" }]) { echo(list: $in) }'],
    ['an enum value', '{ echo(kind: SEALED) }'],
    ['an enum value in a default', 'query Q($kind: Kind = SEALED) { echo(kind: $kind) }'],
    ['a mutation', 'mutation { rename(uscc: "1", name: "2") { uscc } }'],
    ['another operation of the document', 'query Q { __typename } query R { ledger }'],
    ['federation’s machinery', '{ _service { sdl } }'],
  ])('refuses %s before anybody is asked, for an administrator too', async (_what, query) => {
    const admin = bearer(await city.token('ADMIN'));
    for (const headers of [{}, admin]) {
      const before = city.registry.received.length + city.cases.received.length;
      const { status, body } = await send(
        '/graphql/public',
        { query, operationName: /query Q/.test(query) ? 'Q' : undefined },
        headers,
      );
      expect([status, body.data, body.errors?.[0]?.extensions['code']]).toEqual([400, undefined, 'BAD_USER_INPUT']);
      expect(city.registry.received.length + city.cases.received.length).toBe(before);
    }
  });

  it.each([
    ['an input field', 'query Q($x: [Input!]) { echo(list: $x) }', [{ more: [{ more: [{ stamp: '1' }] }] }]],
    ['an input field as null', 'query Q($x: [Input!]) { echo(list: $x) }', [{ stamp: null }]],
    ['an enum value', 'query Q($x: Kind) { echo(kind: $x) }', 'SEALED'],
  ])('refuses %s in a variable', async (_what, query, x) => {
    const before = city.registry.received.length;
    const { body } = await ask(query, { x });
    expect([body.data, body.errors?.[0]?.extensions['code']]).toEqual([undefined, 'BAD_USER_INPUT']);
    expect(city.registry.received.length).toBe(before);
    const shown = await city.ask({ query, variables: { x } });
    expect(shown.body.errors).toBeUndefined();
  });

  it('takes variables that the contract shows, with their defaults', async () => {
    const { body } = await ask('query Q($x: [Input!], $k: Kind) { echo(list: $x, kind: $k) }', {
      x: [{ more: [{}] }],
      k: 'OPEN',
    });
    expect(JSON.parse(String(body.data?.['echo']))).toMatchObject({ kind: 'OPEN', size: 20 });
  });

  it('suggests nothing in its errors that it does not show', async () => {
    const near = [
      '{ ledge }',
      '{ enterprises { nodes { openCoun turnove contac case } } }',
      '{ echo(des: "1", kin: OPEN) }',
      '{ echo(list: [{ stam: "1" }]) }',
      '{ echo(kind: SEALE) }',
      'query Q($x: CaseConnectio) { __typename }',
      'mutation { renam }',
      '{ enterprises { nodes { ... on CaseConnectio { a } } } }',
    ];
    for (const query of near) {
      const { body } = await ask(query);
      const text = JSON.stringify(body.errors).replaceAll(/Cannot query field \\"\w+\\"/g, '');
      expect([query, HIDDEN.filter((name) => text.includes(name))]).toEqual([query, []]);
    }
    const inVariables = await ask('query Q($x: [Input!], $k: Kind) { echo(list: $x, kind: $k) }', {
      x: [{ stam: 1 }],
      k: 'SEALE',
    });
    expect(JSON.stringify(inVariables.body.errors)).not.toMatch(/stamp|SEALED/);
    expect(JSON.stringify((await city.ask({ query: '{ ledge }' })).body)).toContain('ledger'); // The whole graph does.
  });

  it('introspects to the contract alone', async () => {
    const { body } = await ask(getIntrospectionQuery());
    expect(HIDDEN.filter((name) => new RegExp(`"${name}"`).test(JSON.stringify(body)))).toEqual([]);
    const schema = buildClientSchema(body.data as unknown as IntrospectionQuery);
    expect(
      Object.keys(schema.getTypeMap())
        .filter((name) => !name.startsWith('__'))
        .toSorted(),
    ).toEqual([
      'Boolean',
      'Date',
      'DateTime',
      'Decimal',
      'Enterprise',
      'EnterpriseConnection',
      'Float',
      'Hollow',
      'ID',
      'Input',
      'Int',
      'JSON',
      'Kind',
      'Named',
      'Query',
      'String',
    ]);
    const { body: types } = await ask(
      '{ case: __type(name: "Case") { name } role: __type(name: "Role") { name } mine: __type(name: "Enterprise") { fields { name } } possible: __type(name: "Named") { possibleTypes { name fields { name } } } }',
    );
    const names = ['uscc', 'name', 'holder'].map((name) => ({ name }));
    expect(types.data).toEqual({
      case: null,
      role: null,
      mine: { fields: names },
      possible: { possibleTypes: [{ name: 'Enterprise', fields: names }] },
    });
  });

  it('gives enterprises what is theirs beside what is everybody’s', async () => {
    const query = '{ enterprises { nodes { openCount } } }';
    const { body } = await send('/graphql/enterprise', { query });
    expect(body).toEqual({ data: { enterprises: { nodes: [{ openCount: 1 }, { openCount: 1 }] } } });
    expect((await send('/graphql/enterprise', { query: '{ ledger }' })).status).toBe(400);
  });

  it('is the whole graph for the government', async () => {
    const { body } = await send('/graphql/government', { query: '{ ledger }' }, bearer(await city.token('AUDITOR')));
    expect(body).toEqual({ data: { ledger: 'ledger' } });
  });

  it('keeps to the contract in whatever way it is asked', async () => {
    const secret = '{ ledger }';
    const auditor = bearer(await city.token('AUDITOR'));
    const asked = [
      fetch(`${base()}/graphql/public?query=${encodeURIComponent(secret)}`, {
        headers: { ...auditor, 'apollo-require-preflight': 'yes' },
      }),
      ...['/graphql/public/', '/graphql/public?x=1'].map((address) =>
        fetch(`${base()}${address}`, {
          method: 'POST',
          headers: { ...auditor, 'content-type': 'application/json' },
          body: JSON.stringify({ query: secret }),
        }),
      ),
      fetch(`${base()}/graphql/public`, {
        method: 'POST',
        headers: { ...auditor, 'content-type': 'application/json; charset=utf-16' },
        body: Buffer.from(JSON.stringify({ query: secret }), 'utf16le'),
      }),
    ];
    for (const response of await Promise.all(asked)) {
      const text = await response.text();
      expect([response.status, text.includes('"ledger":"ledger"')]).toEqual([expect.any(Number), false]);
      expect(response.status).toBeGreaterThanOrEqual(400);
    }
  });

  it.each([
    '/graphql/secret',
    '/graphql/Public',
    '/graphql//public',
    '/graphql/public/x',
    '/graphql/%70ublic',
    '/graphql/__proto__',
  ])('is not at %s, and neither is the whole graph', async (address) => {
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(base());
      http
        .request(
          { port, host: '127.0.0.1', path: address, method: 'POST', headers: { 'content-type': 'application/json' } },
          (response) => {
            response.resume();
            resolve(response.statusCode);
          },
        )
        .on('error', reject)
        .end('{"query":"{ __typename }"}');
    });
    expect(status).toBe(404);
  });

  it('has a playground of its own in a browser', async () => {
    const open = (address: string): Promise<Response> =>
      fetch(`${base()}${address}`, { headers: { accept: 'text/html' } });
    expect((await open('/graphql/public')).headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await (await open('/graphql/public')).text()).toContain('graphiql');
    expect((await open('/graphql/secret')).status).toBe(404);
  });
});

describe('over the executor of @apollo/gateway, which does not keep to a contract', () => {
  it('is no contract but the whole graph', async () => {
    const city = await startSmallCity({ GATEWAY_EXECUTOR: 'apollo' });
    try {
      const status = async (address: string): Promise<number> =>
        (
          await fetch(`${city.gateway.url}${address}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{"query":"{ __typename }"}',
          })
        ).status;
      expect([await status('/public'), await status('/government'), await status('')]).toEqual([404, 200, 200]);
    } finally {
      await city.stop();
    }
  });
});
