import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpSource, type HttpSettings } from '../../../connect/src/sources/http-json.js';
import { retryAfter } from '../../../connect/src/sources/http-client.js';
import { cellsOf, readAll, type Read } from '../support/files.js';

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL, body: string) => void;

let server: Server;
let base: string;
let answer: Answer;
let asked: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', base);
    asked.push(`${url.pathname}${url.search}`);
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      answer(request, response, url, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => void (asked = []));

const send = (response: ServerResponse, text: string, status = 200, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
};
const source = (settings: Partial<HttpSettings> = {}) =>
  httpSource({
    url: `${base}/list`,
    records: 'items',
    authentication: null,
    firstDelay: 1,
    retries: 2,
    timeoutSeconds: 5,
    ...settings,
  });
const read = (settings: Partial<HttpSettings> = {}): Promise<Read> => readAll(source(settings));
const ids = (result: Read): unknown[] => cellsOf(result).map(([id]) => id);

/** Seven records, as many of them as are asked for. */
const ALL = Array.from({ length: 7 }, (_, at) => `{"id":${String(1234567890123456780n + BigInt(at))}}`);
const WHOLE = ALL.map((_, at) => `number:${String(1234567890123456780n + BigInt(at))}`);
const slice = (from: number, size: number): string => `[${ALL.slice(from, from + size).join(',')}]`;

describe('an interface', () => {
  it('gives its records page by page, with every digit of 19-digit numbers', async () => {
    answer = (_request, response, url) => {
      const page = Number(url.searchParams.get('page'));
      send(response, `{"items":${slice((page - 1) * 3, 3)}}`);
    };
    expect(ids(await read({ paging: { kind: 'page', parameter: 'page' } }))).toEqual(WHOLE);
    expect(asked).toEqual(['/list?page=1', '/list?page=2', '/list?page=3', '/list?page=4']);
  });

  it('by offset, and knows its end by a short page', async () => {
    answer = (_request, response, url) => {
      send(
        response,
        `{"items":${slice(Number(url.searchParams.get('offset')), Number(url.searchParams.get('limit')))}}`,
      );
    };
    expect(
      ids(
        await read({
          paging: { kind: 'offset', parameter: 'offset', sizeParameter: 'limit', size: 4 },
          query: { kind: 'x' },
        }),
      ),
    ).toEqual(WHOLE);
    expect(asked).toEqual(['/list?kind=x&limit=4&offset=0', '/list?kind=x&limit=4&offset=4']);
  });

  it('by cursor', async () => {
    answer = (_request, response, url) => {
      const at = Number(url.searchParams.get('cursor') ?? 0);
      send(response, `{"items":${slice(at, 3)},"next":${at + 3 < 7 ? String(at + 3) : 'null'}}`);
    };
    expect(ids(await read({ paging: { kind: 'cursor', parameter: 'cursor', next: 'next' } }))).toEqual(WHOLE);
  });

  it('by links of the header, which lead nowhere else', async () => {
    let other = '/list?at=3';
    answer = (_request, response, url) => {
      const at = Number(url.searchParams.get('at') ?? 0);
      send(
        response,
        `{"items":${slice(at, 4)}}`,
        200,
        at < 3 ? { link: `<${base}/first>; rel="first", <${other}>; rel="next"` } : {},
      );
    };
    expect(ids(await read({ paging: { kind: 'link' } }))).toHaveLength(8);
    other = 'http://elsewhere.invalid/list';
    await expect(read({ paging: { kind: 'link' } })).rejects.toThrow(
      'links to http://elsewhere.invalid, which would get our key',
    );
  });

  it('goes on after any record', async () => {
    answer = (_request, response, url) => {
      const at = Number(url.searchParams.get('cursor') ?? 0);
      send(response, `{"items":${slice(at, 3)},"next":${at + 3 < 7 ? String(at + 3) : 'null'}}`);
    };
    const settings: Partial<HttpSettings> = { paging: { kind: 'cursor', parameter: 'cursor', next: 'next' } };
    const whole = await read(settings);
    for (const [at, { position }] of whole.records.entries())
      expect((await readAll(source(settings), position)).records).toEqual(whole.records.slice(at + 1));
  });

  it('is asked for what has changed since, less the overlap', async () => {
    answer = (_request, response) => {
      send(response, '{"items":[{"id":1,"at":"2024-03-05 10:00:00"},{"id":2,"at":"2024-03-05 09:00:00"},{"id":3}]}');
    };
    const settings: Partial<HttpSettings> = { watermark: { column: 'at', overlap: 86_400 }, sinceParameter: 'since' };
    const first = await read(settings);
    const last = first.records.at(-1)?.position;
    expect(last).toMatchObject({ mark: '2024-03-05 10:00:00' });
    await readAll(source(settings), null, last);
    expect(asked.at(-1)).toBe('/list?since=2024-03-04+10%3A00%3A00');
  });

  it('that repeats a page, or leads back, is refused', async () => {
    answer = (_request, response) => send(response, `{"items":${slice(0, 3)}}`);
    await expect(read({ paging: { kind: 'page', parameter: 'p' } })).rejects.toThrow(
      'gives the same page twice: it does not heed p',
    );
    answer = (_request, response, url) =>
      send(response, `{"items":[{"id":${String(asked.length)}}]}`, 200, {
        link: `<${url.pathname}${url.search}>; rel=next`,
      });
    await expect(read({ paging: { kind: 'link' } })).rejects.toThrow('leads back to a page');
  });

  it('with nothing to give answers 204, or an empty list', async () => {
    answer = (_request, response) => void response.writeHead(204).end();
    expect((await read()).records).toEqual([]);
    answer = (_request, response) => send(response, '{"items":[]}');
    expect((await read()).records).toEqual([]);
  });

  it('that refuses says why, and is not asked again', async () => {
    answer = (_request, response) => send(response, '{"error":"page must be positive"}', 400);
    await expect(read()).rejects.toThrow('answers 400: "{\\"error\\":\\"page must be positive\\"}"');
    expect(asked).toHaveLength(1);
  });

  it('that gives a page for people, or another form, is refused', async () => {
    answer = (_request, response) => send(response, '<html>请登录</html>', 200, { 'content-type': 'text/html' });
    await expect(read()).rejects.toThrow(/answers 200 with text\/html, which is no JSON: "<html>请登录/);
    answer = (_request, response) => send(response, '{"rows":[]}');
    await expect(read()).rejects.toThrow('gives no list at items');
  });

  it('that fails for a while is asked again, after as long as it says', async () => {
    answer = (_request, response) => {
      if (asked.length === 1) send(response, 'busy', 503);
      else if (asked.length === 2) send(response, 'slow down', 429, { 'retry-after': '0' });
      else send(response, '{"items":[{"id":1}]}');
    };
    expect(ids(await read())).toEqual(['number:1']);
    asked = [];
    answer = (_request, response) => send(response, 'busy', 503);
    await expect(read()).rejects.toThrow('answers 503: "busy"');
    expect(asked).toHaveLength(3);
    expect(retryAfter('120')).toBe(120_000);
    expect(retryAfter('Wed, 21 Oct 2015 07:28:00 GMT', Date.parse('2015-10-21T07:27:30Z'))).toBe(30_000);
    expect(retryAfter('soon')).toBeNull();
  });

  it('is left while it is waited for, when the run is stopped', async () => {
    const stop = new AbortController();
    answer = (_request, response) => {
      send(response, 'busy', 503, { 'retry-after': '600' });
      setImmediate(() => {
        stop.abort();
      });
    };
    await expect(source().open({ after: null, signal: stop.signal })).rejects.toThrow(/abort/i);
  });

  it('that sends without end, or not at all, is left', async () => {
    answer = (_request, response) => send(response, `{"items":["${'x'.repeat(10_000)}"]}`);
    await expect(read({ mostBytes: 5000 })).rejects.toThrow('more than 5000 bytes');
    answer = () => undefined;
    await expect(read({ timeoutSeconds: 1, retries: 0 })).rejects.toThrow('cannot be reached');
    await expect(read({ url: 'http://127.0.0.1:1/', retries: 0 })).rejects.toThrow('ECONNREFUSED');
  });

  it('gets a key, or a token that is asked for anew when it is refused', async () => {
    answer = (request, response) => send(response, `{"items":[{"id":"${String(request.headers['x-api-key'])}"}]}`);
    const key = { kind: 'api-key', header: 'X-API-Key', key: { environment: 'KEY' }, secret: 's3cret' } as const;
    expect(ids(await read({ authentication: key }))).toEqual(['s3cret']);
    let tokens = 0;
    answer = (request, response, url, body) => {
      if (url.pathname === '/token') {
        expect(request.headers.authorization).toBe(`Basic ${Buffer.from('hub:s3cret').toString('base64')}`);
        expect(body).toBe('grant_type=client_credentials&scope=read');
        tokens += 1;
        send(response, `{"access_token":"t${String(tokens)}","expires_in":3600}`);
      } else if (request.headers.authorization === 'Bearer t2') send(response, '{"items":[{"id":1}]}');
      else send(response, '{}', 401);
    };
    const oauth = {
      kind: 'oauth2',
      tokenUrl: `${base}/token`,
      clientId: 'hub',
      clientSecret: { environment: 'X' },
      scope: 'read',
      secret: 's3cret',
    } as const;
    expect(ids(await read({ authentication: oauth }))).toEqual(['number:1']);
    expect(tokens).toBe(2);
  });
});
