import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import type { Logger } from '../logger.js';
import { publicError } from './public-error.js';

/** A query is compiled when it comes for this time: what is asked once is not worth it. */
const WORTH_COMPILING = 3;
/** The gateway sends a few texts again and again; the one that came longest ago is forgotten. */
const MOST_QUERIES = 500;
/** Characters of a text that may be remembered. */
const LONGEST_QUERY = 20_000;

/** A GraphQL request as a caller sends it. */
export interface GraphRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** What is sent back: `errors` is absent when there are none. */
export interface GraphResult {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
}

/**
 * Runs queries that are worth it as compiled functions; undefined where the answer has to be made in the ordinary way.
 */
export interface CompiledQueries<Context> {
  run(request: GraphRequest, contextValue: Context): Promise<GraphResult | undefined>;
}

interface Known {
  times: number;
  /** Undefined before it is worth compiling; null when it is no valid query, or none that can be compiled. */
  plan: Plan | null | undefined;
}

interface Plan {
  readonly operationName: string | undefined;
  readonly query: CompiledQuery['query'];
}

/**
 * Compiles the queries that come again: parsing, validation and collecting fields are done once for a text, and its
 * execution costs less than half. Errors of resolvers are formatted as at every edge of the hub.
 * @param name of the department, for errors that say that it is unavailable.
 * @param compileAt how often a query must have come to be compiled.
 */
export function compiledQueries<Context>({
  schema,
  name,
  logger,
  compileAt = WORTH_COMPILING,
}: {
  schema: GraphQLSchema;
  name?: string | undefined;
  logger: Logger;
  compileAt?: number;
}): CompiledQueries<Context> {
  const known = new LRUCache<string, Known>({ max: MOST_QUERIES });
  const format = publicError(logger, name);

  const planOf = (query: string): Plan | null => {
    let entry = known.get(query);
    if (entry === undefined) {
      entry = { times: 0, plan: undefined };
      known.set(query, entry);
    }
    entry.times += 1;
    if (entry.plan === undefined && entry.times >= compileAt) entry.plan = compile(schema, query);
    return entry.plan ?? null;
  };

  return {
    run: async ({ query, operationName, variables }, contextValue) => {
      const plan = query.length > LONGEST_QUERY ? null : planOf(query);
      if (plan === null || (operationName ?? plan.operationName) !== plan.operationName) return undefined;
      const { data, errors = [] } = await plan.query(undefined, contextValue, variables ?? {});
      if (errors.length === 0) return { data };
      // Variables that do not fit, a null or a value that the schema does not allow: Apollo Server runs the query again
      // and words it.
      return data !== undefined && errors.every(isThrown)
        ? { data, errors: errors.map((error) => formatted(error, format)) }
        : undefined;
    },
  };
}

/**
 * The compiled query; null for what is not valid, not a single query, or beyond the compiler: Apollo Server executes
 * that.
 */
function compile(schema: GraphQLSchema, query: string): Plan | null {
  const document = parsed(query);
  if (document === null || validate(schema, document).length > 0) return null;
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operation === undefined || operations.length > 1 || operation.operation !== OperationTypeNode.QUERY) return null;
  const compiled = compileQuery(schema, document);
  return isCompiledQuery(compiled) ? { operationName: operation.name?.value, query: compiled.query } : null;
}

function parsed(query: string): DocumentNode | null {
  try {
    return parse(query);
  } catch {
    return null;
  }
}

/** Whether a resolver threw it. */
const isThrown = ({ originalError }: GraphQLError): boolean => originalError !== undefined;

/** An error as the edge formats it. The compiled query's own errors are no instances of graphql-js' class. */
function formatted(
  { message, locations, path, originalError, extensions }: GraphQLError,
  format: ReturnType<typeof publicError>,
): GraphQLFormattedError {
  return format({ message, locations, path, extensions }, new GraphQLError(message, { path, originalError }));
}
