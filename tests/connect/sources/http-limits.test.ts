import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpSource, type HttpSettings } from '../../../connect/src/sources/http-json.js';
import { cellsOf, readAll } from '../support/files.js';

/** An interface of nine pages that lets so many requests pass within a window, and answers 429 to others. */
let server: Server;
let base: string;
let passed: number[];
let refused: number;
let limit: { readonly requests: number; readonly windowMs: number };
const PAGES = 9;

beforeAll(async () => {
  server = createServer((request, response) => {
    const now = performance.now();
    const recent = passed.filter((at) => at > now - limit.windowMs);
    if (recent.length >= limit.requests) {
      refused += 1;
      const wait = Math.ceil(((recent[0] ?? now) + limit.windowMs - now) / 1000);
      response.writeHead(429, { 'retry-after': String(wait), 'content-type': 'application/json' }).end('{}');
      return;
    }
    passed.push(now);
    const page = Number(new URL(request.url ?? '/', base).searchParams.get('page'));
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ items: page <= PAGES ? [{ id: `r${String(page)}` }] : [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  passed = [];
  refused = 0;
});

const ids = async (settings: Partial<HttpSettings>): Promise<unknown[]> =>
  cellsOf(
    await readAll(
      httpSource({
        url: `${base}/list`,
        records: 'items',
        authentication: null,
        firstDelay: 1,
        retries: 2,
        timeoutSeconds: 5,
        paging: { kind: 'page', parameter: 'page' },
        ...settings,
      }),
    ),
  ).map(([id]) => id);
const ALL = Array.from({ length: PAGES }, (_, at) => `r${String(at + 1)}`);

it('that throttles is waited for as long as it asks, and nothing is lost or doubled', async () => {
  limit = { requests: 4, windowMs: 900 };
  expect(await ids({})).toEqual(ALL);
  expect(refused).toBeGreaterThan(0);
  // Each wait was enough: nobody was refused twice in a row.
  expect(refused).toBeLessThanOrEqual(Math.ceil((PAGES + 1) / limit.requests));
});

it('with a declared limit is never asked faster, and so never throttles', async () => {
  limit = { requests: 8, windowMs: 150 };
  expect(await ids({ requestsPerSecond: 20 })).toEqual(ALL);
  expect(refused).toBe(0);
});
