import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { ASSERTION_HEADER } from '@zhitong/kit';
import { circuitBreaker, ConsecutiveBreaker, handleWhen, type CircuitBreakerPolicy } from 'cockatiel';
import { parse, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Pool } from 'undici';
import type { DepartmentAddress } from './config.js';
import { NotAGraphQLResult, readDepartmentAnswer, type DepartmentResult } from './department-answer.js';
import { outageAnswer } from './department-outage.js';
import type { Department, DepartmentQuestion } from './execution/run-plan.js';
import { post, PostFailed, type PostAnswer } from './http-post.js';
import type { GatewayContext } from './request-context.js';

/** After this many failed exchanges in a row a department is left alone. */
const FAILURES_TO_OPEN = 5;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
const PREPARED_OPERATIONS = 2_000;
const TEMPORARY_STATUSES = new Set([502, 503, 504]);
/** Time that must be left for a second try to make sense. */
const MIN_RETRY_MS = 50;

/** How an exchange ended, for metrics. */
export type FetchOutcome = 'answered' | 'unavailable' | 'cancelled';

export interface DepartmentSourceOptions extends DepartmentAddress {
  readonly name: string;
  readonly timeoutMs: number;
  /** A department that was left alone is tried again with one request after this time. */
  readonly pauseMs: number;
  readonly connections: number;
  /** Called once for each exchange that the operation needed; retries are not counted apart. */
  readonly onFetch?: (outcome: FetchOutcome, seconds: number) => void;
  /** Called when a department gave no answer; the reason is for the log and holds no data of the request. */
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
 * - After five failures in a row the department is not asked for a while, so that its absence costs nothing.
 * - A department that gives no answer leaves nulls and errors with code DEPARTMENT_UNAVAILABLE, see `outageAnswer`.
 */
export class DepartmentSource implements Department, GraphQLDataSource<GatewayContext> {
  readonly name: string;
  readonly #options: DepartmentSourceOptions;
  readonly #pool: Pool;
  readonly #path: string;
  readonly #breaker: CircuitBreakerPolicy;
  readonly #prepared = new LRUCache<string, PreparedOperation>({ max: PREPARED_OPERATIONS });

  constructor(options: DepartmentSourceOptions) {
    const url = new URL(options.url);
    this.name = options.name;
    this.#options = options;
    this.#path = `${url.pathname}${url.search}`;
    this.#pool = new Pool(url.origin, {
      connections: options.connections,
      connect: { timeout: options.timeoutMs, ...(options.socket === undefined ? {} : { socketPath: options.socket }) },
      pipelining: 1,
    });
    this.#breaker = circuitBreaker(handleWhen((error) => !(error instanceof PostFailed && error.fault === 'cancelled')), {
      halfOpenAfter: options.pauseMs,
      breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
    });
  }

  /** The same as `ask`, as @apollo/gateway puts the question. */
  async process(options: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<DepartmentResult> {
    if (!('incomingRequestContext' in options)) throw new Error('A department is asked only for incoming operations; `isAnswering` checks its health.');
    const { request, context, document } = options;
    return this.ask({ query: request.query ?? '', variables: request.variables ?? {}, document, context });
  }

  async ask({ query, variables, document, context }: DepartmentQuestion): Promise<DepartmentResult> {
    const started = performance.now();
    const seconds = (): number => (performance.now() - started) / 1000;
    try {
      const result = await this.#breaker.execute(() => this.#exchange(this.#prepare(query), variables, context));
      this.#options.onFetch?.('answered', seconds());
      for (const { extensions } of result.errors ?? []) if (extensions?.['code'] === 'DEPARTMENT_UNAVAILABLE') context.unavailable.add(typeof extensions['subgraph'] === 'string' ? extensions['subgraph'] : this.name);
      return result;
    } catch (error) {
      if (error instanceof PostFailed && error.fault === 'cancelled') {
        this.#options.onFetch?.('cancelled', seconds());
      } else {
        this.#options.onFetch?.('unavailable', seconds());
        this.#options.onUnavailable?.(error instanceof Error ? error.message : String(error), context.requestId);
      }
      context.unavailable.add(this.name);
      return outageAnswer({ department: this.name, document: document ?? parseOperation(query), representations: representationsOf(variables) });
    }
  }

  /** Asks the department for nothing but its type name, past the circuit breaker; for health checks. */
  async isAnswering(assertion: string, timeoutMs: number): Promise<boolean> {
    try {
      const answer = await post(this.#pool, { path: this.#path, headers: { 'content-type': 'application/json', accept: 'application/json', [ASSERTION_HEADER]: assertion }, body: '{"query":"{__typename}"}', timeoutMs, maxBytes: MAX_ANSWER_BYTES });
      readDepartmentAnswer(answer);
      return true;
    } catch {
      return false;
    }
  }

  /** Waits for exchanges under way and closes the connections. */
  async close(): Promise<void> {
    await this.#pool.close();
  }

  #prepare(query: string): PreparedOperation {
    const known = this.#prepared.get(query);
    if (known !== undefined) return known;
    const prepared = { head: `{"query":${JSON.stringify(query)},"variables":`, isMutation: /^\s*mutation\b/.test(query) };
    this.#prepared.set(query, prepared);
    return prepared;
  }

  async #exchange({ head, isMutation }: PreparedOperation, variables: Readonly<Record<string, unknown>>, context: GatewayContext): Promise<DepartmentResult> {
    const deadline = performance.now() + this.#options.timeoutMs;
    const body = `${head}${JSON.stringify(variables)}}`;
    const exchange = (): Promise<PostAnswer> =>
      post(this.#pool, {
        path: this.#path,
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json',
          'x-request-id': context.requestId,
          traceparent: context.traceparent,
          [ASSERTION_HEADER]: context.assertion,
        },
        body,
        timeoutMs: Math.max(1, Math.round(deadline - performance.now())),
        maxBytes: MAX_ANSWER_BYTES,
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

function isTemporary(error: unknown): boolean {
  if (error instanceof PostFailed) return error.fault === 'closed' || error.fault === 'unreachable';
  return error instanceof NotAGraphQLResult && TEMPORARY_STATUSES.has(error.status);
}

function parseOperation(query: string): DocumentNode {
  return parse(query, { noLocation: true });
}

function representationsOf({ representations }: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] | undefined {
  // The query planner alone makes this variable: a list of objects with __typename and key fields.
  return Array.isArray(representations) ? (representations as readonly Readonly<Record<string, unknown>>[]) : undefined;
}
