import type { ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import { unauthenticated, type Actor, type Logger } from '@zhitong/kit';
import express, { Router, type ErrorRequestHandler, type Request, type Response } from 'express';
import { GraphQLError } from 'graphql';
import { randomUUID } from 'node:crypto';
import { httpRefusal } from './gateway-error.js';
import type { GatewayMetrics } from './metrics.js';
import { rateLimit } from './rate-limit.js';
import { requestIdFrom, traceparentFrom, type GatewayContext } from './request-context.js';
import type { TokenVerifier } from './token-verifier.js';

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

export interface GraphRouteOptions {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly verify: TokenVerifier;
  readonly sign: (actor: Actor | null) => Promise<string>;
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
  readonly bodyBytes: number;
  readonly requestsPerMinute: number;
}

/** `/graphql`: who asks, how often, with how large a body; then Apollo Server. */
export function graphRoute({ apollo, verify, sign, metrics, logger, bodyBytes, requestsPerMinute }: GraphRouteOptions): Router {
  const router = Router();
  const limit = rateLimit(requestsPerMinute);
  const callers = new WeakMap<Request, GatewayContext>();

  router.use(
    '/graphql',
    async (request, response, next) => {
      const requestId = requestIdFrom(request.get('x-request-id'));
      response.setHeader('x-request-id', requestId);
      let actor: Actor | null;
      try {
        actor = await callerOf(request, verify);
      } catch (error) {
        metrics.refused('token');
        response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
        response.status(401).json(refusalOf(error, logger));
        return;
      }
      const wait = await limit(actor === null ? `address ${request.ip ?? ''}` : `subject ${actor.sub}`);
      if (wait !== undefined) {
        metrics.refused('rate');
        response.setHeader('retry-after', String(wait));
        response.status(429).json(httpRefusal({ code: 'RATE_LIMITED', message: `Too many requests. Ask again in ${wait} seconds.`, extensions: { retryAfterSeconds: wait } }));
        return;
      }
      callers.set(request, {
        actor,
        assertion: await sign(actor),
        requestId,
        traceparent: traceparentFrom(request.get('traceparent')),
        clientGone: whenClientGoes(response),
        unavailable: new Set(),
      });
      next();
    },
    express.json({ limit: bodyBytes }),
    expressMiddleware(apollo, {
      context: async ({ req }) => {
        const context = callers.get(req);
        if (context === undefined) throw new Error('The request came past the identity check.');
        return context;
      },
    }),
  );
  router.use('/graphql', bodyFault(metrics, logger));
  return router;
}

async function callerOf(request: Request, verify: TokenVerifier): Promise<Actor | null> {
  const header = request.get('authorization');
  if (header === undefined || header === '' || /^Bearer\s*$/i.test(header)) return null;
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) throw unauthenticated('The Authorization header must be "Bearer" and a token.');
  return verify(token);
}

/** Aborts when the connection closes before the answer was sent. */
function whenClientGoes(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

function refusalOf(error: unknown, logger: Logger): ReturnType<typeof httpRefusal> {
  if (error instanceof GraphQLError) return httpRefusal({ code: 'UNAUTHENTICATED', message: error.message });
  const reference = randomUUID();
  logger.error({ reference, problem: error instanceof Error ? error.message : String(error) }, 'a token could not be checked');
  return httpRefusal({ code: 'INTERNAL', message: `Something went wrong inside. Reference ${reference}.`, extensions: { reference } });
}

/** The body parser's faults in the graph's own words: too large, not JSON, an unknown encoding. */
function bodyFault(metrics: GatewayMetrics, logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response: Response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' ? error.status : 500;
    if (status >= 500) {
      response.status(500).json(refusalOf(error, logger));
      return;
    }
    metrics.refused('body');
    const message = status === 413 ? 'The request body is too large.' : status === 400 ? 'The request body is not valid JSON.' : 'The request body cannot be read.';
    response.status(status).json(httpRefusal({ code: 'BAD_USER_INPUT', message }));
  };
}
