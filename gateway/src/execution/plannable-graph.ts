import { Supergraph } from '@apollo/federation-internals';
import { checkScalarInput } from '@zhitong/kit';
import type { GraphQLSchema } from 'graphql';
import { fieldNamesOf, type FieldNames } from './internal-names.js';
import { plannerOver, type Planner } from './planner.js';
import { possessionsIn, type Possessions } from './subgraph-fields.js';

/** What is read of a supergraph, beside its schemas: plain data, which can go from one thread to another. */
export interface GraphReading {
  readonly departments: readonly { readonly name: string; readonly url: string }[];
  readonly possessions: Possessions;
  readonly fieldNames: FieldNames;
}

/** A supergraph, read as far as operations need it to be planned and run. */
export interface PlannableGraph extends GraphReading {
  readonly supergraphSdl: string;
  /** What is hidden from callers included. */
  readonly whole: GraphQLSchema;
  /** As callers see it. */
  readonly schema: GraphQLSchema;
  readonly planner: Planner;
}

/** Reads a supergraph and makes its planner in this thread, which takes seconds of it. @throws Error when it is none */
export function plannableGraph(supergraphSdl: string): PlannableGraph {
  const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: true });
  const whole = supergraph.schema.toGraphQLJSSchema();
  return {
    supergraphSdl,
    departments: supergraph.subgraphsMetadata().map(({ name, url }) => ({ name, url })),
    possessions: possessionsIn(supergraphSdl),
    fieldNames: fieldNamesOf(whole, supergraphSdl),
    whole,
    schema: checkScalarInput(supergraph.apiSchema().toGraphQLJSSchema()),
    planner: plannerOver(supergraph),
  };
}
