import type { CloudEvent } from './cloud-event.js';
import type { OutboxCollections } from './collections.js';
import { OutboxError } from './outbox-error.js';

const LARGEST_PAGE = 1000;

export type ReadEvents = (range?: {
  readonly afterSequence?: number;
  readonly first?: number;
}) => Promise<{ readonly events: readonly CloudEvent[]; readonly lastSequence: number }>;

/** Builds `readEvents`; see {@link Outbox.readEvents}. */
export function readEvents({ collections }: { collections: OutboxCollections }): ReadEvents {
  return async ({ afterSequence = 0, first = 100 } = {}) => {
    if (!Number.isSafeInteger(afterSequence) || afterSequence < 0)
      throw new OutboxError('INVALID', `afterSequence is ${afterSequence}; it is a whole number from 0 on.`);
    if (!Number.isInteger(first) || first < 1 || first > LARGEST_PAGE)
      throw new OutboxError('INVALID', `first is ${first}; a page has 1 to ${LARGEST_PAGE} events.`);
    const records = await collections.events
      .find({ sequence: { $gt: afterSequence } }, { projection: { event: 1, sequence: 1 } })
      .sort({ sequence: 1 })
      .limit(first)
      .toArray();
    return { events: records.map(({ event }) => event), lastSequence: records.at(-1)?.sequence ?? afterSequence };
  };
}
