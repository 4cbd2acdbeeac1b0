import { readFileSync } from 'node:fs';
import { createLogger, startSubgraph, systemClock, type RunningSubgraph } from '@zhitong/kit';
import { connectMongo, openMongo } from '@zhitong/kit/mongo';
import type { CreditConfig } from './config.js';
import { contextFactory } from './context.js';
import { openDepartment } from './department.js';
import { startDailySeal } from './daily-seal.js';
import { resolvers } from './resolvers/index.js';

/** The department's public contract. */
export const typeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

/** Starts the credit department: database, outbox, graph. `stop` finishes what is in flight and closes everything. */
export async function startCredit(config: CreditConfig): Promise<RunningSubgraph> {
  const logger = createLogger({ name: config.name, level: config.logLevel });
  const mongo = await openMongo({ config, uri: config.mongoUri });
  const connection = await connectMongo({ uri: mongo.uri, database: config.database });
  const { stores, commands, outbox } = await openDepartment({ connection, logger, clock: systemClock });
  const dispatcher = outbox.dispatcher();
  const dailySeal = startDailySeal({ stores, clock: systemClock, logger });
  const server = await startSubgraph({
    config,
    typeDefs,
    resolvers,
    logger,
    context: contextFactory({ stores, commands, clock: systemClock, ledgerOffice: config.ledgerOffice }),
    ready: async () => (await connection.db?.command({ ping: 1 }))?.['ok'] === 1,
  });
  return {
    ...server,
    stop: async () => {
      await server.stop();
      await dailySeal.stop();
      await dispatcher.stop();
      await connection.close();
      await mongo.release();
    },
  };
}
