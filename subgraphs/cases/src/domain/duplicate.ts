import { daysBetween, type LegalDay } from '@zhitong/values';

/** How far back and how similar a case of the same enterprise must be to be shown as a possible duplicate. */
export const DUPLICATE_WINDOW_DAYS = 90;
export const DUPLICATE_SIMILARITY = 0.6;

export interface ComparableCase {
  readonly caseNumber: string;
  readonly receivedOn: LegalDay;
  readonly title: string;
  readonly text: string;
}

export interface DuplicateHint {
  readonly caseNumber: string;
  /** Dice coefficient of the character pairs, 0 to 1. */
  readonly similarity: number;
}

/**
 * Earlier cases of the same enterprise that the new one may repeat, the most similar first. A hint only: nobody is
 * refused for it.
 */
export function duplicateHints(
  fresh: Omit<ComparableCase, 'caseNumber'>,
  earlier: readonly ComparableCase[],
): DuplicateHint[] {
  return earlier
    .filter((other) => {
      const age = daysBetween(other.receivedOn, fresh.receivedOn);
      return age >= 0 && age <= DUPLICATE_WINDOW_DAYS;
    })
    .map((other) => ({
      caseNumber: other.caseNumber,
      similarity: similarity(`${fresh.title}${fresh.text}`, `${other.title}${other.text}`),
    }))
    .filter((hint) => hint.similarity >= DUPLICATE_SIMILARITY)
    .sort((a, b) => b.similarity - a.similarity || (a.caseNumber < b.caseNumber ? -1 : 1));
}

/**
 * Dice coefficient of two texts' character pairs, punctuation and spaces left out: 1 for equal texts, 0 when they share
 * no pair.
 */
export function similarity(one: string, other: string): number {
  const [a, b] = [pairs(one), pairs(other)];
  const [sizeA, sizeB] = [total(a), total(b)];
  if (sizeA === 0 || sizeB === 0) return 0;
  let shared = 0;
  for (const [pair, count] of a) shared += Math.min(count, b.get(pair) ?? 0);
  return (2 * shared) / (sizeA + sizeB);
}

function pairs(text: string): Map<string, number> {
  const characters = Array.from(
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, ''),
  );
  const counts = new Map<string, number>();
  for (let i = 1; i < characters.length; i += 1) {
    const pair = `${characters[i - 1] ?? ''}${characters[i] ?? ''}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);
