/**
 * A reader who knows everything but numbers: which keys go together, and what is shown. He adds and takes away, whole
 * numbers modulo a prime in place of fractions, with nothing of the program that is attacked.
 */
const PRIME = 999_983;

function power(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  const half = power((base * base) % PRIME, Math.floor(exponent / 2));
  return exponent % 2 === 0 ? half : (half * base) % PRIME;
}

type Basis = { readonly pivot: number; readonly row: readonly number[] }[];

const reduceBy = (vector: readonly number[], basis: Basis): readonly number[] =>
  basis.reduce<readonly number[]>((left, { pivot, row }) => {
    const factor = left[pivot] ?? 0;
    return factor === 0 ? left : left.map((value, at) => (value + (PRIME - factor) * (row[at] ?? 0)) % PRIME);
  }, vector);

/** A sum that a table shows, or that its reader is after: over which of the unknown numbers, by place. */
export interface Sum {
  readonly name: string;
  readonly over: ReadonlySet<number>;
}

/** Which of some sums can be worked out of those that are shown, by adding and taking away. */
export function derivable(targets: readonly Sum[], shown: readonly Sum[], unknowns: number): string[] {
  const vector = ({ over }: Sum): number[] => Array.from({ length: unknowns }, (_none, at) => (over.has(at) ? 1 : 0));
  const basis: Basis = [];
  for (const sum of shown) {
    const left = reduceBy(vector(sum), basis);
    const pivot = left.findIndex((value) => value !== 0);
    if (pivot < 0) continue;
    const scale = power(left[pivot] ?? 1, PRIME - 2);
    basis.push({ pivot, row: left.map((value) => (value * scale) % PRIME) });
  }
  return targets
    .filter((target) => reduceBy(vector(target), basis).every((value) => value === 0))
    .map(({ name }) => name);
}
