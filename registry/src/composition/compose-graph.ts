import { accessTable, apiSchemaOf, CompositionRefused, composeSupergraph } from '@zhitong/gateway/supergraph';
import { faultPlaces } from '../domain/fault-places.js';
import type { Dependant } from '../domain/judgement.js';
import type { Fault } from '../domain/report.js';
import { requiredFields } from '../domain/required-fields.js';
import type { SchemaChange } from '../domain/schema-change.js';
import { schemaChanges, type DiffSettings, type GraphVersion } from '../domain/schema-diff.js';

/** A department's part of a graph. */
export interface SchemaPart {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

export interface GraphQuestion {
  /** The supergraph that counts now; null before there is one. */
  readonly before: string | null;
  readonly parts: readonly SchemaPart[];
  readonly settings: DiffSettings;
}

/** What became of a composition. */
export type ComposedGraph =
  | {
      readonly composes: true;
      readonly supergraphSdl: string;
      /** Against the graph that counts now; none where there is none. */
      readonly changes: readonly SchemaChange[];
      /** What departments need of one another in the graph that counts now. */
      readonly required: readonly Dependant[];
    }
  | { readonly composes: false; readonly faults: readonly Fault[] };

/** Composes departments' schemas and compares what comes of them with the graph that counts now. */
export function composeGraph({ before, parts, settings }: GraphQuestion): ComposedGraph {
  let supergraphSdl: string;
  try {
    supergraphSdl = composeSupergraph(parts);
  } catch (error) {
    if (error instanceof CompositionRefused) return { composes: false, faults: faultPlaces(error.problems, parts) };
    if (!(error instanceof RangeError)) throw error;
    // Both libraries that compose go from type to type by calling themselves.
    return fault('Types refer to one another in a chain that is too long to be composed.');
  }
  if (before === null) return { composes: true, supergraphSdl, changes: [], required: [] };
  const current = graphVersion(before);
  return {
    composes: true,
    supergraphSdl,
    changes: schemaChanges(current, graphVersion(supergraphSdl), settings),
    required: requiredFields(before, current.schema),
  };
}

/** A composition that came to nothing, for a reason that has no place in a schema. */
export const fault = (message: string): ComposedGraph => ({ composes: false, faults: [{ message, places: [] }] });

/** A supergraph as two of them are compared. */
export const graphVersion = (supergraphSdl: string): GraphVersion => ({
  schema: apiSchemaOf(supergraphSdl),
  rights: accessTable(supergraphSdl),
});
