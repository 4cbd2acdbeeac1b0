import type { Collection } from 'mongodb';
import type { DeliveryRecord } from '../collections.js';
import { retryDelay, type RetryPolicy } from '../../jobs/retry-delay.js';
import type { SendOutcome } from '../webhooks/send-webhook.js';

export const DELIVERED = 'delivered';
export const RETRY = 'retry';
export const DEAD = 'dead';
/** Held back because the receiver wants no more events; goes on when its webhook is activated again. */
export const HELD = 'held';

/** One attempt to deliver one event to one webhook, as metrics and logs see it. */
export interface Attempted {
  readonly webhookId: string;
  readonly eventId: string;
  readonly type: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly result: typeof DELIVERED | typeof RETRY | typeof DEAD | typeof HELD;
  readonly durationMs: number;
  /** HTTP status, when there was a response. */
  readonly status?: number;
  readonly reason?: string;
  /** Id of the dead letter, when it became one. */
  readonly deadLetter?: string;
}

/**
 * Writes down how an attempt ended. Conditional on the delivery being as it was read, so that a process that lost its
 * lease in the middle cannot undo or double what its successor recorded.
 */
export async function recordOutcome({
  deliveries,
  delivery,
  outcome,
  now,
  policy,
  random,
}: {
  deliveries: Collection<DeliveryRecord>;
  delivery: DeliveryRecord;
  outcome: SendOutcome;
  now: Date;
  policy: RetryPolicy;
  random: number;
}): Promise<Attempted['result']> {
  const attempts = delivery.attempts + 1;
  if (outcome.kind === 'accepted') {
    // Whoever recorded a failure meanwhile: the receiver has it.
    await deliveries.updateOne(
      { _id: delivery._id, state: { $in: ['pending', 'dead'] } },
      // The database's clock judges when a delivered one goes, so it also says when it was delivered.
      {
        $set: { state: 'delivered', attempts, lastStatus: outcome.status },
        $currentDate: { deliveredOn: true },
        $unset: { lastError: '', deadOn: '' },
      },
    );
    return DELIVERED;
  }
  const unchanged = { _id: delivery._id, state: 'pending' as const, attempts: delivery.attempts };
  const last = { lastError: outcome.reason, ...(outcome.status === undefined ? {} : { lastStatus: outcome.status }) };
  if (outcome.kind === 'gone') {
    await deliveries.updateOne(unchanged, { $set: last });
    return HELD;
  }
  if (attempts >= policy.maxAttempts) {
    await deliveries.updateOne(unchanged, { $set: { ...last, state: 'dead', deadOn: now, attempts } });
    return DEAD;
  }
  const askedFor = Math.min(outcome.retryAfterMs ?? 0, policy.longestDelayMs);
  const waitMs = Math.max(retryDelay({ failures: attempts, policy, random }), askedFor);
  await deliveries.updateOne(unchanged, { $set: { ...last, attempts, dueOn: new Date(now.getTime() + waitMs) } });
  return RETRY;
}
