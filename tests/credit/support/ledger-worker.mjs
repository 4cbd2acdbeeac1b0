// A process of its own that carries out ledger commands one after another and says which are done; the test kills it at will.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { createLogger } from '@zhitong/kit';
import { connectMongo } from '@zhitong/kit/mongo';
import { openDepartment } from '../../../subgraphs/credit/dist/department.js';

const [uri, database, file, start] = process.argv.slice(2);
const operations = JSON.parse(readFileSync(file, 'utf8'));
let instant = new Date(0);
const connection = await connectMongo({ uri, database });
const { commands } = await openDepartment({ connection, logger: createLogger({ name: 'worker', level: 'silent' }), clock: { now: () => instant } });
for (const [index, { commitmentId, command, at }] of operations.entries()) {
  if (index < Number(start)) continue;
  instant = new Date(at);
  const { refusal } = await commands.onCommitment({ idempotencyKey: `operation-${index}`, sub: 'officer', commitmentId, expectedVersion: null, mayWriteFor: () => true }, command);
  process.stdout.write(`${index} ${refusal?.details?.reason ?? refusal?.code ?? 'ok'}\n`);
}
await connection.close();
