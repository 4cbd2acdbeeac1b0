import { createLogger, systemClock } from '@zhitong/kit';
import { departmentCli, runCli } from '@zhitong/kit/cli';
import { connectMongo, openMongo } from '@zhitong/kit/mongo';
import type { Connection } from 'mongoose';
import { creditConfig } from './config.js';
import { demoLoad } from './demo/demo-load.js';
import { openDepartment, type OpenDepartment } from './department.js';

/** Opens the department beside a running hub or on its own, does the work and closes again. */
async function withDepartment(work: (department: OpenDepartment & { connection: Connection }) => Promise<void>): Promise<void> {
  const config = creditConfig();
  const mongo = await openMongo({ config, uri: config.mongoUri });
  const connection = await connectMongo({ uri: mongo.uri, database: config.database });
  try {
    await work({ connection, ...(await openDepartment({ connection, logger: createLogger({ name: config.name, level: config.logLevel }), clock: systemClock })) });
  } finally {
    await connection.close();
    await mongo.release();
  }
}

const program = departmentCli('credit', 'Commands of the credit department: the ledger of commitments, arrears, enterprise credit.');
program
  .command('demo-load')
  .description("loads the demo city's credit once; does nothing when it is there")
  .option('--enterprises <number>', 'how many market entities', '27851')
  .option('--date <YYYY-MM-DD>', 'day on which the demo city stands (default: today)')
  .action(async (options: { enterprises: string; date?: string }) => withDepartment(async (department) => demoLoad({ ...department, options, clock: systemClock })));
await runCli(program);
