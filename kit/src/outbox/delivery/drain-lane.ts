import type { Clock } from '../../clock.js';
import type { DeliveryRecord, OutboxCollections, WebhookRecord } from '../collections.js';
import { hasNames } from '../cloud-event.js';
import { dueDeliveries } from './due-deliveries.js';
import { claimLane, type LaneHealth, type LaneLease } from './lane-lease.js';
import { DEAD, recordOutcome, type Attempted } from './record-outcome.js';
import { retryDelay, type RetryPolicy } from '../../jobs/retry-delay.js';
import type { SendOutcome, SendWebhook } from '../webhooks/send-webhook.js';

const ROUND = 100;

export interface LaneSettings {
  readonly leaseMs: number;
  /** Requests to one receiver at the same time. */
  readonly parallel: number;
  /** Unreachable attempts in a row after which the whole receiver is given a pause. */
  readonly pauseAfter: number;
  readonly retry: RetryPolicy;
}

export interface LaneSurroundings {
  readonly collections: OutboxCollections;
  readonly clock: Clock;
  readonly random: () => number;
  readonly send: SendWebhook;
  readonly settings: LaneSettings;
  readonly isStopping: () => boolean;
  readonly onAttempt: (attempted: Attempted) => void;
}

/**
 * Delivers all that is due to one webhook, unless another process is doing so.
 * @returns when to look again; undefined when only a change can bring new work.
 */
export async function drainLane(webhookId: string, surroundings: LaneSurroundings): Promise<Date | undefined> {
  const { collections, clock, settings } = surroundings;
  // Looked at without the lease first: most wake-ups find nothing due.
  const earliest = await collections.deliveries.findOne(
    { webhookId, state: 'pending' },
    { sort: { dueOn: 1 }, projection: { dueOn: 1 } },
  );
  if (earliest === null) return undefined;
  if (earliest.dueOn > clock.now()) return earliest.dueOn;
  const claim = await claimLane({ lanes: collections.lanes, webhookId, clock, leaseMs: settings.leaseMs });
  if (!claim.won) return claim.freeOn;
  const lane = new HeldLane(claim.lease, surroundings);
  try {
    return await lane.work(webhookId);
  } finally {
    await claim.lease.release(lane.health);
  }
}

/** A lane during the time that this process holds it. */
class HeldLane {
  health: LaneHealth;
  private lost = false;
  private isGone = false;

  constructor(
    private readonly lease: LaneLease,
    private readonly surroundings: LaneSurroundings,
  ) {
    this.health = lease.health;
  }

  async work(webhookId: string): Promise<Date | undefined> {
    const { collections, clock, settings, isStopping } = this.surroundings;
    while (!isStopping() && !this.lost) {
      const webhook = await collections.webhooks.findOne({ _id: webhookId, active: true });
      if (webhook === null) return undefined;
      const { due, nextOn } = await dueDeliveries({
        deliveries: collections.deliveries,
        webhookId,
        now: clock.now(),
        most: ROUND,
      });
      if (due.length === 0) return nextOn;
      // A receiver that just failed is tried with one request, not with a volley.
      await this.sendAll({ webhook, due, parallel: this.health.failuresInRow > 0 ? 1 : settings.parallel });
      if (this.isPaused()) return this.health.pausedUntil;
    }
    return this.lost ? new Date(clock.now().getTime() + settings.leaseMs) : undefined;
  }

  private async sendAll({
    webhook,
    due,
    parallel,
  }: {
    webhook: WebhookRecord;
    due: readonly DeliveryRecord[];
    parallel: number;
  }): Promise<void> {
    const queue = due.values();
    const sendOneAfterAnother = async (): Promise<void> => {
      for (const delivery of queue) {
        if (!(await this.mayGoOn())) return;
        await this.attempt({ webhook, delivery });
      }
    };
    const senders = await Promise.allSettled(
      Array.from({ length: Math.min(parallel, due.length) }, sendOneAfterAnother),
    );
    const failed = senders.find((sender) => sender.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private async mayGoOn(): Promise<boolean> {
    if (this.lost || this.isGone || this.surroundings.isStopping() || this.isPaused()) return false;
    if (await this.lease.keep()) return true;
    this.lost = true;
    return false;
  }

  private async attempt({ webhook, delivery }: { webhook: WebhookRecord; delivery: DeliveryRecord }): Promise<void> {
    const { collections, clock, send, settings, random, onAttempt } = this.surroundings;
    const begunAt = clock.now().getTime();
    const event: unknown = delivery.event;
    const outcome: SendOutcome = hasNames(event)
      ? await send({ url: webhook.url, secret: webhook.secret, event })
      : { kind: 'refused', reason: 'not sent: the event is damaged' };
    this.learn(outcome);
    if (outcome.kind === 'gone') {
      this.isGone = true;
      await collections.webhooks.updateOne(
        { _id: webhook._id, url: webhook.url },
        { $set: { active: false, inactiveReason: outcome.reason } },
      );
    }
    const result = await recordOutcome({
      deliveries: collections.deliveries,
      delivery,
      outcome,
      now: clock.now(),
      policy: settings.retry,
      random: random(),
    });
    onAttempt({
      webhookId: webhook._id,
      ...(hasNames(event) ? { eventId: event.id, type: event.type } : { eventId: delivery._id, type: 'damaged' }),
      attempt: delivery.attempts + 1,
      result,
      durationMs: clock.now().getTime() - begunAt,
      ...(outcome.status === undefined ? {} : { status: outcome.status }),
      ...(outcome.kind === 'accepted' ? {} : { reason: outcome.reason }),
      ...(result === DEAD ? { deadLetter: delivery._id } : {}),
    });
  }

  /** An unreachable receiver costs its deliveries their attempts, so it is given pauses before it costs them all. */
  private learn(outcome: SendOutcome): void {
    if (outcome.kind !== 'unreachable') {
      this.health = { ...this.health, failuresInRow: 0 };
      return;
    }
    const { clock, settings, random } = this.surroundings;
    const failuresInRow = this.health.failuresInRow + 1;
    const tooMany = failuresInRow - settings.pauseAfter + 1;
    const waitMs = Math.max(
      tooMany > 0 ? retryDelay({ failures: tooMany, policy: settings.retry, random: random() }) : 0,
      Math.min(outcome.retryAfterMs ?? 0, settings.retry.longestDelayMs),
    );
    this.health = {
      failuresInRow,
      pausedUntil: new Date(Math.max(clock.now().getTime() + waitMs, this.health.pausedUntil.getTime())),
    };
  }

  private isPaused(): boolean {
    return this.health.pausedUntil > this.surroundings.clock.now();
  }
}
