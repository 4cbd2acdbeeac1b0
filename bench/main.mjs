// npm run bench -- flagship|list|matching|memory|audit|statistics|search|registry|import|connect|start|slow|pages
// |profile|all [--json] [--rounds N] [--seconds N] [--entries N] [--enterprises N] [--cases N];
// npm run bench -- reading [--enterprises N]; npm run bench -- against|executor --ref COMMIT [--rounds N] [--seconds N]
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildProject, startHub } from './harness/hub.mjs';
import { circumstances } from './harness/machine.mjs';
import { keepResult, writeReport } from './harness/report.mjs';

const FEWEST_ROUNDS = 3;

/**
 * Each benchmark: what it needs is imported only when it runs. `standsAlone` ones start and stop the hub themselves.
 */
const BENCHMARKS = {
  start: { standsAlone: true, run: async (options) => (await import('./workloads/start.mjs')).measureStart(options) },
  profile: { standsAlone: true, run: async (options) => (await import('./workloads/profile.mjs')).profile(options) },
  flagship: { run: async (options) => (await import('./workloads/graph.mjs')).measureOperation('flagship', options) },
  list: { run: async (options) => (await import('./workloads/graph.mjs')).measureOperation('list', options) },
  slow: {
    run: async (options) => {
      const usccs = (await (await import('./workloads/graph.mjs')).enterprisesWithRecords(options.hub)).map(
        ({ uscc }) => uscc,
      );
      return (await import('./workloads/slow.mjs')).measureSlowDepartment({ ...options, usccs });
    },
  },
  matching: { run: async (options) => (await import('./workloads/matching.mjs')).measureMatching(options) },
  memory: { run: async (options) => (await import('./workloads/memory.mjs')).measureMemory(options) },
  import: { run: async (options) => (await import('./workloads/import.mjs')).measureImport(options) },
  connect: {
    standsAlone: true,
    withoutPeers: true,
    run: async (options) => (await import('./workloads/connect.mjs')).measureConnect(options),
  },
  reading: {
    standsAlone: true,
    withoutPeers: true,
    isApart: true,
    run: async (options) => (await import('./workloads/connect-reading.mjs')).measureReading(options),
  },
  against: {
    standsAlone: true,
    isApart: true,
    withoutPeers: true,
    run: async (options) => (await import('./workloads/against.mjs')).measureAgainst(options),
  },
  executor: {
    isApart: true,
    withoutPeers: true,
    run: async (options) => (await import('./workloads/executor.mjs')).measureExecutor(options),
  },
  statistics: {
    standsAlone: true,
    withoutPeers: true,
    run: async (options) => (await import('./workloads/statistics.mjs')).measureStatistics(options),
  },
  search: {
    standsAlone: true,
    withoutPeers: true,
    run: async (options) => (await import('./workloads/search.mjs')).measureSearch(options),
  },
  audit: {
    withoutPeers: true,
    run: async (options) => (await import('./workloads/audit.mjs')).measureAudit(options),
  },
  writers: {
    standsAlone: true,
    isApart: true,
    withoutPeers: true,
    run: async (options) => (await import('./workloads/ledger-writers.mjs')).measureWriters(options),
  },
  pages: {
    standsAlone: true,
    withoutPeers: true,
    run: async (options) => (await import('./workloads/pages.mjs')).measurePages(options),
  },
  registry: {
    standsAlone: true,
    withoutPeers: true,
    run: async (options) => (await import('./workloads/registry.mjs')).measureRegistry(options),
  },
};

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      rounds: { type: 'string', default: String(FEWEST_ROUNDS) },
      seconds: { type: 'string', default: '5' },
      entries: { type: 'string', default: '1000000' },
      enterprises: { type: 'string', default: '1000000' },
      cases: { type: 'string', default: '500000' },
      only: { type: 'string' },
      ref: { type: 'string' },
    },
  });
  const [name] = positionals;
  if (positionals.length !== 1 || (name !== 'all' && !(name in BENCHMARKS)))
    throw new Error(`Say what to measure: ${Object.keys(BENCHMARKS).join(', ')} or all.`);
  const counted = (option) => {
    const value = Number(values[option]);
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`--${option} is ${values[option]}; give a whole number from 1 on.`);
    return value;
  };
  return {
    names: name === 'all' ? Object.keys(BENCHMARKS).filter((one) => BENCHMARKS[one].isApart !== true) : [name],
    json: values.json === true,
    options: {
      rounds: counted('rounds'),
      seconds: counted('seconds'),
      entries: counted('entries'),
      enterprises: counted('enterprises'),
      cases: counted('cases'),
      only: values.only?.split(','),
      ref: values.ref,
    },
  };
}

/** Progress goes to standard error, so that standard output ends with the JSON. */
const tell = (text) => void process.stderr.write(text);

/** The peers are a package of their own; they are installed when they are missing. */
function installPeers() {
  if (existsSync(path.join(import.meta.dirname, 'node_modules', '.package-lock.json'))) return;
  tell('Installing the peers that the hub is measured against (some 700 MB)…\n');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function run() {
  const { names, json, options } = readArguments();
  if (!names.every((name) => BENCHMARKS[name].withoutPeers === true)) installPeers();
  await buildProject();
  const results = {};
  let hub;
  try {
    for (const name of names) {
      const { standsAlone, run: measure } = BENCHMARKS[name];
      if (standsAlone === true && hub !== undefined) {
        await hub.stop();
        hub = undefined;
      }
      if (standsAlone !== true) hub ??= await startHub({ tell });
      tell(`\n== ${name}\n`);
      const where = circumstances();
      results[name] = await measure({ ...options, hub, tell });
      // A quick look must not take the place of a measurement.
      if (options.rounds >= FEWEST_ROUNDS && options.only === undefined) {
        keepResult(name, results[name], where);
        writeReport();
      }
    }
  } finally {
    await hub?.stop();
  }
  if (json) process.stdout.write(`${JSON.stringify(flattened(results))}\n`);
}

/** Ratios as plain numbers (medians) under clear names; everything measured lies in results/. */
function flattened(results) {
  const plain = (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if ('median' in value && 'min' in value && 'max' in value) return value.median;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  };
  return plain(results);
}

// Leaving takes the hub along, see startHub.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

run().then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`bench: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
