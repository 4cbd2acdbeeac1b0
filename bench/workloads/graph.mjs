// The flagship and the list of 50, side by side: floor, stock gateway, Hive Gateway with both planners, ours.
import { deepStrictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { ours, startHive, startModule, supergraphOf } from '../harness/contenders.mjs';
import { ROOT } from '../harness/hub.mjs';
import { measureInTurns, timesFaster } from '../harness/load.mjs';
import { shuffled } from '../harness/statistics.mjs';
import { countCommands } from './commands.mjs';

/**
 * Enterprises that are asked for in turn: different ones, so that nothing is measured that only repetition makes fast.
 */
const ENTERPRISES = 2_000;
/** Answers that are compared before anything is measured. */
const COMPARED = 40;

const OPERATIONS = {
  flagship: { file: 'enterprise-overview', name: 'EnterpriseOverview', variables: enterprisesWithRecords },
  list: { file: 'enterprise-list', name: 'EnterpriseList', variables: pagesOfTheList },
};

/** Enterprises with a case or a promise that is not kept: those for whom the flagship is asked. */
export async function enterprisesWithRecords(hub) {
  const client = await MongoClient.connect(hub.mongoUri);
  try {
    const cases = await client
      .db('zhitong_cases')
      .collection('cases')
      .distinct('uscc', { 'complainant.anonymous': false });
    const promises = await client
      .db('zhitong_credit')
      .collection('commitments')
      .distinct('uscc', { state: 'OUTSTANDING' });
    const usccs = [...new Set([...cases, ...promises])].filter((uscc) => uscc !== null).sort();
    return shuffled(usccs, 1)
      .slice(0, ENTERPRISES)
      .map((uscc) => ({ uscc }));
  } finally {
    await client.close();
  }
}

const PAGE = 50;
const CURSORS =
  'query($after: String) { enterprises(first: 200, after: $after, filter: { scale: [LARGE, MEDIUM] }) { pageInfo { hasNextPage endCursor } edges { cursor } } }';

/**
 * A page of the list behind every enterprise that has fifty after it, so that there are more requests than connections.
 */
async function pagesOfTheList(hub) {
  const cursors = [];
  for (let after, more = true; more;) {
    const { enterprises } = await hub.ask(CURSORS, { after });
    cursors.push(...enterprises.edges.map(({ cursor }) => cursor));
    after = enterprises.pageInfo.endCursor;
    more = enterprises.pageInfo.hasNextPage;
  }
  return [{}, ...cursors.slice(0, -PAGE).map((after) => ({ after }))];
}

/** The bodies of all different requests of an operation. */
export async function requestsOf(operation, hub) {
  const { file, name, variables } = OPERATIONS[operation];
  const query = readFileSync(path.join(ROOT, 'docs', 'operations', `${file}.graphql`), 'utf8');
  return (await variables(hub)).map((values) => JSON.stringify({ operationName: name, query, variables: values }));
}

/**
 * Measures one operation.
 * @param operation `flagship` or `list`
 */
export async function measureOperation(operation, { hub, rounds, seconds, tell, only }) {
  const bodies = await requestsOf(operation, hub);
  const { contenders, failures } = await startContenders(hub, only, tell);
  try {
    await compareAnswers(contenders, shuffled(bodies, 5).slice(0, COMPARED), { failures, tell });
    const running = contenders.filter(({ name: one }) => failures[one] === undefined);
    tell(`${operation}: ${bodies.length} different requests, 32 connections, ${rounds} rounds of ${seconds} s each\n`);
    const measured = await measureInTurns({ operation, contenders: running, bodies, rounds, seconds, tell });
    const commands = await countCommands(hub, bodies);
    return {
      ...ratiosOf(measured),
      requests: bodies.length,
      seconds,
      contenders: measured,
      failures,
      commands,
      memory: hub.memory(),
    };
  } finally {
    for (const contender of contenders) contender.stop();
  }
}

async function startContenders(hub, only, tell) {
  const supergraph = supergraphOf(hub);
  const starts = {
    floor: () => startModule(hub, 'floor'),
    'floor-reading-facts': () => startModule(hub, 'floor-reading-facts', { file: 'floor' }),
    ours: async () => ours(hub),
    unguarded: () => startModule(hub, 'unguarded', { supergraph }),
    'hive-rust': () => startHive(hub, 'rust', { supergraph }),
    'hive-js': () => startHive(hub, 'js', { supergraph }),
    stock: () => startModule(hub, 'stock', { supergraph }),
  };
  const contenders = [];
  const failures = {};
  for (const [name, start] of Object.entries(starts)) {
    if (only !== undefined && !only.includes(name)) continue;
    try {
      contenders.push(await start());
    } catch (error) {
      failures[name] = String(error.message);
      tell(`${name} could not be started: ${error.message}\n`);
    }
  }
  return { contenders, failures };
}

/** What is not equal is not measured. */
async function compareAnswers(contenders, bodies, { failures, tell }) {
  const reference = contenders.find(({ name }) => name === 'ours') ?? contenders[0];
  for (const body of bodies) {
    const expected = await answerOf(reference, body);
    for (const contender of contenders) {
      if (contender === reference || failures[contender.name] !== undefined) continue;
      try {
        deepStrictEqual(await answerOf(contender, body), expected);
      } catch (error) {
        failures[contender.name] = `another answer than ours to ${body.slice(-80)}: ${error.message.slice(0, 600)}`;
        tell(`${contender.name}: ${failures[contender.name]}\n`);
      }
    }
  }
}

async function answerOf({ url, headers }, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const { data, errors } = await response.json();
  return { data, errors };
}

function ratiosOf(measured) {
  const own = measured.ours;
  const against = (name) =>
    own === undefined || measured[name] === undefined ? null : timesFaster(own, measured[name]);
  return {
    rps: own?.rps ?? null,
    vsFloor: against('floor'),
    vsFloorReadingFacts: against('floor-reading-facts'),
    vsStock: against('stock'),
    vsHiveJs: against('hive-js'),
    vsHiveRust: against('hive-rust'),
    vsUnguarded: against('unguarded'),
    gatewayCpuMs: own?.cpu.gateway ?? null,
    p50: own?.p50 ?? null,
    p99: own?.p99 ?? null,
  };
}
