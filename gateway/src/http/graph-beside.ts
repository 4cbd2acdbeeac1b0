import type { Server } from 'node:http';
import { ApolloServer, type ApolloServerOptions } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { boundedServer, listen, unauthenticated, type Actor, type Logger } from '@zhitong/kit';
import express, { type Response, type Router } from 'express';
import type { GatewayConfig } from '../config.js';
import { errorsInReadersLanguage } from './reader-language.js';
import { gatewayError } from '../gateway-error.js';
import { tokenVerifier } from '../identity/token-verifier.js';
import { documentCheck } from '../limits/document-check.js';
import { noTrustedDocuments } from '../operations/trusted-documents.js';
import type { GatewayContext } from '../request-context.js';
import { admission, type Admission } from './admission.js';
import { noDrafts } from './drafts.js';
import { httpFault, notOurs } from './http-fault.js';
import { postEndpoint } from './post-endpoint.js';
import { sendErrors } from './send-json.js';

/** As Apollo Server takes them. */
type Resolvers = Extract<ApolloServerOptions<GatewayContext>, { readonly typeDefs: unknown }>['resolvers'];

/** Requests in flight get this long to finish when the service stops. */
const STOP_GRACE_MS = 10_000;
const UNAUTHENTICATED = 401;
const NO_METRICS = { refused: () => undefined };

/** How callers are admitted: as at the gateway. */
export type GraphBesideConfig = Pick<
  GatewayConfig,
  'host' | 'tokens' | 'requestsPerMinute' | 'requestsInFlight' | 'trustProxyHops' | 'requestTimeoutMs' | 'limits'
>;

/** What a resolver of a graph beside the city's gets of a request: who asks, who is known. */
export interface KnownCaller {
  readonly actor: Actor;
}

/** A page beside the graph, for known callers too. */
export interface TextRoute {
  readonly path: string;
  /** Bytes and their media type. @throws GraphQLError with a documented code */
  readonly read: (caller: KnownCaller) => Promise<{ readonly type: string; readonly text: string }>;
}

/** A running service; `stop` finishes the requests in flight first. */
export interface RunningGraphBeside {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts a graph of its own beside the city's: `POST /graphql`, with the same bearer tokens, rates and refusals, and
 * `GET /health/live`. Nobody is answered without a token.
 * @param carried what resolvers get beside the caller (`KnownCaller`).
 * @param bodyBytes the largest request that is read.
 * @throws Error when the keys that verify tokens cannot be used or the port is taken.
 */
export async function startGraphBeside({
  name,
  typeDefs,
  resolvers,
  carried,
  config,
  port,
  bodyBytes,
  routes,
  logger,
}: {
  name: string;
  typeDefs: string;
  resolvers: Resolvers;
  carried: object;
  config: GraphBesideConfig;
  port: number;
  bodyBytes: number;
  routes: readonly TextRoute[];
  logger: Logger;
}): Promise<RunningGraphBeside> {
  const http = boundedServer({ requestTimeoutMs: config.requestTimeoutMs });
  const apollo = apolloServer({ typeDefs, resolvers, http, tokens: config.limits.tokens, logger });
  await apollo.start();
  const admit = knownAlone(
    admission({ ...config, verify: tokenVerifier(config.tokens), metrics: NO_METRICS }),
    carried,
  );
  const post = postEndpoint({
    serverAt: (path) => (path === '/graphql' ? apollo : undefined),
    drafts: noDrafts,
    trusted: noTrustedDocuments,
    admit,
    cors: undefined,
    bodyBytes,
    checkDocument: documentCheck(),
    metrics: NO_METRICS,
    logger,
  });
  const app = express().disable('x-powered-by').disable('etag');
  app.get('/health/live', (_request, response) => void response.json({ status: 'live' }));
  app.use(textRoutes(routes, admit)).use(notOurs).use(httpFault(NO_METRICS, logger));
  http.on('request', (request, response) => {
    if (!post(request, response)) app(request, response);
  });
  const listening = await listen(http, { port, host: config.host, name });
  return {
    url: `http://${config.host}:${listening}/graphql`,
    port: listening,
    stop: async () => apollo.stop(),
  };
}

function apolloServer({
  typeDefs,
  resolvers,
  http,
  tokens,
  logger,
}: {
  typeDefs: string;
  resolvers: Resolvers;
  http: Server;
  tokens: number;
  logger: Logger;
}): ApolloServer<GatewayContext> {
  return new ApolloServer<GatewayContext>({
    typeDefs,
    resolvers,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    parseOptions: { maxTokens: tokens },
    formatError: gatewayError(logger),
    plugins: [
      errorsInReadersLanguage(),
      ApolloServerPluginDrainHttpServer({ httpServer: http, stopGracePeriodMillis: STOP_GRACE_MS }),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
}

/** Admits who brings a token that is valid. */
const knownAlone =
  (admit: Admission, carried: object): Admission =>
  async (request, response) => {
    const context = await admit(request, response);
    if (context === undefined) return undefined;
    if (context.actor !== null) return { ...context, ...carried };
    response.setHeader('www-authenticate', 'Bearer');
    sendErrors(response, UNAUTHENTICATED, { errors: [unauthenticated().toJSON()] });
    return undefined;
  };

function textRoutes(routes: readonly TextRoute[], admit: Admission): Router {
  const router = express.Router();
  for (const { path, read } of routes)
    router.get(path, async (request, response: Response) => {
      const context = await admit(request, response);
      if (context === undefined || context.actor === null) return;
      const { type, text } = await read({ actor: context.actor });
      response.type(type).send(text);
    });
  return router;
}
