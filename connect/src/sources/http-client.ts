import pRetry, { AbortError } from 'p-retry';
import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request, type Dispatcher } from 'undici';
import { SourceRefused } from '../source-record.js';
import { parseExact, valueAt, type JsonValue } from './json-values.js';
import type { HttpAuthentication } from './source-section.js';

export interface HttpBounds {
  readonly timeoutSeconds: number;
  readonly mostBytes: number;
  readonly retries: number;
  readonly requestsPerSecond: number | null;
  /** Milliseconds before the first repeat; each next waits twice as long. */
  readonly firstDelay?: number;
}

/** One request; the address holds its parameters. */
export interface HttpAsk {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What an interface answered: null for 204. */
export interface HttpAnswer {
  readonly body: JsonValue;
  readonly text: string;
  readonly link: string | undefined;
}

/** Answers that may be others next time. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
const LONGEST_WAIT_MS = 15 * 60_000;
const SHOWN_BODY = 200;
const UNAUTHORISED = 401;

/** Asks an interface, as often and as fast as it allows. */
export class HttpClient implements AsyncDisposable {
  readonly #bounds: HttpBounds;
  readonly #authorise: Authorise;
  readonly #agent: Agent;
  #nextAt = 0;

  constructor(bounds: HttpBounds, authentication: ResolvedAuthentication | null) {
    this.#bounds = bounds;
    const timeout = bounds.timeoutSeconds * 1000;
    this.#agent = new Agent({ connectTimeout: timeout, headersTimeout: timeout, bodyTimeout: timeout });
    this.#authorise = authoriser(authentication, (ask, signal) => this.#once(ask, signal));
  }

  /**
   * One page.
   * @throws SourceRefused for an answer that no repeat changes, or that repeats did not change
   */
  async ask(ask: HttpAsk, signal?: AbortSignal): Promise<HttpAnswer> {
    return this.#repeated(async () => {
      const first = await this.#once(
        { ...ask, headers: { ...ask.headers, ...(await this.#authorise(signal)) } },
        signal,
      );
      // A token may end before its time: it is asked for once more.
      const answer =
        first.status === UNAUTHORISED
          ? await this.#once({ ...ask, headers: { ...ask.headers, ...(await this.#authorise(signal, true)) } }, signal)
          : first;
      return read(answer, ask.url);
    }, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy();
  }

  async #repeated<Value>(work: () => Promise<Value>, signal?: AbortSignal): Promise<Value> {
    return pRetry(
      async () => {
        try {
          return await work();
        } catch (error) {
          if (error instanceof SourceRefused) throw new AbortError(error);
          if (signal?.aborted === true) throw new AbortError(error instanceof Error ? error : String(error));
          throw error instanceof Passing
            ? error
            : new Passing(new SourceRefused('UNREACHABLE', { why: codeOf(error) }), null);
        }
      },
      {
        retries: this.#bounds.retries,
        minTimeout: this.#bounds.firstDelay ?? 1000,
        factor: 2,
        signal,
        // The waiting that the interface asks for comes before the library's own.
        onFailedAttempt: async (context) => {
          const { error, retriesLeft } = context;
          if (error instanceof Passing && error.afterMs !== null && retriesLeft > 0)
            await wait(Math.min(error.afterMs, LONGEST_WAIT_MS), undefined, { signal });
        },
      },
    ).catch((error: unknown): never => {
      throw error instanceof Passing ? error.refusal : error;
    });
  }

  async #once(ask: HttpAsk, signal?: AbortSignal): Promise<RawAnswer> {
    await this.#slot(signal);
    const deadline = AbortSignal.timeout(this.#bounds.timeoutSeconds * 1000);
    const { statusCode, headers, body } = await request(ask.url, {
      method: ask.method,
      headers: { accept: 'application/json', ...ask.headers },
      body: ask.body ?? null,
      dispatcher: this.#agent,
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    });
    return { status: statusCode, headers, text: await this.#bounded(body) };
  }

  /** A body up to its bound, whatever its header says. */
  async #bounded(body: Dispatcher.ResponseData['body']): Promise<string> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body) {
      bytes += (chunk as Buffer).length;
      if (bytes > this.#bounds.mostBytes) {
        body.destroy();
        throw new SourceRefused('LONG_ANSWER', { most: this.#bounds.mostBytes });
      }
      chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  async #slot(signal?: AbortSignal): Promise<void> {
    const { requestsPerSecond } = this.#bounds;
    if (requestsPerSecond === null) return;
    const now = performance.now();
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + 1000 / requestsPerSecond;
    if (at > now) await wait(at - now, undefined, { signal });
  }
}

/** An answer that may be another next time, and how long the interface asks to wait. */
class Passing extends Error {
  readonly afterMs: number | null;
  readonly refusal: SourceRefused;
  constructor(refusal: SourceRefused, afterMs: number | null) {
    super(refusal.message);
    this.refusal = refusal;
    this.afterMs = afterMs;
  }
}

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

function read({ status, headers, text }: RawAnswer, url: URL): HttpAnswer {
  const where = `${url.origin}${url.pathname}`;
  const body = text.slice(0, SHOWN_BODY);
  if (PASSING.has(status))
    throw new Passing(
      new SourceRefused('INTERFACE_ANSWERS', { where, status, body }),
      retryAfter(first(headers['retry-after'])),
    );
  const link = first(headers['link']);
  if (status === 204) return { body: null, text: '', link };
  if (status < 200 || status > 299) throw new SourceRefused('INTERFACE_ANSWERS', { where, status, body });
  if (text.trim() === '') return { body: null, text, link };
  try {
    return { body: parseExact(text), text, link };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const type = first(headers['content-type']) ?? 'no type';
    throw new SourceRefused('NOT_JSON', { where, status, type, body });
  }
}

/**
 * Milliseconds that a Retry-After header asks for, in seconds or until a date (RFC 9110, 10.2.3); null without one.
 */
export function retryAfter(header: string | undefined, now = Date.now()): number | null {
  if (header === undefined) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const until = Date.parse(header);
  return Number.isNaN(until) ? null : Math.max(0, until - now);
}

const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
const codeOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.name) : String(error);

/** How an interface knows us, the secret in hand. */
export type ResolvedAuthentication = { readonly secret: string } & HttpAuthentication;

/** Gives the headers that say who asks. */
type Authorise = (signal?: AbortSignal, anew?: boolean) => Promise<Readonly<Record<string, string>>>;

/** Seconds before its end at which a token is asked for anew. */
const MARGIN_SECONDS = 30;
const DEFAULT_SECONDS = 300;

function authoriser(
  authentication: ResolvedAuthentication | null,
  ask: (ask: HttpAsk, signal?: AbortSignal) => Promise<RawAnswer>,
): Authorise {
  if (authentication === null) return async () => ({});
  if (authentication.kind === 'api-key') {
    const { header, prefix, secret } = authentication;
    return async () => ({ [header]: prefix === undefined ? secret : `${prefix} ${secret}` });
  }
  const { tokenUrl, clientId, scope, secret } = authentication;
  let token: { readonly text: string; readonly until: number } | undefined;
  return async (signal, anew = false) => {
    if (token === undefined || anew || token.until <= Date.now()) {
      const url = new URL(tokenUrl);
      const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) });
      const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64');
      const answer = await ask(
        {
          url,
          method: 'POST',
          headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
          body: form.toString(),
        },
        signal,
      );
      const { body } = read(answer, url);
      const text = valueAt(body, 'access_token');
      if (typeof text !== 'string') throw new SourceRefused('NO_TOKEN', { where: `${url.origin}${url.pathname}` });
      const seconds = valueAt(body, 'expires_in');
      const lifetime = seconds instanceof Object && 'text' in seconds ? Number(seconds.text) : DEFAULT_SECONDS;
      token = { text, until: Date.now() + Math.max(1, lifetime - MARGIN_SECONDS) * 1000 };
    }
    return { authorization: `Bearer ${token.text}` };
  };
}
