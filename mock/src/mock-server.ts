import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { apiDocument, apiSchemaOf, contractViews } from '@zhitong/gateway/schema';
import { checkScalarInput } from '@zhitong/kit';
import { buildASTSchema, buildSchema, type GraphQLSchema } from 'graphql';
import { mockResolver } from './mock-objects.js';
import { MockWorld, type MockSettings } from './mock-world.js';

export interface MockOptions extends MockSettings {
  readonly schema: GraphQLSchema;
  /** 0 takes any that is free. */
  readonly port: number;
}

/**
 * The schema that is to be answered.
 * @param sdl A composed graph, or plain SDL as `GET /schema.graphql` gives it.
 * @param contract Of a composed graph; left out: all of it.
 * @throws Error when there is no such contract, or the text is no schema.
 */
export function mockedSchema(sdl: string, contract?: string): GraphQLSchema {
  if (!sdl.includes('enum join__Graph')) {
    if (contract !== undefined) throw new Error('Plain SDL has no contracts; give the SDL of the contract itself.');
    return buildSchema(sdl);
  }
  const api = apiDocument(apiSchemaOf(sdl));
  const view = contract === undefined ? { document: api, faults: [] } : contractViews(api, sdl).get(contract);
  if (view?.document === undefined || view.faults.length > 0)
    throw new Error(`The graph has no contract "${contract ?? ''}".`);
  return buildASTSchema(view.document);
}

/**
 * Serves a schema with plausible values at `/graphql`, for pages of any origin; on this machine alone.
 * @throws Error when the port is taken.
 */
export async function startMock({
  schema,
  seed,
  today,
  port,
}: MockOptions): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = new ApolloServer({
    schema: checkScalarInput(schema),
    fieldResolver: mockResolver(schema, new MockWorld({ seed, today })),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: true,
    plugins: [ApolloServerPluginLandingPageDisabled()],
  });
  const { url } = await startStandaloneServer(server, { listen: { port, host: '127.0.0.1' } });
  return { url: new URL('/graphql', url).href, stop: () => server.stop() };
}
