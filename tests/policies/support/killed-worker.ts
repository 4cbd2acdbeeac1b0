import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from '@zhitong/kit/testing';

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
  const file = fileURLToPath(new URL(`./${worker}`, import.meta.url));
  const child = spawn(
    process.execPath,
    [file, `${uri}${uri.includes('?') ? '&' : '?'}appName=${name}`, name, ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let lines = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    lines += chunk.toString().split('\n').length - 1;
    if (lines >= after) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.once('exit', resolve));
  await endOrphanedTransactions(database);
}

/** Does at once what the server does by itself a minute after a client has died: it aborts its open transaction. */
export async function endOrphanedTransactions({ connection, name }: TestDatabase): Promise<void> {
  const admin = connection.getClient().db('admin');
  const open = await admin
    .aggregate<{ lsid: { id: unknown } }>([
      { $currentOp: { allUsers: true, idleSessions: true } },
      { $match: { type: 'idleSession', 'clientMetadata.application.name': name } },
    ])
    .toArray();
  if (open.length > 0) await admin.command({ killSessions: open.map(({ lsid }) => ({ id: lsid.id })) });
}
