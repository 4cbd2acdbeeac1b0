import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { subgraphConfig } from '@zhitong/kit';
import { askGraph, serviceToken } from '@zhitong/kit/graph';
import { jest } from '@jest/globals';
import { SignJWT } from 'jose';
import { z } from 'zod';

const lines: { level: string; text: string }[] = [];
const note = (level: string) => (values: unknown, text?: string) =>
  void lines.push({ level, text: `${String(text)} ${JSON.stringify(values)}` });
const logger = { info: note('info'), warn: note('warn') };
const told = (level: string): string[] => lines.filter((line) => line.level === level).map(({ text }) => text);
beforeEach(() => void lines.splice(0));

const sourceOf = (environment: Record<string, string>) => subgraphConfig('cases', 0, environment);
const start = Date.parse('2026-11-20T12:00:00Z');
const jwt = async (ends: number, id = 'a'): Promise<string> =>
  new SignJWT({ jti: id })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(ends / 1000)
    .sign(Buffer.from('x'.repeat(32)));

describe("a department's token in a file", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'zhitong-token-'));
    file = path.join(folder, 'token');
  });
  afterEach(async () => rm(folder, { recursive: true }));

  it('is read again when the file changes, and the log says so', async () => {
    const token = serviceToken(sourceOf({ CASES_GRAPH_TOKEN_FILE: file }), { logger, now: () => start });
    const [first, second] = [await jwt(start + 60_000, 'first'), await jwt(start + 120_000, 'second')];
    await writeFile(file, `${first}\n`);
    expect(await token()).toBe(first);
    await writeFile(file, `${second}\n`);
    expect(await token()).toBe(second);
    expect(told('info')).toEqual([expect.stringMatching(/renewed from its file.*2026-11-20T12:02:00/)]);
  });

  it('that has ended and was not renewed is an error that names file and time, until it is renewed', async () => {
    let now = start;
    const token = serviceToken(sourceOf({ CASES_GRAPH_TOKEN_FILE: file }), { logger, now: () => now });
    await writeFile(file, await jwt(start + 60_000));
    await token();
    now += 60_000;
    await expect(token()).rejects.toThrow(`The token in ${file} ended at 2026-11-20T12:01:00.000Z`);
    expect(told('warn')).toHaveLength(1);
    const next = await jwt(start + 600_000);
    await writeFile(file, next);
    expect(await token()).toBe(next);
  });

  it.each([
    ['is missing', undefined, 'does not exist'],
    ['is empty', ' \n', 'is empty'],
  ])('is asked for in one line when the file %s', async (_what, text, why) => {
    if (text !== undefined) await writeFile(file, text);
    const asked = serviceToken(sourceOf({ CASES_GRAPH_TOKEN_FILE: file }), { logger })();
    await expect(asked).rejects.toThrow(why);
    await expect(asked).rejects.toThrow(file);
  });

  it('is in development the one that the launcher keeps in the data folder', async () => {
    expect(sourceOf({ ZHITONG_DATA_DIR: folder }).graphToken).toEqual({
      kind: 'file',
      file: path.join(folder, 'departments', 'cases', 'graph-token'),
    });
    await expect(serviceToken(sourceOf({ ZHITONG_DATA_DIR: folder }), { logger })()).rejects.toThrow(
      'start the hub first, or set CASES_GRAPH_TOKEN_FILE',
    );
  });
});

describe("a department's token in the environment", () => {
  it('is used as it is, and said to have ended when it has', async () => {
    const token = await jwt(start + 60_000);
    const source = sourceOf({ CASES_GRAPH_TOKEN: token, ZHITONG_MODE: 'production' });
    expect(await serviceToken(source, { logger, now: () => start })()).toBe(token);
    await expect(serviceToken(source, { logger, now: () => start + 60_000 })()).rejects.toThrow(
      'CASES_GRAPH_TOKEN ended at 2026-11-20T12:01:00.000Z',
    );
    expect(await serviceToken(sourceOf({ CASES_GRAPH_TOKEN: 'opaque' }), { logger })()).toBe('opaque');
  });

  it('is missed in production, with the variables that give one', async () => {
    await expect(serviceToken(sourceOf({ ZHITONG_MODE: 'production' }), { logger })()).rejects.toThrow(
      'CASES_GRAPH_TOKEN_FILE, CASES_GRAPH_TOKEN_URL or CASES_GRAPH_TOKEN',
    );
  });

  it.each([
    [
      { CASES_GRAPH_TOKEN: 'a', CASES_GRAPH_TOKEN_FILE: 'b' },
      'set one of CASES_GRAPH_TOKEN, CASES_GRAPH_TOKEN_FILE and CASES_GRAPH_TOKEN_URL',
    ],
    [{ CASES_GRAPH_TOKEN_URL: 'http://id.city.example/token' }, 'CASES_GRAPH_TOKEN_URL: must be https'],
    [{ CASES_GRAPH_TOKEN_URL: 'https://id.city.example/token' }, 'needs CASES_GRAPH_CLIENT_ID'],
    [
      {
        CASES_GRAPH_TOKEN_URL: 'https://id.city.example/token',
        CASES_GRAPH_CLIENT_ID: 'c',
        CASES_GRAPH_CLIENT_SECRET: 's',
        CASES_GRAPH_CLIENT_SECRET_FILE: 'f',
      },
      'either CASES_GRAPH_CLIENT_SECRET or',
    ],
  ])('is refused when %j', (environment, why) => {
    expect(() => sourceOf(environment as Record<string, string>)).toThrow(why);
  });
});

describe("a department's token by client credentials, from a real identity provider", () => {
  const SECRET = 'the secret of the department';
  const LIFE_SECONDS = 300;
  const RESOURCE = 'https://graph.city.example';
  let issued = 0;
  let isDown = false;
  let server: Server;
  let url: string;
  beforeAll(async () => {
    // It warns that it is not configured for production, and of Node.js releases older than its own.
    const warnings = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { Provider } = await import('oidc-provider');
    server = createServer((request, response) => {
      if (isDown) response.writeHead(503).end();
      else void handle(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'cases',
          client_secret: SECRET,
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
        },
      ],
      scopes: ['graph'],
      ttl: { ClientCredentials: LIFE_SECONDS },
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: () => ({
            scope: 'graph',
            audience: 'zhitong',
            accessTokenFormat: 'jwt',
            accessTokenTTL: LIFE_SECONDS,
          }),
        },
      },
    });
    provider.on('client_credentials.issued', () => void (issued += 1));
    const handle = provider.callback();
    url = `${issuer}/token`;
    warnings.mockRestore();
  });
  beforeEach(() => {
    issued = 0;
    isDown = false;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const environment = (): Record<string, string> => ({
    CASES_GRAPH_TOKEN_URL: url,
    CASES_GRAPH_CLIENT_ID: 'cases',
    CASES_GRAPH_CLIENT_SECRET: SECRET,
    CASES_GRAPH_TOKEN_PARAMETERS: `scope=graph&resource=${encodeURIComponent(RESOURCE)}`,
    ZHITONG_MODE: 'production',
  });

  it('is asked for once by all that need it, kept, and renewed before it ends; the log says so', async () => {
    let now = Date.now();
    const token = serviceToken(sourceOf(environment()), { logger, now: () => now });
    const [first, same] = await Promise.all([token(), token()]);
    expect(first).toBe(same);
    now += (LIFE_SECONDS - 31) * 1000;
    expect([await token(), issued, told('info').length]).toEqual([first, 1, 0]);
    now += 2_000;
    const second = await token();
    expect(second).not.toBe(first);
    expect(told('info')).toEqual([expect.stringContaining('renewed by client credentials')]);
    expect([await token(), issued]).toEqual([second, 2]);
    expect(JSON.stringify(lines)).not.toContain(second);
  });

  it('goes on while the provider is down, as long as it lasts, and is then an error with the reason', async () => {
    let now = Date.now();
    const token = serviceToken(sourceOf(environment()), { logger, now: () => now });
    const first = await token();
    isDown = true;
    now += (LIFE_SECONDS - 10) * 1000;
    expect(await token()).toBe(first);
    expect(told('warn')).toHaveLength(1);
    now += 11_000;
    await expect(token()).rejects.toThrow(`${url} gives no token`);
    isDown = false;
    expect(await token()).not.toBe(first);
  });

  it('is refused to who does not know the secret, in the words of the provider', async () => {
    const token = serviceToken(sourceOf({ ...environment(), CASES_GRAPH_CLIENT_SECRET: 'wrong' }), { logger });
    await expect(token()).rejects.toThrow(/gives no token: .*invalid_client/);
    expect(JSON.stringify(lines)).not.toContain('wrong');
  });

  it('is replaced by another one when the graph does not accept it, within the same question', async () => {
    const used: string[] = [];
    const graph = createServer((request, response) => {
      used.push(request.headers.authorization ?? '');
      if (used.length === 1) response.writeHead(401).end('{"errors":[{"message":"The bearer token is not valid."}]}');
      else response.end('{"data":{"ok":true}}');
    });
    await new Promise<void>((resolve) => graph.listen(0, '127.0.0.1', resolve));
    const token = serviceToken(sourceOf(environment()), { logger });
    const answer = await askGraph({
      url: `http://127.0.0.1:${(graph.address() as AddressInfo).port}/`,
      token,
      query: '{ ok }',
      shape: z.object({ ok: z.boolean() }),
      timeoutMs: 10_000,
    });
    expect([answer, new Set(used).size, issued]).toEqual([{ ok: true }, 2, 2]);
    graph.closeAllConnections();
    await new Promise((resolve) => graph.close(resolve));
  });
});
