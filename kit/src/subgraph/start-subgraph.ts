import type { Connection } from 'mongoose';
import { Registry } from 'prom-client';
import { systemClock, type Clock } from '../clock.js';
import type { SubgraphConfig } from '../config.js';
import { declareDependantsJob, dependantsOf, type GraphNeeds } from '../graph/declare-dependants.js';
import { serviceToken } from '../graph/service-token.js';
import { createLogger, type Logger } from '../logger.js';
import { openJobs, type Jobs } from '../jobs/open-jobs.js';
import { connectMongo } from '../mongo/connect.js';
import { openMongo } from '../mongo/open.js';
import { assertDeployment } from '../mongo/deployment.js';
import { watchDatabase } from '../mongo/watch-database.js';
import type { Outbox } from '../outbox/create-outbox.js';
import { eventsRoute, type HeardEvents } from '../outbox/inbox/events-route.js';
import type { RequestContext } from '../server/subgraph-server.js';
import type { ReadinessCheck } from '../server/readiness.js';
import { startSubgraph, type RawRoute, type RunningSubgraph, type StreamRoute } from '../server/start-subgraph.js';
import { departmentChecks } from './subgraph-checks.js';
import { exposeOutbox } from './expose-outbox.js';

/** What a department brings to its process once its database is open. */
export interface DepartmentParts {
  readonly context: (request: RequestContext) => RequestContext;
  readonly outbox: Outbox;
  /** What of it would stop with fields of the graph; the schema registry is told, where it is configured. */
  readonly needs?: GraphNeeds;
  /** What it does with other departments' events (`POST /events`); left out by one that hears none. */
  readonly hears?: HeardEvents;
  readonly routes?: readonly (RawRoute | StreamRoute)[];
  /**
   * Names of the loads (`loadOnce`) that must be at their end once they were begun: before that the department is not
   * ready.
   */
  readonly loads?: readonly string[];
  /** What else must be right for the department to be ready. */
  readonly checks?: readonly ReadinessCheck[];
  /**
   * Stops what the department itself runs (watchers), after the last request and the last round of its jobs, and before
   * the database closes.
   */
  readonly close?: () => Promise<void>;
}

/** What the department's `open` is given. */
export interface DepartmentTools {
  readonly connection: Connection;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly metrics: Registry;
  /** Work that is done again and again: started here, stopped with the process. */
  readonly jobs: Jobs;
  /** Hosts inside the city's own networks to which the outbox may send events. */
  readonly allowedHosts: readonly string[];
}

/**
 * Starts a department's process: its database, its outbox with the receivers that the configuration names, its graph.
 * While the database is absent the department says so at once and goes on looking for it. `stop` finishes the requests,
 * the delivery in flight and the rounds of jobs in hand, and closes everything.
 * @throws StartProblem in one line for a database that cannot be used: not there, no replica set, too old, no rights.
 */
export async function startDepartment({
  config,
  typeDefs,
  resolvers,
  open,
}: {
  config: SubgraphConfig;
  typeDefs: string;
  resolvers: object;
  open: (tools: DepartmentTools) => Promise<DepartmentParts>;
}): Promise<RunningSubgraph> {
  const logger = createLogger({ name: config.name, level: config.logLevel });
  const metrics = new Registry();
  const mongo = await openMongo({ config, uri: config.mongoUri });
  if (mongo.origin === 'configured') await assertDeployment({ uri: mongo.uri, databases: [config.database] });
  const connection = await connectMongo({ uri: mongo.uri, database: config.database });
  const jobs = openJobs({ connection, logger, metrics });
  const parts = await open({
    connection,
    logger,
    clock: systemClock,
    metrics,
    jobs,
    allowedHosts: config.webhookAllowedHosts,
  });
  for (const webhook of config.webhooks) await parts.outbox.registerWebhook(webhook);
  const inbox =
    parts.hears === undefined
      ? []
      : [await eventsRoute({ ...parts.hears, connection, secrets: config.eventSecrets, logger, clock: systemClock })];
  if (config.registryUrl !== undefined)
    jobs.start(
      declareDependantsJob({
        url: config.registryUrl,
        token: serviceToken(config, { logger }),
        department: config.name,
        dependants: async () =>
          dependantsOf(parts.needs ?? { askedByReceivers: {} }, await parts.outbox.listWebhooks()),
        clock: systemClock,
        logger,
      }),
    );
  const dispatcher = parts.outbox.dispatcher();
  dispatcher.start();
  const database = watchDatabase({ uri: mongo.uri });
  exposeOutbox({ outbox: parts.outbox, metrics, database });
  const server = await startSubgraph({
    config,
    typeDefs,
    resolvers,
    logger,
    metrics,
    context: parts.context,
    routes: [...(parts.routes ?? []), ...inbox],
    database,
    checks: [
      ...departmentChecks({ connection, database, dispatcher, loads: parts.loads ?? [], clock: systemClock }),
      ...(parts.checks ?? []),
    ],
  });
  return {
    ...server,
    stop: async () => {
      await server.stop();
      await dispatcher.stop();
      await jobs.stop();
      await parts.close?.();
      await database.stop();
      await connection.close();
      await mongo.release();
    },
  };
}
