import { Timestamp, type ClientSession } from 'mongodb';
import { monotonicFactory } from 'ulid';
import type { Clock } from '../clock.js';
import { completeEvent, type CloudEvent, type NewEvent } from './cloud-event.js';
import type { OutboxCollections } from './collections.js';
import { OutboxError } from './outbox-error.js';

/** Hands events to the outbox within the caller's transaction. */
export type AppendEvents = (
  events: readonly NewEvent[],
  options: { session: ClientSession },
) => Promise<readonly CloudEvent[]>;

/** Builds `append`: see {@link Outbox.append}. */
export function appendEvents({
  collections,
  source,
  clock,
  maxEventBytes,
}: {
  collections: OutboxCollections;
  source: string;
  clock: Clock;
  maxEventBytes: number;
}): AppendEvents {
  const nextId = monotonicFactory();
  return async (events, { session }) => {
    if (!session.inTransaction())
      throw new OutboxError(
        'INVALID',
        'Events are appended within a transaction only, the one that makes the change they tell of.',
      );
    const now = clock.now();
    const complete = events.map((event) =>
      completeEvent({ event, id: nextId(now.getTime()), source, now, maxBytes: maxEventBytes }),
    );
    if (complete.length > 0) {
      // The server replaces an empty timestamp at the top level by its own cluster time, each one later than the last.
      await collections.events.insertMany(
        complete.map((event) => ({ _id: event.id, event, recorded: new Timestamp(0n), waiting: true as const })),
        { session },
      );
    }
    return complete;
  };
}
