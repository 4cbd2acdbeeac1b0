// The hub under measurement: the launcher that `npm start` runs, over a data folder and ports of its own.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { readDepartments } from '../../kit/dist/departments/index.js';
import { descendantsOf, pssMiB } from './processes.mjs';

export const ROOT = path.resolve(import.meta.dirname, '..', '..');
export const DATA_DIR = path.join(ROOT, 'bench', '.data');
export const DEPARTMENTS = readDepartments(path.join(ROOT, 'subgraphs')).map(({ name }) => name);
const READY = /直通 Zhitong is ready: (\S+)/;
const run = promisify(execFile);

/** So high that nobody reaches it, so that the limiter's own work is measured all the same. */
const REQUESTS_PER_MINUTE = '1000000000';

/** The object without some of its properties. */
export const without = (object, names) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

/** Ports that were free a moment ago. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** The commit whose code loaded the demo city into the data folder. */
const LOADED_BY = path.join(DATA_DIR, 'loaded-by');
/** What decides which documents a demo city has. */
const CITY_MAKERS = ['demo', 'launcher/src/demo', 'subgraphs', 'values'];

/**
 * Says so when the city was loaded by other code than that which is measured: what a department keeps of another, such
 * as facts by their version, may then never fit, and costs requests that no city of today costs.
 */
async function tellOfOldCity(tell) {
  const git = async (...args) => (await run('git', args, { cwd: ROOT })).stdout.trim();
  if (!existsSync(DATA_DIR)) {
    mkdirSync(DATA_DIR, { recursive: true });
    writeFileSync(LOADED_BY, await git('rev-parse', 'HEAD'));
    return;
  }
  const loadedBy = existsSync(LOADED_BY) ? readFileSync(LOADED_BY, 'utf8').trim() : undefined;
  const changed = loadedBy === undefined || (await git('diff', '--name-only', loadedBy, '--', ...CITY_MAKERS)) !== '';
  if (changed)
    tell('The departments have changed since the demo city was loaded. Delete bench/.data to load it anew.\n');
}

/** Transpiles the sources, so that what is measured is what is checked out. */
export async function buildProject() {
  await run(process.execPath, ['scripts/build.mjs'], { cwd: ROOT });
}

/**
 * Starts the hub; the first time it loads the demo city into the data folder, which takes minutes.
 * @param profiles folder for CPU profiles that SIGUSR2 starts and writes, see profiler.mjs.
 * @returns what the workloads need: addresses, keys, processes, and `secondsToReady`.
 */
export async function startHub({ tell = () => undefined, profiles } = {}) {
  await tellOfOldCity(tell);
  const [port, operationsPort, ...ports] = await freePorts(DEPARTMENTS.length + 2);
  const environment = {
    ...without(process.env, ['MONGODB_URI']),
    ZHITONG_DATA_DIR: DATA_DIR,
    PORT: String(port),
    GATEWAY_OPERATIONS_PORT: String(operationsPort),
    GATEWAY_RATE_LIMIT_PER_MINUTE: REQUESTS_PER_MINUTE,
    GATEWAY_LIMIT_IN_FLIGHT: '0',
    ...Object.fromEntries(DEPARTMENTS.map((name, at) => [`${name.toUpperCase()}_PORT`, String(ports[at])])),
    ...(profiles === undefined
      ? {}
      : {
          NODE_OPTIONS: `--import ${pathToFileURL(path.join(import.meta.dirname, 'profiler.mjs'))}`,
          BENCH_PROFILES: profiles,
        }),
  };
  const started = performance.now();
  const launcher = spawn(process.execPath, ['launcher/dist/start.js'], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => launcher.once('exit', resolve));
  process.once('exit', () => launcher.kill('SIGTERM'));
  const graph = await new Promise((resolve, reject) => {
    let output = '';
    const listen = (chunk) => {
      output += chunk;
      tell(String(chunk));
      const ready = READY.exec(output);
      if (ready !== null) resolve(ready[1]);
    };
    launcher.stdout.on('data', listen);
    launcher.stderr.on('data', listen);
    void ended.then((code) => reject(new Error(`The hub ended with code ${code} before it was ready:\n${output}`)));
  });
  const secondsToReady = (performance.now() - started) / 1000;
  const plain = without(environment, ['NODE_OPTIONS']);
  const token = (
    await run(process.execPath, ['launcher/dist/token-command.js', '--role', 'AUDITOR', '--ttl', '36000'], {
      cwd: ROOT,
      env: plain,
    })
  ).stdout.trim();

  return {
    graph,
    operations: `http://127.0.0.1:${operationsPort}`,
    secondsToReady,
    environment: plain,
    token,
    signingKeyFile: path.join(DATA_DIR, 'gateway', 'signing-keys.pem'),
    mongoUri: JSON.parse(readFileSync(path.join(DATA_DIR, 'mongo.json'), 'utf8')).uri,
    departmentUrls: Object.fromEntries(DEPARTMENTS.map((name, at) => [name, `http://127.0.0.1:${ports[at]}/graphql`])),
    /** Process ids by what they are: gateway, the departments, mongod, launcher. */
    processes: () => namedProcesses(launcher.pid),
    memory: () => memoryOf(launcher.pid),
    ask: asking(graph, token),
    stop: async () => {
      launcher.kill('SIGTERM');
      await ended;
    },
  };
}

/** Asks a graph as the token's caller; returns the data. @throws Error that holds the errors of the response */
export function asking(graph, token) {
  return async (query, variables) => {
    const response = await fetch(graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const answer = await response.json();
    if (answer.errors !== undefined)
      throw new Error(`The graph answered errors: ${JSON.stringify(answer.errors).slice(0, 800)}`);
    return answer.data;
  };
}

/**
 * The processes that one which starts a hub has begun, by what they are: gateway, the departments, mongod, and itself.
 */
export function namedProcesses(launcher) {
  const named = { launcher };
  for (const { pid, command } of descendantsOf(launcher)) {
    const name =
      ['gateway', ...DEPARTMENTS].find((one) => command.includes(`/${one}/dist/main.js`)) ??
      (command.includes('mongod ') ? 'mongod' : undefined);
    if (name !== undefined) named[name] = pid;
  }
  return named;
}

/** Memory of every process in MiB; `ours` is without MongoDB. */
function memoryOf(launcher) {
  const perProcess = Object.fromEntries(
    Object.entries(namedProcesses(launcher)).map(([name, pid]) => [name, pssMiB(pid)]),
  );
  const total = Object.values(perProcess).reduce((sum, one) => sum + one, 0);
  return { perProcess, ours: total - (perProcess.mongod ?? 0), withMongo: total };
}

/** Runs one command of a department's own command line and returns what it printed. */
export async function departmentCommand(hub, name, args, environment = {}) {
  return run(process.execPath, [`subgraphs/${name}/dist/cli.js`, ...args], {
    cwd: ROOT,
    env: { ...hub.environment, ZHITONG_GRAPH_URL: hub.graph, MONGODB_URI: hub.mongoUri, ...environment },
    maxBuffer: 64 * 1024 * 1024,
  });
}
