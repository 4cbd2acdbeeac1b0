import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  ASSERTION_HEADER,
  createLogger,
  scalarResolvers,
  startSubgraph,
  subgraphConfig,
  type RequestContext,
  type RunningSubgraph,
} from '@zhitong/kit';
import { newGateway, publishedKeys } from './identity/keys.js';

const gateway = newGateway();
const typeDefs =
  'scalar JSON type Mutation { count: Int! keep(value: JSON): Int! } type Query { who: String, fails: String, slow: String, length(text: String!): Int! }';
let release: () => void;
let entered: Promise<void>;
let enter: () => void;
let counted = 0;
const resolvers = {
  JSON: scalarResolvers.JSON,
  Mutation: {
    count: () => ++counted,
    keep: (_root: unknown, { value }: { value: unknown }) => JSON.stringify(value).length,
  },
  Query: {
    who: (_root: unknown, _args: unknown, { actor, requestId }: RequestContext) =>
      `${actor?.sub ?? 'nobody'} ${requestId}`,
    fails: () => {
      throw new Error('the password is 1234');
    },
    slow: async () => {
      enter();
      await new Promise<void>((resolve) => (release = resolve));
      return 'done';
    },
    length: (_root: unknown, { text }: { text: string }) => text.length,
  },
};

let folder: string;
let subgraph: RunningSubgraph;

async function start(): Promise<RunningSubgraph> {
  const config = {
    ...subgraphConfig('tests', 0, {
      ZHITONG_GATEWAY_KEYS: publishedKeys(gateway),
      TESTS_SOCKET: path.join(folder, 'sockets', 'tests.sock'),
    }),
    port: 0,
  };
  return startSubgraph({
    config,
    typeDefs,
    resolvers,
    context: (request) => request,
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zhitong-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  entered = new Promise((resolve) => (enter = resolve));
  subgraph = await start();
});
afterEach(async () => subgraph.stop());

interface Reply {
  readonly status: number;
  readonly json: { data?: Record<string, unknown>; errors?: { message: string; extensions: { code: string } }[] };
}

const vouchedFor = (body: string, department = 'tests'): string =>
  gateway.sign({ actor: { sub: 'auditor-1', roles: ['AUDITOR'] }, department, body });
const headers = (body: string, assertion = vouchedFor(body)): Record<string, string> => ({
  'content-type': 'application/json',
  'x-request-id': 'r-1',
  [ASSERTION_HEADER]: assertion,
});

async function post(
  body: string,
  { assertion, method = 'POST' }: { assertion?: string; method?: string } = {},
): Promise<Reply> {
  const response = await fetch(subgraph.url, {
    method,
    headers: headers(body, assertion),
    ...(method === 'GET' ? {} : { body }),
  });
  return { status: response.status, json: (await response.json()) as Reply['json'] };
}

const ask = async (query: string, variables?: Record<string, unknown>): Promise<Reply> =>
  post(JSON.stringify({ query, variables }));

/** One exchange over the socket, as the gateway of the same machine makes it. */
function askOverSocket(query: string): Promise<Reply> {
  const body = JSON.stringify({ query });
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        socketPath: path.join(folder, 'sockets', 'tests.sock'),
        path: '/graphql',
        method: 'POST',
        headers: headers(body),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, json: JSON.parse(text) as Reply['json'] }),
        );
      },
    );
    request.once('error', reject);
    request.end(body);
  });
}

describe("a department's graph over HTTP", () => {
  it('passes to the resolvers who asks and under which request id', async () => {
    expect(await ask('{ who }')).toEqual({ status: 200, json: { data: { who: 'auditor-1 r-1' } } });
  });

  it('answers over its Unix domain socket too, which only its own user may open', async () => {
    expect(await askOverSocket('{ who }')).toEqual({ status: 200, json: { data: { who: 'auditor-1 r-1' } } });
    expect(statSync(path.join(folder, 'sockets', 'tests.sock')).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['carries no assertion', '', 'no assertion'],
    [
      'carries the assertion of another department',
      vouchedFor('{"query":"{ who }"}', 'policies'),
      'another department',
    ],
    ['carries the assertion of another body', vouchedFor('{"query":"{ fails }"}'), 'another body'],
    [
      'is signed by a department that made itself a key',
      newGateway().sign({ actor: { sub: 'x', roles: ['AUDITOR'] }, department: 'tests', body: '{"query":"{ who }"}' }),
      'not one of the gateway',
    ],
  ])('refuses a request that %s', async (_what, assertion, why) => {
    const message = expect.stringContaining(why) as unknown;
    expect(await post('{"query":"{ who }"}', { assertion })).toMatchObject({
      status: 401,
      json: { errors: [{ message, extensions: { code: 'UNAUTHENTICATED' } }] },
    });
  });

  it('does what a mutation asks once, although somebody sends it again as it was', async () => {
    const body = '{"query":"mutation { count }"}';
    const assertion = vouchedFor(body);
    const before = counted;
    expect(await post(body, { assertion })).toEqual({ status: 200, json: { data: { count: before + 1 } } });
    expect(await post(body, { assertion })).toMatchObject({
      status: 401,
      json: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
    expect(counted).toBe(before + 1);
  });

  it('does not start without the keys of the gateway, and says in one line what to do', async () => {
    const config = subgraphConfig('tests', 0, { ZHITONG_DATA_DIR: path.join(folder, 'empty'), TESTS_PORT: '0' });
    const started = startSubgraph({
      config,
      typeDefs,
      resolvers,
      context: (request) => request,
      logger: createLogger({ name: 'test', level: 'silent' }),
    });
    await expect(started).rejects.toThrow(
      /^ZHITONG_GATEWAY_KEYS names .*gateway-keys\.json, which does not exist\. .*npm start.*$/,
    );
  });

  it.each([
    '',
    'null',
    '[]',
    '{"query":',
    '{"query":7}',
    '{"query":"{ who }","variables":[]}',
    '{"query":"{ who }","operationName":{}}',
    '{"variables":{}}',
  ])('refuses the body %j', async (body) => {
    expect(await post(body)).toMatchObject({
      status: 400,
      json: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    });
  });

  it('refuses other methods and a body above 16 MiB', async () => {
    expect(await post('', { method: 'GET' })).toMatchObject({ status: 405 });
    const body = JSON.stringify({
      query: 'query ($text: String!) { length(text: $text) }',
      variables: { text: '承'.repeat(6 * 1024 * 1024) },
    });
    expect(await post(body)).toMatchObject({
      status: 413,
      json: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    });
  });

  it('reads a text whose characters are cut by the pieces in which it comes', async () => {
    const text = '诉求'.repeat(300_000);
    expect(await ask('query ($text: String!) { length(text: $text) }', { text })).toMatchObject({
      status: 200,
      json: { data: { length: text.length } },
    });
  });

  it.each(['[', '{"a":'])(
    'refuses JSON of thousands of levels of "%s", also when no gateway has looked at it, and takes hundreds',
    async (open) => {
      const nested = (levels: number): string => open.repeat(levels) + '1' + (open === '[' ? ']' : '}').repeat(levels);
      const literal = (levels: number): string =>
        JSON.stringify({ query: `mutation { keep(value: ${nested(levels).replaceAll('"', '')}) }` });
      const variable = (levels: number): string =>
        `{"query":"mutation ($value: JSON) { keep(value: $value) }","variables":{"value":${nested(levels)}}}`;
      for (const body of [literal(250), variable(250)])
        expect((await post(body)).json).toEqual({ data: { keep: nested(250).length } });
      for (const body of [variable(10_000), variable(100_000), literal(300), literal(1_000)]) {
        const { json } = await post(body);
        expect(json.errors).toMatchObject([
          { message: expect.stringContaining('nested too deeply') as unknown, extensions: { code: 'BAD_USER_INPUT' } },
        ]);
      }
      expect((await post(literal(100_000))).json.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      expect((await ask('{ who }')).json.data).toEqual({ who: 'auditor-1 r-1' });
    },
  );

  it('says what is wrong with an operation, and nothing of what went wrong inside', async () => {
    expect((await ask('{ nothing }')).json.errors?.[0]).toMatchObject({
      message: expect.stringContaining('nothing') as unknown,
      extensions: { code: 'BAD_USER_INPUT' },
    });
    const { json } = await ask('{ fails }');
    expect(json).toMatchObject({ data: { fails: null }, errors: [{ extensions: { code: 'INTERNAL' } }] });
    expect(JSON.stringify(json)).not.toContain('1234');
  });

  it('finishes what is in flight when it stops, and takes its socket away', async () => {
    const answer = askOverSocket('{ slow }');
    await entered;
    const stopped = subgraph.stop();
    release();
    expect(await answer).toMatchObject({ json: { data: { slow: 'done' } } });
    await stopped;
    expect(existsSync(path.join(folder, 'sockets', 'tests.sock'))).toBe(false);
  });

  it('starts although a killed process left its socket behind', async () => {
    await subgraph.stop();
    writeFileSync(path.join(folder, 'sockets', 'tests.sock'), '');
    subgraph = await start();
    expect(await askOverSocket('{ who }')).toMatchObject({ status: 200 });
  });

  it('lives on when a client goes away in the middle of its request', async () => {
    const request = httpRequest(subgraph.url, {
      method: 'POST',
      headers: { ...headers('{"query":'), 'content-length': '1000' },
    });
    request.on('error', () => undefined);
    request.write('{"query":');
    await once(request, 'socket');
    request.destroy();
    expect(await ask('{ who }')).toMatchObject({ status: 200 });
  });
});
