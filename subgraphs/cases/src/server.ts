import path from 'node:path';
import { pushRoutes } from '@zhitong/connect';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/subgraph';
import { departmentRegister } from '@zhitong/kit/graph';
import { departmentTypeDefs } from '@zhitong/kit/schema';
import type { CasesConfig } from './config.js';
import { contextFactory } from './context.js';
import { openDepartment } from './service.js';
import { keywordExtractor } from './memory/keywords.js';
import { resolvers } from './resolvers/index.js';
import { overdueJobs } from './usecases/overdue-job.js';

/** The department's public contract, whole. */
export const typeDefs = departmentTypeDefs(import.meta.dirname);
const CONNECTORS = path.join(import.meta.dirname, '..', 'connectors');

/**
 * Starts the cases department's process, with the job that escalates what is overdue and the list of departments kept
 * current.
 */
export async function startCases(config: CasesConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock, jobs, allowedHosts }) => {
      const department = await openDepartment({
        connection,
        logger,
        clock,
        allowedHosts,
        calendarOverrides: config.calendarOverrides,
      });
      for (const job of overdueJobs({ ...department, clock }, config.tickMinutes)) jobs.start(job);
      const keywords = keywordExtractor();
      const register = departmentRegister({ config, connection, logger, clock, jobs });
      return {
        outbox: department.outbox,
        routes: await pushRoutes(config, CONNECTORS, {
          connection,
          logger,
          clock,
          outbox: department.outbox,
          targets: async () => department.connectorTargets({ register, keywords }),
        }),
        loads: ['demo'],
        context: contextFactory({
          ...department,
          keywords,
          register,
          financialDepartments: config.financialDepartments,
          clock,
        }),
      };
    },
  });
}
