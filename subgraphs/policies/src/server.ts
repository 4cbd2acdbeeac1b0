import { readFileSync } from 'node:fs';
import { createLogger, dayInShanghai, startSubgraph, systemClock, type RunningSubgraph } from '@zhitong/kit';
import { connectMongo, openMongo } from '@zhitong/kit/mongo';
import { Gauge, Registry } from 'prom-client';
import type { PoliciesConfig } from './config.js';
import { contextFactory } from './context.js';
import { openDepartment } from './department.js';
import { eventsInbox } from './events-inbox.js';
import { graphFactsSource } from './graph/facts-source.js';
import { serviceToken } from './graph/service-token.js';
import { resolvers } from './resolvers/index.js';
import type { Stores } from './stores.js';
import { startKeeper } from './usecases/keep-current.js';

/** The department's public contract. */
export const typeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

/** Starts the policies department: database, published policies in memory, graph. `stop` finishes what is in flight and closes everything. */
export async function startPolicies(config: PoliciesConfig): Promise<RunningSubgraph> {
  const logger = createLogger({ name: config.name, level: config.logLevel });
  const mongo = await openMongo({ config, uri: config.mongoUri });
  const connection = await connectMongo({ uri: mongo.uri, database: config.database });
  const department = await openDepartment({ connection, logger, clock: systemClock });
  const source = graphFactsSource({ url: config.graphUrl, token: serviceToken(config), today: () => dayInShanghai(systemClock.now()) });
  const dispatcher = department.outbox.dispatcher();
  const keeper = startKeeper({ ...department, source, logger });
  const inbox = await eventsInbox({ connection, stores: department.stores, secrets: config.eventSecrets, logger, clock: systemClock, received: keeper.nudge });
  const server = await startSubgraph({
    config,
    typeDefs,
    resolvers,
    logger,
    metrics: metricsOf(department.stores),
    routes: [inbox],
    context: contextFactory(department),
    ready: async () => (await connection.db?.command({ ping: 1 }))?.['ok'] === 1,
  });
  return {
    ...server,
    stop: async () => {
      await server.stop();
      await keeper.stop();
      await dispatcher.stop();
      await department.shelf.close();
      await connection.close();
      await mongo.release();
    },
  };
}

/** Metrics beside those of the kit: how far facts and matches lag behind other departments. */
function metricsOf({ matchState }: Pick<Stores, 'matchState'>): Registry {
  const registry = new Registry();
  new Gauge({
    name: 'policies_fact_lag_seconds',
    help: 'Seconds from a change in another department to its arrival in the stored matches, of the latest one.',
    registers: [registry],
    async collect() {
      this.set((await matchState.lagSeconds()) ?? 0);
    },
  });
  new Gauge({
    name: 'policies_stale_enterprises',
    help: 'Enterprises whose changed facts are still to be read.',
    registers: [registry],
    async collect() {
      this.set(await matchState.countStale());
    },
  });
  return registry;
}
