import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { Supergraph } from '@apollo/federation-internals';
import { buildSchema, printSchema, type GraphQLSchema } from 'graphql';
import { CONTRACTS } from '../../../gateway/src/contracts/contracts.js';
import { lazyViews, viewsOf } from '../../../gateway/src/contracts/graph-views.js';
import { DepartmentPool } from '../../../gateway/src/live/department-pool.js';
import { graphBuilder } from '../../../gateway/src/live/graph-builder.js';
import { GRAPH_THREADS, GraphThread } from '../../../gateway/src/live/graph-thread.js';
import { IdleThreads } from '../../../kit/src/idle-threads.js';
import { loaded } from '../../../gateway/src/live/live-executor.js';
import { schemaInSlices } from '../../../gateway/src/live/schema-in-slices.js';
import { Slices } from '../../../gateway/src/live/slices.js';
import { composeSupergraph } from '../../../gateway/src/supergraph/compose.js';
import { CASES_SDL, REGISTRY_SDL } from '../support/small-city.js';

const CITY = readFileSync(path.resolve(import.meta.dirname, '..', '..', '..', 'gateway', 'supergraph.graphql'), 'utf8');
const SMALL = composeSupergraph([
  { name: 'registry', url: 'http://registry.example', sdl: REGISTRY_SDL },
  { name: 'cases', url: 'http://cases.example', sdl: CASES_SDL },
]);
const OPERATION = '{ case(caseNumber: "C-1") { title enterprise { name } } }';

/** Threads that tell which they gave. */
class WatchedThreads extends IdleThreads {
  readonly taken: Worker[] = [];

  override take(): Worker {
    const worker = super.take();
    this.taken.push(worker);
    return worker;
  }
}

describe('a graph that is read in a thread of its own', () => {
  let threads: WatchedThreads;
  beforeEach(() => (threads = new WatchedThreads(GRAPH_THREADS)));
  afterEach(() => threads.stop());

  it('is shown as the one that is read here, whole and by contract', async () => {
    const departments = new DepartmentPool(() => {
      throw new Error('Nobody is asked.');
    });
    const pool = { open: () => ({ department: () => ({}), probes: async () => [], release: async () => undefined }) };
    const builder = graphBuilder({
      departments: pool as unknown as DepartmentPool,
      settings: {},
      stock: undefined,
    });
    const graph = await builder.apart(CITY);
    const { schema } = await loaded(graph);
    const api = Supergraph.build(CITY).apiSchema().toGraphQLJSSchema();
    const shown = (of: GraphQLSchema | undefined): string | undefined =>
      of === undefined ? undefined : printSchema(of);
    expect(shown(schema)).toBe(shown(api));
    const [here, apart] = [lazyViews(api, CITY), viewsOf(schema, CITY)];
    expect(apart.text()).toEqual(here.text());
    for (const name of CONTRACTS.keys()) {
      expect(apart.text(name)).toEqual(here.text(name));
      expect(shown(apart.schema(name))).toBe(shown(here.schema(name)));
    }
    expect(apart.unusable()).toEqual(here.unusable());
    await graph.release();
    await builder.stop();
    await departments.close();
  });

  it('is planned by a thread that is begun again when it ends', async () => {
    const { thread } = await GraphThread.start(SMALL, threads);
    const before = await thread.plan(OPERATION, false);
    await threads.taken[0]?.terminate();
    expect(await thread.plan(OPERATION, false)).toEqual(before);
    expect(threads.taken).toHaveLength(2);
    const lost = thread.plan(OPERATION, false);
    await Promise.all([expect(lost).rejects.toThrow('The planner ended.'), threads.taken[1]?.terminate()]);
    await thread.stop();
    await expect(thread.plan(OPERATION, false)).rejects.toThrow('not served any more');
  });

  it('leaves its thread to the next graph, and what is no graph is refused', async () => {
    const { thread } = await GraphThread.start(SMALL, threads);
    await thread.stop();
    await expect(GraphThread.start('type Query { a: Int }', threads)).rejects.toThrow('must be a core schema');
    const { thread: next, facts } = await GraphThread.start(SMALL, threads);
    expect(facts.departments.map(({ name }) => name)).toEqual(['cases', 'registry']);
    expect(threads.taken[1]).toBe(threads.taken[0]);
    await next.stop();
  });
});

describe('a schema that is built in slices', () => {
  it('is the one that graphql builds at once, also of ten thousand types', async () => {
    const types = Array.from({ length: 10_000 }, (_one, at) => `type T${at} { next: T${(at + 1) % 10_000} }`);
    const definitions = [
      'type Query { first(by: By = { kind: OLD }): T0 any: Any named: Named }',
      'input By { kind: Kind = NEW more: [By!] }',
      'enum Kind { OLD NEW @deprecated(reason: "No more.") }',
      'union Any = T0 | T1',
      'interface Named { name: String }',
      'type Person implements Named { name: String born: Day }',
      '"A day." scalar Day @specifiedBy(url: "https://day.example")',
      'directive @seen(by: Kind) repeatable on FIELD',
      ...types,
    ];
    const built = await schemaInSlices(definitions, new Slices());
    expect(printSchema(built)).toBe(printSchema(buildSchema(definitions.join('\n'))));
  });
});
