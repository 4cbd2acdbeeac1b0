import type { Connection } from 'mongoose';
import { systemClock, type Clock } from '../clock.js';
import type { SubgraphConfig } from '../config.js';
import { createLogger, type Logger } from '../logger.js';
import { connectMongo } from '../mongo/connect.js';
import { assertDeployment } from '../mongo/deployment.js';
import { openMongo } from '../mongo/open.js';

/** What a department's command works with. */
export interface CommandTools {
  readonly connection: Connection;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Hosts inside the city's own networks to which the outbox may send events. */
  readonly allowedHosts: readonly string[];
}

/**
 * Opens a department's database for one command: beside a running hub through its server, otherwise with a server of
 * its own. Closes what it opened when the work is done or has failed.
 */
export async function withDatabase<Result>(
  config: SubgraphConfig,
  work: (tools: CommandTools) => Promise<Result>,
): Promise<Result> {
  const mongo = await openMongo({ config, uri: config.mongoUri });
  try {
    if (mongo.origin === 'configured') await assertDeployment({ uri: mongo.uri, databases: [config.database] });
    const connection = await connectMongo({ uri: mongo.uri, database: config.database });
    try {
      return await work({
        connection,
        logger: createLogger({ name: config.name, level: config.logLevel }),
        clock: systemClock,
        allowedHosts: config.webhookAllowedHosts,
      });
    } finally {
      await connection.close();
    }
  } finally {
    await mongo.release();
  }
}
