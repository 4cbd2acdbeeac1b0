import { checkScalarInput, IdleThreads } from '@zhitong/kit';
import type { GraphQLSchema } from 'graphql';
import { AccessGuard } from '../access/access-guard.js';
import { accessTable } from '../access/access-table.js';
import { contractSchema, keepViews } from '../contracts/graph-views.js';
import { PlanExecutor, type PlanExecutorOptions } from '../execution/plan-executor.js';
import type { SupergraphExecutor } from '../execution/supergraph-executor.js';
import type { DepartmentPool, GraphDepartments } from './department-pool.js';
import type { Candidate } from './follow-registry.js';
import type { GraphFacts } from './graph-facts.js';
import { GRAPH_THREADS, GraphThread } from './graph-thread.js';
import { schemaInSlices } from './schema-in-slices.js';
import { Slices } from './slices.js';

/** Makes graphs that can be served. */
export interface GraphBuilder {
  /** In this thread, which it holds for seconds: for the start, when nobody asks yet. @throws Error when it is none */
  here(supergraphSdl: string): Candidate;
  /**
   * Beside the requests that are answered meanwhile: the graph is read and planned in a thread of its own.
   * @param draft the department that is asked at the very address that the supergraph names.
   * @throws Error when it is none
   */
  apart(supergraphSdl: string, draft?: string): Promise<Candidate>;
  /** Ends what waits for another graph. */
  stop(): Promise<void>;
}

/** @param stock makes another executor than ours, which plans in this thread; undefined: ours. */
export function graphBuilder({
  departments,
  settings,
  stock,
}: {
  departments: DepartmentPool;
  settings: Pick<PlanExecutorOptions, 'mostExchanges' | 'mostErrors'>;
  stock: ((supergraphSdl: string, department: GraphDepartments['department']) => SupergraphExecutor) | undefined;
}): GraphBuilder {
  const threads = new IdleThreads(GRAPH_THREADS);
  const here = (supergraphSdl: string, draft?: string): Candidate => {
    const { department, probes, release } = departments.open(draft);
    const executor =
      stock?.(supergraphSdl, department) ?? PlanExecutor.over({ ...settings, supergraphSdl, department });
    return { sdl: supergraphSdl, guard: new AccessGuard(executor, accessTable(supergraphSdl)), probes, release };
  };
  const apart = async (supergraphSdl: string, draft?: string): Promise<Candidate> => {
    if (stock !== undefined) return here(supergraphSdl, draft);
    const { thread, facts } = await GraphThread.start(supergraphSdl, threads);
    try {
      const schemas = await schemasOf(facts);
      const { department, probes, release } = departments.open(draft);
      const graph = { ...facts, ...schemas, supergraphSdl, planner: thread };
      return {
        sdl: supergraphSdl,
        guard: new AccessGuard(new PlanExecutor({ ...settings, graph, department }), facts.access),
        probes,
        release: async () => {
          await Promise.all([thread.stop(), release()]);
        },
      };
    } catch (error) {
      await thread.stop();
      throw error;
    }
  };
  return { here: (supergraphSdl) => here(supergraphSdl), apart, stop: async () => threads.stop() };
}

async function schemasOf({
  whole,
  shown,
  contracts,
}: GraphFacts): Promise<{ readonly whole: GraphQLSchema; readonly schema: GraphQLSchema }> {
  const slices = new Slices();
  const schema = checkScalarInput(await schemaInSlices(shown.definitions, slices));
  const narrower = new Map<string, GraphQLSchema>();
  for (const [name, { definitions }] of contracts)
    if (definitions !== undefined)
      narrower.set(name, contractSchema(await schemaInSlices(definitions, slices), { name, whole: schema }));
  const unusable = new Map([...contracts].flatMap(([name, { faults }]) => (faults.length > 0 ? [[name, faults]] : [])));
  keepViews(schema, {
    text: (contract) => (contract === undefined ? shown.text : contracts.get(contract)?.text),
    schema: (contract) => narrower.get(contract),
    unusable: () => unusable,
  });
  return { whole: await schemaInSlices(whole, slices), schema };
}
