import { expressMiddleware } from '@as-integrations/express5';
import express, { Router, type Request, type RequestHandler } from 'express';
import type { ServerAt } from '../contracts/contract-servers.js';
import type { Admission } from './admission.js';
import type { DocumentCheck } from '../limits/document-check.js';
import type { Drafts } from './drafts.js';
import type { TrustedDocuments } from '../operations/trusted-documents.js';
import type { GatewayContext } from '../request-context.js';

/**
 * `/graphql` and the contracts' addresses below it, for every way of asking that HTTP knows; `post-endpoint.ts` takes
 * the usual one before it comes here.
 */
export function graphRoute({
  serverAt,
  drafts,
  trusted,
  admit,
  bodyBytes,
  checkDocument,
}: {
  serverAt: ServerAt;
  drafts: Drafts;
  trusted: TrustedDocuments;
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
    async (request, _response, next) => {
      const actor = callers.get(request)?.actor ?? null;
      if (typeof request.body === 'object' && request.body !== null)
        request.body = await trusted(request.body as object, actor);
      const body: unknown = request.body;
      if (typeof body === 'object' && body !== null && 'query' in body) checkDocument(body.query);
      if (request.method === 'GET') checkDocument(await documentInAddress(request, (asked) => trusted(asked, actor)));
      next();
    },
    async (request, response, next) => {
      const usual = serverAt(addressOf(request));
      const context = callers.get(request);
      if (usual === undefined || context === undefined) next();
      else await answerBy(await drafts({ request, response, context, usual }))(request, response, next);
    },
  );
  return router;
}

/** What a GET asks: the document in its address, or the registered one that the address names, which is put there. */
async function documentInAddress(request: Request, trusted: (asked: object) => Promise<object>): Promise<unknown> {
  const { searchParams, pathname } = new URL(request.url, 'http://gateway');
  const given = searchParams.get('query');
  const asked = {
    ...(given === null ? {} : { query: given }),
    documentId: searchParams.get('documentId') ?? undefined,
    extensions: json(searchParams.get('extensions')),
  };
  const { query } = (await trusted(asked)) as { query?: unknown };
  if (typeof query === 'string' && query !== given) {
    searchParams.set('query', query);
    for (const name of ['documentId', 'extensions']) searchParams.delete(name);
    request.url = `${pathname}?${searchParams.toString()}`;
  }
  return query;
}

/** Undefined for what is none: Apollo Server says so. */
function json(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The path without a slash at its end: `/graphql` or `/graphql/<contract>`. */
const addressOf = ({ baseUrl, path }: Request): string => `${baseUrl}${path}`.replace(/\/$/, '');
