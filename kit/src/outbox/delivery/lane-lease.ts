import type { Collection } from 'mongodb';
import { ulid } from 'ulid';
import type { Clock } from '../../clock.js';
import { isDuplicateKey } from '../../mongo/duplicate-key.js';
import type { LaneRecord } from '../collections.js';

const LONG_AGO = new Date(0);

/** How a receiver fares, handed on from one holder of a lane to the next. */
export interface LaneHealth {
  /** Attempts in a row that found the receiver unreachable. */
  readonly failuresInRow: number;
  readonly pausedUntil: Date;
}

/** The sole right to deliver to one webhook until it is released, or until it lapses because its holder died. */
export interface LaneLease {
  readonly health: LaneHealth;
  /** Prolongs the lease when half of it is over. False when another process took the lane: stop at once. */
  keep(): Promise<boolean>;
  release(health: LaneHealth): Promise<void>;
}

export type LaneClaim =
  { readonly won: true; readonly lease: LaneLease } | { readonly won: false; readonly freeOn: Date };

/**
 * Claims a webhook's lane. Leases are judged by the machines' clocks, which must agree within a few seconds; a lease
 * that lapses too early can lead to a second delivery of the same event id, never to a lost one.
 */
export async function claimLane({
  lanes,
  webhookId,
  clock,
  leaseMs,
}: {
  lanes: Collection<LaneRecord>;
  webhookId: string;
  clock: Clock;
  leaseMs: number;
}): Promise<LaneClaim> {
  const owner = ulid();
  const now = clock.now();
  let until = new Date(now.getTime() + leaseMs);
  let lane: LaneRecord | null;
  try {
    lane = await lanes.findOneAndUpdate(
      { _id: webhookId, leasedUntil: { $lte: now }, pausedUntil: { $lte: now } },
      { $set: { owner, leasedUntil: until }, $setOnInsert: { failuresInRow: 0, pausedUntil: LONG_AGO } },
      { upsert: true, returnDocument: 'after' },
    );
  } catch (error) {
    // The lane exists and is leased or paused, so the filter did not match and the upsert met its key.
    if (!isDuplicateKey(error)) throw error;
    const taken = await lanes.findOne({ _id: webhookId });
    return { won: false, freeOn: taken === null ? now : latest(taken.leasedUntil, taken.pausedUntil) };
  }
  if (lane === null) throw new Error(`The lane of webhook ${webhookId} was not returned.`);
  return {
    won: true,
    lease: {
      health: { failuresInRow: lane.failuresInRow, pausedUntil: lane.pausedUntil },
      async keep() {
        const at = clock.now().getTime();
        if (until.getTime() - at > leaseMs / 2) return true;
        const prolonged = new Date(at + leaseMs);
        const { matchedCount } = await lanes.updateOne({ _id: webhookId, owner }, { $set: { leasedUntil: prolonged } });
        if (matchedCount === 1) until = prolonged;
        return matchedCount === 1;
      },
      async release(health) {
        await lanes.updateOne(
          { _id: webhookId, owner },
          {
            $set: {
              owner: null,
              leasedUntil: LONG_AGO,
              failuresInRow: health.failuresInRow,
              pausedUntil: health.pausedUntil,
            },
          },
        );
      },
    },
  };
}

const latest = (a: Date, b: Date): Date => (a.getTime() > b.getTime() ? a : b);
