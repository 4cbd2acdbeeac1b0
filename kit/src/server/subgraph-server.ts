import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLSchema } from 'graphql';
import { enforceAccess } from '../access.js';
import { countWhenAsked } from '../connection/relay-connection.js';
import type { Actor } from '../identity/actor.js';
import type { Logger } from '../logger.js';
import type { Language } from '../language.js';
import { scalarResolvers } from '../scalars.js';
import { refusalResolvers } from './refusal-resolvers.js';
import { publicError } from './public-error.js';

/** What every resolver's context holds, whatever the department adds. */
export interface RequestContext {
  /** Who asks; null for an anonymous caller that came through the gateway. */
  readonly actor: Actor | null;
  /** Ties the log lines of one request together across processes. */
  readonly requestId: string;
  /** What the caller reads; English where nothing is said. */
  readonly language?: Language;
  /**
   * What has to be written before the response may be sent, such as who read personal data; when it fails, the request
   * fails.
   */
  readonly beforeAnswer?: () => Promise<void>;
}

/** The resolver map of a department, as its generated types check it. */
export type DepartmentResolvers = NonNullable<
  Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>['resolvers']
>;

/** The executable schema of a department: SDL, resolvers, the shared scalars, refusals in the reader's language, and
 * `@access` enforced. */
export function departmentSchema({ typeDefs, resolvers }: { typeDefs: string; resolvers: object }): GraphQLSchema {
  const own = { ...refusalResolvers(typeDefs), ...resolvers } as DepartmentResolvers;
  return enforceAccess(
    countWhenAsked(buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: { ...scalarResolvers, ...own } })),
  );
}

/** The Apollo Server of a department, not yet started. */
export function departmentServer<Context extends RequestContext>({
  schema,
  name,
  logger,
  plugins = [],
}: {
  schema: GraphQLSchema;
  name?: string | undefined;
  logger: Logger;
  plugins?: ApolloServerPlugin<Context>[];
}): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    logger,
    introspection: true,
    csrfPrevention: false, // Only the gateway reaches a department, and it vouches for each request with a signed header.
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: publicError(logger, name),
    // Traces and cache hints would wrap every field's resolver, and nobody here reads them.
    plugins: [
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ...plugins,
    ],
  });
}
