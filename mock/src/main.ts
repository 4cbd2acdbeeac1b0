import { readFileSync } from 'node:fs';
import path from 'node:path';
import { reasonOf, systemClock } from '@zhitong/kit';
import { dayInShanghai } from '@zhitong/values';
import { Command } from 'commander';
import { mockedSchema, startMock } from './mock-server.js';

interface Asked {
  readonly schema: string;
  readonly contract?: string;
  readonly seed: string;
  readonly date: string;
  readonly port: string;
}

const SUPERGRAPH = path.resolve(import.meta.dirname, '..', '..', 'gateway', 'supergraph.graphql');
const HIGHEST_PORT = 65_535;

const command = new Command('mock')
  .description('Answers the graph with plausible values when no hub is at hand. The same seed and day answer the same.')
  .option('--schema <file>', 'a composed graph, or plain SDL of GET /schema.graphql', SUPERGRAPH)
  .option('--contract <name>', 'answer a contract in place of the whole graph')
  .option('--seed <text>', 'another text answers otherwise', 'zhitong-1')
  .option('--date <day>', 'the day of the mock, YYYY-MM-DD', dayInShanghai(systemClock.now()))
  .option('--port <number>', 'where it listens on this machine', '4400')
  .action(async ({ schema, contract, seed, date, port }: Asked) => {
    try {
      const number = Number(port);
      if (!Number.isInteger(number) || number < 0 || number > HIGHEST_PORT)
        throw new RangeError(`--port is ${port}; a port is a number from 0 to ${HIGHEST_PORT}.`);
      const { url } = await startMock({
        schema: mockedSchema(readFileSync(schema, 'utf8'), contract),
        seed,
        today: date,
        port: number,
      });
      process.stdout.write(`The mock of ${contract ?? 'the graph'} answers at ${url}\n`);
    } catch (error) {
      process.stderr.write(`mock: ${reasonOf(error)}\n`);
      process.exitCode = 1;
    }
  });
await command.parseAsync();
