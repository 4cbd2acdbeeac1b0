import type { ExecutionResult, GraphQLSchema } from 'graphql';
import type { AccessGuard } from '../access/access-guard.js';
import type { Executor, ExecutorRequest, Load, SupergraphExecutor } from '../execution/supergraph-executor.js';
import type { OperationUses } from './operation-uses.js';

/** A graph that can be served: built, and nothing of it served yet. */
export interface Graph {
  readonly sdl: string;
  readonly guard: AccessGuard;
  /** Lets go of what only this graph needs of the departments; called once nothing of it is in flight. */
  readonly release: () => Promise<void>;
}

/** A graph in service. */
export interface ServedGraph extends Graph {
  readonly schema: GraphQLSchema;
  readonly execute: Executor;
}

interface Service {
  readonly graph: ServedGraph;
  inFlight: number;
  isRetired: boolean;
}

type SchemaListener = Parameters<SupergraphExecutor['onSchemaLoadOrUpdate']>[0];

/**
 * Serves one graph after another without a request being lost: a request runs on the graph whose schema it was
 * validated against, also when another one is served by then, and a graph is let go of when the last of its requests
 * has ended.
 */
export class LiveExecutor implements SupergraphExecutor {
  readonly #uses: OperationUses | undefined;
  readonly #onReleaseFailed: (error: unknown) => void;
  readonly #services = new WeakMap<GraphQLSchema, Service>();
  readonly #listeners = new Set<SchemaListener>();
  #current: Service;

  private constructor(first: Service, uses: OperationUses | undefined, onReleaseFailed: (error: unknown) => void) {
    this.#uses = uses;
    this.#onReleaseFailed = onReleaseFailed;
    this.#current = first;
    this.#services.set(first.graph.schema, first);
  }

  /**
   * Begins with a graph.
   * @param uses counts what is asked; undefined where there is no registry to be told.
   * @throws Error when it cannot be loaded
   */
  static async over(
    graph: Graph,
    uses: OperationUses | undefined,
    onReleaseFailed: (error: unknown) => void,
  ): Promise<LiveExecutor> {
    return new LiveExecutor(serviceOf(await loaded(graph)), uses, onReleaseFailed);
  }

  /** The graph that new requests run on. */
  get graph(): ServedGraph {
    return this.#current.graph;
  }

  /** Serves another graph from now on; whoever asks next is validated against its schema. */
  serve(graph: ServedGraph): void {
    const before = this.#current;
    const next = serviceOf(graph);
    this.#services.set(graph.schema, next);
    this.#current = next;
    for (const listener of this.#listeners) listener(said(graph));
    this.#uses?.retire();
    before.isRetired = true;
    this.#releaseIdle(before);
  }

  async load(_options: Parameters<Load>[0]): ReturnType<Load> {
    for (const listener of this.#listeners) listener(said(this.#current.graph));
    return { schema: this.#current.graph.schema, executor: (request) => this.#execute(request) };
  }

  onSchemaLoadOrUpdate(listener: SchemaListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.#listeners.clear();
    await this.#current.graph.guard.stop();
  }

  async #execute(request: ExecutorRequest): Promise<ExecutionResult> {
    const service = this.#services.get(request.schema) ?? this.#current;
    this.#uses?.note(request);
    service.inFlight += 1;
    try {
      return await service.graph.execute(request);
    } finally {
      service.inFlight -= 1;
      this.#releaseIdle(service);
    }
  }

  #releaseIdle(service: Service): void {
    if (!service.isRetired || service.inFlight > 0) return;
    service.graph.release().catch(this.#onReleaseFailed);
  }
}

/** Loads a graph, so that it can be tried and served. @throws Error when it cannot be loaded */
export async function loaded(graph: Graph): Promise<ServedGraph> {
  const { schema, executor } = await graph.guard.load({ apollo: {} });
  return { ...graph, schema, execute: executor };
}

const serviceOf = (graph: ServedGraph): Service => ({ graph, inFlight: 0, isRetired: false });

const said = ({ schema, sdl }: ServedGraph): Parameters<SchemaListener>[0] => ({
  apiSchema: schema,
  coreSupergraphSdl: sdl,
});
