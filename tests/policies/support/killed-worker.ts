import { spawn } from 'node:child_process';
import type { TestDatabase } from '@zhitong/kit/testing';
import { addressFor, endOpenTransactions } from '../../support/open-transactions.js';
import { program } from '../../support/programs.js';

let workers = 0;

/**
 * Runs a worker of this folder against a test's database in a process of its own, and kills it after so many lines of
 * its output, wherever it is then; `Infinity` lets it come to its end. Resolves when it is gone and holds no
 * transaction any more.
 */
export async function runAndKill({
  worker,
  database,
  args = [],
  after,
}: {
  worker: string;
  database: TestDatabase;
  args?: readonly string[];
  after: number;
}): Promise<void> {
  const { uri, name } = database;
  // Of its own, for the end of one must not reach into the transactions of another that is still at work.
  workers += 1;
  const application = `${name}-${String(workers)}`;
  const file = program(`tests/policies/support/${worker}`);
  const child = spawn(process.execPath, [file, addressFor(uri, application), name, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let lines = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    lines += chunk.toString().split('\n').length - 1;
    if (lines >= after) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.once('exit', resolve));
  await endOpenTransactions(database.connection, application);
}
