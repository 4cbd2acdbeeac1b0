import { expressMiddleware } from '@as-integrations/express5';
import express, { Router, type Request, type RequestHandler } from 'express';
import type { ServerAt } from '../contracts/contract-servers.js';
import type { Admission } from './admission.js';
import type { DocumentCheck } from '../limits/document-check.js';
import type { GatewayContext } from '../request-context.js';

/**
 * `/graphql` and the contracts' addresses below it, for every way of asking that HTTP knows; `post-endpoint.ts` takes
 * the usual one before it comes here.
 */
export function graphRoute({
  serverAt,
  admit,
  bodyBytes,
  checkDocument,
}: {
  serverAt: ServerAt;
  admit: Admission;
  bodyBytes: number;
  checkDocument: DocumentCheck;
}): Router {
  const router = Router();
  const callers = new WeakMap<Request, GatewayContext>();

  const answers = new WeakMap<object, RequestHandler>();
  const answerBy = (server: NonNullable<ReturnType<ServerAt>>): RequestHandler => {
    const known = answers.get(server);
    if (known !== undefined) return known;
    const made = expressMiddleware(server, {
      context: async ({ req }) => {
        const context = callers.get(req);
        if (context === undefined) throw new Error('The request came past the identity check.');
        return context;
      },
    });
    answers.set(server, made);
    return made;
  };

  router.use(
    '/graphql',
    (request, _response, next) => {
      if (serverAt(addressOf(request)) === undefined) next('router');
      else next();
    },
    async (request, response, next) => {
      const context = await admit(request, response);
      if (context === undefined) return;
      callers.set(request, context);
      next();
    },
    express.json({ limit: bodyBytes }),
    (request, _response, next) => {
      const body: unknown = request.body;
      if (typeof body === 'object' && body !== null && 'query' in body) checkDocument(body.query);
      checkDocument(request.query['query']);
      next();
    },
    (request, response, next) => {
      const server = serverAt(addressOf(request));
      if (server === undefined) next();
      else answerBy(server)(request, response, next);
    },
  );
  return router;
}

/** The path without a slash at its end: `/graphql` or `/graphql/<contract>`. */
const addressOf = ({ baseUrl, path }: Request): string => `${baseUrl}${path}`.replace(/\/$/, '');
