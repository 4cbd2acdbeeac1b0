import { createHash, createHmac } from 'node:crypto';
import { addDays, monthOf, type LegalDay, type Period } from '@zhitong/values';

/** What a draw needs, and all that anyone needs to repeat it. */
export interface DrawInput {
  /** Recorded before the draw is published; any text. */
  readonly seed: string;
  /** Case numbers that can be drawn; order and repetition do not matter. */
  readonly population: readonly string[];
  /** Share to draw in per cent, above 0 and at most 100. */
  readonly percent: number;
}

export interface Draw {
  readonly drawn: readonly string[];
  readonly populationSize: number;
  /**
   * SHA-256 (hex) of the sorted case numbers joined by line feeds: shows that two draws were made from the same cases.
   */
  readonly populationDigest: string;
}

/** SHA-256 of a text in lower-case hexadecimal digits. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * Draws cases for the second look (回头看). Each case's lot is SHA-256 of seed, line feed, case number in hex; the lowest
 * lots are drawn, as many as the share rounded up. Repeatable with any tool: `printf 'SEED\nCASE' | sha256sum`.
 * @throws RangeError for a share outside (0, 100]
 */
export function draw({ seed, population, percent }: DrawInput): Draw {
  if (!(percent > 0 && percent <= 100))
    throw new RangeError(`the share to draw lies above 0 and up to 100 per cent, not ${percent}`);
  const cases = [...new Set(population)].sort();
  const lots = cases.map((caseNumber) => ({ caseNumber, lot: sha256(`${seed}\n${caseNumber}`) }));
  lots.sort((a, b) => (a.lot < b.lot ? -1 : 1));
  const size = Math.ceil((cases.length * percent) / 100);
  return {
    drawn: lots.slice(0, size).map(({ caseNumber }) => caseNumber),
    populationSize: cases.length,
    populationDigest: sha256(cases.join('\n')),
  };
}

/**
 * The seed of a draw to come that the department seals itself: HMAC-SHA256 of the draw's id, line feed, and what was
 * made up for it, in hex. The key lies outside the database, so that neither tells the seed without the other.
 */
export const sealedSeedOf = (key: string, { id, sealing }: { readonly id: string; readonly sealing: string }): string =>
  createHmac('sha256', key).update(`${id}\n${sealing}`, 'utf8').digest('hex');

/** So many days before a month begins a seed is committed to for whoever has not done so. */
const DAYS_BEFORE = 7;

/** The month for which a seed is to be committed to on a day: the next one, in the last days before it; else null. */
export function monthToSeal(today: LegalDay): Period | null {
  const next = monthOf(addDays(monthOf(today).to, 1));
  return addDays(today, DAYS_BEFORE) >= next.from ? next : null;
}
