import { addDays, daysBetween, yearOf } from '@zhitong/values';
import { readTable } from './data-file.js';
import type { IndustryUse } from './industries.js';
import type { RandomStream } from './random.js';
import type { DemoHonour, HonourLevel } from './types.js';

interface HonourKind {
  readonly title: string;
  readonly level: HonourLevel;
  /** Years that the title is valid; null: without end. */
  readonly validYears: number | null;
  /** Prefixes of the GB/T 4754 codes whose enterprises may hold it. */
  readonly industries: readonly string[];
  /** Probability by use; an absent use never holds it. */
  readonly share: Readonly<Partial<Record<IndustryUse, number>>>;
}

// The tests check titles and levels of this table.
const kinds = (readTable('honours.json') as { readonly honours: readonly HonourKind[] }).honours;

export interface HonourRequest {
  readonly industryCode: string;
  readonly use: IndustryUse;
  readonly registeredOn: string;
  readonly referenceDate: string;
}

/**
 * Draws an enterprise's recognised titles, newest first; each was awarded after a year of operation and is still valid
 * or lapsed lately.
 */
export function drawHonours(
  random: RandomStream,
  { industryCode, use, registeredOn, referenceDate }: HonourRequest,
): DemoHonour[] {
  const honours: DemoHonour[] = [];
  const ageInDays = daysBetween(registeredOn, referenceDate);
  for (const { title, level, validYears, industries, share } of kinds) {
    const probability = share[use];
    if (probability === undefined || ageInDays < 500 || !industries.some((prefix) => industryCode.startsWith(prefix)))
      continue;
    if (!random.bool(probability)) continue;
    const awardedOn = addDays(referenceDate, -random.int(20, Math.min(ageInDays - 365, 1_500)));
    const validTo =
      validYears === null
        ? null
        : addDays(`${yearOf(awardedOn) + validYears}${awardedOn.slice(4).replace('-02-29', '-03-01')}`, -1);
    honours.push({ title, level, awardedOn, validTo, firstTime: ageInDays < 2_200 || random.bool(0.65) });
  }
  return honours.sort((a, b) => (a.awardedOn < b.awardedOn ? 1 : a.awardedOn > b.awardedOn ? -1 : 0));
}

/** The titles that are valid on a day. */
export function honoursValidOn(honours: readonly DemoHonour[], day: string): DemoHonour[] {
  return honours.filter(({ awardedOn, validTo }) => awardedOn <= day && (validTo === null || validTo >= day));
}
