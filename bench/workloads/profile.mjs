// CPU profiles of the gateway and one department under load, summed up by where the time goes.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DATA_DIR, ROOT, startHub } from '../harness/hub.mjs';
import { startLoad } from '../harness/load.mjs';
import { requestsOf } from './graph.mjs';

const FOLDER = path.join(DATA_DIR, 'profiles');
const ORIGINS = 14;
const FUNCTIONS = 12;
const IDLE = new Set(['(idle)', '(program)']);

const PROFILED = ['gateway', 'enterprises', 'policies'];
const WRITING_MS = 2_000;

/** Runs operations under load with the profiler on in the gateway and two departments, and sums the profiles up. */
export async function profile({ operations = ['flagship', 'list'], seconds, tell }) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const hub = await startHub({ profiles: FOLDER });
  const processes = hub.processes();
  const signal = () => PROFILED.forEach((name) => process.kill(processes[name], 'SIGUSR2'));
  const found = {};
  try {
    for (const operation of operations) {
      const load = startLoad(await requestsOf(operation, hub));
      const target = { url: hub.graph, headers: { authorization: `Bearer ${hub.token}` } };
      await load.run({ ...target, ms: 3_000, seed: 1 });
      signal();
      await load.run({ ...target, ms: seconds * 1000, seed: 2 });
      signal();
      load.stop();
      await pause(WRITING_MS);
      for (const name of PROFILED) {
        const file = path.join(FOLDER, `${processes[name]}.cpuprofile`);
        if (!existsSync(file)) throw new Error(`No profile of ${name} was written.`);
        found[`${operation}: ${name}`] = summed(JSON.parse(readFileSync(file, 'utf8')));
        rmSync(file);
      }
      tell(`  profiled ${operation}\n`);
    }
  } finally {
    await hub.stop();
  }
  return found;
}

/** The profiler's own work at the start and end. */
const isProfiler = ({ functionName, url }) => functionName === 'dispatch' && url === '';

/** Self time by package or folder, and by function. */
function summed({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const origins = new Map();
  const functions = new Map();
  let busy = 0;
  samples.forEach((id, at) => {
    const frame = byId.get(id);
    if (frame === undefined || IDLE.has(frame.functionName) || isProfiler(frame)) return;
    busy += timeDeltas[at];
    add(origins, originOf(frame), timeDeltas[at]);
    add(functions, `${frame.functionName || '(anonymous)'} [${originOf(frame)}]`, timeDeltas[at]);
  });
  const largest = (sums, count) => [...sums].sort(([, one], [, other]) => other - one).slice(0, count);
  return {
    byOrigin: largest(origins, ORIGINS).map(([origin, time]) => ({ origin, share: time / busy })),
    top: largest(functions, FUNCTIONS).map(([name, time]) => ({ name, share: time / busy })),
  };
}

const add = (sums, key, time) => sums.set(key, (sums.get(key) ?? 0) + time);

function originOf({ functionName, url }) {
  if (url === '') return functionName === '(garbage collector)' ? 'garbage collector' : 'V8 and native code';
  if (url.startsWith('node:')) return `node: ${url.slice(5).split('/').slice(0, 2).join('/')}`;
  const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  return name ?? path.relative(ROOT, url.replace('file://', '')).replace(/\/dist\/.*/, '');
}
