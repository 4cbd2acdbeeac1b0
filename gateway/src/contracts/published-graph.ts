import { createHash } from 'node:crypto';
import { checkScalarInput } from '@zhitong/kit';
import { buildASTSchema, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { Load, SupergraphExecutor } from '../execution/supergraph-executor.js';
import { CONTRACTS } from './contracts.js';
import type { ContractView } from './contract.js';
import { apiDocument, contractViews, documentedSdl } from './plain-sdl.js';

type SchemaListener = Parameters<SupergraphExecutor['onSchemaLoadOrUpdate']>[0];

/** A schema as text, and the strong entity tag of these very bytes. */
export interface PublishedText {
  readonly sdl: string;
  readonly etag: string;
}

/** What the gateway serves at present; everything is made when it is first asked for. */
interface Publication {
  readonly whole: DocumentNode;
  readonly supergraphSdl: string;
  readonly views: ReadonlyMap<string, ContractView>;
  readonly schemas: Map<string, GraphQLSchema>;
  readonly texts: Map<string, PublishedText>;
}

/**
 * The graph that the gateway serves now, as its executor tells it: when the executor goes over to another supergraph,
 * so do the texts and the contracts. Stands between the executor and the servers, which share it: it is loaded once.
 */
export class PublishedGraph implements SupergraphExecutor {
  readonly #source: SupergraphExecutor;
  readonly #listeners = new Set<SchemaListener>();
  #loaded: ReturnType<Load> | undefined;
  #told: Parameters<SchemaListener>[0] | undefined;
  #current: Publication | undefined;

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

  /**
   * A contract's plain SDL; without a name that of the whole graph. Undefined: there is no such contract, or it cannot
   * be shown because it is not closed.
   */
  text(contract?: string): PublishedText | undefined {
    const publication = this.#publication();
    const key = contract ?? '';
    const shown = contract === undefined ? publication.whole : openView(publication.views.get(contract));
    if (shown === undefined) return undefined;
    return kept(publication.texts, key, () => {
      const sdl = documentedSdl(shown, publication);
      return { sdl, etag: `"${createHash('sha256').update(sdl).digest('base64url')}"` };
    });
  }

  /** What a contract's callers may ask for; undefined where `text` is, and for a contract that shows everything. */
  schema(contract: string): GraphQLSchema | undefined {
    const publication = this.#publication();
    const shown = openView(publication.views.get(contract));
    if (shown === undefined || shown === publication.whole) return undefined;
    return kept(publication.schemas, contract, () => checkScalarInput(buildASTSchema(shown)));
  }

  /** Contracts that exist and cannot be shown, with why. */
  unusable(): ReadonlyMap<string, readonly string[]> {
    return new Map(
      [...this.#publication().views].flatMap(([name, { faults }]) => (faults.length > 0 ? [[name, faults]] : [])),
    );
  }

  /** The names of all contracts that are more than nothing and less than everything. */
  contracts(): string[] {
    return [...CONTRACTS.keys()].filter((name) => this.schema(name) !== undefined);
  }

  /** @throws Error before the graph is loaded. */
  #publication(): Publication {
    if (this.#told === undefined) throw new Error('The graph is not loaded yet.');
    const { apiSchema, coreSupergraphSdl: supergraphSdl } = this.#told;
    if (this.#current === undefined) {
      const whole = apiDocument(apiSchema);
      this.#current = {
        whole,
        supergraphSdl,
        views: contractViews(whole, supergraphSdl),
        schemas: new Map(),
        texts: new Map(),
      };
    }
    return this.#current;
  }
}

const openView = (view: ContractView | undefined): DocumentNode | undefined =>
  view === undefined || view.faults.length > 0 ? undefined : view.document;

function kept<Value>(store: Map<string, Value>, key: string, make: () => Value): Value {
  const known = store.get(key);
  if (known !== undefined) return known;
  const made = make();
  store.set(key, made);
  return made;
}
