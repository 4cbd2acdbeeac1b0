// A process of its own that carries out rounds of ledger commands, those of a round at the same time, and says which
// are done; the test kills it at will. It waits for the number of the round to begin with on its standard input.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { createLogger } from '@zhitong/kit';
import { connectMongo } from '@zhitong/kit/mongo';
import { openDepartment } from '../../../subgraphs/credit/dist/service.js';

const [uri, database, file] = process.argv.slice(2);
const rounds = JSON.parse(readFileSync(file, 'utf8'));
let instant = new Date(0);
const connection = await connectMongo({ uri, database });
const { commands } = await openDepartment({
  connection,
  logger: createLogger({ name: 'worker', level: 'silent' }),
  clock: { now: () => instant },
});
const begin = Number(await text(process.stdin));
let index = 0;
for (const [number, round] of rounds.entries()) {
  const first = index;
  index += round.length;
  if (number < begin) continue;
  instant = new Date(round[0]?.at ?? 0);
  await Promise.all(
    round.map(async ({ commitmentId, command }, place) => {
      const { refusal } = await commands.onCommitment(
        {
          idempotencyKey: `operation-${first + place}`,
          actor: { sub: 'officer', roles: ['OFFICER'] },
          commitmentId,
          expectedVersion: null,
          mayWriteFor: () => true,
        },
        command,
      );
      process.stdout.write(`${first + place} ${refusal?.details?.reason ?? refusal?.code ?? 'ok'}\n`);
    }),
  );
}
await connection.close();
