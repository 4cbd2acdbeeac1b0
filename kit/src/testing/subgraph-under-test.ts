import type { GraphQLFormattedError } from 'graphql';
import type { Actor } from '../identity/actor.js';
import { createLogger } from '../logger.js';
import { departmentGraph, type DepartmentGraph } from '../server/served-graph.js';
import type { RequestContext } from '../server/subgraph-server.js';

/** A response as a client reads it: plain JSON. */
export interface TestAnswer<Data> {
  readonly data: Data | null | undefined;
  readonly errors: readonly GraphQLFormattedError[] | undefined;
}

/** One department's graph in this process, asked as the gateway would ask it. */
export interface DepartmentUnderTest {
  /** Executes an operation as `actor` (null: anonymous). Errors are in the response, formatted as at the edge. */
  ask<Data = Record<string, unknown>>(
    query: string,
    options?: { variables?: Record<string, unknown>; actor?: Actor | null },
  ): Promise<TestAnswer<Data>>;
}

/**
 * The graphs of a test file, by their resolvers. Building one takes longer than most tests, and it knows nothing of
 * what is asked: that comes with each request's context.
 */
const graphs = new WeakMap<object, Promise<DepartmentGraph<RequestContext>>>();

/** Builds the department's schema with its real resolvers and `@access`, over the context that the test gives. */
export async function departmentUnderTest({
  typeDefs,
  resolvers,
  context,
}: {
  typeDefs: string;
  resolvers: object;
  context: (request: RequestContext) => RequestContext;
}): Promise<DepartmentUnderTest> {
  // Compiled at once, as a query is that the gateway sends again and again.
  const built =
    graphs.get(resolvers) ??
    departmentGraph({ typeDefs, resolvers, logger: createLogger({ name: 'test', level: 'silent' }), compileAt: 1 });
  graphs.set(resolvers, built);
  const graph = await built;
  return {
    ask: async <Data>(
      query: string,
      { variables, actor = null }: { variables?: Record<string, unknown>; actor?: Actor | null } = {},
    ) => {
      const { result } = await graph.answer({ query, variables }, context({ actor, requestId: 'test' }));
      // Through JSON, as over the wire: the response holds no class instances.
      return JSON.parse(JSON.stringify(result)) as TestAnswer<Data>;
    },
  };
}
