import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Logger } from '@zhitong/kit';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Said } from '@zhitong/values';
import { GraphQLError } from 'graphql';
import { httpRefusal, saidRefusal } from '../gateway-error.js';
import type { GatewayMetrics } from '../metrics.js';
import { sendErrors } from './send-json.js';
import { said } from '../refusal-words.js';

const BAD_REQUEST = 400;
const PAYLOAD_TOO_LARGE = 413;
const UNSUPPORTED = 415;

/** What could not be read or routed, in the graph's own words, and never with a stack. */
export function httpFault(metrics: Pick<GatewayMetrics, 'refused'>, logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response: Response, next) => {
    if (response.headersSent) next(error);
    else refuseRequest(response, error, { metrics, logger });
  };
}

/**
 * Refuses a request in the words of a GraphQLError, or by the status that another error carries; one without a status
 * is a fault of the gateway, shown as a reference to the log.
 */
export function refuseRequest(
  response: ServerResponse,
  error: unknown,
  { metrics, logger }: { metrics: Pick<GatewayMetrics, 'refused'>; logger: Logger },
): void {
  if (error instanceof GraphQLError) {
    metrics.refused('request');
    const { code, http, ...extensions } = error.extensions as { code?: string; http?: { status?: number } };
    sendErrors(
      response,
      http?.status ?? BAD_REQUEST,
      httpRefusal({ code: code ?? 'BAD_USER_INPUT', message: error.message, extensions }),
    );
    return;
  }
  const status =
    typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
      ? error.status
      : 500;
  if (status >= 500) {
    sendErrors(response, 500, internalRefusal(error, logger));
    return;
  }
  metrics.refused('request');
  sendErrors(response, status, saidRefusal('BAD_USER_INPUT', wordsFor(status, error)));
}

/** The response for every path that is not served. */
export const notOurs: RequestHandler = (_request, response) => {
  sendErrors(response, 404, saidRefusal('NOT_FOUND', said('NOTHING_HERE')));
};

/** An error of ours for the caller: a reference to the log and nothing else. */
export function internalRefusal(error: unknown, logger: Logger): ReturnType<typeof httpRefusal> {
  const reference = randomUUID();
  logger.error(
    {
      reference,
      err: error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : String(error),
    },
    'a request failed before GraphQL began',
  );
  return httpRefusal({
    code: 'INTERNAL',
    message: `Something went wrong inside. Reference ${reference}.`,
    extensions: { reference },
  });
}

function wordsFor(status: number, error: unknown): Said {
  if (status === PAYLOAD_TOO_LARGE) return said('BODY_TOO_LARGE');
  if (status === UNSUPPORTED) return said('BODY_UNSUPPORTED');
  const isParseFailure =
    typeof error === 'object' && error !== null && 'type' in error && error.type === 'entity.parse.failed';
  return isParseFailure ? said('BODY_NO_JSON') : said('REQUEST_UNREADABLE');
}
