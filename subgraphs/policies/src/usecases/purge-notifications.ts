import type { Clock, Logger } from '@zhitong/kit';
import type { Job } from '@zhitong/kit/jobs';
import type { Stores } from '../stores.js';

const DAY_MS = 86_400_000;
/** Notifications that are removed by one command. */
const BATCH = 1_000;

interface PurgeOptions {
  readonly stores: Pick<Stores, 'notifications'>;
  readonly clock: Clock;
  /** Days for which a notification is kept after it was read, and one that nobody read after it was made. */
  readonly days: number;
}

/**
 * Removes the notifications that were kept long enough. Who was notified of something once is not notified again:
 * announcements stay. Safe whatever the number of processes; one that is stopped or killed goes on the next time.
 * Answers how many it removed.
 * @param stopped asked between batches; true ends the work where it is.
 */
export async function purgeNotifications({
  stores,
  clock,
  days,
  stopped = () => false,
}: PurgeOptions & { readonly stopped?: () => boolean }): Promise<number> {
  const before = new Date(clock.now().getTime() - days * DAY_MS);
  let removed = 0;
  for (let count = BATCH; count > 0 && !stopped();) {
    count = await stores.notifications.removeOlder(before, BATCH);
    removed += count;
  }
  return removed;
}

/** A process that died with the round leaves it to another after so long. */
const LEASE_MS = 60_000;

/** The job that removes old notifications, at the start and each day. */
export function purgeJob({ logger, ...options }: PurgeOptions & { readonly logger: Logger }): Job {
  return {
    name: 'purge-notifications',
    everyMs: DAY_MS,
    leaseMs: LEASE_MS,
    work: async ({ isOver }) => {
      const removed = await purgeNotifications({ ...options, stopped: isOver });
      if (removed > 0) logger.info({ removed, days: options.days }, 'old notifications are removed');
    },
  };
}
