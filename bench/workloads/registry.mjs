// The schema registry: a check of today's schemas and of 10,000 types, what counting uses costs a gateway, and what a
// request notices of a switch to another supergraph. The departments are made up, see made-up-departments.mjs; gateway,
// registry and MongoDB are the real ones, and run as the launcher starts them.
import { fork, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { composeSupergraph } from '../../gateway/dist/supergraph/compose.js';
import { ensureKeyFiles, hubKeyFiles } from '../../gateway/dist/identity/gateway-key-files.js';
import { kitConfig } from '../../kit/dist/index.js';
import { connectMongo, openMongo } from '../../kit/dist/mongo/index.js';
import { runtimeVariables } from '../../launcher/dist/child-environment.js';
import { filedProposals } from '../../registry/dist/commands/department-files.js';
import { composeThreads } from '../../registry/dist/composition/compose-apart.js';
import { openRegistry } from '../../registry/dist/service.js';
import { freePorts, ROOT, without } from '../harness/hub.mjs';
import { startLoad } from '../harness/load.mjs';
import { cpuMs } from '../harness/processes.mjs';
import { shareOf } from '../harness/profile-share.mjs';
import { ratioSpread, spread } from '../harness/statistics.mjs';

const ADMIN = { sub: 'bench', roles: ['ADMIN'] };
const SAYING = { reason: 'Measured.' };
const TYPES = 10_000;
/** So that the large schema has five megabytes. */
const WORDS = '说明文字'.repeat(36);
const WARM_MS = 20_000;
/** A profile is written whole within this time. */
const WRITTEN_MS = 2_000;
/** A switch is looked for in the gateway's figures so often. */
const LOOK_MS = 100;
const SWITCH_WITHIN_MS = 60_000;
/** What requests notice of a switch: of a gateway near its limit, and of one that has something to spare. */
const SWITCH_LOADS = { busy: { connections: 4 }, spare: { connections: 4, everyMs: 80 } };
const OPERATION = readFileSync(path.join(ROOT, 'docs', 'operations', 'enterprise-overview.graphql'), 'utf8');

/** Measures all four. */
export async function measureRegistry({ rounds, seconds, tell }) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'zhitong-bench-registry-'));
  ensureKeyFiles(hubKeyFiles(dataDir));
  const mongo = await openMongo({ config: { ...kitConfig({}), dataDir } });
  const departments = await startDepartments();
  try {
    const world = { dataDir, uri: mongo.uri, urls: departments.urls, rounds, seconds, tell };
    return {
      checks: await measureChecks(world),
      large: await measureLarge(world),
      ...(await withGateways(world, async (gateways) => ({
        usage: await measureUsage(gateways, world),
        switching: await measureSwitches(gateways.following, world),
      }))),
    };
  } finally {
    departments.stop();
    await mongo.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const timed = async (work) => {
  const started = performance.now();
  const result = await work();
  return { seconds: (performance.now() - started) / 1000, result };
};

const partsOf = ({ urls }) => filedProposals().map((part) => ({ ...part, url: urls[part.department] }));

/** A registry of its own; `work` gets it and its connection. */
async function withRegistry({ uri }, database, work) {
  const connection = await connectMongo({ uri, database });
  try {
    // As the service opens it.
    const { compose } = composeThreads({ isAhead: true });
    return await work(await openRegistry({ connection, compose }), connection);
  } finally {
    await connection.close();
  }
}

/** The department's schema with one field more. */
const noted = (part, note) => ({
  ...part,
  sdl: part.sdl.replace(
    /type Query\b[^{]*\{/,
    (head) => `${head}\n  "Measured." bench${note}: Int @tag(name: "public")`,
  ),
});

/** A check of a changed schema of one department among today's, in the registry and by its command. */
async function measureChecks(world) {
  const file = path.join(world.dataDir, 'cases.graphql');
  return withRegistry(world, 'zhitong_registry', async (registry) => {
    const parts = partsOf(world);
    await registry.begin(ADMIN, parts, SAYING);
    const cases = parts.find(({ department }) => department === 'cases');
    const taken = { service: [], command: [] };
    for (let round = 1; round <= world.rounds; round += 1) {
      const proposal = noted(cases, round);
      const { seconds, result } = await timed(() => registry.check(ADMIN, proposal));
      if (!result.ok) throw new Error(result.faults.map(({ message }) => message).join('\n'));
      taken.service.push(seconds);
      writeFileSync(file, proposal.sdl);
      taken.command.push(await checkCommand(world, file, proposal.url));
      world.tell(`  check: ${seconds.toFixed(2)} s, by its command ${taken.command.at(-1).toFixed(2)} s\n`);
    }
    return { serviceSeconds: spread(taken.service), commandSeconds: spread(taken.command) };
  });
}

/** The settings of a process of the measured hub. */
const environmentOf = ({ dataDir }, more) => ({
  ...without(process.env, ['MONGODB_URI', 'REGISTRY_MONGODB_URI']),
  ZHITONG_DATA_DIR: dataDir,
  ...more,
});

async function checkCommand(world, file, url) {
  const token = await commandOutput(['launcher/dist/token-command.js', '--role', 'ADMIN'], environmentOf(world, {}));
  const started = performance.now();
  await commandOutput(
    ['registry/dist/cli.js', 'check', 'cases', '--file', file, '--url', url, '--json'],
    environmentOf(world, { REGISTRY_MONGODB_URI: world.uri, ZHITONG_TOKEN: token.trim() }),
  );
  return (performance.now() - started) / 1000;
}

async function commandOutput(args, env) {
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`${args.join(' ')} ended with code ${code}: ${out.slice(-1_000)}`);
  return out;
}

/** A department with 10,000 types and five megabytes beside today's: published, then checked with a change. */
async function measureLarge(world) {
  return withRegistry(world, 'zhitong_registry_large', async (registry) => {
    await registry.begin(ADMIN, partsOf(world), SAYING);
    const sdl = largeSdl('');
    const proposal = { department: 'large', url: 'http://127.0.0.1:9/graphql', sdl };
    const published = await timed(() => registry.publish(ADMIN, proposal, SAYING));
    const checked = await timed(() => registry.check(ADMIN, { ...proposal, sdl: largeSdl('"Later." later: Int') }));
    const megabytes = Buffer.byteLength(sdl) / 1e6;
    world.tell(
      `  ${TYPES} types, ${megabytes.toFixed(1)} MB: published in ${published.seconds.toFixed(1)} s, checked in ${checked.seconds.toFixed(1)} s\n`,
    );
    if (!checked.result.ok) throw new Error(checked.result.faults.map(({ message }) => message).join('\n'));
    return { types: TYPES, megabytes, publishSeconds: published.seconds, checkSeconds: checked.seconds };
  });
}

function largeSdl(more) {
  const types = Array.from(
    { length: TYPES },
    (_none, at) =>
      `"${WORDS}"\ntype Large${at} @tag(name: "public") {\n  "Its code." code: ID!\n  "The next." next: Large${(at + 1) % TYPES}\n  "A name." name: String\n${at === 0 ? more : ''}}`,
  );
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@tag"])\ntype Query @tag(name: "public") { "The first." firstLarge: Large0 }\n${types.join('\n')}\n`;
}

function startDepartments() {
  const child = fork(path.join(ROOT, 'bench', 'contenders', 'made-up-departments.mjs'), {
    env: { ...process.env, ...runtimeVariables() },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', ({ urls }) => resolve({ urls, stop: () => child.connected && child.disconnect() }));
    child.once('exit', (code) => reject(new Error(`The made-up departments ended with code ${code}.`)));
  });
}

/** Two gateways over the same graph: one follows the registry and counts for it, the other knows none. */
async function withGateways(world, work) {
  const following = await startGateway(world, {
    REGISTRY_MONGODB_URI: world.uri,
    BENCH_PROFILES: world.dataDir,
    ...runtimeVariables(`--import=${pathToFileURL(path.join(ROOT, 'bench', 'harness', 'profiler.mjs'))}`),
  });
  const alone = await startGateway(world, runtimeVariables());
  try {
    return await work({ following, alone });
  } finally {
    await Promise.all([following.stop(), alone.stop()]);
  }
}

async function startGateway(world, more) {
  const [port, operationsPort] = await freePorts(2);
  const supergraph = path.join(world.dataDir, 'supergraph.graphql');
  writeFileSync(supergraph, composeSupergraph(supergraphParts(partsOf(world))));
  const child = spawn(process.execPath, ['gateway/dist/main.js'], {
    cwd: ROOT,
    env: environmentOf(world, {
      PORT: String(port),
      GATEWAY_OPERATIONS_PORT: String(operationsPort),
      GATEWAY_SUPERGRAPH: supergraph,
      GATEWAY_RATE_LIMIT_PER_MINUTE: '1000000000',
      GATEWAY_LIMIT_IN_FLIGHT: '0',
      ZHITONG_MODE: 'development',
      ZHITONG_LOG_LEVEL: 'error',
      ...more,
    }),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGTERM'));
  const token = (
    await commandOutput(
      ['launcher/dist/token-command.js', '--role', 'AUDITOR', '--ttl', '36000'],
      environmentOf(world, {}),
    )
  ).trim();
  const url = `http://127.0.0.1:${port}/graphql`;
  while (
    !(await fetch(`http://127.0.0.1:${port}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await sleep(LOOK_MS);
  return {
    pid: child.pid,
    url,
    headers: {
      authorization: `Bearer ${token}`,
      'apollographql-client-name': 'bench',
      'apollographql-client-version': '1',
    },
    serving: async () => {
      const text = await (await fetch(`http://127.0.0.1:${operationsPort}/metrics`)).text();
      return Number(/^zhitong_gateway_supergraph_publication(?:\{.*\})? (\d+)$/m.exec(text)?.[1] ?? NaN);
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGTERM');
      }),
  };
}

const supergraphParts = (parts) => parts.map(({ department: name, url, sdl }) => ({ name, url, sdl }));
const bodies = () => [JSON.stringify({ query: OPERATION, variables: { uscc: '91110000600037341L' } })];

/** What counts uses and sends them; a gateway has no other database than the registry's. */
const COUNTS = /\/gateway\/dist\/live\/(?:operation-uses|given-coordinates)\.js$|\/node_modules\/(?:mongodb|bson)\//;

/**
 * CPU of the gateway for one request, with and without a registry, in turns; and the share of it that counting takes,
 * its batches and all else that is said to the registry's database included.
 */
async function measureUsage(gateways, { dataDir, rounds, seconds, tell }) {
  const load = startLoad(bodies());
  const shares = [];
  const taken = { following: [], alone: [] };
  try {
    for (const { url, headers } of Object.values(gateways)) await load.run({ url, headers, ms: WARM_MS, seed: 1 });
    for (let round = 1; round <= rounds; round += 1)
      for (const who of round % 2 === 0 ? ['following', 'alone'] : ['alone', 'following']) {
        const { pid, url, headers } = gateways[who];
        const before = cpuMs(pid);
        const { requests, failed } = await load.run({ url, headers, ms: seconds * 1000, seed: round });
        if (failed > 0) throw new Error(`${failed} of ${requests} answers were not 200 without errors.`);
        taken[who].push((cpuMs(pid) - before) / requests);
        tell(`  ${who.padEnd(9)} ${taken[who].at(-1).toFixed(3)} ms CPU a request\n`);
      }
    for (let round = 1; round <= rounds; round += 1) {
      const { pid, url, headers } = gateways.following;
      const file = path.join(dataDir, `${pid}.cpuprofile`);
      process.kill(pid, 'SIGUSR2');
      // Longer than the time between two batches.
      await load.run({ url, headers, ms: Math.max(seconds * 1000, WARM_MS), seed: round });
      process.kill(pid, 'SIGUSR2');
      while (!existsSync(file)) await sleep(LOOK_MS);
      await sleep(WRITTEN_MS);
      shares.push(shareOf(JSON.parse(readFileSync(file, 'utf8')), ({ url: script }) => COUNTS.test(script)));
      rmSync(file);
      tell(`  counting takes ${(shares.at(-1) * 100).toFixed(2)} % of the gateway's CPU\n`);
    }
  } finally {
    load.stop();
  }
  return {
    countingMs: spread(taken.following),
    aloneMs: spread(taken.alone),
    ratio: ratioSpread(taken.following, taken.alone),
    countingShare: spread(shares),
  };
}

/** The slowest request while the gateway goes over to another supergraph, and while it does not, by its median. */
async function measureSwitches(gateway, world) {
  const measured = {};
  for (const [name, wanted] of Object.entries(SWITCH_LOADS))
    measured[name] = await measureSwitchesUnder(gateway, world, { name, ...wanted });
  return measured;
}

async function measureSwitchesUnder(gateway, world, { name, ...wanted }) {
  const { rounds, seconds, tell } = world;
  const first = Math.max(1_000, (await gateway.serving()) || 0) + 1;
  const supergraphs = Array.from({ length: rounds }, (_none, at) =>
    composeSupergraph(
      supergraphParts(partsOf(world)).map((part) => (part.name === 'cases' ? noted(part, first + at) : part)),
    ),
  );
  const load = startLoad(bodies());
  const once = async (during) => {
    const { url, headers } = gateway;
    const ms = Math.max(seconds * 1000, WARM_MS);
    const [result] = await Promise.all([load.run({ url, headers, ms, seed: 5, ...wanted }), during()]);
    if (result.failed > 0) throw new Error(`${result.failed} of ${result.requests} requests failed.`);
    return result;
  };
  const taken = { still: [], switching: [] };
  const served = [];
  try {
    await withRegistry(world, 'zhitong_registry', async (_registry, connection) => {
      for (const [at, sdl] of supergraphs.entries()) {
        taken.still.push(await once(async () => undefined));
        const number = first + at;
        taken.switching.push(
          await once(async () => {
            const { seconds: until } = await timed(async () => {
              await connection.collection('supergraphs').insertOne({ _id: number, sdl, at: new Date() });
              const giveUp = performance.now() + SWITCH_WITHIN_MS;
              while ((await gateway.serving()) !== number) {
                if (performance.now() > giveUp) throw new Error(`Publication ${number} is not served.`);
                await sleep(LOOK_MS);
              }
            });
            served.push(until);
          }),
        );
        const [still, switching] = [taken.still.at(-1), taken.switching.at(-1)];
        tell(
          `  ${name}: still p50 ${still.p50.toFixed(1)} p99 ${still.p99.toFixed(1)} max ${still.max.toFixed(1)} ms; switching p50 ${switching.p50.toFixed(1)} p99 ${switching.p99.toFixed(1)} max ${switching.max.toFixed(1)} ms; served after ${served.at(-1).toFixed(1)} s\n`,
        );
      }
    });
  } finally {
    load.stop();
  }
  const of = (list, figure) => spread(list.map(figure));
  const shape = (list) => ({
    requests: list.reduce((sum, { requests }) => sum + requests, 0),
    p50: of(list, ({ p50 }) => p50),
    p99: of(list, ({ p99 }) => p99),
    max: of(list, ({ max }) => max),
    slowestOverMedian: of(list, ({ max, p50 }) => max / p50),
    p99OverMedian: of(list, ({ p99, p50 }) => p99 / p50),
  });
  return { still: shape(taken.still), switching: shape(taken.switching), servedSeconds: spread(served) };
}
