import { readFileSync } from 'node:fs';
import type { RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/department';
import type { CreditConfig } from './config.js';
import { contextFactory } from './context.js';
import { startDailySeal } from './daily-seal.js';
import { openDepartment } from './department.js';
import { resolvers } from './resolvers/index.js';

/** The department's public contract. */
export const typeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

/** Starts the credit department's process, with the daily seal of its ledger. */
export async function startCredit(config: CreditConfig): Promise<RunningSubgraph> {
  return startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection, logger, clock }) => {
      const { stores, commands, outbox } = await openDepartment({ connection, logger, clock });
      const dailySeal = startDailySeal({ stores, clock, logger });
      return { outbox, context: contextFactory({ stores, commands, clock, ledgerOffice: config.ledgerOffice }), close: async () => dailySeal.stop() };
    },
  });
}
