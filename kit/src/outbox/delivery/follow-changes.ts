import type { ChangeStream, Db } from 'mongodb';
import { COLLECTION_NAMES } from '../collections.js';
import type { OutboxLogger } from '../outbox-logger.js';
import type { Timers } from '../../jobs/timers.js';

/**
 * Calls `onChange` when there may be something to do: an event appended, a delivery queued or replayed, a webhook
 * changed. Also once after each (re)connection, for what happened while nothing was watched. Failures are logged and
 * mended after `retryMs`.
 * @returns a function that ends it.
 */
export function followChanges({
  db,
  onChange,
  logger,
  timers,
  retryMs,
}: {
  db: Db;
  onChange: () => void;
  logger: OutboxLogger;
  timers: Timers;
  retryMs: number;
}): () => Promise<void> {
  let closed = false;
  let stream: ChangeStream | undefined;
  let cancelRetry: (() => void) | undefined;

  const follow = async (): Promise<void> => {
    try {
      stream = db.watch(workPipeline);
      await stream.tryNext();
      onChange();
      for (;;) {
        await stream.next();
        onChange();
      }
    } catch (error) {
      await stream?.close().catch(() => undefined);
      if (isClosed()) return;
      logger.warn(
        { err: error },
        'the outbox looks for work by its slow poll until its change stream can be opened again',
      );
      cancelRetry = timers.after(retryMs, () => void follow());
    }
  };
  const isClosed = (): boolean => closed;
  const following = follow();

  return async () => {
    closed = true;
    cancelRetry?.();
    await stream?.close().catch(() => undefined);
    await following;
  };
}

const { events, deliveries, webhooks } = COLLECTION_NAMES;

/** Our own progress notes on deliveries are no work, so of updates only a return to `pending` counts. */
const workPipeline = [
  {
    $match: {
      'ns.coll': { $in: [events, deliveries, webhooks] },
      $or: [
        { operationType: 'insert' },
        { operationType: { $in: ['update', 'replace'] }, 'ns.coll': webhooks },
        { operationType: 'update', 'updateDescription.updatedFields.state': 'pending' },
      ],
    },
  },
  { $project: { _id: 1, operationType: 1 } },
];
