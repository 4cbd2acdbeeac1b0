// Handles cases in a process of its own, one command after another, and says which are done. Told a place in its
// writes, it ends itself there by SIGKILL, as a machine that loses its power: at a command to the database that was
// sent or answered.
// A case's number comes from the repeat of its submission, so a process that goes on after a kill needs to be told
// nothing.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { createLogger } from '@zhitong/kit';
import { connectMongo } from '@zhitong/kit/mongo';
import { openDepartment } from '../../../subgraphs/cases/dist/service.js';

const [uri, database, file, start, killAt] = process.argv.slice(2);
const { submission, operations } = JSON.parse(readFileSync(file, 'utf8'));
const connection = await connectMongo({ uri, database, monitorCommands: true });
const { commands } = await openDepartment({
  connection,
  logger: createLogger({ name: 'worker', level: 'silent' }),
  clock: { now: () => new Date('2026-03-16T04:00:00.000Z') },
  telephoneKey: 'a key of this test, and of nobody else',
  seedKey: 'a key of these tests, and of no department',
});

let current = -1;
const kill = JSON.parse(killAt);
const places = new Map();
const client = connection.getClient();
const passed = (when, place) => {
  if (kill !== null && current === kill.operation && when === kill.when && place === kill.place)
    process.kill(process.pid, 'SIGKILL');
};
client.on('commandStarted', ({ requestId, commandName, command }) => {
  const on = command[commandName];
  places.set(requestId, typeof on === 'string' ? `${commandName} ${on}` : commandName);
  passed('sent', places.get(requestId));
});
client.on('commandSucceeded', ({ requestId }) => passed('answered', places.get(requestId)));

const submit = async (place) =>
  commands.submit({ ...submission, idempotencyKey: `submission-${place}`, request: place });
for (const [index, { place, actor, expectedVersion, change }] of operations.entries()) {
  if (index < Number(start)) continue;
  if (change === null) current = index;
  const { result: caseNumber } = await submit(place);
  current = index;
  const outcome =
    change === null
      ? { kind: 'done' }
      : await commands.change({
          name: change.type,
          idempotencyKey: `operation-${index}`,
          request: index,
          actor,
          caseNumber,
          expectedVersion,
          decide: () => [{ change }],
        });
  process.stdout.write(`${index} ${outcome.kind} ${caseNumber}\n`);
}
await connection.close();
