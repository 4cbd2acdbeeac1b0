import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { ASSERTION_HEADER, LANGUAGE_HEADER, type AssertionSigner } from '@zhitong/kit';
import { parse, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Pool } from 'undici';
import type { DepartmentAddress } from '../config.js';
import { NotAGraphQLResult, readDepartmentAnswer } from './subgraph-answer.js';
import { DepartmentBreaker } from './subgraph-breaker.js';
import { outageAnswer, type OutageReason } from './subgraph-outage.js';
import type { Department, DepartmentAnswer, DepartmentQuestion } from '../execution/subgraph.js';
import { post, PostFailed, type PostAnswer, type PostFault } from './http-post.js';
import type { GatewayContext } from '../request-context.js';

const PREPARED_OPERATIONS = 2_000;
const TEMPORARY_STATUSES = new Set([502, 503, 504]);
/** Time that must be left for a second try to make sense. */
const MIN_RETRY_MS = 50;
/** Within this time a healthy department responds to a query of its type name. */
const PROBE_TIMEOUT_MS = 1_000;
const PROBE = '{"query":"{__typename}"}';
/** One for the breaker, one for who asks for the state of the departments. */
const PROBE_CONNECTIONS = 2;
const PROBE_ANSWER_BYTES = 64 * 1024;

/** How an exchange ended, for metrics. `refused`: the gateway did not accept the response, because it was too large. */
export type FetchOutcome = 'answered' | 'unavailable' | 'cancelled' | 'refused';

export interface DepartmentSourceOptions extends DepartmentAddress {
  readonly name: string;
  /** Vouches for the caller, to this department and for one body. */
  readonly sign: AssertionSigner;
  readonly timeoutMs: number;
  /** A department that was left alone is probed again after this time. */
  readonly pauseMs: number;
  readonly connections: number;
  /** Bytes of one response that are accepted at most. */
  readonly answerBytes: number;
  /** Called once for each exchange that the operation needed; retries are not counted apart. */
  readonly onFetch?: (outcome: FetchOutcome, seconds: number) => void;
  /** Called when a department did not respond; the reason is for the log and holds no data of the request. */
  readonly onUnavailable?: (reason: string, requestId: string) => void;
}

interface PreparedOperation {
  /** The request's body up to the variables: the operation's text is escaped once, not on every request. */
  readonly head: string;
  readonly isMutation: boolean;
}

/**
 * Asks one department over plain GraphQL-over-HTTP, on a keep-alive pool; on one machine through a Unix domain socket.
 *
 * - One deadline for each exchange, a retry included. A query is tried once more when the connection failed or the
 *   department said 502, 503 or 504; a mutation never is.
 * - A query stops when its client goes away; a mutation runs on, because the department may already be acting.
 * - A department that stays silent is not asked for a while, so that its absence costs nothing; what one operation runs
 *   into
 *   is not held against it, see `DepartmentBreaker`.
 * - A department that does not respond leaves nulls and errors with code DEPARTMENT_UNAVAILABLE, see `outageAnswer`; an
 *   answer
 *   that is too large is the operation's fault and leaves QUERY_TOO_COMPLEX.
 */
export class DepartmentSource implements Department, GraphQLDataSource<GatewayContext> {
  readonly name: string;
  readonly #options: DepartmentSourceOptions;
  readonly #pool: Pool;
  readonly #path: string;
  /** Probes wait behind no operation. */
  readonly #probePool: Pool;
  readonly #breaker: DepartmentBreaker;
  readonly #prepared = new LRUCache<string, PreparedOperation>({ max: PREPARED_OPERATIONS });

  constructor(options: DepartmentSourceOptions) {
    const url = new URL(options.url);
    this.name = options.name;
    this.#options = options;
    this.#path = `${url.pathname}${url.search}`;
    const pool = (connections: number): Pool =>
      new Pool(url.origin, {
        connections,
        connect: {
          timeout: options.timeoutMs,
          ...(options.socket === undefined ? {} : { socketPath: options.socket }),
        },
        pipelining: 1,
      });
    this.#pool = pool(options.connections);
    this.#probePool = pool(PROBE_CONNECTIONS);
    this.#breaker = new DepartmentBreaker({
      pauseMs: options.pauseMs,
      isOfTheQuestion: (error) => isFault(error, 'cancelled') || isFault(error, 'too-large'),
    });
  }

  /** The same as `ask`, as @apollo/gateway puts the question. */
  async process(options: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<DepartmentAnswer> {
    if (!('incomingRequestContext' in options))
      throw new Error('A department is asked only for incoming operations; `isAnswering` checks its health.');
    const { request, context, document } = options;
    return this.ask({ query: request.query ?? '', variables: request.variables ?? {}, document, context });
  }

  async ask({ query, variables, document, context }: DepartmentQuestion): Promise<DepartmentAnswer> {
    const started = performance.now();
    const ended = (outcome: FetchOutcome): void =>
      this.#options.onFetch?.(outcome, (performance.now() - started) / 1000);
    const lost = (reason: OutageReason): DepartmentAnswer =>
      outageAnswer({
        department: this.name,
        document: document ?? parseOperation(query),
        representations: representationsOf(variables),
        reason,
      });
    const { head, isMutation } = this.#prepare(query);
    const body = `${head}${JSON.stringify(variables)}}`;
    try {
      const result = await this.#breaker.run(
        () => this.#exchange({ body, isMutation }, context),
        () => this.isAnswering(Math.min(PROBE_TIMEOUT_MS, this.#options.timeoutMs)),
      );
      ended('answered');
      return result;
    } catch (error) {
      if (isFault(error, 'too-large')) {
        ended('refused');
        return lost({ kind: 'answer-too-large', limit: this.#options.answerBytes });
      }
      if (isFault(error, 'cancelled')) {
        ended('cancelled');
      } else {
        ended('unavailable');
        this.#options.onUnavailable?.(error instanceof Error ? error.message : String(error), context.requestId);
      }
      return lost({ kind: 'no-answer' });
    }
  }

  /**
   * Asks the department for nothing but its type name, past the circuit breaker and over a connection of its own. Never
   * throws.
   */
  async isAnswering(timeoutMs: number): Promise<boolean> {
    const assertion = this.#options.sign({ actor: null, department: this.name, body: PROBE });
    const headers = { 'content-type': 'application/json', accept: 'application/json', [ASSERTION_HEADER]: assertion };
    try {
      readDepartmentAnswer(
        await post(this.#probePool, {
          path: this.#path,
          headers,
          body: PROBE,
          timeoutMs,
          maxBytes: PROBE_ANSWER_BYTES,
        }),
      );
      return true;
    } catch {
      return false;
    }
  }

  /** Waits for exchanges under way and closes the connections. */
  async close(): Promise<void> {
    await Promise.all([this.#pool.close(), this.#probePool.close()]);
  }

  #prepare(query: string): PreparedOperation {
    const known = this.#prepared.get(query);
    if (known !== undefined) return known;
    const prepared = {
      head: `{"query":${JSON.stringify(query)},"variables":`,
      isMutation: /^\s*mutation\b/.test(query),
    };
    this.#prepared.set(query, prepared);
    return prepared;
  }

  async #exchange(
    { body, isMutation }: { body: string; isMutation: boolean },
    context: GatewayContext,
  ): Promise<DepartmentAnswer> {
    const deadline = performance.now() + this.#options.timeoutMs;
    const exchange = (): Promise<PostAnswer> =>
      post(this.#pool, {
        path: this.#path,
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json',
          'x-request-id': context.requestId,
          traceparent: context.traceparent,
          ...(context.language === 'en' ? {} : { [LANGUAGE_HEADER]: context.language }),
          [ASSERTION_HEADER]: this.#options.sign({ actor: context.actor, department: this.name, body }),
        },
        body,
        timeoutMs: Math.max(1, Math.round(deadline - performance.now())),
        maxBytes: this.#options.answerBytes,
        cancel: isMutation ? undefined : context.clientGone,
      });
    try {
      return readDepartmentAnswer(await exchange());
    } catch (error) {
      if (isMutation || !isTemporary(error) || deadline - performance.now() < MIN_RETRY_MS) throw error;
      return readDepartmentAnswer(await exchange());
    }
  }
}

function isFault(error: unknown, fault: PostFault): boolean {
  return error instanceof PostFailed && error.fault === fault;
}

function isTemporary(error: unknown): boolean {
  if (error instanceof PostFailed) return error.fault === 'closed' || error.fault === 'unreachable';
  return error instanceof NotAGraphQLResult && TEMPORARY_STATUSES.has(error.status);
}

function parseOperation(query: string): DocumentNode {
  return parse(query, { noLocation: true });
}

function representationsOf({
  representations,
}: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] | undefined {
  // The query planner alone makes this variable: a list of objects with __typename and key fields.
  return Array.isArray(representations) ? (representations as readonly Readonly<Record<string, unknown>>[]) : undefined;
}
