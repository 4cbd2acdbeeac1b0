// CPU profiles of the gateway and one department under load, summed up by where the time goes.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DATA_DIR, ROOT, startHub } from '../harness/hub.mjs';
import { startLoad } from '../harness/load.mjs';
import { requestsOf } from './graph.mjs';

const FOLDER = path.join(DATA_DIR, 'profiles');
const ORIGINS = 14;
const FUNCTIONS = 12;
const IDLE = new Set(['(idle)', '(program)']);

/** Runs one operation under load with the profiler on; `gateway` and `enterprises` are summed up. */
export async function profile({ operations = ['flagship', 'list'], seconds, tell }) {
  const found = {};
  for (const operation of operations) {
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    const hub = await startHub({ nodeOptions: `--cpu-prof --cpu-prof-dir=${FOLDER}` });
    const load = startLoad(await requestsOf(operation, hub));
    const processes = hub.processes();
    await load.run({ url: hub.graph, headers: { authorization: `Bearer ${hub.token}` }, ms: seconds * 1000, seed: 1 });
    load.stop();
    await hub.stop();
    for (const name of ['gateway', 'enterprises']) {
      const file = readdirSync(FOLDER).find((one) => one.includes(`.${processes[name]}.`));
      if (file === undefined) tell(`no profile of ${name} was written\n`);
      else found[`${operation}: ${name}`] = summed(JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')));
    }
    tell(`  profiled ${operation}\n`);
  }
  return found;
}

/** Self time by package or folder, and by function. */
function summed({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const origins = new Map();
  const functions = new Map();
  let busy = 0;
  samples.forEach((id, at) => {
    const frame = byId.get(id);
    if (frame === undefined || IDLE.has(frame.functionName)) return;
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
