import type { GraphQLSchema } from 'graphql';
import { apiDocument, contractViews } from './plain-sdl.js';

/**
 * Where a contract of a composed graph is not closed, one sentence for each place; each begins with the coordinate.
 * @param api The graph as its clients see it.
 */
export function contractFaults(api: GraphQLSchema, supergraphSdl: string): string[] {
  const views = contractViews(apiDocument(api), supergraphSdl);
  return [...new Set([...views.values()].flatMap(({ faults }) => faults))];
}
