// Watches the folder of a mapping in a process of its own, and ends itself by SIGKILL at one of its steps, as a machine
// that loses its power: the n-th time that a command goes to the database, or that a file is moved.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { createLogger } from '@zhitong/kit';
import { connectMongo } from '@zhitong/kit/mongo';
import { createOutbox } from '@zhitong/kit/outbox';

const [uri, database, mapping, killAt] = process.argv.slice(2);
let steps = 0;
const step = () => {
  steps += 1;
  if (steps === Number(killAt)) process.kill(process.pid, 'SIGKILL');
};
const { rename } = fs.promises;
fs.promises.rename = async (...args) => {
  step();
  await rename(...args);
  step();
};
syncBuiltinESMExports();
const { dropFolder } = await import('@zhitong/connect');

const connection = await connectMongo({ uri, database, monitorCommands: true });
const clock = { now: () => new Date() };
const logger = createLogger({ name: 'worker', level: 'silent' });
const outbox = createOutbox({ db: connection.db, source: 'urn:zhitong:harbour', logger, clock });
const text = (header) => ({
  type: { kind: 'text', longest: 100 },
  required: false,
  description: '',
  headers: [header],
});
/** Counts how often each berth was written. */
const target = {
  name: 'berth',
  key: ['number'],
  fields: { number: text('泊位'), name: text('名称') },
  land: async (rows, { session }) => {
    const landed = [];
    for (const { key, values } of rows) {
      if (values.name === 'bad') {
        landed.push({ kind: 'refused', field: 'name', reason: '名称不允许' });
        continue;
      }
      await connection
        .collection('berths')
        .updateOne({ _id: key }, { $set: { values }, $inc: { version: 1 } }, { upsert: true, session });
      await outbox.append([{ type: 'cn.zhitong.berth.changed', subject: key, data: { key } }], { session });
      landed.push({ kind: 'new', before: null });
    }
    return landed;
  },
};
const folder = await dropFolder(mapping, {
  connection,
  clock,
  logger,
  outbox,
  environment: {},
  targets: async () => [target],
});
connection.getClient().on('commandStarted', step);
await folder.round();
connection.getClient().off('commandStarted', step);
await connection.close();
process.stdout.write(`${String(steps)}\n`);
