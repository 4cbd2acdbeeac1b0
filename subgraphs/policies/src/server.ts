import { readFileSync } from 'node:fs';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/department';
import { graphRegister, openRegister, registerListsStore, serviceToken } from '@zhitong/kit/graph';
import { dayInShanghai } from '@zhitong/values';
import { Gauge, type Registry } from 'prom-client';
import type { PoliciesConfig } from './config.js';
import { contextFactory } from './context.js';
import { openDepartment } from './department.js';
import { eventsInbox } from './events-inbox.js';
import { graphFactsSource } from './graph/facts-source.js';
import { resolvers } from './resolvers/index.js';
import type { Stores } from './stores.js';
import { startKeeper } from './usecases/keep-current.js';
import { startPurger } from './usecases/purge-notifications.js';
import { startTeller } from './usecases/tell-subscribers.js';

/** The department's public contract. */
export const typeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

/** Between two readings of the city's departments and regions; a code that is not among them is looked up at once. */
const REGISTER_PAUSE_MS = 30_000;

/** Starts the policies department's process, with the inbox of other departments' events, the keeper of stored matches, the teller of subscribers and the purger of what they were told long ago. */
export async function startPolicies(config: PoliciesConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock, allowedHosts, metrics }) => {
      const department = await openDepartment({ connection, logger, clock, allowedHosts, mostInMemory: config.previewEnterprisesInMemory, mostFacts: config.enterprisesInMemory });
      const token = serviceToken(config, { logger });
      const register = openRegister({ source: graphRegister({ url: config.graphUrl, token }), store: registerListsStore(connection), clock, logger });
      const registerJob = register.keepFresh(REGISTER_PAUSE_MS);
      const source = graphFactsSource({ url: config.graphUrl, token, today: () => dayInShanghai(clock.now()) });
      const keeper = startKeeper({ ...department, source, logger });
      const teller = startTeller({ ...department, logger });
      const purger = startPurger({ ...department, days: config.notificationDays, logger });
      const inbox = await eventsInbox({ connection, stores: department.stores, secrets: config.eventSecrets, logger, clock, received: () => keeper.nudge() });
      exposeLag(department.stores, metrics);
      return {
        outbox: department.outbox,
        loads: ['demo', 'demo_matches'],
        context: contextFactory(department, source, { financialDepartments: config.financialDepartments, register }),
        routes: [inbox],
        close: async () => {
          await Promise.all([keeper.stop(), teller.stop(), purger.stop(), registerJob.stop()]);
          await department.city.close();
          await department.shelf.close();
        },
      };
    },
  });
}

/** How far facts and matches lag behind other departments, read when the metrics are asked for. */
function exposeLag({ matchState }: Pick<Stores, 'matchState'>, metrics: Registry): void {
  new Gauge({
    name: 'policies_fact_lag_seconds',
    help: 'Seconds from a change in another department to its arrival in the stored matches, of the latest one',
    registers: [metrics],
    async collect() {
      this.set((await matchState.lagSeconds()) ?? 0);
    },
  });
  new Gauge({
    name: 'policies_stale_enterprises',
    help: 'Enterprises whose changed facts are still to be read',
    registers: [metrics],
    async collect() {
      this.set(await matchState.countStale());
    },
  });
}
