import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger, startSubgraph, subgraphConfig, type RunningSubgraph } from '@zhitong/kit';
import { composeSupergraph } from '../../gateway/src/supergraph/compose.js';
import { gatewayConfig } from '../../gateway/src/config.js';
import {
  addKey,
  dropOldKeys,
  ensureKeyFiles,
  hubKeyFiles,
  useNewestKey,
  type KeyFiles,
} from '../../gateway/src/identity/gateway-key-files.js';
import { startGateway, type RunningGateway } from '../../gateway/src/server.js';
import { freePorts } from '../support/free-ports.js';

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  "Asks." type Query { "How often it was asked." asked: Int }
  "Acts." type Mutation { "Counts." count: Int }
`;
const logger = createLogger({ name: 'test', level: 'silent' });

interface City {
  readonly files: KeyFiles;
  readonly gateway: RunningGateway;
  /** Ids of the published keys, the signing one first. */
  published(): Promise<string[]>;
  stop(): Promise<void>;
}

/** A gateway and one real department, which finds the gateway's keys where `keysAt` says. */
async function startCity(keysAt: (files: KeyFiles, port: number) => string): Promise<City> {
  const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-rotation-'));
  const files = hubKeyFiles(folder);
  ensureKeyFiles(files);
  const [port = 0, operations] = await freePorts(2);
  let counted = 0;
  const count = (): number => ++counted;
  const department: RunningSubgraph = await startSubgraph({
    config: {
      ...subgraphConfig('counter', 0, { ZHITONG_DATA_DIR: folder, ZHITONG_GATEWAY_KEYS: keysAt(files, port) }),
      port: 0,
    },
    typeDefs: SDL,
    resolvers: { Query: { asked: count }, Mutation: { count } },
    context: (request) => request,
    logger,
  });
  const supergraphSdl = composeSupergraph([{ name: 'counter', url: department.url, sdl: SDL }]);
  const gateway = await startGateway({
    config: gatewayConfig({
      PORT: String(port),
      GATEWAY_OPERATIONS_PORT: String(operations),
      ZHITONG_DATA_DIR: folder,
      GATEWAY_RATE_LIMIT_PER_MINUTE: '0',
    }),
    supergraphSdl,
    logger,
  });
  return {
    files,
    gateway,
    published: async () => {
      const response = await fetch(gateway.url.replace('/graphql', '/.well-known/jwks.json'));
      return ((await response.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    },
    stop: async () => {
      await gateway.stop();
      await department.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Asks and writes without a pause until it is ended; answers how often, and what was not answered as it should. */
function traffic(url: string): { end(): Promise<{ asked: number; faults: string[] }>; asked(): number } {
  let isOver = false;
  let asked = 0;
  const faults: string[] = [];
  const caller = async (query: string): Promise<void> => {
    while (!isOver) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      const text = await response.text();
      if (response.status !== 200 || text.includes('errors')) faults.push(text);
      asked += 1;
    }
  };
  const callers = ['{ asked }', '{ asked }', 'mutation { count }'].map(caller);
  return {
    asked: () => asked,
    end: async () => {
      isOver = true;
      await Promise.all(callers);
      return { asked, faults };
    },
  };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a change of the keys with which the gateway vouches for callers', () => {
  it.each<[string, (files: KeyFiles, port: number) => string]>([
    ['a file', ({ published }) => published],
    ["the gateway's own address", (_files, port) => `http://127.0.0.1:${port}/.well-known/jwks.json`],
  ])('goes unnoticed by callers when departments read the keys from %s', async (_where, keysAt) => {
    const city = await startCity(keysAt);
    try {
      const [first] = await city.published();
      const callers = traffic(city.gateway.url);
      const someMore = (): Promise<void> => {
        const before = callers.asked();
        return until(() => callers.asked() >= before + 30);
      };
      await someMore();
      addKey(city.files);
      await until(async () => (await city.published()).length === 2);
      expect((await city.published())[0]).toBe(first);
      useNewestKey(city.files);
      await until(async () => (await city.published())[0] !== first);
      await someMore();
      dropOldKeys(city.files);
      await until(async () => (await city.published()).length === 1);
      await someMore();
      const { faults } = await callers.end();
      expect(faults).toEqual([]);
      expect(await city.published()).not.toContain(first);
    } finally {
      await city.stop();
    }
  });

  it('that spoils the file leaves the gateway signing with the keys that it has', async () => {
    const city = await startCity(({ published }) => published);
    try {
      const callers = traffic(city.gateway.url);
      const [first] = await city.published();
      const pem = readFileSync(city.files.signing, 'utf8');
      writeFileSync(city.files.signing, 'half of a k');
      const seenAt = performance.now();
      await until(() => performance.now() - seenAt > 1_100 && callers.asked() > 30);
      expect(await city.published()).toEqual([first]);
      writeFileSync(city.files.signing, pem);
      expect((await callers.end()).faults).toEqual([]);
    } finally {
      await city.stop();
    }
  });
});
