import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, { Router, type Request } from 'express';
import type { Admission } from './admission.js';
import type { DocumentCheck } from '../limits/document-check.js';
import type { GatewayContext } from '../request-context.js';

/** `/graphql` for every way of asking that HTTP knows; `post-endpoint.ts` takes the usual one before it comes here. */
export function graphRoute({
  apollo,
  admit,
  bodyBytes,
  checkDocument,
}: {
  apollo: ApolloServer<GatewayContext>;
  admit: Admission;
  bodyBytes: number;
  checkDocument: DocumentCheck;
}): Router {
  const router = Router();
  const callers = new WeakMap<Request, GatewayContext>();

  router.use(
    '/graphql',
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
