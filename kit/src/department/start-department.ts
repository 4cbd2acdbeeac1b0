import type { Connection } from 'mongoose';
import { Gauge, Registry } from 'prom-client';
import { systemClock, type Clock } from '../clock.js';
import type { SubgraphConfig } from '../config.js';
import { createLogger, type Logger } from '../logger.js';
import { connectMongo } from '../mongo/connect.js';
import { openMongo } from '../mongo/open.js';
import type { Outbox } from '../outbox/create-outbox.js';
import type { OutboxStats } from '../outbox/outbox-stats.js';
import type { RequestContext } from '../server/department-server.js';
import { startSubgraph, type RawRoute, type RunningSubgraph } from '../server/start-subgraph.js';

/** What a department brings to its process once its database is open. */
export interface DepartmentParts {
  readonly context: (request: RequestContext) => RequestContext;
  readonly outbox: Outbox;
  readonly routes?: readonly RawRoute[];
  /** Stops what the department itself runs (watchers, schedules), after the last request and before the database closes. */
  readonly close?: () => Promise<void>;
}

/** What the department's `open` is given. */
export interface DepartmentTools {
  readonly connection: Connection;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly metrics: Registry;
  /** Hosts inside the city's own networks to which the outbox may send events. */
  readonly allowedHosts: readonly string[];
}

/**
 * Starts a department's process: its database, its outbox with the receivers that the configuration names, its graph.
 * `stop` finishes the requests and the delivery in flight and closes everything.
 */
export async function startDepartment({ config, typeDefs, resolvers, open }: {
  config: SubgraphConfig;
  typeDefs: string;
  resolvers: object;
  open: (tools: DepartmentTools) => Promise<DepartmentParts>;
}): Promise<RunningSubgraph> {
  const logger = createLogger({ name: config.name, level: config.logLevel });
  const metrics = new Registry();
  const mongo = await openMongo({ config, uri: config.mongoUri });
  const connection = await connectMongo({ uri: mongo.uri, database: config.database });
  const parts = await open({ connection, logger, clock: systemClock, metrics, allowedHosts: config.webhookAllowedHosts });
  for (const webhook of config.webhooks) await parts.outbox.registerWebhook(webhook);
  const dispatcher = parts.outbox.dispatcher();
  dispatcher.start();
  exposeOutbox(parts.outbox, metrics);
  const server = await startSubgraph({
    config,
    typeDefs,
    resolvers,
    logger,
    metrics,
    context: parts.context,
    routes: parts.routes ?? [],
    ready: async () => (await connection.db?.command({ ping: 1 }))?.['ok'] === 1,
  });
  return {
    ...server,
    stop: async () => {
      await server.stop();
      await dispatcher.stop();
      await parts.close?.();
      await connection.close();
      await mongo.release();
    },
  };
}

/** How the outbox stands, counted when the metrics are asked for. */
function exposeOutbox(outbox: Outbox, metrics: Registry): void {
  const gauge = (name: string, help: string, read: (stats: OutboxStats) => number): Gauge =>
    new Gauge({
      name,
      help,
      registers: [metrics],
      async collect() {
        this.set(read(await outbox.stats()));
      },
    });
  gauge('outbox_pending', 'Events that wait for a receiver', ({ waiting, pending }) => waiting + pending);
  gauge('outbox_dead_letters', 'Deliveries that were given up', ({ deadLetters }) => deadLetters);
  gauge('outbox_failed_attempts', 'Attempts of this process that failed', ({ failed }) => failed);
  gauge('outbox_oldest_pending_seconds', 'How long the oldest event has waited for its receiver', ({ oldestPendingSeconds }) => oldestPendingSeconds);
}
