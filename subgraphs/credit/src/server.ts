import { readFileSync } from 'node:fs';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/department';
import type { CreditConfig } from './config.js';
import { contextFactory } from './context.js';
import { startDailyWork } from './daily-work.js';
import { openDepartment } from './department.js';
import { eventsInbox } from './events-inbox.js';
import { graphDepartments } from './graph/departments-source.js';
import { resolvers } from './resolvers/index.js';
import { departmentNames } from './usecases/department-names.js';

/** The department's public contract. */
export const typeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

/** Between two readings of what the city's departments are called: a new name is shown within a minute. */
const NAMES_PAUSE_MS = 30_000;

/** Starts the credit department's process, with its daily work (seal, checkpoints, reminders), the names of departments kept current, and the inbox of other departments' events. */
export async function startCredit(config: CreditConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock }) => {
      const { stores, commands, outbox } = await openDepartment({ connection, logger, clock });
      const dailyWork = startDailyWork({ db: connection, stores, outbox, clock, logger });
      const inbox = await eventsInbox({ connection, stores, secrets: config.eventSecrets, logger, clock });
      const departments = departmentNames({ stores, source: graphDepartments(config), clock, logger });
      const naming = departments.keepFresh(NAMES_PAUSE_MS);
      return {
        outbox,
        loads: ['demo'],
        routes: [inbox],
        context: contextFactory({ stores, commands, clock, ledgerOffice: config.ledgerOffice, departments }),
        close: async () => {
          await Promise.all([dailyWork.stop(), naming.stop()]);
        },
      };
    },
  });
}
