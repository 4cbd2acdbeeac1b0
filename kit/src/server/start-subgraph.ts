import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { SubgraphConfig } from '../config.js';
import { assertionVerifier } from '../identity/assertion-verifier.js';
import { gatewayKeys } from '../identity/gateway-keys.js';
import type { Logger } from '../logger.js';
import { boundedServer } from './bounded-server.js';
import { isDatabaseAbsence } from '../mongo/absence.js';
import type { DatabaseWatch } from '../mongo/watch-database.js';
import { departmentGraph } from './served-graph.js';
import type { RequestContext } from './subgraph-server.js';
import { graphEndpoint } from './graph-endpoint.js';
import { assessReadiness, type ReadinessCheck } from './readiness.js';

/** Only the gateway and other departments send requests here, over the hub's own network. */
const REQUEST_TIMEOUT_MS = 30_000;

/** A department's process, listening. `stop` finishes the requests in flight first. */
export interface RunningSubgraph {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** A plain HTTP route beside the graph, for example the inbox of another department's events. The body comes raw. */
export interface RawRoute {
  readonly method: 'post';
  readonly path: string;
  handle(request: {
    headers: Readonly<Record<string, string | string[] | undefined>>;
    rawBody: string;
  }): Promise<{ status: number; body: string }>;
}

/**
 * A plain HTTP route whose body is longer than memory should hold: the route reads the request itself. The connection
 * is closed behind an answer that came before the body had been read.
 */
export interface StreamRoute {
  readonly method: 'post';
  readonly path: string;
  receive(request: IncomingMessage): Promise<{
    readonly status: number;
    /** Sent as JSON. */
    readonly body: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  }>;
}

/**
 * Starts a department's HTTP server: the graph at `/graphql` for callers that the gateway vouches for (401 for others),
 * `/health/live`, `/health/ready` and `/metrics`. With `config.socket` it listens on that Unix domain socket too, which
 * a gateway on the same machine reaches more cheaply than a port.
 * @param context makes the department's per-request context.
 * @param checks what must be right for the department to be ready.
 * @param database reports while the department's database is absent: nothing is asked of it then.
 * @throws Error when the gateway's public keys cannot be used or the port is taken.
 */
export async function startSubgraph({
  config,
  typeDefs,
  resolvers,
  context,
  checks = [],
  database,
  logger,
  metrics = new Registry(),
  routes = [],
}: {
  config: SubgraphConfig;
  typeDefs: string;
  resolvers: object;
  context: (request: RequestContext) => RequestContext;
  checks?: readonly ReadinessCheck[];
  database?: DatabaseWatch;
  logger: Logger;
  metrics?: Registry;
  routes?: readonly (RawRoute | StreamRoute)[];
}): Promise<RunningSubgraph> {
  const keys = gatewayKeys(config.gatewayKeys, { logger });
  const app = express().disable('x-powered-by').disable('etag');
  const servers = Array.from({ length: config.socket === undefined ? 1 : 2 }, () =>
    boundedServer({ requestTimeoutMs: REQUEST_TIMEOUT_MS }),
  );
  const graph = await departmentGraph({
    name: config.name,
    typeDefs,
    resolvers,
    logger,
    plugins: servers.map((httpServer) =>
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: 10_000 }),
    ),
  });
  collectDefaultMetrics({ register: metrics });
  mountOperations(app, { checks, metrics, name: config.name });
  for (const route of routes) {
    if ('receive' in route) {
      app.post(route.path, async (request, response) => {
        const { status, body, headers = {} } = await route.receive(request);
        if (!request.complete) response.set('connection', 'close');
        response.status(status).set(headers).json(body);
      });
      continue;
    }
    app.post(route.path, express.text({ type: () => true, limit: '1mb' }), async (request, response) => {
      const answer = await route.handle({
        headers: request.headers,
        rawBody: typeof request.body === 'string' ? request.body : '',
      });
      response.status(answer.status).type('text/plain').send(answer.body);
    });
  }
  app.use(plainFault(logger));
  const endpoint = graphEndpoint({
    graph,
    name: config.name,
    verify: assertionVerifier({ department: config.name, keys }),
    context,
    database,
    logger,
  });
  for (const server of servers) {
    server.on('request', (request, response) => {
      if (isGraph(request.url)) endpoint(request, response);
      else app(request, response);
    });
  }
  const [http, local] = servers;
  if (http === undefined) throw new Error('There is at least one server.');
  const port = await listen(http, { port: config.port, host: config.host, name: config.name });
  if (local !== undefined && config.socket !== undefined) await listenOnSocket(local, config.socket);
  return { url: `http://${config.host}:${port}/graphql`, port, stop: async () => graph.stop() };
}

const isGraph = (url: string | undefined): boolean => url === '/graphql' || url?.startsWith('/graphql?') === true;

/** A connection over the Unix domain socket has no address. */
const isOfThisMachine = (address: string | undefined): boolean =>
  address === undefined || address === '::1' || /^(?:::ffff:)?127\./.test(address);

/** Health, and metrics for who runs the department: they are served to this machine only. */
function mountOperations(
  app: Express,
  { checks, metrics, name }: { checks: readonly ReadinessCheck[]; metrics: Registry; name: string },
): void {
  app.get('/health/live', (_request, response) => void response.json({ status: 'live', subgraph: name }));
  app.get('/health/ready', async (_request, response) => {
    const report = await assessReadiness({ name, checks });
    response.status(report.status === 'ready' ? 200 : 503).json(report);
  });
  app.get('/metrics', async (request, response) => {
    if (isOfThisMachine(request.socket.remoteAddress)) response.type(metrics.contentType).send(await metrics.metrics());
    else response.status(404).json({ errors: [{ message: 'Nothing is here.', extensions: { code: 'NOT_FOUND' } }] });
  });
}

/** Failure of a plain route: 503 without the database, 500 otherwise, and the reason in the log alone. */
function plainFault(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const isAbsence = isDatabaseAbsence(error);
    logger[isAbsence ? 'warn' : 'error']({ err: error }, 'a request beside the graph could not be answered');
    if (response.headersSent) next(error);
    else
      response
        .status(isAbsence ? 503 : 500)
        .type('text/plain')
        .send(isAbsence ? 'The database does not answer.' : 'Something went wrong inside.');
  };
}

/** Listens on a Unix domain socket that only this user may open; what a killed process left there is removed. */
async function listenOnSocket(http: Server, file: string): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(file, resolve);
  });
  chmodSync(file, 0o600);
}

/**
 * Listens, turning a taken port into a message that says what to do. Returns the port (a free one when 0 was asked
 * for).
 */
export async function listen(
  http: Server,
  { port, host, name }: { port: number; host: string; name: string },
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `${name} cannot listen on ${host}:${port}: the port is taken. Stop what uses it or choose another port.`,
            )
          : error,
      );
    });
    http.listen(port, host, resolve);
  });
  return (http.address() as AddressInfo).port;
}
