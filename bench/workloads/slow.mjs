// One department that takes a second for every response, under load: what happens to operations that do not need it.
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import path from 'node:path';
import { Pool } from 'undici';
import { freePorts, ROOT, without } from '../harness/hub.mjs';
import { startLoad } from '../harness/load.mjs';
import { ratioSpread, spread } from '../harness/statistics.mjs';

const DELAY_MS = 1_000;
const WAITING_CONNECTIONS = 64;
const PLAIN =
  'query Plain($uscc: ID!) { enterprise(uscc: $uscc) { uscc name cases(first: 5) { totalCount nodes { caseNumber title status dueOn } } } }';
const CREDIT =
  'query Credit($uscc: ID!) { enterprise(uscc: $uscc) { uscc outstandingCommitments(first: 3) { totalCount } } }';

/** A proxy in front of a department that holds every request back. */
async function slowProxy(target) {
  const { origin, pathname } = new URL(target);
  const pool = new Pool(origin, { connections: 128 });
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    await new Promise((resolve) => setTimeout(resolve, DELAY_MS));
    const headers = without(request.headers, ['host', 'connection', 'content-length', 'transfer-encoding']);
    const answer = await pool.request({ method: 'POST', path: pathname, headers, body: Buffer.concat(chunks) });
    response
      .writeHead(answer.statusCode, { 'content-type': 'application/json' })
      .end(Buffer.from(await answer.body.arrayBuffer()));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/graphql`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await pool.close();
    },
  };
}

async function startGateway(hub, creditUrl) {
  const [port] = await freePorts(1);
  const { departmentUrls } = hub;
  const child = fork(path.join(ROOT, 'gateway', 'dist', 'main.js'), {
    cwd: ROOT,
    env: {
      ...hub.environment,
      PORT: String(port),
      GATEWAY_OPERATIONS_PORT: '0',
      GATEWAY_SIGNING_KEY_FILE: hub.signingKeyFile,
      ENTERPRISES_URL: departmentUrls.enterprises,
      CASES_URL: departmentUrls.cases,
      POLICIES_URL: departmentUrls.policies,
      CREDIT_URL: creditUrl,
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`The gateway ended with code ${code}.`)));
  });
  return { url: `http://127.0.0.1:${port}/graphql`, stop: () => child.disconnect() };
}

/** Requests/s of plain operations alone, and while many connections wait for the slow department. */
export async function measureSlowDepartment({ hub, usccs, rounds, seconds, tell }) {
  const proxy = await slowProxy(hub.departmentUrls.credit);
  const gateway = await startGateway(hub, proxy.url);
  const bodiesOf = (query) => usccs.map((uscc) => JSON.stringify({ query, variables: { uscc } }));
  const plain = startLoad(bodiesOf(PLAIN));
  const waiting = startLoad(bodiesOf(CREDIT));
  const target = { url: gateway.url, headers: { authorization: `Bearer ${hub.token}` } };
  const alone = [];
  const beside = [];
  try {
    await plain.run({ ...target, ms: 3_000, seed: 1 });
    for (let round = 1; round <= rounds; round += 1) {
      const own = await plain.run({ ...target, ms: seconds * 1000, seed: round });
      const background = waiting.run({ ...target, ms: seconds * 1000, seed: round, connections: WAITING_CONNECTIONS });
      const disturbed = await plain.run({ ...target, ms: seconds * 1000, seed: round });
      const { requests } = await background;
      alone.push(own.requests / own.seconds);
      beside.push(disturbed.requests / disturbed.seconds);
      tell(
        `  round ${round} alone ${alone.at(-1).toFixed(0)}, beside ${requests} slow requests ${beside.at(-1).toFixed(0)} requests/s\n`,
      );
    }
  } finally {
    plain.stop();
    waiting.stop();
    gateway.stop();
    await proxy.close();
  }
  return { alone: spread(alone), besideSlow: spread(beside), kept: ratioSpread(beside, alone) };
}
