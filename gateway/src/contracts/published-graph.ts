import type { GraphQLSchema } from 'graphql';
import type { Load, SupergraphExecutor } from '../execution/supergraph-executor.js';
import { CONTRACTS } from './contracts.js';
import { viewsOf, type GraphViews, type PublishedText } from './graph-views.js';

type SchemaListener = Parameters<SupergraphExecutor['onSchemaLoadOrUpdate']>[0];

/**
 * The graph that the gateway serves now, as its executor tells it: when the executor goes over to another supergraph,
 * so do the texts and the contracts. Stands between the executor and the servers, which share it: it is loaded once.
 */
export class PublishedGraph implements SupergraphExecutor {
  readonly #source: SupergraphExecutor;
  readonly #listeners = new Set<SchemaListener>();
  #loaded: ReturnType<Load> | undefined;
  #told: Parameters<SchemaListener>[0] | undefined;
  #current: GraphViews | undefined;

  constructor(source: SupergraphExecutor) {
    this.#source = source;
    source.onSchemaLoadOrUpdate((told) => {
      this.#told = told;
      this.#current = undefined;
      for (const listener of this.#listeners) listener(told);
    });
  }

  async load(options: Parameters<Load>[0]): ReturnType<Load> {
    this.#loaded ??= this.#source.load(options);
    return this.#loaded;
  }

  onSchemaLoadOrUpdate(listener: SchemaListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    await this.#source.stop();
  }

  /** See `GraphViews.text`. */
  text(contract?: string): PublishedText | undefined {
    return this.#views().text(contract);
  }

  /** See `GraphViews.schema`. */
  schema(contract: string): GraphQLSchema | undefined {
    return this.#views().schema(contract);
  }

  /** Contracts that exist and cannot be shown, with why. */
  unusable(): ReadonlyMap<string, readonly string[]> {
    return this.#views().unusable();
  }

  /** The names of all contracts that are more than nothing and less than everything. */
  contracts(): string[] {
    return [...CONTRACTS.keys()].filter((name) => this.schema(name) !== undefined);
  }

  /** @throws Error before the graph is loaded. */
  #views(): GraphViews {
    if (this.#told === undefined) throw new Error('The graph is not loaded yet.');
    const { apiSchema, coreSupergraphSdl } = this.#told;
    return (this.#current ??= viewsOf(apiSchema, coreSupergraphSdl));
  }
}
