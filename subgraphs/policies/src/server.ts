import path from 'node:path';
import { pushRoutes, rowCorrections, startConnectors } from '@zhitong/connect';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/subgraph';
import { departmentRegister, serviceToken } from '@zhitong/kit/graph';
import { purgeJob } from '@zhitong/kit/notices';
import { departmentTypeDefs } from '@zhitong/kit/schema';
import { dayInShanghai } from '@zhitong/values';
import { Gauge, type Registry } from 'prom-client';
import type { PoliciesConfig } from './config.js';
import { contextFactory } from './context.js';
import { ASKED_BY_RECEIVERS, openDepartment } from './service.js';
import { graphDependants } from './domain/policy/graph-dependants.js';
import { heardEvents } from './events-inbox.js';
import { graphFactsSource } from './graph/facts-source.js';
import { resolvers } from './resolvers/index.js';
import type { Stores } from './stores.js';
import { startKeeper } from './usecases/facts/keep-current.js';
import { overdueJob } from './usecases/grants/tell-overdue.js';
import { FIGURE_LOADS } from './usecases/publish-figures.js';
import { tellMatchesJob } from './usecases/notices/tell-matches.js';
import { startTeller } from './usecases/tell-subscribers.js';

/** The department's public contract, whole. */
export const typeDefs = departmentTypeDefs(import.meta.dirname);

/**
 * Starts the policies department's process, with the inbox of other departments' events, the keeper of stored matches,
 * the jobs that notify subscribers and tell of matches and overdue demands, and the one that
 * removes old notifications.
 */
export async function startPolicies(config: PoliciesConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock, jobs, allowedHosts, metrics }) => {
      const department = await openDepartment({
        connection,
        logger,
        clock,
        allowedHosts,
        mostInMemory: config.previewEnterprisesInMemory,
        mostFacts: config.enterprisesInMemory,
        twoPersonsFromFen: config.twoPersonsFromFen,
        showsReduced: config.showsReduced,
        calendarOverrides: config.calendarOverrides,
      });
      const token = serviceToken(config, { logger });
      const register = departmentRegister({ config, connection, logger, clock, jobs });
      const source = graphFactsSource({ url: config.graphUrl, token, today: () => dayInShanghai(clock.now()) });
      const keeper = startKeeper(jobs, { ...department, source, logger });
      startTeller(jobs, department);
      jobs.start(
        purgeJob({
          name: 'purge-notifications',
          box: department.stores.notifications,
          clock,
          days: config.notificationDays,
          logger,
        }),
      );
      jobs.start(overdueJob({ ...department, logger }));
      jobs.start(tellMatchesJob({ ...department, logger }));
      exposeLag(department.stores, metrics);
      const connectors = {
        ...department,
        connection,
        clock,
        logger,
        folder: config.connectorsFolder,
        targets: async () => department.connectorTargets(register),
      };
      const files = path.join(config.dataDir, 'connectors', config.name);
      await startConnectors({ ...connectors, jobs, metrics, rejects: files });
      return {
        outbox: department.outbox,
        needs: { askedByReceivers: ASKED_BY_RECEIVERS, own: async () => graphDependants(department.shelf.all()) },
        routes: await pushRoutes({
          ...connectors,
          environment: config.environment,
          spool: path.join(files, 'pushed'),
        }),
        loads: FIGURE_LOADS,
        context: contextFactory(department, source, {
          financialDepartments: config.financialDepartments,
          register,
          corrections: rowCorrections(connectors),
        }),
        hears: { handle: heardEvents(department.stores), received: keeper.nudge },
        close: async () => {
          await department.city.close();
          await department.shelf.close();
          await department.benefitsInMemory.close();
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
