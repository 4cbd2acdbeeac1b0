import type { Collection } from 'mongodb';
import type { DeliveryRecord } from '../collections.js';

/**
 * What can be sent to one webhook now, and when something more becomes due (undefined: nothing is pending beyond this).
 */
export interface DueDeliveries {
  readonly due: readonly DeliveryRecord[];
  readonly nextOn: Date | undefined;
}

/**
 * The first pending delivery of each subject, as far as it is due: later ones of a subject wait for it, which keeps
 * their order, and other subjects do not wait. At most `most` deliveries, those due longest first.
 */
export async function dueDeliveries({
  deliveries,
  webhookId,
  now,
  most,
}: {
  deliveries: Collection<DeliveryRecord>;
  webhookId: string;
  now: Date;
  most: number;
}): Promise<DueDeliveries> {
  // Match, sort and group follow the index `heads`, so MongoDB seeks once per subject instead of reading all that
  // waits.
  const heads = await deliveries
    .aggregate<{ _id: string; delivery: DeliveryRecord }>([
      { $match: { webhookId, state: 'pending' } },
      { $sort: { webhookId: 1, state: 1, subject: 1, sequence: 1 } },
      { $group: { _id: '$subject', delivery: { $first: '$$ROOT' } } },
      { $sort: { 'delivery.dueOn': 1, 'delivery.sequence': 1 } },
      { $limit: most },
    ])
    .toArray();
  const all = heads.map(({ delivery }) => delivery);
  return { due: all.filter(({ dueOn }) => dueOn <= now), nextOn: all.find(({ dueOn }) => dueOn > now)?.dueOn };
}
