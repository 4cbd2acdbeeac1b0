import { createHash } from 'node:crypto';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded stream of random choices. Two streams of different names never influence each other. */
export interface RandomStream {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** A number from 0 (included) to 1 (excluded). */
  fraction(): number;
  /** True with the given probability (0 to 1). */
  bool(probability?: number): boolean;
  /** One item of a list; throws a RangeError for an empty list. */
  pick<T>(items: readonly T[]): T;
  /** One item of `[item, weight]` pairs, in proportion to the weights; throws a RangeError when they sum to nothing. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T;
  /** A number of the normal distribution (Box–Muller). */
  normal(mean: number, deviation: number): number;
  /** A new list in random order. */
  shuffle<T>(items: readonly T[]): T[];
}

/**
 * Opens the stream of that name under a seed. Give every independent part of the demo data a name of its own:
 * then a change to one part leaves all others as they were.
 */
export function randomStream(seed: string, name: string): RandomStream {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, name]))
    .digest();
  const source = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32BE(offset)));

  const fraction = (): number => {
    const high = source.next() >>> 5;
    const low = source.next() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  };
  const int = (min: number, max: number): number => {
    if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || max < min) {
      throw new RangeError(`Expected whole numbers with min <= max, but got ${min} and ${max}.`);
    }
    return min + Math.floor(fraction() * (max - min + 1));
  };
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new RangeError('Cannot pick from an empty list.');
    // The index is within the list, which is not empty.
    return items[Math.floor(fraction() * items.length)] as T;
  };
  const weighted = <T>(choices: readonly (readonly [T, number])[]): T => {
    let total = 0;
    for (let i = 0; i < choices.length; i += 1) total += choices[i]?.[1] ?? 0;
    let left = fraction() * total;
    for (let i = 0; i < choices.length; i += 1) {
      const choice = choices[i];
      if (choice === undefined) continue;
      if (left < choice[1]) return choice[0];
      left -= choice[1];
    }
    throw new RangeError(`Expected weights that sum to more than 0, but got ${total}.`);
  };
  const normal = (mean: number, deviation: number): number =>
    mean + deviation * Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction());
  const shuffle = <T>(items: readonly T[]): T[] => {
    const mixed = [...items];
    for (let i = mixed.length - 1; i > 0; i -= 1) {
      const j = Math.floor(fraction() * (i + 1));
      // Both indexes are within the list.
      [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
    }
    return mixed;
  };
  return { int, fraction, pick, weighted, normal, shuffle, bool: (probability = 0.5) => fraction() < probability };
}
