import { readFileSync } from 'node:fs';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/department';
import { departmentRegister } from '@zhitong/kit/graph';
import type { CreditConfig } from './config.js';
import { contextFactory } from './context.js';
import { dailyWork } from './daily-work.js';
import { openDepartment } from './department.js';
import { eventsInbox } from './events-inbox.js';
import { resolvers } from './resolvers/index.js';

/** The department's public contract. */
export const typeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

/** Starts the credit department's process, with its daily work (seal, checkpoints, reminders), the names of departments kept current, and the inbox of other departments' events. */
export async function startCredit(config: CreditConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock, jobs, allowedHosts }) => {
      const { stores, commands, outbox } = await openDepartment({ connection, logger, clock, allowedHosts });
      for (const job of dailyWork({ db: connection, stores, outbox, clock, logger })) jobs.start(job);
      const inbox = await eventsInbox({ connection, stores, secrets: config.eventSecrets, logger, clock });
      const register = departmentRegister({ config, connection, logger, clock, jobs });
      return {
        outbox,
        loads: ['demo'],
        routes: [inbox],
        context: contextFactory({ stores, commands, clock, ledgerOffice: config.ledgerOffice, register, financialDepartments: config.financialDepartments }),
      };
    },
  });
}
