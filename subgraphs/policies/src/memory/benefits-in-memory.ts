import type { Logger } from '@zhitong/kit';
import { LRUCache } from 'lru-cache';
import type { StandingBenefit } from '../domain/grant/held-benefit.js';
import type { GrantStore } from '../models/grants/grant.js';

/**
 * What enterprises hold. Every match asks, most enterprises never were given anything, and benefits change rarely: what
 * is known costs no command to the database.
 */
export interface BenefitsInMemory {
  /** What each of many enterprises holds, or was paid, under any policy; an empty list for one that holds nothing. */
  heldBy(usccs: readonly string[]): Promise<ReadonlyMap<string, readonly StandingBenefit[]>>;
  close(): Promise<void>;
}

const RETRY_MS = 1_000;
/** The database tells each second at least that nothing was changed; after so long a silence nothing is known. */
const MOST_SILENCE_MS = 5_000;
/** Holders that are kept; where more hold something, everybody is asked for. About 100 bytes each. */
const MOST_HOLDERS = 500_000;
/** Holders whose benefits are kept, those that were asked for longest ago given up first. Some 300 bytes each. */
const MOST_KEPT = 50_000;
const NOTHING: readonly StandingBenefit[] = [];

/**
 * Reads who was given something and follows what is changed, here at once and elsewhere by the change stream. While
 * nobody follows (`follow` false), the stream is broken or silent, or more than `most` hold something, the database is
 * asked for everybody.
 * @param elapsed milliseconds of a clock that only goes forward
 */
export async function openBenefitsInMemory({
  grants,
  logger,
  follow = true,
  most = MOST_HOLDERS,
  elapsed = () => performance.now(),
}: {
  grants: Pick<GrantStore, 'recipients' | 'onChange' | 'watchChanges' | 'heldBy'>;
  logger: Logger;
  follow?: boolean;
  most?: number;
  elapsed?: () => number;
}): Promise<BenefitsInMemory> {
  const holders = new Set<string>();
  const kept = new LRUCache<string, readonly StandingBenefit[]>({ max: MOST_KEPT });
  /** Grows with each change, so that what was read before one is not kept after it. */
  let changes = 0;
  let heardAt = 0;
  let isFollowing = false;
  let isClosed = false;
  let stop = async (): Promise<void> => undefined;
  let retry: NodeJS.Timeout | undefined;

  const addHolder = (uscc: string): void => {
    if (holders.size <= most) holders.add(uscc);
  };
  const changed = (uscc: string): void => {
    addHolder(uscc);
    kept.delete(uscc);
    changes += 1;
  };
  const forgetAll = (): void => {
    kept.clear();
    changes += 1;
  };
  const heard = (): void => {
    heardAt = elapsed();
  };
  const broken = (error: unknown): void => {
    if (isClosed) return;
    isFollowing = false;
    logger.warn({ err: error }, 'who holds benefits is not followed now; it is read again');
    retry = setTimeout(() => void load(), RETRY_MS);
  };
  /** Follows from before the reading, so that nothing that changes meanwhile is missed. */
  const load = async (): Promise<void> => {
    await stop();
    if (isClosed) return;
    try {
      forgetAll();
      stop = await grants.watchChanges({
        changed: (uscc) => (uscc === null ? forgetAll() : changed(uscc)),
        heard,
        broken,
      });
      for await (const uscc of grants.recipients()) addHolder(uscc);
      heard();
      isFollowing = holders.size <= most;
      if (!isFollowing) await stop();
    } catch (error) {
      broken(error);
    }
  };

  grants.onChange(changed);
  if (follow) await load();
  return {
    heldBy: async (usccs) => {
      const isKnown = isFollowing && holders.size <= most && elapsed() - heardAt <= MOST_SILENCE_MS;
      if (!isKnown) return grants.heldBy(usccs);
      const held = new Map<string, readonly StandingBenefit[]>();
      const asked: string[] = [];
      for (const uscc of usccs) {
        const benefits = holders.has(uscc) ? kept.get(uscc) : NOTHING;
        if (benefits === undefined) asked.push(uscc);
        else held.set(uscc, benefits);
      }
      if (asked.length === 0) return held;
      const before = changes;
      for (const [uscc, benefits] of await grants.heldBy(asked)) {
        held.set(uscc, benefits);
        if (changes === before) kept.set(uscc, benefits);
      }
      return held;
    },
    close: async () => {
      isClosed = true;
      clearTimeout(retry);
      await stop();
    },
  };
}
