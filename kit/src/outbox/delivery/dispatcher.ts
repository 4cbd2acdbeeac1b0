import type { Db } from 'mongodb';
import type { Dispatcher as HttpAgent } from 'undici';
import type { Clock } from '../../clock.js';
import type { OutboxCollections } from '../collections.js';
import { drainLane, type LaneSettings, type LaneSurroundings } from './drain-lane.js';
import { followChanges } from './follow-changes.js';
import { oneAtATime, type OneAtATime } from '../../jobs/one-at-a-time.js';
import type { OutboxLogger } from '../outbox-logger.js';
import { DEAD, DELIVERED, type Attempted } from './record-outcome.js';
import { removeOrphans } from './remove-orphans.js';
import { sendWebhook } from '../webhooks/send-webhook.js';
import { sequenceEvents } from './sequence-events.js';
import type { Timers } from '../../jobs/timers.js';

export interface DispatcherSettings extends LaneSettings {
  /** How often to look for work when no change is reported. */
  readonly pollMs: number;
  /** A receiver must have responded within this. */
  readonly timeoutMs: number;
}

/** Orders appended events and delivers them. Any number may run, in any number of processes. */
export interface Dispatcher {
  /** Works until stopped: woken by changes, by retries that fall due, and by a slow poll. */
  start(): void;
  /** Places and delivers all that is due now, then returns; for commands and tests. */
  runOnce(): Promise<{ readonly placed: number; readonly delivered: number; readonly failed: number }>;
  /** When it last could look for work; null before the first time. */
  lookedAt(): Date | null;
  /** Starts no further delivery, waits for those in flight (at most the time-out) and returns. Safe to call twice. */
  stop(): Promise<void>;
}

export interface DispatcherSurroundings {
  readonly db: Db;
  readonly collections: OutboxCollections;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly logger: OutboxLogger;
  readonly settings: DispatcherSettings;
  readonly onAttempt: (attempted: Attempted) => void;
  readonly httpAgent?: HttpAgent | undefined;
  /** Opens the agent that is used where none is given. */
  readonly openAgent: () => HttpAgent;
}

/** Builds a dispatcher; see {@link Dispatcher}. */
export function createDispatcher(surroundings: DispatcherSurroundings): Dispatcher {
  const { db, collections, clock, timers, random, logger, settings } = surroundings;
  const agent = surroundings.httpAgent ?? surroundings.openAgent();
  const lanes = new Map<string, Lane>();
  let stopping = false;
  let lookedAt: Date | null = null;
  let stopFollowing: (() => Promise<void>) | undefined;
  let cancelPoll: (() => void) | undefined;
  let stopped: Promise<void> | undefined;

  const laneSurroundings = (onAttempt: (attempted: Attempted) => void): LaneSurroundings => ({
    collections,
    clock,
    random,
    settings,
    send: sendWebhook({ agent, clock, timers, timeoutMs: settings.timeoutMs }),
    isStopping: () => stopping,
    onAttempt,
  });
  const report = (attempted: Attempted): void => {
    if (attempted.result === DEAD) logger.error(attempted, 'an event became a dead letter');
    else if (attempted.result !== DELIVERED) logger.warn(attempted, 'an event could not be delivered yet');
    surroundings.onAttempt(attempted);
  };
  const activeWebhooks = async (): Promise<string[]> =>
    (await collections.webhooks.find({ active: true }, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);

  const openLane = (webhookId: string): Lane => {
    let cancelTimer: (() => void) | undefined;
    const drain = oneAtATime(async () => {
      cancelTimer?.();
      let nextOn: Date | undefined;
      try {
        nextOn = await drainLane(webhookId, laneSurroundings(report));
      } catch (error) {
        logger.error({ err: error, webhookId }, 'deliveries to a webhook were interrupted');
        nextOn = new Date(clock.now().getTime() + settings.pollMs);
      }
      if (nextOn !== undefined && !stopping)
        cancelTimer = timers.after(nextOn.getTime() - clock.now().getTime(), drain.kick);
    });
    return { ...drain, cancel: () => cancelTimer?.() };
  };

  const look = oneAtATime(async () => {
    if (stopping) return;
    try {
      await sequenceEvents({ client: db.client, collections, clock, logger });
      for (const webhookId of await activeWebhooks()) {
        const lane = lanes.get(webhookId) ?? openLane(webhookId);
        lanes.set(webhookId, lane);
        lane.kick();
      }
      lookedAt = clock.now();
    } catch (error) {
      logger.error({ err: error }, 'the outbox could not look for work and will look again');
    }
  });

  const sweep = oneAtATime(async () => {
    try {
      await removeOrphans(collections);
    } catch (error) {
      logger.error({ err: error }, 'deliveries of removed webhooks could not be cleared');
    }
  });

  const poll = (): void => {
    cancelPoll = timers.after(settings.pollMs, () => {
      if (stopping) return;
      sweep.kick();
      look.kick();
      poll();
    });
  };

  const finish = async (): Promise<void> => {
    stopping = true;
    cancelPoll?.();
    await stopFollowing?.();
    await Promise.all([look.idle(), sweep.idle()]);
    // Only now: a last look may have opened lanes.
    await Promise.all([...lanes.values()].map(async (lane) => lane.idle()));
    for (const lane of lanes.values()) lane.cancel();
    if (surroundings.httpAgent === undefined) await agent.close();
  };

  return {
    start() {
      if (stopping || stopFollowing !== undefined) throw new Error('A dispatcher is started once.');
      stopFollowing = followChanges({ db, onChange: look.kick, logger, timers, retryMs: settings.pollMs });
      look.kick();
      poll();
    },
    async runOnce() {
      const count = { delivered: 0, failed: 0 };
      const onAttempt = (attempted: Attempted): void => {
        count[attempted.result === DELIVERED ? 'delivered' : 'failed'] += 1;
        report(attempted);
      };
      const placed = await sequenceEvents({ client: db.client, collections, clock, logger });
      const drained = await Promise.allSettled(
        (await activeWebhooks()).map(async (webhookId) => drainLane(webhookId, laneSurroundings(onAttempt))),
      );
      const broken = drained.find((lane) => lane.status === 'rejected');
      if (broken) throw broken.reason;
      return { placed, ...count };
    },
    lookedAt: () => lookedAt,
    stop: async () => (stopped ??= finish()),
  };
}

interface Lane extends OneAtATime {
  cancel(): void;
}
