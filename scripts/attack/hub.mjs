// A small hub of the attack's own, in a folder and on ports of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readDepartments } from '../../kit/dist/departments/index.js';
import { ROOT } from './target.mjs';

const NAMES = readDepartments(path.join(ROOT, 'subgraphs')).map(({ name }) => name);
const READY = /直通 Zhitong is ready: (\S+)/;

/** Starts it and returns its addresses; `stop` ends it and removes what it stored. */
export async function startOwnHub(tell) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'zhitong-attack-'));
  const [port, operations, ...ports] = await freePorts(NAMES.length + 2);
  const env = {
    ...process.env,
    MONGODB_URI: '',
    ZHITONG_DATA_DIR: dataDir,
    ZHITONG_DEMO_ENTERPRISES: '400',
    PORT: String(port),
    GATEWAY_OPERATIONS_PORT: String(operations),
    ...Object.fromEntries(NAMES.map((name, at) => [`${name.toUpperCase()}_PORT`, String(ports[at])])),
  };
  const launcher = spawn(process.execPath, [path.join('launcher', 'dist', 'start.js')], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => launcher.once('exit', resolve));
  let output = '';
  const graph = await new Promise((resolve, reject) => {
    const listen = (chunk) => {
      output += String(chunk);
      const ready = READY.exec(output)?.[1];
      if (ready !== undefined) resolve(ready);
    };
    launcher.stdout.on('data', listen);
    launcher.stderr.on('data', listen);
    void ended.then((code) => reject(new Error(`The hub ended with code ${code} before it was ready:\n${output}`)));
  });
  tell(`A hub of the attack's own runs at ${graph}.`);
  return {
    graph,
    dataDir,
    operations: `http://127.0.0.1:${operations}`,
    departments: Object.fromEntries(NAMES.map((name, at) => [name, `http://127.0.0.1:${ports[at]}/graphql`])),
    stop: async () => {
      launcher.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve) => {
          const server = createServer();
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
