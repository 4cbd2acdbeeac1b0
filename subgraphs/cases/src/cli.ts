import { createLogger, systemClock } from '@zhitong/kit';
import { departmentCli, runCli } from '@zhitong/kit/cli';
import { connectMongo, openMongo } from '@zhitong/kit/mongo';
import type { Connection } from 'mongoose';
import { casesConfig } from './config.js';
import { demoLoad } from './demo/demo-load.js';
import { openDepartment, type OpenDepartment } from './department.js';

/** Opens the department beside a running hub or on its own, does the work and closes again. */
async function withDepartment(work: (department: OpenDepartment & { connection: Connection }) => Promise<void>): Promise<void> {
  const config = casesConfig();
  const mongo = await openMongo({ config, uri: config.mongoUri });
  const connection = await connectMongo({ uri: mongo.uri, database: config.database });
  try {
    const logger = createLogger({ name: config.name, level: config.logLevel });
    await work({ connection, ...(await openDepartment({ connection, logger, clock: systemClock, calendarOverrides: config.calendarOverrides })) });
  } finally {
    await connection.close();
    await mongo.release();
  }
}

const program = departmentCli('cases', 'Commands of the cases department (appeals office).');
program
  .command('demo-load')
  .description("loads the demo city's cases once; does nothing when they are there")
  .option('--enterprises <number>', 'how many market entities the demo city has', '27851')
  .option('--date <YYYY-MM-DD>', 'day on which the demo city stands (default: today)')
  .action(async (options: { enterprises: string; date?: string }) => withDepartment(async (department) => demoLoad({ ...department, options, clock: systemClock })));
await runCli(program);
