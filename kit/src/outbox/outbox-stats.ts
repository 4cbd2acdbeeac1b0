import type { Clock } from '../clock.js';
import type { OutboxCollections } from './collections.js';

/** How one receiver stands. */
export interface WebhookStats {
  readonly webhookId: string;
  readonly pending: number;
  readonly deadLetters: number;
  /** Seconds that the oldest pending delivery has been queued; 0 when none is. */
  readonly oldestPendingSeconds: number;
}

/** How the outbox stands, for metrics. */
export interface OutboxStats {
  /** Appended events that no dispatcher has placed yet. */
  readonly waiting: number;
  readonly pending: number;
  readonly deadLetters: number;
  readonly oldestPendingSeconds: number;
  /** Successful and unsuccessful attempts of this process since it began. */
  readonly delivered: number;
  readonly failed: number;
  readonly webhooks: readonly WebhookStats[];
}

/** Counts what lies in the outbox; an index scan over what is pending or dead, not over what was delivered. */
export async function outboxStats({
  collections,
  clock,
  attempts,
}: {
  collections: OutboxCollections;
  clock: Clock;
  attempts: { delivered: number; failed: number };
}): Promise<OutboxStats> {
  const now = clock.now().getTime();
  const waiting = await collections.events.countDocuments({ waiting: true });
  const groups = await collections.deliveries
    .aggregate<{ _id: { webhookId: string; state: 'pending' | 'dead' }; count: number; oldest: Date }>([
      { $match: { state: { $in: ['pending', 'dead'] } } },
      {
        $group: {
          _id: { webhookId: '$webhookId', state: '$state' },
          count: { $sum: 1 },
          oldest: { $min: '$queuedOn' },
        },
      },
      { $sort: { '_id.webhookId': 1 } },
    ])
    .toArray();
  const webhooks = [...new Set(groups.map(({ _id }) => _id.webhookId))].map((webhookId): WebhookStats => {
    const pending = groups.find(({ _id }) => _id.webhookId === webhookId && _id.state === 'pending');
    const dead = groups.find(({ _id }) => _id.webhookId === webhookId && _id.state === 'dead');
    return {
      webhookId,
      pending: pending?.count ?? 0,
      deadLetters: dead?.count ?? 0,
      oldestPendingSeconds: pending === undefined ? 0 : Math.max(now - pending.oldest.getTime(), 0) / 1000,
    };
  });
  return {
    waiting,
    pending: webhooks.reduce((sum, webhook) => sum + webhook.pending, 0),
    deadLetters: webhooks.reduce((sum, webhook) => sum + webhook.deadLetters, 0),
    oldestPendingSeconds: Math.max(0, ...webhooks.map(({ oldestPendingSeconds }) => oldestPendingSeconds)),
    ...attempts,
    webhooks,
  };
}
