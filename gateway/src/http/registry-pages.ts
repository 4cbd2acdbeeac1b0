import { readBody, type Logger } from '@zhitong/kit';
import { Router, type Request } from 'express';
import { httpRefusal } from '../gateway-error.js';
import type { Admission } from './admission.js';
import { sendErrors, sendText } from './send-json.js';

/** A page asks; schemas are published by the command line, which goes to the registry itself. */
const MOST_BYTES = 100_000;
const ANSWER_WITHIN_MS = 30_000;
/** What the registry must know of a caller. */
const HANDED_ON = ['authorization', 'accept-language', 'content-type'];

/**
 * `POST /registry/graphql`: the schema registry's own graph for the pages of this gateway, which call nobody else. The
 * gateway admits callers as everywhere; what they may is judged by the registry itself.
 * @param url the registry's graph; undefined: there is none.
 */
export function registryForPages({
  url,
  admit,
  logger,
}: {
  url: string | undefined;
  admit: Admission;
  logger: Logger;
}): Router {
  const router = Router();
  router.post('/registry/graphql', async (request, response) => {
    if ((await admit(request, response)) === undefined) return;
    if (url === undefined) {
      const message = 'This gateway follows no schema registry.';
      const extensions = { zh: '本网关未接入模式注册中心。' };
      sendErrors(response, 404, httpRefusal({ code: 'NOT_FOUND', message, extensions }));
      return;
    }
    const body = await readBody(request, MOST_BYTES);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: handedOn(request),
        body,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      const contentType = answer.headers.get('content-type') ?? 'application/json; charset=utf-8';
      sendText(response, answer.status, { contentType, text: await answer.text() });
    } catch (error) {
      logger.warn({ err: error }, 'the schema registry does not answer the pages');
      const message = 'The schema registry does not answer now.';
      const extensions = { subgraph: 'registry', zh: '模式注册中心暂无应答。' };
      sendErrors(response, 503, httpRefusal({ code: 'DEPARTMENT_UNAVAILABLE', message, extensions }));
    }
  });
  return router;
}

const handedOn = ({ headers }: Request): Record<string, string> =>
  Object.fromEntries(
    HANDED_ON.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
