import { apiDocument, apiSchemaOf, contractViews } from './plain-sdl.js';

/** Where a contract of a composed graph is not closed, one sentence for each place; each begins with the coordinate. */
export function contractFaults(supergraphSdl: string): string[] {
  const views = contractViews(apiDocument(apiSchemaOf(supergraphSdl)), supergraphSdl);
  return [...new Set([...views.values()].flatMap(({ faults }) => faults))];
}
