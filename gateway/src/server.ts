import { createServer, type RequestListener, type Server } from 'node:http';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginSchemaReportingDisabled, ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { assertionSigner, listen, type Logger } from '@zhitong/kit';
import cors from 'cors';
import express, { type RequestHandler } from 'express';
import { accessTable } from './access-table.js';
import { admission } from './admission.js';
import type { DepartmentAddress, GatewayConfig } from './config.js';
import { departmentHealth, type DepartmentHealth } from './department-health.js';
import { DepartmentSource } from './department-source.js';
import type { DrivenGateway } from './execution/driven-gateway.js';
import { PlanGateway } from './execution/plan-gateway.js';
import { gatewayError } from './gateway-error.js';
import { GuardedGateway } from './guarded-gateway.js';
import { httpFault, notOurs } from './http-fault.js';
import { graphRoute } from './graph-route.js';
import { health, hubReadiness, operations } from './health.js';
import { gatewayMetrics, type GatewayMetrics } from './metrics.js';
import { operationLimits } from './operation-limits.js';
import { partialAnswer } from './partial-answer.js';
import { playground } from './playground.js';
import { postEndpoint } from './post-endpoint.js';
import type { GatewayContext } from './request-context.js';
import { tokenVerifier } from './token-verifier.js';

/** Requests in flight get this long to finish when the gateway stops. */
const STOP_GRACE_MS = 10_000;
/** A department that takes longer to say how it is counts as down. It gives its own checks four seconds. */
const PROBE_TIMEOUT_MS = 6_000;
/** Longer than the idle time of the usual reverse proxies, so that they and not we close a connection. */
const KEEP_ALIVE_MS = 75_000;
/** A browser asks again after this time whether a page may call the graph. */
const PREFLIGHT_SECONDS = 600;

export interface RunningGateway {
  readonly url: string;
  readonly port: number;
  readonly metrics: GatewayMetrics;
  /** Takes no new request, finishes those in flight, closes the connections to the departments. */
  stop(): Promise<void>;
}

/**
 * Starts the gateway over a composed supergraph. No department needs to be awake.
 * @throws Error when the internal key is missing, the supergraph cannot be read or the port is taken.
 */
export async function startGateway({ config, supergraphSdl, logger }: { config: GatewayConfig; supergraphSdl: string; logger: Logger }): Promise<RunningGateway> {
  const { internalKey } = config;
  if (internalKey === undefined) throw new Error('The gateway needs ZHITONG_INTERNAL_KEY, the secret that it shares with the departments.');
  const sign = assertionSigner(internalKey);
  const metrics = gatewayMetrics();
  const sources: DepartmentSource[] = [];
  const healths: DepartmentHealth[] = [];
  const department = ({ name, url = '' }: { name: string; url?: string | undefined }): DepartmentSource => {
    const source = departmentSource({ name, address: config.departmentAddress(name, url), config, metrics, logger });
    sources.push(source);
    const isAnswering = async (): Promise<boolean> => source.isAnswering(await sign(null), PROBE_TIMEOUT_MS);
    healths.push(departmentHealth({ name, ...config.departmentAddress(name, url), timeoutMs: PROBE_TIMEOUT_MS, isAnswering }));
    return source;
  };
  const gateway: DrivenGateway =
    config.executor === 'apollo' ? new ApolloGateway({ supergraphSdl, logger: quiet(logger), __exposeQueryPlanExperimental: false, buildService: department }) : new PlanGateway({ supergraphSdl, department });
  const http = createServer();
  http.keepAliveTimeout = KEEP_ALIVE_MS;
  const apollo = apolloServer({ gateway: new GuardedGateway(gateway, accessTable(supergraphSdl)), http, config, metrics, logger });
  await apollo.start();
  let stopping = false;
  const readiness = hubReadiness({ departments: healths, isStopping: () => stopping });
  const healthRoutes = [health(readiness), operations(readiness, metrics.registry)];
  http.on('request', requestListener({ apollo, config, sign, metrics, logger, healthRoutes }));
  const port = await listen(http, { port: config.port, host: config.host, name: 'gateway' });
  return {
    url: `http://${config.host}:${port}/graphql`,
    port,
    metrics,
    stop: async () => {
      stopping = true;
      await apollo.stop();
      await Promise.all([...sources, ...healths].map((one) => one.close()));
    },
  };
}

function apolloServer({ gateway, http, config, metrics, logger }: { gateway: GuardedGateway; http: Server; config: GatewayConfig; metrics: GatewayMetrics; logger: Logger }): ApolloServer<GatewayContext> {
  return new ApolloServer<GatewayContext>({
    gateway,
    logger: quiet(logger),
    introspection: true, // A city's public graph.
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    parseOptions: { maxTokens: config.limits.tokens },
    formatError: gatewayError(logger),
    plugins: [
      operationLimits(config.limits),
      partialAnswer(logger),
      metrics.operations,
      ApolloServerPluginDrainHttpServer({ httpServer: http, stopGracePeriodMillis: STOP_GRACE_MS }),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
}

/** Everything that the gateway answers over HTTP. */
function requestListener({ apollo, config, sign, metrics, logger, healthRoutes }: { apollo: ApolloServer<GatewayContext>; config: GatewayConfig; sign: ReturnType<typeof assertionSigner>; metrics: GatewayMetrics; logger: Logger; healthRoutes: RequestHandler[] }): RequestListener {
  const { corsOrigins, bodyBytes, requestsPerMinute, trustProxyHops } = config;
  const admit = admission({ verify: tokenVerifier(config.tokens), sign, metrics, requestsPerMinute, trustProxyHops });
  const crossOrigin = corsOrigins.length === 0 ? undefined : cors({ origin: corsOrigins.includes('*') ? '*' : [...corsOrigins], methods: ['GET', 'POST'], exposedHeaders: ['x-request-id', 'retry-after'], maxAge: PREFLIGHT_SECONDS });
  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(healthRoutes);
  // Before the playground, whose route would answer a browser's preflight itself.
  if (crossOrigin !== undefined) app.use('/graphql', crossOrigin);
  app.use(playground(config));
  app.use(graphRoute({ apollo, admit, bodyBytes }));
  app.get('/', (_request, response) => response.redirect('/graphql'));
  app.use(notOurs);
  app.use(httpFault(metrics, logger));
  const post = postEndpoint({ apollo, admit, cors: crossOrigin, bodyBytes, metrics, logger });
  return (request, response) => {
    if (!post(request, response)) app(request, response);
  };
}

function departmentSource({ name, address, config, metrics, logger }: { name: string; address: DepartmentAddress; config: GatewayConfig; metrics: GatewayMetrics; logger: Logger }): DepartmentSource {
  return new DepartmentSource({
    name,
    ...address,
    timeoutMs: config.departmentTimeoutMs,
    pauseMs: config.departmentPauseMs,
    connections: config.departmentConnections,
    onFetch: (outcome, seconds) => metrics.fetched(name, outcome, seconds),
    onUnavailable: (reason, requestId) => logger.warn({ department: name, reason, requestId }, 'a department does not answer'),
  });
}

/** Apollo's own libraries speak of routine things at level info. */
function quiet(logger: Logger): { debug: (message: string) => void; info: (message: string) => void; warn: (message: string) => void; error: (message: string) => void } {
  return {
    debug: (message) => logger.trace(message),
    info: (message) => logger.debug(message),
    warn: (message) => logger.warn(message),
    error: (message) => logger.error(message),
  };
}
