import { accessTable, apiSchemaOf, CompositionRefused, composeWithApi } from '@zhitong/gateway/supergraph';
import { faultPlaces } from '../domain/fault-places.js';
import { requiredFields } from '../domain/required-fields.js';
import { schemaChanges, type GraphVersion } from '../domain/schema-diff.js';
import { fault, type ComposedGraph, type GraphQuestion } from './composed-graph.js';
import { registeredUses } from './registered-uses.js';

/**
 * Composes departments' schemas and compares what comes of them with the graph that counts now.
 * @param versionOf reads the latter: a thread that composes one proposal after another against the same graph keeps it.
 */
export function composeGraph(
  { before, parts, releases, settings }: GraphQuestion,
  versionOf = graphVersion,
): ComposedGraph {
  let composed: ReturnType<typeof composeWithApi>;
  try {
    composed = composeWithApi(parts);
  } catch (error) {
    if (error instanceof CompositionRefused) return { composes: false, faults: faultPlaces(error.problems, parts) };
    if (!(error instanceof RangeError)) throw error;
    // Both libraries that compose go from type to type by calling themselves.
    return fault('Types refer to one another in a chain that is too long to be composed.');
  }
  const { supergraphSdl, api } = composed;
  if (before === null) return { composes: true, supergraphSdl, changes: [], required: [], registered: [] };
  const current = versionOf(before);
  const proposed = { schema: api, rights: accessTable(supergraphSdl) };
  return {
    composes: true,
    supergraphSdl,
    changes: schemaChanges(current, proposed, settings),
    required: requiredFields(before, current.schema),
    registered: registeredUses(releases, current.schema),
  };
}

/** A supergraph as two of them are compared. */
export const graphVersion = (supergraphSdl: string): GraphVersion => ({
  schema: apiSchemaOf(supergraphSdl),
  rights: accessTable(supergraphSdl),
});
