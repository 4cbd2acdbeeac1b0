// Tells subscribers of policies in a process of its own, so that a test can kill it. Prints a line for each batch.
import { createLogger } from '@zhitong/kit';
import { connectMongo } from '@zhitong/kit/mongo';
import { openDepartment } from '../../../subgraphs/policies/dist/service.js';
import { tellSubscribers } from '../../../subgraphs/policies/dist/usecases/tell-subscribers.js';

const [uri, database] = process.argv.slice(2);
const clock = { now: () => new Date('2026-11-20T05:00:00Z') };
const connection = await connectMongo({ uri, database });
const department = await openDepartment({
  connection,
  logger: createLogger({ name: 'worker', level: 'silent' }),
  clock,
  follow: false,
});
await tellSubscribers({ ...department, progress: () => process.stdout.write('batch\n') });
await department.shelf.close();
await connection.close();
