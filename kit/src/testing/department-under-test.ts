import type { GraphQLFormattedError } from 'graphql';
import type { Actor } from '../identity/actor.js';
import { createLogger } from '../logger.js';
import { departmentServer, type RequestContext } from '../server/department-server.js';

/** An answer as a client reads it: plain JSON. */
export interface TestAnswer<Data> {
  readonly data: Data | null | undefined;
  readonly errors: readonly GraphQLFormattedError[] | undefined;
}

/** One department's graph in this process, asked as the gateway would ask it. */
export interface DepartmentUnderTest {
  /** Executes an operation as `actor` (null: anonymous). Errors are in the answer, formatted as at the edge. */
  ask<Data = Record<string, unknown>>(query: string, options?: { variables?: Record<string, unknown>; actor?: Actor | null }): Promise<TestAnswer<Data>>;
  stop(): Promise<void>;
}

/** Builds the department's schema with its real resolvers and `@access`, over the context that the test gives. */
export async function departmentUnderTest({ typeDefs, resolvers, context }: {
  typeDefs: string;
  resolvers: object;
  context: (request: RequestContext) => RequestContext;
}): Promise<DepartmentUnderTest> {
  const server = departmentServer({ typeDefs, resolvers, logger: createLogger({ name: 'test', level: 'silent' }) });
  await server.start();
  return {
    ask: async <Data>(query: string, { variables, actor = null }: { variables?: Record<string, unknown>; actor?: Actor | null } = {}) => {
      const answer = await server.executeOperation({ query, variables }, { contextValue: context({ actor, requestId: 'test' }) });
      if (answer.body.kind !== 'single') throw new Error('An incremental answer was not expected.');
      // Through JSON, as over the wire: the answer holds no class instances.
      return JSON.parse(JSON.stringify(answer.body.singleResult)) as TestAnswer<Data>;
    },
    stop: async () => server.stop(),
  };
}
