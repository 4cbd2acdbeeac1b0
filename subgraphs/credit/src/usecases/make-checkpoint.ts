import { addDays, addMonths, dayInShanghai, type LegalDay } from '@zhitong/values';
import type { CheckpointDifference } from '../models/checkpoint.js';
import type { Stores } from '../stores.js';

/** The last day of the month before the one of `day`. */
const lastMonthEnd = (day: LegalDay): LegalDay => addDays(`${day.slice(0, 7)}-01`, -1);

/** How many ends of months before the newest seal get a checkpoint: audits of last year start from one too. */
const MONTHS_BACK = 13;

/**
 * Makes the checkpoints that are due: of the ends of the last 13 months that are sealed. Answers the days for which one
 * was made.
 */
export async function makeCheckpoints({ checkpoints, seals }: Stores): Promise<LegalDay[]> {
  const there = new Set(await checkpoints.days());
  const made: LegalDay[] = [];
  for (const on of await dueDays({ seals })) {
    if (there.has(on)) continue;
    await checkpoints.write(on);
    made.push(on);
  }
  return made;
}

/** The days of which there is to be a checkpoint, the earliest first. */
async function dueDays({ seals }: Pick<Stores, 'seals'>): Promise<LegalDay[]> {
  const seal = await seals.finished();
  if (seal === null) return [];
  // The day of the seal's instant itself is not over.
  const newest = lastMonthEnd(dayInShanghai(seal.cutoff));
  return Array.from({ length: MONTHS_BACK }, (_none, index) =>
    lastMonthEnd(addMonths(`${newest.slice(0, 7)}-01`, index + 2 - MONTHS_BACK)),
  );
}

/**
 * The first commitment or group whose figures in some checkpoint are not those of its entries, or that is kept for a
 * day without a checkpoint; null when all is right.
 */
export async function checkCheckpoints({ checkpoints, seals }: Stores): Promise<CheckpointDifference | null> {
  const [stray] = await checkpoints.strayDays(await dueDays({ seals }));
  if (stray !== undefined) return { on: stray, commitmentId: 'without a checkpoint' };
  for (const on of await checkpoints.days()) {
    const difference = await checkpoints.firstDifference(on);
    if (difference !== null) return difference;
  }
  return null;
}
