import { readFileSync } from 'node:fs';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/department';
import type { CasesConfig } from './config.js';
import { contextFactory } from './context.js';
import { openDepartment } from './department.js';
import { keywordExtractor } from './keywords.js';
import { resolvers } from './resolvers/index.js';
import { runEvery, tick } from './usecases/overdue-job.js';

/** The department's public contract. */
export const typeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

/** Starts the cases department's process, with the job that escalates what is overdue. */
export async function startCases(config: CasesConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock }) => {
      const department = await openDepartment({ connection, logger, clock, calendarOverrides: config.calendarOverrides });
      const overdueJob = runEvery(config.tickMinutes, async () => tick({ ...department, clock }), logger);
      return { outbox: department.outbox, context: contextFactory({ ...department, keywords: keywordExtractor(), clock }), close: async () => overdueJob.stop() };
    },
  });
}
