import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createLogger } from '@zhitong/kit';
import { wholeSchema } from '@zhitong/kit/schema';
import { parse } from 'graphql';
import { gatewayConfig } from '../../../gateway/src/config.js';
import { ensureKeyFiles, hubKeyFiles } from '../../../gateway/src/identity/gateway-key-files.js';
import { startGateway } from '../../../gateway/src/server.js';
import { developmentToken } from '../../../launcher/src/development-token.js';
import { startDepartment, type FakeDepartment } from './fake-subgraph.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');
const NAMES = ['enterprises', 'cases', 'policies', 'credit'] as const;
type Name = (typeof NAMES)[number];
/** What a department answers at its root fields, over its real schema. */
type Answers = Readonly<Record<string, unknown>>;

/** A gateway over the city's composed graph, and departments that publish what a test says. */
export interface PublishingCity {
  readonly departments: Readonly<Record<Name, FakeDepartment>>;
  /** Address of a path at the gateway. */
  at(path: string): string;
  /** Token of an auditor, who may read nearly everything. */
  auditor(): Promise<string>;
  stop(): Promise<void>;
}

/** @param changed makes of the composed graph the one that is served. */
export async function startPublishingCity(
  answers: Readonly<Record<Name, Answers>>,
  {
    environment = {},
    changed = (sdl) => sdl,
  }: { environment?: Record<string, string>; changed?: (sdl: string) => string } = {},
): Promise<PublishingCity> {
  const started = await Promise.all(NAMES.map(async (name) => [name, await department(name, answers[name])] as const));
  const departments = Object.fromEntries(started) as Record<Name, FakeDepartment>;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'zhitong-gateway-'));
  ensureKeyFiles(hubKeyFiles(dataDir));
  const urls = Object.fromEntries(started.map(([name, { url }]) => [`${name.toUpperCase()}_URL`, url]));
  const gateway = await startGateway({
    config: gatewayConfig({ PORT: '0', ZHITONG_DATA_DIR: dataDir, ...urls, ...environment }),
    supergraphSdl: changed(readFileSync(path.join(ROOT, 'gateway/supergraph.graphql'), 'utf8')),
    logger: createLogger({ name: 'gateway', level: 'silent' }),
  });
  return {
    departments,
    at: (where) => gateway.url.replace('/graphql', where),
    auditor: () => developmentToken({ role: 'AUDITOR', ttlSeconds: 600, dataDir }),
    stop: async () => {
      await gateway.stop();
      await Promise.all(started.map(([, one]) => one.close()));
    },
  };
}

const department = async (name: Name, answers: Answers): Promise<FakeDepartment> =>
  startDepartment(
    buildSubgraphSchema({
      typeDefs: parse(wholeSchema(readFileSync(path.join(ROOT, 'subgraphs', name, 'schema.graphql'), 'utf8'))),
      resolvers: {
        Query: Object.fromEntries(
          Object.entries(answers).map(([field, answer]) => [
            field,
            typeof answer === 'function'
              ? (_root: unknown, given: unknown) => (answer as (args: unknown) => unknown)(given)
              : () => answer,
          ]),
        ),
      },
    }),
  );
