import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { wholeOf } from '../contracts/graph-views.js';
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

/** A graph's first minute of service, in which the one before it waits. */
export interface Trial {
  /** Whether an operation was answered by the graph before, so that its failure now is the new graph's. */
  readonly isKnown: (text: string) => boolean;
  /** Called when the graph before is served again, with why. */
  readonly onBack: (reason: string) => void;
}

interface OpenTrial extends Trial {
  readonly before: Service;
  readonly timer: NodeJS.Timeout;
  /** Texts of known operations that failed, one for each time. */
  readonly failures: string[];
}

interface Service {
  readonly graph: ServedGraph;
  inFlight: number;
  isRetired: boolean;
}

const TRIAL_MS = 60_000;
/** So many failures of known operations end a trial. */
const MOST_FAILURES = 3;
/** Operations that failed of late; the oldest is forgotten first. */
const MOST_FAILING = 1_000;
/** What a department says of a question that its own schema has no room for: only a gateway's plan can make one. */
const OUT_OF_STEP = 'GRAPHQL_VALIDATION_FAILED';

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
  /** Texts of operations that failed of late on a graph that stays: no later graph is at fault for them. */
  readonly #failing = new Set<string>();
  #current: Service;
  #trial: OpenTrial | undefined;

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

  /**
   * Serves another graph from now on; whoever asks next is validated against its schema. The graph before is served
   * again when the new one fails in its first minute: when operations that were answered before end in exceptions, or
   * in questions that departments cannot read.
   * @throws Error when it cannot be taken into service; the graph before goes on then.
   */
  serve(graph: ServedGraph, trial: Trial): void {
    const before = this.#current;
    this.#services.set(graph.schema, serviceOf(graph));
    try {
      this.#change(graph);
    } catch (error) {
      this.#change(before.graph);
      throw error;
    }
    this.#endTrial();
    const timer = setTimeout(() => this.#endTrial(), TRIAL_MS).unref();
    this.#trial = { ...trial, before, timer, failures: [] };
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
    this.#endTrial();
    const { guard, release } = this.#current.graph;
    await guard.stop();
    await release();
  }

  async #execute(request: ExecutorRequest): Promise<ExecutionResult> {
    const service = this.#services.get(wholeOf(request.schema)) ?? this.#current;
    this.#uses?.note(request);
    service.inFlight += 1;
    try {
      const result = await service.graph.execute(request);
      const lost = result.errors?.find(({ extensions }) => extensions['code'] === OUT_OF_STEP);
      if (lost !== undefined) this.#failed(service, request.source, lost.message);
      return result;
    } catch (error) {
      this.#failed(service, request.source, String(error));
      throw error;
    } finally {
      service.inFlight -= 1;
      this.#releaseIdle(service);
    }
  }

  /** Notes that an operation failed, and goes back when that is the new graph's fault. */
  #failed(service: Service, text: string, reason: string): void {
    const trial = this.#trial;
    if (trial === undefined || service !== this.#current) this.#remember(text);
    else if (trial.isKnown(text) && !this.#failing.has(text)) trial.failures.push(text);
    if (trial === undefined || trial.failures.length < MOST_FAILURES) return;
    clearTimeout(trial.timer);
    this.#trial = undefined;
    this.#change(trial.before.graph);
    this.#retire(service);
    trial.onBack(reason);
  }

  #change(graph: ServedGraph): void {
    const service = this.#services.get(graph.schema);
    if (service === undefined) throw new Error('Only a graph in service is served.');
    this.#current = service;
    for (const listener of this.#listeners) listener(said(graph));
    this.#uses?.retire();
  }

  /** The graph before is not needed any more. */
  #endTrial(): void {
    if (this.#trial === undefined) return;
    clearTimeout(this.#trial.timer);
    this.#retire(this.#trial.before);
    for (const text of this.#trial.failures) this.#remember(text);
    this.#trial = undefined;
  }

  #remember(text: string): void {
    this.#failing.add(text);
    const [oldest] = this.#failing;
    if (this.#failing.size > MOST_FAILING && oldest !== undefined) this.#failing.delete(oldest);
  }

  #retire(service: Service): void {
    service.isRetired = true;
    this.#releaseIdle(service);
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
