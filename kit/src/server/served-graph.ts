import type { ApolloServer, ApolloServerPlugin } from '@apollo/server';
import type { Logger } from '../logger.js';
import { compiledQueries, type GraphRequest, type GraphResult } from './compiled-queries.js';
import { departmentSchema, departmentServer, type RequestContext } from './subgraph-server.js';
import { publicError } from './public-error.js';

interface Answer {
  readonly status: number;
  readonly result: GraphResult;
}

/** A department's graph, ready to answer. */
export interface DepartmentGraph<Context extends RequestContext> {
  /** Answers an operation with the HTTP status that goes with it; never throws for what is wrong with the operation. */
  answer(request: GraphRequest, contextValue: Context): Promise<Answer>;
  stop(): Promise<void>;
}

/**
 * Starts a department's graph: queries that come again are compiled, everything else (what comes for the first time,
 * mutations, operations with faults) is Apollo Server's.
 * @param name of the department, for errors that say that it is unavailable.
 * @param compileAt how often a query must have come to be compiled.
 */
export async function departmentGraph<Context extends RequestContext>({
  name,
  typeDefs,
  resolvers,
  logger,
  plugins,
  compileAt,
}: {
  name?: string;
  typeDefs: string;
  resolvers: object;
  logger: Logger;
  plugins?: ApolloServerPlugin<Context>[];
  compileAt?: number;
}): Promise<DepartmentGraph<Context>> {
  const schema = departmentSchema({ typeDefs, resolvers });
  const apollo = departmentServer<Context>({ schema, name, logger, ...(plugins === undefined ? {} : { plugins }) });
  const compiled = compiledQueries<Context>({
    schema,
    name,
    logger,
    ...(compileAt === undefined ? {} : { compileAt }),
  });
  const format = publicError(logger, name);
  const execute = async (request: GraphRequest, contextValue: Context): Promise<Answer> => {
    const result = await compiled.run(request, contextValue);
    return result === undefined ? answerOf(apollo, request, contextValue) : { status: 200, result };
  };
  await apollo.start();
  return {
    answer: async (request, contextValue) => {
      const answer = await execute(request, contextValue);
      if (contextValue.beforeAnswer === undefined) return answer;
      try {
        await contextValue.beforeAnswer();
        return answer;
      } catch (error) {
        return { status: 200, result: { data: null, errors: [format({ message: 'not written' }, error)] } };
      }
    },
    stop: async () => apollo.stop(),
  };
}

async function answerOf<Context extends RequestContext>(
  apollo: ApolloServer<Context>,
  { query, operationName, variables }: GraphRequest,
  contextValue: Context,
): Promise<Answer> {
  const { body, http } = await apollo.executeOperation(
    { query, operationName: operationName ?? undefined, variables: variables ?? undefined },
    { contextValue },
  );
  if (body.kind !== 'single') throw new Error('The department answers in one piece.');
  const { data, errors } = body.singleResult;
  return { status: http.status ?? 200, result: errors === undefined ? { data } : { errors, data } };
}
