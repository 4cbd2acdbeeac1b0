import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger, startSubgraph, subgraphConfig, type RunningSubgraph } from '@zhitong/kit';
import { gatewayConfig } from '../../gateway/src/config.js';
import { signDevelopmentToken } from '../../gateway/src/identity/development-issuer.js';
import { ensureKeyFiles, hubKeyFiles } from '../../gateway/src/identity/gateway-key-files.js';
import { startGateway, type RunningGateway } from '../../gateway/src/server.js';
import { composeSupergraph } from '../../gateway/src/supergraph/compose.js';
import { freePorts } from '../support/free-ports.js';

const EXAMPLE = path.resolve('docs', 'joining');
const USCC = '91110000600037341L';
const REGISTRY = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  "Asks." type Query { "One enterprise." enterprise("Its code." uscc: ID!): Enterprise }
  "An enterprise." type Enterprise @key(fields: "uscc") { "Its code." uscc: ID! "Its name." name: String }
`;
const logger = createLogger({ name: 'test', level: 'silent' });

describe('a department in plain JavaScript, as docs/joining.md shows it', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'zhitong-joining-'));
  let permits: ChildProcess;
  let permitsUrl: string;
  let registry: RunningSubgraph;
  let gateway: RunningGateway;
  beforeAll(async () => {
    const files = hubKeyFiles(dataDir);
    ensureKeyFiles(files);
    permits = spawn(process.execPath, [path.join(EXAMPLE, 'permits.mjs')], {
      env: { PATH: process.env['PATH'], ZHITONG_GATEWAY_KEYS: files.published, PERMITS_PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    permitsUrl = await new Promise<string>((resolve) =>
      permits.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
    );
    registry = await startSubgraph({
      config: {
        ...subgraphConfig('registry', 0, { ZHITONG_DATA_DIR: dataDir, ZHITONG_GATEWAY_KEYS: files.published }),
        port: 0,
      },
      typeDefs: REGISTRY,
      resolvers: {
        Query: { enterprise: (_parent: unknown, { uscc }: { uscc: string }) => ({ uscc, name: '某公司' }) },
      },
      context: (request) => request,
      logger,
    });
    const supergraphSdl = composeSupergraph([
      { name: 'registry', url: registry.url, sdl: REGISTRY },
      { name: 'permits', url: permitsUrl, sdl: readFileSync(path.join(EXAMPLE, 'permits.graphql'), 'utf8') },
    ]);
    const [port, operations] = await freePorts(2);
    gateway = await startGateway({
      config: gatewayConfig({
        PORT: String(port),
        GATEWAY_OPERATIONS_PORT: String(operations),
        ZHITONG_DATA_DIR: dataDir,
        // A busy machine keeps departments waiting; that is not what is shown here.
        GATEWAY_DEPARTMENT_TIMEOUT_MS: '60000',
        GATEWAY_REQUEST_TIMEOUT_MS: '120000',
      }),
      supergraphSdl,
      logger,
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await registry.stop();
    const ended = new Promise((resolve) => permits.once('exit', resolve));
    permits.kill();
    await ended;
    rmSync(dataDir, { recursive: true });
  });
  const ask = async (query: string, token?: string): Promise<unknown> =>
    (
      await fetch(gateway.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query }),
      })
    ).json();

  it('has at most 60 lines', () => {
    expect(readFileSync(path.join(EXAMPLE, 'permits.mjs'), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(
      60,
    );
  });

  it('is composed with the others and answers its part of an enterprise to whom it is for', async () => {
    const token = await signDevelopmentToken(
      { sub: 'officer', roles: ['OFFICER'], department: 'RSJ' },
      { ttlSeconds: 600, dataDir },
    );
    const query = `{ permitCount enterprise(uscc: "${USCC}") { name permits { number } } }`;
    expect(await ask(query, token)).toEqual({
      data: { permitCount: 2, enterprise: { name: '某公司', permits: [{ number: 'P-1' }, { number: 'P-2' }] } },
    });
    expect(await ask(query)).toMatchObject({
      data: { permitCount: 2, enterprise: { name: '某公司', permits: null } },
      errors: [{ path: ['enterprise', 'permits'], extensions: { code: 'UNAUTHENTICATED', subgraph: 'permits' } }],
    });
  });

  it('refuses whoever comes past the gateway', async () => {
    const response = await fetch(permitsUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ permitCount }"}',
    });
    expect(response.status).toBe(401);
  });
});
