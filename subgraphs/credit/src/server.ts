import { readFileSync } from 'node:fs';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/department';
import { openRegister, registerListsStore } from '@zhitong/kit/graph';
import type { CreditConfig } from './config.js';
import { contextFactory } from './context.js';
import { startDailyWork } from './usecases/daily-work.js';
import { openDepartment } from './department.js';
import { eventsInbox } from './events-inbox.js';
import { creditRegister } from './graph/register.js';
import { resolvers } from './resolvers/index.js';

/** The department's public contract. */
export const typeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

/** Between two readings of what the city's departments are called: a new name is shown within a minute. */
const REGISTER_PAUSE_MS = 30_000;

/** Starts the credit department's process, with its daily work (seal, checkpoints, reminders), the names of departments kept current, and the inbox of other departments' events. */
export async function startCredit(config: CreditConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock, allowedHosts }) => {
      const { stores, commands, outbox } = await openDepartment({ connection, logger, clock, allowedHosts });
      const dailyWork = startDailyWork({ db: connection, stores, outbox, clock, logger });
      const inbox = await eventsInbox({ connection, stores, secrets: config.eventSecrets, logger, clock });
      const register = openRegister({ source: creditRegister(config, logger), store: registerListsStore(connection), clock, logger });
      const registerJob = register.keepFresh(REGISTER_PAUSE_MS);
      return {
        outbox,
        loads: ['demo'],
        routes: [inbox],
        context: contextFactory({ stores, commands, clock, ledgerOffice: config.ledgerOffice, register, financialDepartments: config.financialDepartments }),
        close: async () => {
          await Promise.all([dailyWork.stop(), registerJob.stop()]);
        },
      };
    },
  });
}
