// The load, in a process of its own so that its CPU time is measured apart. It gets over IPC what to send.
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import { quantile, shuffled } from './statistics.mjs';

/** Sends one request on one connection; returns milliseconds, and whether the response was GraphQL without errors. */
function exchange(client, path, headers, body) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    let status = 0;
    let hasErrors = false;
    client.dispatch(
      { method: 'POST', path, headers, body },
      {
        onRequestStart() {},
        onResponseStart(_controller, code) {
          status = code;
        },
        onResponseData(_controller, chunk) {
          if (chunk.includes('"errors":')) hasErrors = true;
        },
        onResponseEnd() {
          resolve({ ms: performance.now() - started, ok: status === 200 && !hasErrors });
        },
        onResponseError(_controller, error) {
          reject(error);
        },
      },
    );
  });
}

/**
 * Keeps `connections` keep-alive connections busy for `ms`, or until `enough` requests were served, each with its own
 * order of bodies. With `everyMs` a connection asks at these times and no more often; a request that had to wait for
 * the one before counts from the time at which it was due.
 */
async function load({ url, headers, bodies, connections, ms, enough = Infinity, everyMs = 0, seed }) {
  const { origin, pathname } = new URL(url);
  const all = { 'content-type': 'application/json', accept: 'application/json', ...headers };
  const latencies = [];
  let failed = 0;
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      const client = new Client(origin, { pipelining: 1 });
      const order = shuffled(bodies, seed * 1009 + connection);
      for (let next = 0; performance.now() - started < ms && latencies.length < enough; next += 1) {
        const late = everyMs === 0 ? 0 : performance.now() - (started + (next + connection / connections) * everyMs);
        if (late < 0) await sleep(-late);
        const { ms: taken, ok } = await exchange(client, pathname, all, order[next % order.length]);
        latencies.push(Math.max(0, late) + taken);
        if (!ok) failed += 1;
      }
      await client.close();
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  latencies.sort((a, b) => a - b);
  return {
    requests: latencies.length,
    failed,
    seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    max: latencies.at(-1) ?? 0,
    clientCpuMs: (cpu.user + cpu.system) / 1000,
  };
}

let bodies = [];
process.on('message', async (message) => {
  if (message.type === 'bodies') bodies = message.bodies;
  if (message.type === 'load') {
    try {
      process.send({ type: 'done', result: await load({ ...message, bodies }) });
    } catch (error) {
      process.send({ type: 'failed', reason: String(error) });
    }
  }
});
process.on('disconnect', () => process.exit(0));
