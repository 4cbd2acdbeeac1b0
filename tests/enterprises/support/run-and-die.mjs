// Runs a connector over the built department as a process of its own, and kills it at a command to MongoDB, as `kill
// -9` would.
// Arguments: MongoDB's address, the database, a file with the rows (JSON), and the number of the command at which it
// dies (0: never).
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { connectMongo } from '@zhitong/kit/mongo';
import { createLogger, systemClock } from '@zhitong/kit';
import { runSource } from '@zhitong/connect';
import { openDepartment } from '../../../subgraphs/enterprises/dist/service.js';

const [uri, database, file, dieAt] = process.argv.slice(2);
const text = await readFile(file, 'utf8');
const rows = JSON.parse(text);
const logger = createLogger({ name: 'child', level: 'silent' });
const connection = await connectMongo({ uri, database, monitorCommands: true });
const department = await openDepartment({ connection, logger, clock: systemClock });
const target = (await department.connectorTargets()).find(({ name }) => name === 'enterprise');

let commands = 0;
connection.getClient().on('commandStarted', () => {
  commands += 1;
  if (commands === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
});

const source = {
  open: async ({ after }) => ({
    header: { columns: Object.keys(rows[0]), notes: [], digest: createHash('sha256').update(text).digest('hex') },
    records: (async function* () {
      const from = after?.row ?? 0;
      for (let at = from; at < rows.length; at += 50)
        yield rows.slice(at, at + 50).map((values, index) => ({
          place: { source: 'register.csv', line: at + index + 2 },
          cells: new Map(Object.entries(values).map(([header, value]) => [header, { kind: 'text', text: value }])),
          position: { row: at + index + 1 },
        }));
    })(),
    [Symbol.asyncDispose]: async () => undefined,
  }),
};
const { run } = await runSource({
  connection,
  source,
  map: ({ cells, place }) => {
    const values = Object.fromEntries([...cells].map(([header, cell]) => [header, cell.text]));
    return { kind: 'row', row: { key: values.uscc, values, columns: {}, place } };
  },
  target,
  settings: {
    source: 'register',
    department: 'SCJGJ',
    mappingDigest: 'm',
    precedence: 1,
    personalColumns: new Set(),
    isIncremental: false,
    sweep: null,
    keeper: null,
    schedule: null,
    silentAfterHours: null,
  },
  clock: systemClock,
  outbox: department.outbox,
  logger,
  batchSize: 40,
});
process.stdout.write(JSON.stringify({ state: run.state, counts: run.counts, resumed: run.resumed, commands }));
await connection.close();
