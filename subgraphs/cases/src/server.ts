import { readFileSync } from 'node:fs';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/department';
import { openRegister, registerListsStore } from '@zhitong/kit/graph';
import type { CasesConfig } from './config.js';
import { contextFactory } from './context.js';
import { openDepartment } from './department.js';
import { casesRegister } from './graph/register.js';
import { keywordExtractor } from './memory/keywords.js';
import { resolvers } from './resolvers/index.js';
import { runEvery, tick } from './usecases/overdue-job.js';

/** The department's public contract. */
export const typeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

/** Between two readings of the city's departments: a new name is shown within a minute. A code that is not among them is looked up at once. */
const REGISTER_PAUSE_MS = 30_000;

/** Starts the cases department's process, with the job that escalates what is overdue and the list of departments kept current. */
export async function startCases(config: CasesConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock, allowedHosts }) => {
      const department = await openDepartment({ connection, logger, clock, allowedHosts, calendarOverrides: config.calendarOverrides });
      const overdueJob = runEvery(config.tickMinutes, async () => tick({ ...department, clock }), logger);
      const register = openRegister({ source: casesRegister(config, logger), store: registerListsStore(connection), clock, logger });
      const registerJob = register.keepFresh(REGISTER_PAUSE_MS);
      return {
        outbox: department.outbox,
        loads: ['demo'],
        context: contextFactory({ ...department, keywords: keywordExtractor(), register, financialDepartments: config.financialDepartments, clock }),
        close: async () => {
          await Promise.all([overdueJob.stop(), registerJob.stop()]);
        },
      };
    },
  });
}
