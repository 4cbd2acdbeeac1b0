import path from 'node:path';
import { dropFormerRejects, pushRoutes, rowCorrections, startConnectors } from '@zhitong/connect';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/subgraph';
import { departmentRegister } from '@zhitong/kit/graph';
import { purgeJob } from '@zhitong/kit/notices';
import { departmentTypeDefs } from '@zhitong/kit/schema';
import type { CasesConfig } from './config.js';
import { contextFactory } from './context.js';
import { heardEvents } from './events-inbox.js';
import { ASKED_BY_RECEIVERS, openDepartment } from './service.js';
import { keywordExtractor } from './memory/keywords.js';
import { resolvers } from './resolvers/index.js';
import { CASE_KIND } from './usecases/connectors/case-target.js';
import { fileSweepJob } from './usecases/case-file-commands.js';
import { caseJobs } from './usecases/overdue-job.js';

/** The department's public contract, whole. */
export const typeDefs = departmentTypeDefs(import.meta.dirname);

/**
 * Starts the cases department's process, with the job that escalates what is overdue and the list of departments kept
 * current.
 */
export async function startCases(config: CasesConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock, jobs, metrics, allowedHosts }) => {
      const department = await openDepartment({
        connection,
        logger,
        clock,
        allowedHosts,
        calendarOverrides: config.calendarOverrides,
        telephoneKey: config.telephoneKey,
        seedKey: config.seedKey,
      });
      for (const job of caseJobs({ ...department, clock, logger }, config.tickMinutes)) jobs.start(job);
      const { notices: box } = department.stores;
      jobs.start(purgeJob({ name: 'purge-notices', box, clock, days: config.noticeDays, logger }));
      jobs.start(fileSweepJob({ ...department, logger }));
      const register = departmentRegister({ config, connection, logger, clock, jobs });
      const keywords = keywordExtractor();
      const connectors = {
        ...department,
        connection,
        clock,
        logger,
        folder: config.connectorsFolder,
        targets: async () => Promise.resolve(department.connectorTargets({ register, keywords })),
      };
      const files = path.join(config.dataDir, 'connectors', config.name);
      await dropFormerRejects(files, connection, CASE_KIND);
      await startConnectors({ ...connectors, jobs, metrics, rejects: files });
      return {
        outbox: department.outbox,
        needs: { askedByReceivers: ASKED_BY_RECEIVERS },
        routes: await pushRoutes({
          ...connectors,
          environment: config.environment,
          spool: path.join(files, 'pushed'),
        }),
        loads: ['demo'],
        hears: { handle: heardEvents({ ...department, keywords, clock }) },
        context: contextFactory({
          ...department,
          corrections: rowCorrections(connectors),
          keywords,
          channelDesks: config.channelDesks,
          register,
          financialDepartments: config.financialDepartments,
          clock,
        }),
      };
    },
  });
}
