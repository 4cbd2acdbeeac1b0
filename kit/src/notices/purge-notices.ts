import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { Job } from '../jobs/index.js';
import type { Logger } from '../logger.js';

const DAY_MS = 86_400_000;
/** Notices that are removed by one command. */
const BATCH = 1_000;
/** A setting: the days for which notices are kept, two years unless a city says otherwise. */
export const noticeDays = z.coerce.number().int().min(30, 'must be 30 days or more').default(730);
/** A process that died with the round leaves it to another after so long. */
const LEASE_MS = 60_000;

interface PurgeOptions {
  readonly box: { removeOlder(before: Date, limit: number): Promise<number> };
  readonly clock: Clock;
  /** Days for which a notice is kept after it was read, and one that nobody read after it was made. */
  readonly days: number;
}

/**
 * Removes the notices that were kept long enough. Safe whatever the number of processes; one that is stopped or killed
 * goes on the next time. Answers how many it removed.
 * @param stopped asked between batches; true ends the work where it is.
 */
export async function purgeNotices({
  box,
  clock,
  days,
  stopped = () => false,
}: PurgeOptions & { readonly stopped?: () => boolean }): Promise<number> {
  const before = new Date(clock.now().getTime() - days * DAY_MS);
  let removed = 0;
  for (let count = BATCH; count > 0 && !stopped();) {
    count = await box.removeOlder(before, BATCH);
    removed += count;
  }
  return removed;
}

/** The job that removes old notices, at the start and each day. */
export function purgeJob({ name, logger, ...options }: PurgeOptions & { name: string; logger: Logger }): Job {
  return {
    name,
    everyMs: DAY_MS,
    leaseMs: LEASE_MS,
    work: async ({ isOver }) => {
      const removed = await purgeNotices({ ...options, stopped: isOver });
      if (removed > 0) logger.info({ removed, days: options.days }, 'old notices are removed');
    },
  };
}
