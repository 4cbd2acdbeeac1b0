import { Router, type Request, type Response } from 'express';
import type { PublishedText } from '../contracts/graph-views.js';
import type { PublishedGraph } from '../contracts/published-graph.js';
import { isKnownVersion } from './known-version.js';

/**
 * The graph's schema as plain SDL, for code generators and editors: `GET /schema.graphql` the whole,
 * `GET /schema/<contract>.graphql` what a contract shows. A client that names the version it has (`if-none-match`) gets
 * 304 while it is the one that is served; caches may keep it and ask so each time.
 */
export function schemaRoutes(graph: Pick<PublishedGraph, 'text'>): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const send = (request: Request, response: Response, { sdl, etag }: PublishedText): void => {
    response.set('cache-control', 'public, no-cache').set('etag', etag);
    if (isKnownVersion(request.get('if-none-match'), etag)) response.status(304).end();
    else response.set('content-type', 'application/graphql; charset=utf-8').send(sdl);
  };
  router.get('/schema.graphql', (request, response, next) => {
    const text = graph.text();
    if (text === undefined) next();
    else send(request, response, text);
  });
  router.get('/schema/:file', (request, response, next) => {
    const contract = /^([a-z]+)\.graphql$/.exec(request.params.file)?.[1];
    const text = contract === undefined ? undefined : graph.text(contract);
    if (text === undefined) next();
    else send(request, response, text);
  });
  return router;
}
