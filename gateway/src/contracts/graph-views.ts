import { createHash } from 'node:crypto';
import { checkScalarInput } from '@zhitong/kit';
import { buildASTSchema, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { ContractView } from './contract.js';
import { apiDocument, contractViews, documentedSdl } from './plain-sdl.js';

/** A schema as text, and the strong entity tag of these very bytes. */
export interface PublishedText {
  readonly sdl: string;
  readonly etag: string;
}

/** How a graph is shown: whole, and by contract. */
export interface GraphViews {
  /**
   * A contract's plain SDL; without a name that of the whole graph. Undefined: there is no such contract, or it cannot
   * be shown because it is not closed.
   */
  text(contract?: string): PublishedText | undefined;
  /** What a contract's callers may ask for; undefined where `text` is, and for a contract that shows everything. */
  schema(contract: string): GraphQLSchema | undefined;
  /** Contracts that exist and cannot be shown, with why. */
  unusable(): ReadonlyMap<string, readonly string[]>;
}

/** Views that were made before their graph is served, by its schema. */
const made = new WeakMap<GraphQLSchema, GraphViews>();
const contracts = new WeakMap<GraphQLSchema, { readonly name: string; readonly whole: GraphQLSchema }>();

/** Keeps the views of a graph, made in time. */
export const keepViews = (apiSchema: GraphQLSchema, views: GraphViews): void => void made.set(apiSchema, views);

/** The views of a graph: those that are kept, else made when they are first asked for. */
export function viewsOf(apiSchema: GraphQLSchema, supergraphSdl: string): GraphViews {
  const views = made.get(apiSchema) ?? lazyViews(apiSchema, supergraphSdl);
  made.set(apiSchema, views);
  return views;
}

/** Of which contract a schema is; undefined for a whole graph's. */
export const contractOf = (schema: GraphQLSchema): string | undefined => contracts.get(schema)?.name;

/** The whole graph's schema, of that or of a contract's. */
export const wholeOf = (schema: GraphQLSchema): GraphQLSchema => contracts.get(schema)?.whole ?? schema;

/** Gives a contract's schema its name and its graph, and scalars their meaning for input. */
export function contractSchema(schema: GraphQLSchema, of: { name: string; whole: GraphQLSchema }): GraphQLSchema {
  contracts.set(schema, of);
  return checkScalarInput(schema);
}

/** Makes each view when it is first asked for. */
export function lazyViews(apiSchema: GraphQLSchema, supergraphSdl: string): GraphViews {
  const whole = apiDocument(apiSchema);
  const views = contractViews(whole, supergraphSdl);
  const schemas = new Map<string, GraphQLSchema>();
  const texts = new Map<string, PublishedText>();
  return {
    text: (contract) => {
      const shown = contract === undefined ? whole : openView(views.get(contract));
      if (shown === undefined) return undefined;
      return kept(texts, contract ?? '', () => {
        const sdl = documentedSdl(shown, { whole, supergraphSdl });
        return { sdl, etag: `"${createHash('sha256').update(sdl).digest('base64url')}"` };
      });
    },
    schema: (contract) => {
      const shown = openView(views.get(contract));
      if (shown === undefined || shown === whole) return undefined;
      return kept(schemas, contract, () => contractSchema(buildASTSchema(shown), { name: contract, whole: apiSchema }));
    },
    unusable: () => new Map([...views].flatMap(([name, { faults }]) => (faults.length > 0 ? [[name, faults]] : []))),
  };
}

const openView = (view: ContractView | undefined): DocumentNode | undefined =>
  view === undefined || view.faults.length > 0 ? undefined : view.document;

function kept<Value>(store: Map<string, Value>, key: string, make: () => Value): Value {
  const known = store.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  store.set(key, fresh);
  return fresh;
}
