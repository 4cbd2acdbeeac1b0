import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap } from '@apollo/server';
import { readBody, type Logger } from '@zhitong/kit';
import type { ServerAt } from '../contracts/contract-servers.js';
import type { Admission } from './admission.js';
import type { DocumentCheck } from '../limits/document-check.js';
import type { Drafts } from './drafts.js';
import { refuseRequest } from './http-fault.js';
import type { GatewayMetrics } from '../metrics.js';
import type { TrustedDocuments } from '../operations/trusted-documents.js';
import { sendText } from './send-json.js';

/** JSON in UTF-8, as RFC 8259 has it; whoever names another charset goes the general way. */
const JSON_TYPE = /^application\/json(?:\s*;\s*charset\s*=\s*"?utf-8"?)?$/i;

export interface PostEndpointOptions {
  readonly serverAt: ServerAt;
  readonly drafts: Drafts;
  readonly trusted: TrustedDocuments;
  readonly admit: Admission;
  /** Marks answers for pages of other origins. */
  readonly cors: ((request: IncomingMessage, response: ServerResponse, next: () => void) => void) | undefined;
  readonly bodyBytes: number;
  readonly checkDocument: DocumentCheck;
  readonly metrics: Pick<GatewayMetrics, 'refused'>;
  readonly logger: Logger;
}

/**
 * The usual way to ask: JSON by POST to `/graphql` or a contract's address. It returns true for such a request and
 * handles it, without the layers that every other request goes through; Apollo Server decides what it decides there.
 */
export function postEndpoint({
  serverAt,
  drafts,
  trusted,
  admit,
  cors,
  bodyBytes,
  checkDocument,
  metrics,
  logger,
}: PostEndpointOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    server: NonNullable<ReturnType<ServerAt>>,
  ): Promise<void> => {
    const context = await admit(request, response);
    if (context === undefined) return;
    const answering = await drafts({ request, response, context, usual: server });
    const parsed = await trusted(parseBody(await readBody(request, bodyBytes)), context.actor);
    if ('query' in parsed) checkDocument(parsed.query);
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers))
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    const {
      body,
      headers: told,
      status = 200,
    } = await answering.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body: parsed },
      context: async () => context,
    });
    if (body.kind !== 'complete') throw new Error('The graph answers in one piece.');
    for (const [name, value] of told) response.setHeader(name, value);
    sendText(response, status, {
      contentType: told.get('content-type') ?? 'application/json; charset=utf-8',
      text: body.string,
    });
  };
  const fail = (request: IncomingMessage, response: ServerResponse, error: unknown): void => {
    if (response.headersSent) response.destroy();
    else if (!request.destroyed || request.complete) refuseRequest(response, error, { metrics, logger });
  };
  return (request, response) => {
    const { method, url, headers } = request;
    if (
      method !== 'POST' ||
      headers['content-encoding'] !== undefined ||
      !JSON_TYPE.test(headers['content-type'] ?? '')
    )
      return false;
    const server = serverAt(url ?? '');
    if (server === undefined) return false;
    const go = (): void =>
      void answer(request, response, server).catch((error: unknown) => fail(request, response, error));
    if (cors === undefined) go();
    else cors(request, response, go);
    return true;
  };
}

/** @throws an error as body-parser's, so that both ways of asking are refused in the same words. */
function parseBody(text: string): object {
  if (text === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw Object.assign(new Error('The body is not JSON.'), { status: 400, type: 'entity.parse.failed' });
  }
  if (typeof parsed !== 'object' || parsed === null)
    throw Object.assign(new Error('The body is neither an object nor a list.'), {
      status: 400,
      type: 'entity.parse.failed',
    });
  return parsed;
}
