import type { Db } from 'mongodb';
import type { Dispatcher as HttpAgent } from 'undici';
import { systemClock, type Clock } from '../clock.js';
import { appendEvents, type AppendEvents } from './append-events.js';
import { sourceSchema } from './cloud-event.js';
import { outboxCollections } from './collections.js';
import { deadLetters, type DeadLetters } from './delivery/dead-letters.js';
import { createDispatcher, type Dispatcher } from './delivery/dispatcher.js';
import { ensureOutboxIndexes } from './ensure-indexes.js';
import { openDatabase } from './open-database.js';
import { OutboxError } from './outbox-error.js';
import type { OutboxLogger } from './outbox-logger.js';
import { outboxStats, type OutboxStats } from './outbox-stats.js';
import { readEvents, type ReadEvents } from './read-events.js';
import { DELIVERED, type Attempted } from './delivery/record-outcome.js';
import { AllowedHosts, guardedAgent, type Resolve } from './webhooks/receiver-guard.js';
import { DEFAULT_RETRY, type RetryPolicy } from '../jobs/retry-delay.js';
import { systemTimers, type Timers } from '../jobs/timers.js';
import { webhookRegistry, type WebhookRegistry } from './webhooks/webhook-registry.js';

/** A department's transactional outbox. */
export interface Outbox extends WebhookRegistry {
  /** Builds the indexes; call once at start, before the first append. */
  ensureIndexes(): Promise<void>;
  /**
   * Appends events within the transaction of `session`: they exist exactly when the change does. Events of one subject
   * are delivered in the order in which their transactions built on each other.
   * @returns the events as they will be sent (without `sequence`, which is given after the commit).
   * @throws OutboxError INVALID outside a transaction, for a malformed name, for data that is not JSON or too long.
   */
  readonly append: AppendEvents;
  /**
   * Events in their final order, for consumers that pull; a reader that continues from `lastSequence` never misses one.
   */
  readonly readEvents: ReadEvents;
  dispatcher(): Dispatcher;
  /**
   * Deliveries that were given up. `list` pages (20 by default, at most 200) in the events' order; `replay` makes them
   * pending again with all their attempts. An unknown id, or one that is no dead letter any more, is not counted.
   * A replayed event can arrive after later ones of its subject; receivers recognise it by its `sequence`.
   */
  readonly deadLetters: DeadLetters;
  stats(): Promise<OutboxStats>;
}

export interface OutboxOptions {
  /**
   * The department's own database; `connection.db` of an open mongoose connection. Sessions must come from the same
   * client.
   */
  readonly db: Db | undefined;
  /** CloudEvents source, `urn:zhitong:<subgraph>`. */
  readonly source: string;
  readonly logger: OutboxLogger;
  readonly clock?: Clock;
  readonly timers?: Timers;
  /** A number from 0 (included) to 1 (excluded), for jitter. */
  readonly random?: () => number;
  /** Called after each attempt, for metrics; must not throw. */
  readonly onAttempt?: (attempted: Attempted) => void;
  /**
   * Hosts inside the city's own networks to which events may be sent: a host, or host and port (`127.0.0.1:4003`). None
   * by default: loopback, private and link-local addresses are then refused, also behind a name.
   */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Resolves receivers' names; the system's resolver by default. */
  readonly resolve?: Resolve;
  /**
   * undici agent for receivers behind a proxy or with certificates of their own; stays the caller's to close, and
   * judges addresses itself.
   */
  readonly httpAgent?: HttpAgent;
  /** Allow plain http receivers outside this machine; off by default. */
  readonly allowHttp?: boolean;
  /** Days that delivered events are kept; 30 by default. */
  readonly retentionDays?: number;
  /** Longest event in bytes of UTF-8; 262,144 by default. */
  readonly maxEventBytes?: number;
  readonly pollMs?: number;
  readonly timeoutMs?: number;
  readonly leaseMs?: number;
  readonly parallel?: number;
  readonly pauseAfter?: number;
  readonly retry?: Partial<RetryPolicy>;
}

/**
 * Opens a department's outbox.
 * @throws OutboxError INVALID when an option makes no sense.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const db = openDatabase(options.db);
  const {
    source,
    logger,
    clock = systemClock,
    timers = systemTimers,
    random = Math.random,
    onAttempt,
    httpAgent,
    allowHttp = false,
    resolve,
  } = options;
  const allowed = new AllowedHosts(options.allowedHosts ?? []);
  const {
    retentionDays = 30,
    maxEventBytes = 256 * 1024,
    pollMs = 30_000,
    timeoutMs = 15_000,
    leaseMs = 60_000,
    parallel = 8,
    pauseAfter = 5,
  } = options;
  const retry = { ...DEFAULT_RETRY, ...options.retry };
  if (!sourceSchema.safeParse(source).success)
    throw new OutboxError(
      'INVALID',
      `The outbox's source ${JSON.stringify(source)} is not a URN such as urn:zhitong:registry.`,
    );
  for (const [name, value] of Object.entries({
    retentionDays,
    maxEventBytes,
    pollMs,
    timeoutMs,
    leaseMs,
    parallel,
    pauseAfter,
    ...retry,
  })) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new OutboxError('INVALID', `The outbox's ${name} is ${value}; it is a whole number from 1 on.`);
  }
  // A lease is prolonged before an attempt when half of it is over, so an attempt must fit into the other half.
  if (leaseMs < 2 * timeoutMs)
    throw new OutboxError(
      'INVALID',
      `The outbox's leaseMs is ${leaseMs}; it must be at least twice timeoutMs, ${timeoutMs}.`,
    );

  const collections = outboxCollections(db);
  const attempts = { delivered: 0, failed: 0 };
  return {
    ensureIndexes: async () => ensureOutboxIndexes(db, { retentionDays }),
    append: appendEvents({ collections, source, clock, maxEventBytes }),
    readEvents: readEvents({ collections }),
    ...webhookRegistry({ collections, clock, allowHttp, allowed }),
    deadLetters: deadLetters({ collections, clock }),
    stats: async () => outboxStats({ collections, clock, attempts: { ...attempts } }),
    dispatcher: () =>
      createDispatcher({
        db,
        collections,
        clock,
        timers,
        random,
        logger,
        httpAgent,
        openAgent: () => guardedAgent(allowed, { resolve }),
        settings: { pollMs, timeoutMs, leaseMs, parallel, pauseAfter, retry },
        onAttempt: (attempted) => {
          attempts[attempted.result === DELIVERED ? 'delivered' : 'failed'] += 1;
          onAttempt?.(attempted);
        },
      }),
  };
}
