// Starts the systems that the hub is measured against, each a process of its own over the same departments and
// database.
import { fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { childrenOf } from './processes.mjs';
import { DEPARTMENTS, freePorts, ROOT, without } from './hub.mjs';

const HERE = path.join(ROOT, 'bench', 'contenders');
const HIVE = path.join(ROOT, 'bench', 'node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js');
const START_MS = 60_000;

/** The committed supergraph with the addresses of the hub that runs, in a file. */
export function supergraphOf(hub) {
  let sdl = readFileSync(path.join(ROOT, 'gateway', 'supergraph.graphql'), 'utf8');
  for (const name of DEPARTMENTS)
    sdl = sdl.replace(new RegExp(`(@join__graph\\(name: "${name}", url: ")[^"]*`), `$1${hub.departmentUrls[name]}`);
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'zhitong-bench-')), 'supergraph.graphql');
  writeFileSync(file, sdl);
  return file;
}

/** The processes behind every gateway: the departments and MongoDB. */
const shared = (hub) => without(hub.processes(), ['launcher', 'gateway']);

/** The hub itself as a contender. */
export const ours = (hub) => ({
  name: 'ours',
  url: hub.graph,
  headers: { authorization: `Bearer ${hub.token}` },
  processes: () => ({ gateway: hub.processes().gateway, ...shared(hub) }),
  stop: () => undefined,
});

/** One of the modules in contenders/. */
export async function startModule(hub, name, { supergraph = '', file = name } = {}) {
  const child = fork(path.join(HERE, `${file}.mjs`), {
    env: { ...peerEnvironment(hub), BENCH_SUPERGRAPH: supergraph, BENCH_CONTENDER: name },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const url = await new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message.url));
    child.once('exit', (code) => reject(new Error(`${name} ended with code ${code} before it was ready.`)));
  });
  const behind = file === 'floor' ? () => ({ mongod: hub.processes().mongod }) : () => shared(hub);
  return {
    name,
    url,
    headers: {},
    processes: () => ({ gateway: child.pid, ...behind() }),
    stop: () => child.disconnect(),
  };
}

/** Hive Gateway by its own command, with the JavaScript planner or the Rust one. */
export async function startHive(hub, planner, { supergraph }) {
  const name = `hive-${planner}`;
  const [port] = await freePorts(1);
  const child = spawn(
    process.execPath,
    [
      HIVE,
      'supergraph',
      '--config-path',
      path.join(HERE, 'hive-gateway.config.mjs'),
      '--port',
      String(port),
      '--host',
      '127.0.0.1',
      '--fork',
      '1',
    ],
    {
      cwd: path.join(ROOT, 'bench'),
      env: { ...peerEnvironment(hub), BENCH_SUPERGRAPH: supergraph, BENCH_PLANNER: planner },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  process.once('exit', () => child.kill('SIGTERM'));
  const url = `http://127.0.0.1:${port}/graphql`;
  const giveUp = performance.now() + START_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null || performance.now() > giveUp) {
      child.kill('SIGTERM');
      throw new Error(`${name} did not start: ${said.slice(-2_000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const workers = childrenOf(child.pid).map(({ pid }) => pid);
  return {
    name,
    url,
    headers: {},
    processes: () => ({ gateway: workers[0] ?? child.pid, ...shared(hub) }),
    stop: () => child.kill('SIGTERM'),
  };
}

async function answers(url) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{__typename}"}',
    });
    return response.ok;
  } catch {
    return false;
  }
}

/** Peers run as their makers advise for production; ours runs as `npm start` runs it. */
const peerEnvironment = (hub) => ({
  ...hub.environment,
  NODE_ENV: 'production',
  APOLLO_TELEMETRY_DISABLED: '1',
  MONGODB_URI: hub.mongoUri,
  GATEWAY_SIGNING_KEY_FILE: hub.signingKeyFile,
});
