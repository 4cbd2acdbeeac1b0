import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { bearer, FIRST, startSmallCity, type Answer, type SmallCity } from './support/small-city.js';

const ordinary = JSON.stringify({ query: `{ enterprise(uscc: "${FIRST}") { name } }` });
const json = { 'content-type': 'application/json' };

/** Everything that the server writes on a connection until it closes it. */
async function written(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(socket, 'close');
  return text;
}

describe('a request that does not come, or not whole', () => {
  let city: SmallCity;
  beforeAll(async () => {
    city = await startSmallCity({ GATEWAY_REQUEST_TIMEOUT_MS: '300' });
  });
  afterAll(() => city.stop());

  it.each([
    ['headers', 'POST /graphql HTTP/1.1\r\nhost: city\r\n'],
    [
      'body',
      'POST /graphql HTTP/1.1\r\nhost: city\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"query":',
    ],
    [
      'body in chunks',
      'POST /graphql?general HTTP/1.1\r\nhost: city\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{"\r\n',
    ],
  ])(
    'is cut when its %s are slow, also when something trickles in, and others are answered meanwhile',
    async (_what, beginning) => {
      const socket = connect(city.gateway.port, '127.0.0.1');
      socket.on('error', () => undefined); // We may write when it is closed already.
      const answer = written(socket);
      socket.write(beginning);
      const trickle = setInterval(() => socket.write(beginning.includes('chunked') ? '1\r\nx\r\n' : 'x'), 50);
      const meanwhile = await fetch(city.gateway.url, { method: 'POST', headers: json, body: ordinary });
      expect(meanwhile.status).toBe(200);
      expect(await answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*nosniff[\s\S]*"BAD_USER_INPUT"/);
      clearInterval(trickle);
    },
  );
});

describe('the door', () => {
  let city: SmallCity;
  beforeAll(async () => {
    city = await startSmallCity({ GATEWAY_CORS_ORIGINS: 'https://portal.city.example' });
  });
  afterAll(() => city.stop());
  const base = (): string => city.gateway.url.replace('/graphql', '');
  const codes = (body: Answer['body']): unknown[] => body.errors?.map(({ extensions }) => extensions['code']) ?? [];

  it.each<[string, string, RequestInit]>([
    ['an answer', '/graphql', { method: 'POST', headers: json, body: ordinary }],
    ['an answer over the general way', '/graphql?general', { method: 'POST', headers: json, body: ordinary }],
    ['an error', '/graphql', { method: 'POST', headers: json, body: '{"query":"{ nothing }"}' }],
    ['broken JSON', '/graphql', { method: 'POST', headers: json, body: '{' }],
    ['a bad token', '/graphql', { method: 'POST', headers: { ...json, ...bearer('x') }, body: ordinary }],
    [
      'a preflight',
      '/graphql',
      {
        method: 'OPTIONS',
        headers: { origin: 'https://portal.city.example', 'access-control-request-method': 'POST' },
      },
    ],
    ['the page', '/graphql', { headers: { accept: 'text/html' } }],
    ['what the page starts with', '/graphiql/start.json', {}],
    ['health', '/health/live', {}],
    ['readiness', '/health/ready', {}],
    ['nothing', '/nothing', {}],
    ['a redirect', '/', { redirect: 'manual' }],
  ])('tells no one to keep or to guess the type of %s', async (_what, path, init) => {
    const { headers } = await fetch(`${base()}${path}`, init);
    expect([headers.get('x-content-type-options'), headers.get('cache-control')]).toEqual(['nosniff', 'no-store']);
  });

  it("lets the page's own files be kept, and their type not be guessed", async () => {
    const { headers } = await fetch(`${base()}/graphiql/page.js`);
    expect([headers.get('x-content-type-options'), headers.get('cache-control')]).toEqual([
      'nosniff',
      'public, max-age=86400',
    ]);
  });

  it('refuses what is no HTTP in the same words and with the same headers', async () => {
    for (const [text, status] of [
      ['GARBAGE\r\n\r\n', 400],
      [`GET / HTTP/1.1\r\nhost: city\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
      ['POST /graphql HTTP/1.1\r\nhost: city\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ] as const) {
      const socket = connect(city.gateway.port, '127.0.0.1');
      socket.end(text);
      const [head = '', answer] = (await written(socket)).split('\r\n\r\n');
      const headers = head.toLowerCase().split('\r\n');
      expect(headers[0]).toMatch(new RegExp(`^http/1\\.1 ${status} `));
      expect(headers).toEqual(
        expect.arrayContaining([
          'x-content-type-options: nosniff',
          'cache-control: no-store',
          'content-type: application/json; charset=utf-8',
          'connection: close',
        ]),
      );
      expect(codes(JSON.parse(answer ?? '') as Answer['body'])).toEqual(['BAD_USER_INPUT']);
    }
  });

  it.each<[string, string, Buffer, number, string | undefined]>([
    ['gzip', 'gzip', gzipSync(ordinary), 200, undefined],
    ['deflate', 'deflate', deflateSync(ordinary), 200, undefined],
    ['br', 'br', brotliCompressSync(ordinary), 200, undefined],
    ['gzip that unfolds to too much', 'gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024, 32)), 413, 'BAD_USER_INPUT'],
    [
      'br that unfolds to too much',
      'br',
      brotliCompressSync(Buffer.alloc(64 * 1024 * 1024, 32)),
      413,
      'BAD_USER_INPUT',
    ],
    ['gzip that is none', 'gzip', Buffer.from(ordinary), 400, 'BAD_USER_INPUT'],
    ['gzip in gzip', 'gzip, gzip', gzipSync(gzipSync(ordinary)), 415, 'BAD_USER_INPUT'],
    ['an encoding that nobody knows', 'zstd', Buffer.from(ordinary), 415, 'BAD_USER_INPUT'],
  ])('reads or refuses a body compressed by %s', async (_what, encoding, body, status, code) => {
    const response = await fetch(city.gateway.url, {
      method: 'POST',
      headers: { ...json, 'content-encoding': encoding },
      body: new Uint8Array(body),
    });
    const answer = (await response.json()) as Answer['body'];
    expect([response.status, codes(answer)]).toEqual([status, code === undefined ? [] : [code]]);
    if (status === 415) expect(answer.errors?.[0]?.message).toMatch(/content-encoding.*not supported/);
  });
});

describe('wrong tokens', () => {
  let city: SmallCity;
  beforeAll(async () => {
    city = await startSmallCity({ GATEWAY_RATE_LIMIT_PER_MINUTE: '5', GATEWAY_TRUST_PROXY_HOPS: '1' });
  });
  afterAll(() => city.stop());

  const status = async (address: string, token: string | undefined): Promise<number> =>
    (
      await city.ask(
        { query: '{ __typename }' },
        { 'x-forwarded-for': address, ...(token === undefined ? {} : bearer(token)) },
      )
    ).status;

  it('are counted by address, the network of an IPv6 address as one, and a right token behind the same address still passes', async () => {
    const valid = await city.token('AUDITOR');
    for (const token of ['x', 'a.b.c', `${valid}x`, 'y', 'z']) expect(await status('203.0.113.7', token)).toBe(401);
    expect(await status('203.0.113.7', 'w')).toBe(429);
    expect(await status('::ffff:203.0.113.7', 'w')).toBe(429);
    expect(await status('203.0.113.7', valid)).toBe(200);
    expect(await status('203.0.113.8', 'w')).toBe(401);
    for (let turn = 1; turn <= 5; turn++) expect(await status(`2001:db8:1:2:${turn}::7`, 'x')).toBe(401);
    expect(await status('2001:db8:1:2:ffff::7', 'x')).toBe(429);
    expect(await status('2001:db8:1:3::7', 'x')).toBe(401);
  });
});
