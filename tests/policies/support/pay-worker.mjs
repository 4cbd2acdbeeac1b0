// Pays the approved grants of a policy in a process of its own, so that a test can kill it. Prints a line for each
// order.
import { createLogger } from '@zhitong/kit';
import { connectMongo } from '@zhitong/kit/mongo';
import { openDepartment } from '../../../subgraphs/policies/dist/service.js';

const [uri, database, policyId, day = '2026-11-30'] = process.argv.slice(2);
const clock = { now: () => new Date(`${day}T04:00:00Z`) };
const connection = await connectMongo({ uri, database });
const department = await openDepartment({
  connection,
  logger: createLogger({ name: 'worker', level: 'silent' }),
  clock,
  follow: false,
});
await department.grantCommands.payApproved({
  policyId,
  sub: 'worker',
  now: clock.now,
  paid: () => process.stdout.write('order\n'),
});
await department.shelf.close();
await connection.close();
