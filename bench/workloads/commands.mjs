// How many commands one operation sends to MongoDB, from the profiler of the database itself, and how many requests the
// gateway sends to the departments, from its own metrics.
import { MongoClient } from 'mongodb';
import { DEPARTMENTS } from '../harness/hub.mjs';

const REQUESTS = 20;
/** What servers and drivers do on their own: change streams, sessions, health. */
const HOUSEKEEPING = new Set(['hello', 'ping', 'endSessions', 'profile', 'getMore', 'killCursors']);

/**
 * Commands per request over a few requests sent one after the other, per department, and requests to each department.
 */
export async function countCommands(hub, bodies) {
  const client = await MongoClient.connect(hub.mongoUri);
  const databases = DEPARTMENTS.map((name) => client.db(`zhitong_${name}`));
  const send = (body) =>
    fetch(hub.graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${hub.token}` },
      body,
    }).then((response) => response.text());
  try {
    for (const body of bodies.slice(0, 5)) await send(body);
    const fetchesBefore = await departmentFetches(hub);
    for (const database of databases) await database.command({ profile: 2 });
    const started = new Date();
    for (const body of bodies.slice(0, REQUESTS)) await send(body);
    for (const database of databases) await database.command({ profile: 0 });
    const fetches = await departmentFetches(hub);
    const perDepartment = {};
    const kinds = {};
    for (const [at, database] of databases.entries()) {
      const rows = await database
        .collection('system.profile')
        .find({ ts: { $gte: started }, ns: { $not: /system\.profile/ } })
        .toArray();
      const sent = rows
        .map(({ command, ns }) => `${Object.keys(command ?? {})[0]} ${ns}`)
        .filter((kind) => !HOUSEKEEPING.has(kind.split(' ')[0]));
      for (const kind of sent) kinds[kind] = (kinds[kind] ?? 0) + 1 / REQUESTS;
      perDepartment[DEPARTMENTS[at]] = sent.length / REQUESTS;
      await database
        .collection('system.profile')
        .drop()
        .catch(() => undefined);
    }
    const toDepartments = Object.fromEntries(
      DEPARTMENTS.map((name) => [name, ((fetches[name] ?? 0) - (fetchesBefore[name] ?? 0)) / REQUESTS]),
    );
    return {
      perRequest: Object.values(perDepartment).reduce((sum, one) => sum + one, 0),
      perDepartment,
      kinds,
      departmentRequests: toDepartments,
    };
  } finally {
    await client.close();
  }
}

async function departmentFetches(hub) {
  const text = await (await fetch(`${hub.operations}/metrics`)).text();
  return Object.fromEntries(
    [
      ...text.matchAll(/^zhitong_gateway_department_seconds_count\{department="(\w+)",outcome="answered"\} (\d+)/gm),
    ].map(([, name, count]) => [name, Number(count)]),
  );
}
