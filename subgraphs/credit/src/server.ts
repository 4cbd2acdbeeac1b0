import path from 'node:path';
import { pushRoutes, rowCorrections, startConnectors } from '@zhitong/connect';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/subgraph';
import { departmentRegister } from '@zhitong/kit/graph';
import { departmentTypeDefs } from '@zhitong/kit/schema';
import type { CreditConfig } from './config.js';
import { contextFactory } from './context.js';
import { Gauge } from 'prom-client';
import { dailyWork } from './usecases/daily-work.js';
import { ASKED_BY_RECEIVERS, openDepartment } from './service.js';
import { heardEvents } from './events-inbox.js';
import { resolvers } from './resolvers/index.js';

/** The department's public contract, whole. */
export const typeDefs = departmentTypeDefs(import.meta.dirname);

/**
 * Starts the credit department's process, with its daily work (seal, checkpoints, reminders), the names of departments
 * kept current, and the inbox of other departments' events.
 */
export async function startCredit(config: CreditConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock, jobs, metrics, allowedHosts }) => {
      const department = await openDepartment({ ...config, connection, logger, clock, allowedHosts });
      const { stores, outbox, loanPrimeRates } = department;
      new Gauge({
        name: 'ledger_findings',
        help: 'Things that the newest daily verification found touched; NaN before the first, and while the database is absent',
        registers: [metrics],
        async collect() {
          // While the database is absent nobody knows.
          const newest = await stores.verifications.newest().catch(() => null);
          this.set(newest?.findingCount ?? NaN);
        },
      });
      for (const job of dailyWork({ db: connection, stores, outbox, clock, logger })) jobs.start(job);
      for (const job of loanPrimeRates.jobs(clock, logger)) jobs.start(job);
      const register = departmentRegister({ config, connection, logger, clock, jobs });
      const connectors = {
        ...department,
        connection,
        clock,
        logger,
        folder: config.connectorsFolder,
        targets: async () =>
          Promise.resolve(department.connectorTargets({ register, ledgerOffice: config.ledgerOffice })),
      };
      const files = path.join(config.dataDir, 'connectors', config.name);
      await startConnectors({ ...connectors, jobs, metrics, rejects: files });
      return {
        outbox,
        needs: { askedByReceivers: ASKED_BY_RECEIVERS },
        routes: await pushRoutes({
          ...connectors,
          environment: config.environment,
          spool: path.join(files, 'pushed'),
        }),
        loads: ['demo'],
        hears: { handle: heardEvents(stores) },
        context: contextFactory({
          ...department,
          corrections: rowCorrections(connectors),
          clock,
          ledgerOffice: config.ledgerOffice,
          register,
          financialDepartments: config.financialDepartments,
        }),
      };
    },
  });
}
