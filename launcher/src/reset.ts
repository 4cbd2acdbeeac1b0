import { forgetPlaygroundNote } from '@zhitong/gateway';
import { connectMongo, openMongo } from '@zhitong/kit/mongo';
import { hubConfig, type HubConfig } from './config.js';
import { takeHubLock } from './hub-lock.js';

/**
 * Forgets everything that the hub holds, so that the next `npm start` loads the demo city afresh: all departments'
 * databases, wherever they are. Keys stay.
 */
async function reset(config: HubConfig): Promise<void> {
  if (config.kit.mode === 'production')
    throw new Error("The demo city is not reset in production mode: it would empty the departments' databases.");
  const lock = await takeHubLock(config.kit.dataDir, `process ${process.pid}, resetting the demo city`);
  try {
    forgetPlaygroundNote(config.kit.dataDir);
    const shared = config.departments.some(({ mongoUri }) => mongoUri === undefined)
      ? await openMongo({ config: config.kit })
      : undefined;
    try {
      for (const { database, mongoUri } of config.departments)
        await dropDatabase(mongoUri ?? shared?.uri ?? '', database);
    } finally {
      await shared?.release();
    }
  } finally {
    lock.release();
  }
}

async function dropDatabase(uri: string, database: string): Promise<void> {
  const connection = await connectMongo({ uri, database });
  try {
    await connection.dropDatabase();
  } finally {
    await connection.close();
  }
}

try {
  await reset(hubConfig());
  process.stdout.write('The demo city is gone. npm start loads it again.\n');
} catch (error) {
  process.stderr.write(`demo:reset: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
