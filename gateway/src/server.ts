import type { RequestListener, Server } from 'node:http';
import path from 'node:path';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { assertionSigner, boundedServer, listen, type AssertionSigner, type Logger } from '@zhitong/kit';
import express, { type Router } from 'express';
import { contractServers, type ServerAt } from './contracts/contract-servers.js';
import { PublishedGraph } from './contracts/published-graph.js';
import { crossOriginOf } from './http/cross-origin.js';
import { admission } from './http/admission.js';
import type { DepartmentAddress, GatewayConfig } from './config.js';
import { departmentHealth } from './exchanges/subgraph-health.js';
import { DepartmentSource } from './exchanges/subgraph-source.js';
import { documentCheck } from './limits/document-check.js';
import { ApolloExecutor } from './execution/apollo-executor.js';
import type { SupergraphExecutor } from './execution/supergraph-executor.js';
import { gatewayError } from './gateway-error.js';
import { DepartmentPool, type GraphDepartments } from './live/department-pool.js';
import { DocumentStore } from './live/document-store.js';
import { DraftGraphs } from './live/draft-graphs.js';
import { graphBuilder } from './live/graph-builder.js';
import { liveGraph, type LiveGraph } from './live/live-graph.js';
import { mendServer } from './live/mended-server.js';
import { disclosureReader } from './disclosure/disclosure.js';
import { askAsNobody, disclosureRoutes } from './http/disclosure-routes.js';
import { draftsOf, type Drafts } from './http/drafts.js';
import { httpFault, notOurs } from './http/http-fault.js';
import { graphRoute } from './http/graph-route.js';
import { hubReadiness, operationsRoutes, publicHealth } from './http/health.js';
import { gatewayMetrics, type GatewayMetrics } from './metrics.js';
import { finiteNumbers, operationChecks } from './limits/operation-checks.js';
import { operationLimits } from './limits/operation-limits.js';
import { errorsInReadersLanguage } from './http/reader-language.js';
import { MOST_ERRORS, listedErrors } from './http/listed-errors.js';
import { playground } from './http/playground.js';
import { postEndpoint } from './http/post-endpoint.js';
import { registryForPages } from './http/registry-pages.js';
import { schemaRoutes } from './http/schema-routes.js';
import type { GatewayContext } from './request-context.js';
import { signingKeys, type SigningKeys } from './identity/signing-keys.js';
import { tokenVerifier } from './identity/token-verifier.js';
import { variableLimits } from './limits/variable-limits.js';
import type { ClientDocumentStore } from './operations/client-documents.js';
import { documentFolder } from './operations/document-folder.js';
import { keptReleases } from './operations/kept-releases.js';
import { trustedDocuments, type TrustedDocuments } from './operations/trusted-documents.js';
import { webApp } from './http/web-app.js';

/** Requests in flight get this long to finish when the gateway stops. */
const STOP_GRACE_MS = 10_000;
/** A department that takes longer to say how it is counts as down. It gives its own checks four seconds. */
const PROBE_TIMEOUT_MS = 6_000;
/** Longer than the idle time of the usual reverse proxies, so that they and not we close a connection. */
const KEEP_ALIVE_MS = 75_000;
/**
 * A connection on which nothing moves for this time is closed, whether the client does not send or does not fetch its
 * answer.
 */
const IDLE_MS = 120_000;
/** Departments and proxies may keep the public keys so long; a new key is published longer before it is used. */
const KEYS_KEPT_SECONDS = 30;

export interface RunningGateway {
  readonly url: string;
  readonly port: number;
  /** Where `/metrics` and the state of each department are served, for example `http://127.0.0.1:4009`. */
  readonly operationsUrl: string;
  readonly metrics: GatewayMetrics;
  /** Takes no new request, finishes those in flight, closes the connections to the departments. */
  stop(): Promise<void>;
}

/**
 * Starts the gateway over a composed supergraph. No department needs to be awake.
 * @throws Error when the signing key cannot be used, the supergraph cannot be read or the port is taken.
 */
export async function startGateway({
  config,
  supergraphSdl,
  logger,
}: {
  config: GatewayConfig;
  supergraphSdl: string;
  logger: Logger;
}): Promise<RunningGateway> {
  const keys = signingKeys(config.signingKeyFile, { logger });
  const sign = assertionSigner(() => keys.current());
  const metrics = gatewayMetrics();
  const departments = new DepartmentPool(({ name, url, isAsGiven }) => {
    const address = isAsGiven ? { url } : config.departmentAddress(name, url);
    const source = departmentSource({ name, address, sign, config, metrics, logger });
    const isAnswering = async (): Promise<boolean> => source.isAnswering(PROBE_TIMEOUT_MS);
    return { source, health: departmentHealth({ name, ...address, timeoutMs: PROBE_TIMEOUT_MS, isAnswering }) };
  });
  const builder = graphBuilder({
    departments,
    settings: { mostExchanges: config.limits.fetches, mostErrors: MOST_ERRORS },
    stock: config.executor === 'apollo' ? stockExecutor(logger) : undefined,
  });
  mendServer();
  const live = await liveGraph({ config, supergraphSdl, builder, metrics, logger });
  const http = boundedServer({
    requestTimeoutMs: config.requestTimeoutMs,
    keepAliveMs: KEEP_ALIVE_MS,
    idleMs: IDLE_MS,
  });
  const graph = new PublishedGraph(live.executor);
  const serverOver = (gateway: SupergraphExecutor, drained?: Server): ApolloServer<GatewayContext> =>
    apolloServer({ gateway, documents: live.documents, http: drained, config, metrics, logger });
  const apollo = serverOver(graph, http);
  await apollo.start();
  const contracts = await contractServers({
    graph,
    whole: apollo,
    isConfined: config.executor === 'zhitong',
    serverOver: (gateway) => serverOver(gateway),
    logger,
  });
  const draftGraphs = new DraftGraphs({
    feed: live.feed,
    build: (sdl, department) => builder.apart(sdl, department),
    serverOver: (gateway) =>
      apolloServer({ gateway, documents: new DocumentStore(), http: undefined, config, metrics, logger }),
    onReleaseFailed: (error) => logger.warn({ error: String(error) }, 'a draft was not let go of'),
  });
  let stopping = false;
  const readiness = hubReadiness({ departments: () => departments.healths(), isStopping: () => stopping });
  http.on(
    'request',
    requestListener({
      graph,
      disclosed: disclosureReader({ ask: askAsNobody(apollo), logger }),
      serverAt: contracts.at,
      drafts: draftsOf(draftGraphs, contracts.at),
      trusted: trustedDocuments({ store: documentsOf(live, config), ...config.documents, logger }),
      config,
      keys,
      metrics,
      logger,
      healthRoutes: publicHealth(readiness),
    }),
  );
  const operations = await startOperations({
    config,
    routes: operationsRoutes({ readiness, registry: metrics.registry }),
    metrics,
    logger,
  });
  const port = await listen(http, { port: config.port, host: config.host, name: 'gateway' });
  live.follow();
  return {
    url: `http://${config.host}:${port}/graphql`,
    port,
    operationsUrl: operations.url,
    metrics,
    stop: async () => {
      stopping = true;
      await apollo.stop();
      await contracts.stop();
      await draftGraphs.stop();
      await live.stop();
      await builder.stop();
      await departments.close();
      await operations.stop();
    },
  };
}

/** What clients have registered: in the registry, where one is configured, else in a folder. */
const documentsOf = (
  { feed }: LiveGraph,
  { dataDir, documents }: GatewayConfig,
): Pick<ClientDocumentStore, 'releases'> =>
  feed === undefined
    ? documentFolder(documents.folder)
    : keptReleases(feed.documents, path.join(dataDir, 'gateway', 'last-documents.json'));

/** The server for those who run the hub, on a port and address of its own. */
async function startOperations({
  config,
  routes,
  metrics,
  logger,
}: {
  config: GatewayConfig;
  routes: Router;
  metrics: GatewayMetrics;
  logger: Logger;
}): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { port, host } = config.operations;
  const server = boundedServer({ requestTimeoutMs: config.requestTimeoutMs, idleMs: IDLE_MS });
  server.on(
    'request',
    express().disable('x-powered-by').disable('etag').use(routes).use(notOurs).use(httpFault(metrics, logger)),
  );
  const listening = await listen(server, {
    port,
    host,
    name: 'the operations port of the gateway (GATEWAY_OPERATIONS_PORT)',
  });
  return {
    url: `http://${host}:${listening}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * A GraphQL server over the graph or a contract of it. The one that is given the HTTP server waits for the requests in
 * flight when it stops.
 */
function apolloServer({
  gateway,
  documents,
  http,
  config,
  metrics,
  logger,
}: {
  gateway: SupergraphExecutor;
  documents: DocumentStore;
  http: Server | undefined;
  config: GatewayConfig;
  metrics: GatewayMetrics;
  logger: Logger;
}): ApolloServer<GatewayContext> {
  return new ApolloServer<GatewayContext>({
    gateway,
    documentStore: documents,
    logger: quiet(logger),
    introspection: true, // A city's public graph.
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    parseOptions: { maxTokens: config.limits.tokens },
    formatError: gatewayError(logger),
    validationRules: [finiteNumbers],
    plugins: [
      variableLimits(config.variableLimits),
      operationChecks(),
      operationLimits(config.limits),
      listedErrors(),
      errorsInReadersLanguage(),
      metrics.operations,
      ...(http === undefined
        ? []
        : [ApolloServerPluginDrainHttpServer({ httpServer: http, stopGracePeriodMillis: STOP_GRACE_MS })]),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
}

/** Everything that the gateway serves over HTTP. */
function requestListener({
  graph,
  disclosed,
  serverAt,
  drafts,
  trusted,
  config,
  keys,
  metrics,
  logger,
  healthRoutes,
}: {
  graph: PublishedGraph;
  disclosed: ReturnType<typeof disclosureReader>;
  serverAt: ServerAt;
  drafts: Drafts;
  trusted: TrustedDocuments;
  config: GatewayConfig;
  keys: SigningKeys;
  metrics: GatewayMetrics;
  logger: Logger;
  healthRoutes: Router;
}): RequestListener {
  const { bodyBytes, requestsPerMinute, requestsInFlight, trustProxyHops } = config;
  const admit = admission({
    verify: tokenVerifier(config.tokens),
    metrics,
    requestsPerMinute,
    requestsInFlight,
    trustProxyHops,
  });
  const crossOrigin = crossOriginOf(config);
  const checkDocument = documentCheck();
  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(healthRoutes);
  app.get(
    '/.well-known/jwks.json',
    (_request, response) =>
      void response.set('cache-control', `public, max-age=${KEYS_KEPT_SECONDS}`).json(keys.published()),
  );
  // Before the playground, whose route would handle a browser's preflight itself.
  if (crossOrigin !== undefined) app.use('/graphql', crossOrigin);
  app.use(schemaRoutes(graph));
  app.use(disclosureRoutes({ read: disclosed, admit, trustProxyHops }));
  app.use(playground(config, serverAt));
  app.use(graphRoute({ serverAt, drafts, trusted, admit, bodyBytes, checkDocument }));
  app.use(registryForPages({ url: config.registryGraph, admit, logger }));
  app.use(webApp(config));
  app.get('/', (_request, response) => response.redirect('/graphql'));
  app.use(notOurs);
  app.use(httpFault(metrics, logger));
  const post = postEndpoint({
    serverAt,
    drafts,
    trusted,
    admit,
    cors: crossOrigin,
    bodyBytes,
    checkDocument,
    metrics,
    logger,
  });
  return (request, response) => {
    if (!post(request, response)) app(request, response);
  };
}

/** Apollo's own executor over a supergraph. It throws Error when that is none. */
const stockExecutor =
  (logger: Logger) =>
  (supergraphSdl: string, department: GraphDepartments['department']): SupergraphExecutor =>
    new ApolloExecutor({
      supergraphSdl,
      logger: quiet(logger),
      __exposeQueryPlanExperimental: false,
      buildService: department,
    });

function departmentSource({
  name,
  address,
  sign,
  config,
  metrics,
  logger,
}: {
  name: string;
  address: DepartmentAddress;
  sign: AssertionSigner;
  config: GatewayConfig;
  metrics: GatewayMetrics;
  logger: Logger;
}): DepartmentSource {
  return new DepartmentSource({
    name,
    ...address,
    sign,
    timeoutMs: config.departmentTimeoutMs,
    pauseMs: config.departmentPauseMs,
    connections: config.departmentConnections,
    answerBytes: config.answerBytes,
    onFetch: (outcome, seconds) => metrics.fetched(name, outcome, seconds),
    onUnavailable: (reason, requestId) =>
      logger.warn({ department: name, reason, requestId }, 'a department does not answer'),
  });
}

/** Apollo's own libraries speak of routine things at level info. */
function quiet(logger: Logger): {
  debug: (message: string) => void;
  info: (message: string) => void;
  warn: (message: string) => void;
  error: (message: string) => void;
} {
  return {
    debug: (message) => logger.trace(message),
    info: (message) => logger.debug(message),
    warn: (message) => logger.warn(message),
    error: (message) => logger.error(message),
  };
}
