import { printSchema, parse, print, type DocumentNode, type GraphQLSchema } from 'graphql';
import { accessTable, type AccessTable } from '../access/access-table.js';
import { CONTRACTS } from '../contracts/contracts.js';
import { lazyViews, type PublishedText } from '../contracts/graph-views.js';
import type { GraphReading, PlannableGraph } from '../execution/plannable-graph.js';

/** One way in which a graph is shown. */
export interface ViewFacts {
  /** Undefined: as the whole graph, or not at all. */
  readonly definitions: readonly string[] | undefined;
  /** Undefined: it cannot be shown. */
  readonly text: PublishedText | undefined;
  /** Why it cannot be shown; empty where it can, or where nothing of it is there. */
  readonly faults: readonly string[];
}

/** All that the thread which answers requests must know of a graph: plain data, read in another thread. */
export interface GraphFacts extends GraphReading {
  readonly access: AccessTable;
  /** The definitions of the graph, what is hidden from callers included. */
  readonly whole: readonly string[];
  /** As callers see it. */
  readonly shown: ViewFacts & { readonly definitions: readonly string[] };
  /** By contract. */
  readonly contracts: ReadonlyMap<string, ViewFacts>;
}

/** Reads a graph, which takes long. */
export function graphFacts({ supergraphSdl, schema, whole, ...graph }: PlannableGraph): GraphFacts {
  const views = lazyViews(schema, supergraphSdl);
  const unusable = views.unusable();
  const contract = (name: string): ViewFacts => {
    const narrower = views.schema(name);
    return {
      definitions: narrower === undefined ? undefined : definitionsOf(narrower),
      text: views.text(name),
      faults: unusable.get(name) ?? [],
    };
  };
  return {
    departments: graph.departments,
    possessions: graph.possessions,
    fieldNames: graph.fieldNames,
    access: accessTable(supergraphSdl),
    whole: definitionsOf(whole),
    shown: { definitions: definitionsOf(schema), text: views.text(), faults: [] },
    contracts: new Map([...CONTRACTS.keys()].map((name) => [name, contract(name)])),
  };
}

function definitionsOf(schema: GraphQLSchema): string[] {
  const document: DocumentNode = parse(printSchema(schema), { noLocation: true });
  return document.definitions.map((definition) => print(definition));
}
