import { execFile, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../support/free-ports.js';

/** Debian has the server where the path of an ordinary user does not lead. */
const FOLDERS = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin'];

/** Where a MariaDB server is installed (in Debian by `mariadb-server-core`); undefined where none is. */
export const mariadbServer = FOLDERS.map((folder) => path.join(folder, 'mariadbd')).find((file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
});

/** A MariaDB server of its own, with the database `tax` and a user for it. */
export interface TestMariadb {
  readonly url: string;
  stop(): Promise<void>;
}

/** As root it must be told that it may run as root. */
const USER = process.getuid?.() === 0 ? ['--user=root'] : [];

/** Starts the server over a data folder of its own. */
export async function startMariadb(server: string): Promise<TestMariadb> {
  const base = path.dirname(path.dirname(server));
  const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-maria-'));
  const data = path.join(folder, 'data');
  const own = ['--no-defaults', `--basedir=${base}`, `--datadir=${data}`, ...USER];
  await promisify(execFile)(path.join(base, 'bin', 'mariadb-install-db'), [
    ...own,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ]);
  const begin = path.join(folder, 'begin.sql');
  writeFileSync(
    begin,
    "create database tax character set utf8mb4;\ncreate user 'reader'@'127.0.0.1' identified by 's3cret:/';\ngrant all on tax.* to 'reader'@'127.0.0.1';\n",
  );
  const port = await freePort();
  const child = spawn(
    server,
    [
      ...own,
      `--port=${String(port)}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      `--socket=${path.join(folder, 'socket')}`,
      `--pid-file=${path.join(folder, 'pid')}`,
      `--init-file=${begin}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await new Promise<void>((resolve, reject) => {
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      if (told.includes('ready for connections')) resolve();
    });
    child.once('exit', () => {
      reject(new Error(`MariaDB did not start: ${told}`));
    });
  });
  return {
    url: `mysql://reader:${encodeURIComponent('s3cret:/')}@127.0.0.1:${String(port)}/tax`,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
