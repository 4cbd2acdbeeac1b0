import type { IncomingMessage, ServerResponse } from 'node:http';
import { networkOf, PURPOSE_HEADER, readPurpose, unauthenticated, type Actor, type StatedPurpose } from '@zhitong/kit';
import { GraphQLError } from 'graphql';
import proxyAddr from 'proxy-addr';
import { Cancellation } from '../cancellation.js';
import { saidRefusal } from '../gateway-error.js';
import type { GatewayMetrics } from '../metrics.js';
import { inFlight } from '../limits/in-flight.js';
import { rateLimit } from '../limits/rate-limit.js';
import { languageOf } from './reader-language.js';
import { requestIdFrom, traceparentFrom, type GatewayContext } from '../request-context.js';
import { sendErrors } from './send-json.js';
import type { TokenVerifier } from '../identity/token-verifier.js';
import { said } from '../refusal-words.js';

/** After this time a caller whose requests are all in flight may try again. */
const IN_FLIGHT_WAIT_SECONDS = 1;
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

export interface AdmissionOptions {
  readonly verify: TokenVerifier;
  readonly metrics: Pick<GatewayMetrics, 'refused'>;
  readonly requestsPerMinute: number;
  /** Requests that one subject or address may have in flight; 0 means no limit. */
  readonly requestsInFlight: number;
  /** Reverse proxies in front: a caller's address is the one that the outermost of them saw. */
  readonly trustProxyHops: number;
}

/**
 * Says who asks, for which purpose, how often and how much at once (a subject, or an address without a valid token):
 * returns what the request carries through the gateway, or refuses it (400, 401, 429) and returns undefined. Throws
 * when the keys that verify tokens cannot be had, which is our fault and not the caller's.
 */
export type Admission = (request: IncomingMessage, response: ServerResponse) => Promise<GatewayContext | undefined>;

export function admission({
  verify,
  metrics,
  requestsPerMinute,
  requestsInFlight,
  trustProxyHops,
}: AdmissionOptions): Admission {
  const limit = rateLimit(requestsPerMinute);
  const take = inFlight(requestsInFlight);
  const addressOf = (request: IncomingMessage): string =>
    `address ${networkOf(proxyAddr(request, (_address, hop) => hop < trustProxyHops))}`;
  /** Counts the request; responds with 429 and returns true when the caller has used up its minute. */
  const isOverLimit = async (response: ServerResponse, caller: string): Promise<boolean> => {
    const wait = await limit(caller);
    if (wait === undefined) return false;
    metrics.refused('rate');
    response.setHeader('retry-after', String(wait));
    sendErrors(
      response,
      429,
      saidRefusal('RATE_LIMITED', said('TOO_MANY_REQUESTS', { seconds: wait }), { retryAfterSeconds: wait }),
    );
    return true;
  };
  const refuseInFlight = (response: ServerResponse): void => {
    metrics.refused('inFlight');
    response.setHeader('retry-after', String(IN_FLIGHT_WAIT_SECONDS));
    sendErrors(
      response,
      429,
      saidRefusal('RATE_LIMITED', said('IN_FLIGHT', { limit: requestsInFlight }), {
        measure: 'inFlight',
        limit: requestsInFlight,
        retryAfterSeconds: IN_FLIGHT_WAIT_SECONDS,
      }),
    );
  };
  return async (request, response) => {
    const requestId = requestIdFrom(headerOf(request, 'x-request-id'));
    response.setHeader('x-request-id', requestId);
    let actor: Actor | null;
    try {
      actor = await callerOf(request, verify);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      if (await isOverLimit(response, addressOf(request))) return undefined; // Tokens are not to be tried out.
      metrics.refused('token');
      response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
      sendErrors(response, 401, { errors: [error.toJSON()] });
      return undefined;
    }
    const caller = actor === null ? addressOf(request) : `subject ${actor.sub}`;
    if (await isOverLimit(response, caller)) return undefined;
    const purpose = purposeOf(request);
    if (purpose?.ok === false) {
      sendErrors(response, 400, saidRefusal('BAD_USER_INPUT', purpose.words));
      return undefined;
    }
    const place = response.closed ? undefined : take(caller);
    if (place === undefined) {
      refuseInFlight(response);
      return undefined;
    }
    response.once('close', place.hold());
    return {
      place,
      actor: actor === null || purpose === undefined ? actor : { ...actor, purpose: purpose.purpose },
      requestId,
      language: languageOf(request.headers),
      traceparent: traceparentFrom(headerOf(request, 'traceparent')),
      clientGone: whenClientGoes(response),
    };
  };
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** What the caller says that personal data is needed for; undefined when nothing is said. */
function purposeOf(request: IncomingMessage): StatedPurpose | undefined {
  const header = headerOf(request, PURPOSE_HEADER);
  return header === undefined || header === '' ? undefined : readPurpose(header);
}

async function callerOf(request: IncomingMessage, verify: TokenVerifier): Promise<Actor | null> {
  const header = request.headers.authorization;
  if (header === undefined || header === '' || /^Bearer\s*$/i.test(header)) return null;
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) throw unauthenticated(said('BAD_AUTHORIZATION'));
  return verify(token);
}

/** Cancels when the connection closes before the response was sent. */
function whenClientGoes(response: ServerResponse): Cancellation {
  const gone = new Cancellation();
  response.once('close', () => {
    if (!response.writableFinished) gone.cancel();
  });
  return gone;
}
