// Drives the load client and reads what each process spent meanwhile.
import { fork } from 'node:child_process';
import path from 'node:path';
import { cpuMs } from './processes.mjs';
import { ratioSpread, spread } from './statistics.mjs';

const CONNECTIONS = 32;
/**
 * Node compiles what runs often: below some thousand requests a process costs up to three times what it costs a minute
 * later.
 */
const WARM_REQUESTS = { flagship: 4_000, list: 600 };
const WARM_UP_MS = 60_000;

/** Starts a client process that holds these request bodies. */
export function startLoad(bodies) {
  const child = fork(path.join(import.meta.dirname, 'load-client.mjs'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.send({ type: 'bodies', bodies });
  return {
    run: (options) =>
      new Promise((resolve, reject) => {
        child.once('message', (message) =>
          message.type === 'done' ? resolve(message.result) : reject(new Error(message.reason)),
        );
        child.send({ type: 'load', connections: CONNECTIONS, ...options });
      }),
    stop: () => child.disconnect(),
  };
}

/**
 * Measures contenders in turns (A B C A B C …), so that what the machine does meanwhile falls on all of them.
 * @param operation decides how many requests make a process warm.
 * @param contenders `{ name, url, headers, processes() }`, processes by name; `bodies` where it has requests of its
 *   own.
 * @returns per contender the spread over rounds of requests/s, latencies and CPU milliseconds per request of each
 *   process.
 */
export async function measureInTurns({ operation, contenders, bodies, rounds, seconds, tell }) {
  const loads = new Map(contenders.map(({ name, bodies: own }) => [name, startLoad(own ?? bodies)]));
  const results = new Map(contenders.map(({ name }) => [name, []]));
  try {
    for (const contender of contenders) {
      tell(`  warming up ${contender.name}\n`);
      await loads
        .get(contender.name)
        .run({ ...target(contender), ms: WARM_UP_MS, enough: WARM_REQUESTS[operation], seed: 1 });
    }
    for (let round = 1; round <= rounds; round += 1) {
      for (const contender of contenders) {
        const load = loads.get(contender.name);
        await load.run({ ...target(contender), ms: 500, seed: round * 7 });
        const result = await measureOnce(load, contender, { seconds, seed: round });
        if (result.failed > 0)
          throw new Error(
            `${contender.name}: ${result.failed} of ${result.requests} answers were not 200 without errors.`,
          );
        results.get(contender.name).push(result);
        tell(
          `  round ${round} ${contender.name.padEnd(18)} ${result.rps.toFixed(0).padStart(6)} requests/s  p50 ${result.p50.toFixed(1)} ms  p99 ${result.p99.toFixed(1)} ms  CPU ${result.cpu.total.toFixed(2)} ms\n`,
        );
      }
    }
  } finally {
    for (const load of loads.values()) load.stop();
  }
  return Object.fromEntries([...results].map(([name, ofRounds]) => [name, summary(ofRounds)]));
}

const target = ({ url, headers }) => ({ url, headers });

async function measureOnce(load, contender, { seconds, seed }) {
  const processes = contender.processes();
  const before = Object.fromEntries(Object.entries(processes).map(([name, pid]) => [name, cpuMs(pid)]));
  const {
    requests,
    failed,
    seconds: taken,
    p50,
    p99,
    clientCpuMs,
  } = await load.run({ ...target(contender), ms: seconds * 1000, seed });
  const cpu = Object.fromEntries(
    Object.entries(processes).map(([name, pid]) => [name, (cpuMs(pid) - before[name]) / requests]),
  );
  cpu.client = clientCpuMs / requests;
  cpu.total = Object.values(cpu).reduce((sum, one) => sum + one, 0);
  return { requests, failed, rps: requests / taken, p50, p99, cpu };
}

function summary(rounds) {
  const names = Object.keys(rounds[0].cpu);
  return {
    rps: spread(rounds.map(({ rps }) => rps)),
    p50: spread(rounds.map(({ p50 }) => p50)),
    p99: spread(rounds.map(({ p99 }) => p99)),
    cpu: Object.fromEntries(names.map((name) => [name, spread(rounds.map(({ cpu }) => cpu[name]))])),
    rounds: rounds.map(({ rps }) => rps),
    cpuRounds: rounds.map(({ cpu: { client, total } }) => total - client),
  };
}

/** How many times the requests/s of another contender, round by round. */
export const timesFaster = (one, other) => ratioSpread(one.rounds, other.rounds);
