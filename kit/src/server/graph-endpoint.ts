import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { LANGUAGE_HEADER } from '../language.js';
import { ASSERTION_HEADER } from '../identity/assertion.js';
import { NotVouchedFor, type AssertionVerifier } from '../identity/assertion-verifier.js';
import type { Logger } from '../logger.js';
import type { DatabaseWatch } from '../mongo/watch-database.js';
import { BodyTooLarge, readBytes } from './read-body.js';
import type { DepartmentGraph } from './served-graph.js';
import type { RequestContext } from './subgraph-server.js';

/** Entity batches carry fact sheets of up to 200 enterprises. */
const BODY_BYTES = 16 * 1024 * 1024;

const requestSchema = z.object({
  query: z.string().min(1),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** Answers one HTTP request; never throws. */
export type Endpoint = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * A department's `/graphql`: GraphQL over HTTP by POST with JSON, for callers that the gateway vouches for. Every
 * operation of the city comes through here several times, so it reads and writes the request itself; the department's
 * graph does what lies between: documents, validation, execution, errors.
 *
 * 401 for callers from elsewhere, 405 for other methods, 413 above 16 MiB, 400 for what is not a GraphQL request, and
 * 503 with DEPARTMENT_UNAVAILABLE while the department's database is absent, at once, also for requests in flight when
 * it went away.
 */
export function graphEndpoint<Context extends RequestContext>({
  graph,
  name,
  verify,
  context,
  database,
  logger,
}: {
  graph: DepartmentGraph<Context>;
  name: string;
  verify: AssertionVerifier;
  context: (request: RequestContext) => Context;
  database?: Pick<DatabaseWatch, 'absence' | 'onAbsence'> | undefined;
  logger: Logger;
}): Endpoint {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      refuse(response, 405, 'BAD_USER_INPUT', `The subgraph ${name} is asked by POST.`);
      return;
    }
    const claims = await verify.read(headerOf(request, ASSERTION_HEADER));
    const body = await readBytes(request, BODY_BYTES);
    verify.admit(claims, body);
    const operation = requestSchema.parse(JSON.parse(body.toString('utf8')));
    const unavailable = (): void =>
      refuse(response, 503, 'DEPARTMENT_UNAVAILABLE', `The system of the department "${name}" does not answer.`, {
        subgraph: name,
      });
    if (database !== undefined && database.absence() !== null) {
      unavailable();
      return;
    }
    const forget = database?.onAbsence(unavailable);
    try {
      const { status, result } = await graph.answer(
        operation,
        context({
          actor: claims.actor,
          requestId: headerOf(request, 'x-request-id') ?? '',
          language: headerOf(request, LANGUAGE_HEADER) === 'zh' ? 'zh' : 'en',
        }),
      );
      if (!response.headersSent) send(response, status, JSON.stringify(result));
    } finally {
      forget?.();
    }
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.writableEnded) return; // It was said meanwhile that the database is absent.
      if (response.headersSent) response.destroy();
      else if (error instanceof NotVouchedFor)
        refuse(
          response,
          401,
          'UNAUTHENTICATED',
          `The subgraph ${name} answers only requests that come through the gateway: ${error.message}.`,
        );
      else if (error instanceof BodyTooLarge) refuse(response, 413, 'BAD_USER_INPUT', error.message);
      else if (error instanceof SyntaxError || error instanceof z.ZodError)
        refuse(
          response,
          400,
          'BAD_USER_INPUT',
          'The body must be a JSON object with query and, where they are needed, operationName and variables.',
        );
      else if (!request.destroyed) {
        logger.error({ err: error }, 'a request could not be answered');
        refuse(response, 500, 'INTERNAL', 'Something went wrong inside.');
      }
    });
  };
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  more: Readonly<Record<string, string>> = {},
): void {
  send(response, status, JSON.stringify({ errors: [{ message, extensions: { code, ...more } }] }));
}

function send(response: ServerResponse, status: number, json: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(json) })
    .end(json);
}
