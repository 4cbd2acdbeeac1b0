// The executor of query plans alone against itself at an earlier commit: flagship and list, in turns in one process,
// over recorded answers of the departments. Sockets, signatures and databases are left out; what is left is planning
// found again, running a plan, and giving the answer its form.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual, promisify } from 'node:util';
import { Kind, parse } from 'graphql';
import { assertionSigner } from '../../kit/dist/identity/assertion-signer.js';
import { ASSERTION_HEADER } from '../../kit/dist/identity/assertion.js';
import { readSigningKeys } from '../../kit/dist/identity/signing-key.js';
import { checkOut } from '../harness/former-hub.mjs';
import { ROOT } from '../harness/hub.mjs';
import { ratioSpread, spread } from '../harness/statistics.mjs';
import { requestsOf } from './graph.mjs';

/** Where the executor has been in the course of time, and what it was called. */
const EXECUTORS = [
  ['plan-executor', 'PlanExecutor'],
  ['plan-gateway', 'PlanGateway'],
];
const OPERATIONS = { flagship: { requests: 40, times: 1_200 }, list: { requests: 1, times: 120 } };
/** Rounds in which code becomes fast; they are not counted. */
const WARM_UP = 3;
const ACTOR = { sub: 'bench', roles: ['AUDITOR'] };
const run = promisify(execFile);

/**
 * Measures both operations.
 * @param ref the earlier commit.
 * @returns for each operation CPU milliseconds of one execution now and then, their quotient round by round, exchanges
 *   with departments, and how many answers are equal.
 */
export async function measureExecutor({ ref, hub, rounds, tell }) {
  if (ref === undefined) throw new Error('Say against which commit: --ref COMMIT.');
  const former = await checkOut(ref, tell);
  await run(process.execPath, ['scripts/build.mjs'], { cwd: former.folder });
  const ask = recorded(hub);
  const executors = { now: await executorOf(ROOT, ask), then: await executorOf(former.folder, ask) };
  const results = { against: former.commit };
  for (const [operation, { requests, times }] of Object.entries(OPERATIONS)) {
    const bodies = (await requestsOf(operation, hub)).slice(0, requests).map((body) => JSON.parse(body));
    results[operation] = await measure({
      executors,
      bodies,
      times,
      rounds,
      tell: (text) => tell(`${operation}: ${text}`),
    });
  }
  return results;
}

async function measure({ executors, bodies, times, rounds, tell }) {
  let equal = 0;
  for (const body of bodies) {
    const [now, then] = [await executors.now.execute(body), await executors.then.execute(body)];
    if (isDeepStrictEqual(now, then)) equal += 1;
  }
  const cpu = { now: [], then: [] };
  const exchanges = {};
  for (let round = -WARM_UP; round < rounds; round += 1) {
    for (const who of round % 2 === 0 ? ['now', 'then'] : ['then', 'now']) {
      executors[who].exchanges();
      const began = process.cpuUsage();
      for (let time = 0; time < times; time += 1) await executors[who].execute(bodies[time % bodies.length]);
      const { user, system } = process.cpuUsage(began);
      exchanges[who] = executors[who].exchanges() / times;
      if (round >= 0) cpu[who].push((user + system) / times / 1_000);
    }
  }
  const ratio = ratioSpread(cpu.now, cpu.then);
  tell(`CPU now over then ${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)} to ${ratio.max.toFixed(2)})\n`);
  return { cpuMs: { now: spread(cpu.now), then: spread(cpu.then) }, ratio, exchanges, equal, compared: bodies.length };
}

async function executorOf(folder, ask) {
  const gateway = path.join(folder, 'gateway');
  const found = EXECUTORS.map(([file, name]) => [path.join(gateway, 'dist', 'execution', `${file}.js`), name]).find(
    ([file]) => existsSync(file),
  );
  if (found === undefined) throw new Error(`${folder} has no executor under a name that is known here.`);
  const [file, name] = found;
  const Executor = (await import(pathToFileURL(file)))[name];
  let exchanges = 0;
  const options = {
    supergraphSdl: readFileSync(path.join(gateway, 'supergraph.graphql'), 'utf8'),
    department: ({ name: department }) => ({
      ask: async ({ query, variables }) => {
        exchanges += 1;
        return ask(department, query, variables);
      },
    }),
  };
  const executor = Executor.over?.(options) ?? new Executor(options);
  const { executor: execute } = await executor.load({ apollo: {} });
  const parsed = new Map();
  return {
    execute: async ({ query, variables }) => {
      if (!parsed.has(query)) parsed.set(query, parse(query));
      const document = parsed.get(query);
      const { data, errors } = await execute({
        request: { query, variables },
        document,
        operation: document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION),
        queryHash: query,
        context: { actor: ACTOR, unavailable: new Set() },
      });
      if (errors !== undefined) throw new Error(`The executor gave errors: ${JSON.stringify(errors).slice(0, 800)}`);
      return data;
    },
    exchanges: () => {
      const counted = exchanges;
      exchanges = 0;
      return counted;
    },
  };
}

/**
 * Asks the hub's departments, each question once; afterwards the answer is parsed from what was recorded, anew each
 * time.
 */
function recorded(hub) {
  const [key] = readSigningKeys(readFileSync(hub.signingKeyFile, 'utf8'));
  const sign = assertionSigner(() => key);
  const answers = new Map();
  return async (department, query, variables) => {
    const body = JSON.stringify({ query, variables });
    const id = `${department} ${body}`;
    if (!answers.has(id)) {
      const response = await fetch(hub.departmentUrls[department], {
        method: 'POST',
        headers: { 'content-type': 'application/json', [ASSERTION_HEADER]: sign({ actor: ACTOR, department, body }) },
        body,
      });
      const text = await response.text();
      if (!response.ok || JSON.parse(text).errors !== undefined)
        throw new Error(`${department} gave errors: ${text.slice(0, 800)}`);
      answers.set(id, text);
    }
    return JSON.parse(answers.get(id));
  };
}
