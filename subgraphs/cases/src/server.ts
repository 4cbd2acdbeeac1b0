import { readFileSync } from 'node:fs';
import { createLogger, startSubgraph, systemClock, type RunningSubgraph } from '@zhitong/kit';
import { connectMongo, openMongo } from '@zhitong/kit/mongo';
import type { CasesConfig } from './config.js';
import { contextFactory } from './context.js';
import { openDepartment } from './department.js';
import { keywordExtractor } from './keywords.js';
import { resolvers } from './resolvers/index.js';
import { runEvery, tick } from './usecases/overdue-job.js';

/** The department's public contract. */
export const typeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

/** Starts the cases department: database, outbox, graph. `stop` finishes what is in flight and closes everything. */
export async function startCases(config: CasesConfig): Promise<RunningSubgraph> {
  const logger = createLogger({ name: config.name, level: config.logLevel });
  const mongo = await openMongo({ config, uri: config.mongoUri });
  const connection = await connectMongo({ uri: mongo.uri, database: config.database });
  const department = await openDepartment({ connection, logger, clock: systemClock, calendarOverrides: config.calendarOverrides });
  const dispatcher = department.outbox.dispatcher();
  const server = await startSubgraph({
    config,
    typeDefs,
    resolvers,
    logger,
    context: contextFactory({ ...department, keywords: keywordExtractor(), clock: systemClock }),
    ready: async () => (await connection.db?.command({ ping: 1 }))?.['ok'] === 1,
  });
  const overdueJob = runEvery(config.tickMinutes, async () => tick({ ...department, clock: systemClock }), logger);
  return {
    ...server,
    stop: async () => {
      await server.stop();
      await overdueJob.stop();
      await dispatcher.stop();
      await connection.close();
      await mongo.release();
    },
  };
}
