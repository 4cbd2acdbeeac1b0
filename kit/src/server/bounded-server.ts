import { createServer, STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The headers of a request are a few hundred bytes; who needs longer than this is holding a connection. */
const LONGEST_HEADERS_MS = 10_000;
/** How often requests that take too long are looked for, at most. */
const CHECK_MS = 1_000;
const REQUEST_TIMEOUT = 408;

export interface ServerBounds {
  /**
   * A request, headers and body, must have come whole within this time, or it gets 408 and its connection is closed.
   */
  readonly requestTimeoutMs: number;
  /** A connection without a request is closed after this time. */
  readonly keepAliveMs?: number;
  /**
   * A connection on which nothing moves is closed after this time, also while a response is awaited or not fetched; 0:
   * never.
   */
  readonly idleMs?: number;
}

/**
 * An HTTP server that a slow or broken client cannot hold. Every response makes browsers take its type as stated and to
 * keep no copy, unless the route says otherwise; what is no HTTP is refused in the words of the graph.
 */
export function boundedServer({ requestTimeoutMs, keepAliveMs, idleMs = 0 }: ServerBounds): Server {
  const server = createServer({
    requestTimeout: requestTimeoutMs,
    headersTimeout: Math.min(requestTimeoutMs, LONGEST_HEADERS_MS),
    connectionsCheckingInterval: Math.min(requestTimeoutMs, CHECK_MS),
    ...(keepAliveMs === undefined ? {} : { keepAliveTimeout: keepAliveMs }),
  });
  server.setTimeout(idleMs);
  const answers = new WeakMap<Socket, ServerResponse>();
  server.on('request', (request, response) => {
    answers.set(request.socket, response);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cache-control', 'no-store');
  });
  server.on('clientError', (error: Error & { code?: string }, socket: Socket) => {
    const answer = answers.get(socket);
    const isAnswering = answer !== undefined && answer.headersSent && !answer.writableEnded;
    if (socket.writable && !isAnswering && error.code !== 'ECONNRESET')
      socket.write(refusal(error.code, requestTimeoutMs));
    socket.destroySoon();
  });
  return server;
}

function refusal(code: string | undefined, requestTimeoutMs: number): string {
  const [status, message] = wordsFor(code, requestTimeoutMs);
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });
  const headers = [
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'x-content-type-options: nosniff',
    'cache-control: no-store',
    'connection: close',
  ];
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
}

function wordsFor(code: string | undefined, requestTimeoutMs: number): [status: number, message: string] {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [REQUEST_TIMEOUT, `The request has not come whole within ${requestTimeoutMs} ms.`];
    case 'HPE_HEADER_OVERFLOW':
      return [431, 'The headers of the request are too large.'];
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return [413, 'The chunk extensions of the request are too large.'];
    default:
      return [400, 'This is not an HTTP request that can be read.'];
  }
}
