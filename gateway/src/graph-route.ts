import type { ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import { unauthenticated, type Actor } from '@zhitong/kit';
import express, { Router, type Request } from 'express';
import { GraphQLError } from 'graphql';
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
  readonly bodyBytes: number;
  readonly requestsPerMinute: number;
}

/** `/graphql`: who asks, how often, with how large a body; then Apollo Server. */
export function graphRoute({ apollo, verify, sign, metrics, bodyBytes, requestsPerMinute }: GraphRouteOptions): Router {
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
        if (!(error instanceof GraphQLError)) throw error; // The keys cannot be had: our fault, not the caller's.
        metrics.refused('token');
        response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
        response.status(401).json(httpRefusal({ code: 'UNAUTHENTICATED', message: error.message }));
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
