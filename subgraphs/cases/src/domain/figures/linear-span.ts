/** The largest prime whose squares are exact: arithmetic modulo it needs no big integers. */
const PRIME = 67_108_859;

/** Multiplies modulo the prime. */
const times = (a: number, b: number): number => (a * b) % PRIME;

function inverse(value: number): number {
  let [result, base, exponent] = [1, value, PRIME - 2];
  for (; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = times(result, base);
    base = times(base, base);
  }
  return result;
}

/** A vector of whole numbers below the prime. */
export type Vector = Float64Array;

/** Vectors that stand for unknown numbers, the same in every run. */
export interface RandomVectors {
  /** The vector of a sum of them. */
  sumOf(places: readonly number[]): Vector;
}

/**
 * Gives each of many unknowns a vector of few numbers, so that sums of unknowns that depend on each other linearly have
 * vectors that do so as well; others are taken for dependent with a chance of about one in 67 million.
 * @param width at least as many numbers as sums are compared.
 */
export function randomVectors(unknowns: number, width: number): RandomVectors {
  // mulberry32. A linear generator will not do: all its vectors depend on each other.
  let state = 1;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % PRIME;
  };
  const vectors = Array.from({ length: unknowns }, () => Float64Array.from({ length: width }, next));
  return {
    sumOf: (places) => {
      const sum = new Float64Array(width);
      for (const place of places) addTimes(sum, vectors[place] ?? new Float64Array(width), 1);
      return sum;
    },
  };
}

/** Adds a vector so many times to another one of its length. */
function addTimes(to: Vector, vector: Vector, factor: number): void {
  for (let column = 0; column < to.length; column += 1)
    to[column] = ((to[column] ?? 0) + times(vector[column] ?? 0, factor)) % PRIME;
}

/** What can be worked out of some sums by adding and taking away: by elimination modulo a prime. */
export class LinearSpan {
  readonly #basis: { readonly pivot: number; readonly row: Vector; readonly made: Vector }[] = [];
  readonly #size: number;

  /** @param size how many sums are added at most. */
  constructor(size: number) {
    this.#size = size;
  }

  /** Adds a sum under its number, 0 to size - 1. */
  add(vector: Vector, place: number): void {
    const { row, made } = this.#reduce(vector);
    const pivot = row.findIndex((value) => value !== 0);
    if (pivot < 0) return;
    made[place] = ((made[place] ?? 0) + 1) % PRIME;
    const scale = inverse(row[pivot] ?? 1);
    this.#basis.push({
      pivot,
      row: row.map((value) => times(value, scale)),
      made: made.map((value) => times(value, scale)),
    });
  }

  /** The numbers of the sums out of which another one can be worked out; null where it cannot. */
  combinationOf(vector: Vector): number[] | null {
    const { row, made } = this.#reduce(vector);
    if (row.some((value) => value !== 0)) return null;
    return [...made.keys()].filter((place) => made[place] !== 0);
  }

  /** Takes of a vector what the basis holds. `made` is minus what was taken, by the sums. */
  #reduce(vector: Vector): { row: Vector; made: Vector } {
    const row = vector.slice();
    const made = new Float64Array(this.#size);
    for (const each of this.#basis) {
      const factor = row[each.pivot] ?? 0;
      if (factor === 0) continue;
      addTimes(row, each.row, PRIME - factor);
      addTimes(made, each.made, PRIME - factor);
    }
    return { row, made };
  }
}
