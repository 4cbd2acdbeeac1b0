import type { GraphQLSchema } from 'graphql';
import type { Load, SupergraphExecutor } from '../execution/supergraph-executor.js';
import type { PublishedGraph } from './published-graph.js';

type SchemaListener = Parameters<SupergraphExecutor['onSchemaLoadOrUpdate']>[0];

/**
 * The graph as one contract shows it, for a server of its own: documents are validated, variables read and
 * introspection answered by the contract's schema, and what has passed runs over the whole graph. What it does not show
 * is, for that server, not there; not in an error's text either.
 */
export class ContractExecutor implements SupergraphExecutor {
  readonly #graph: PublishedGraph;
  readonly #contract: string;
  readonly #listeners = new Set<SchemaListener>();
  readonly #forget: () => void;

  constructor(graph: PublishedGraph, contract: string) {
    this.#graph = graph;
    this.#contract = contract;
    this.#forget = graph.onSchemaLoadOrUpdate(({ coreSupergraphSdl }) => this.#tell(coreSupergraphSdl));
  }

  /** @throws Error when the graph has no such contract. */
  async load(options: Parameters<Load>[0]): ReturnType<Load> {
    const { executor } = await this.#graph.load(options);
    this.#tell('');
    return { schema: this.#schema(), executor };
  }

  onSchemaLoadOrUpdate(listener: SchemaListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The graph itself goes on for the others. */
  async stop(): Promise<void> {
    this.#forget();
    this.#listeners.clear();
  }

  /** A contract that is there no more keeps its last schema; its address answers nothing by then. */
  #tell(coreSupergraphSdl: string): void {
    const apiSchema = this.#graph.schema(this.#contract);
    if (apiSchema === undefined) return;
    for (const listener of this.#listeners) listener({ apiSchema, coreSupergraphSdl });
  }

  #schema(): GraphQLSchema {
    const schema = this.#graph.schema(this.#contract);
    if (schema === undefined) throw new Error(`The graph has no contract "${this.#contract}".`);
    return schema;
  }
}
