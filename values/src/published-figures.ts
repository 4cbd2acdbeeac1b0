/**
 * The smallest number of enterprises for which a published figure may stand, and by which one may move: fewer could be
 * identified.
 */
export const SMALLEST_CELL = 5;

/**
 * What a reader sees of a table of figures, or can work out of what is seen, each under a name. A name that is missing
 * counts as 0.
 */
export interface SeenFigures {
  /**
   * How many enterprises stand behind each cell, those that are withheld and those that are left over by the others
   * included.
   */
  readonly counts: Readonly<Record<string, number>>;
  /** Figures of other units (fen, cases) with the number of enterprises that share each. */
  readonly amounts?: Readonly<Record<string, SharedAmount>>;
}

/** So much (of fen, of cases), shared by so many enterprises. */
export interface SharedAmount {
  readonly amount: number;
  readonly of: number;
}

const namesOf = (...tables: readonly (object | undefined)[]): string[] => [
  ...new Set(tables.flatMap((table) => Object.keys(table ?? {}))),
];
const movedEnough = (from = 0, to = 0): boolean => Math.abs(to - from) >= SMALLEST_CELL;

/**
 * Whether a newer table may take the place of a published one: only where every count that moved did so by
 * `SMALLEST_CELL` or more, also one that is withheld or comes out of withholding, and every amount that moved has such
 * a count. Otherwise who reads before and after one decision would see what it did for one enterprise.
 * @example mayReplace({ counts: { eligible: 20, not: 7 } }, { counts: { eligible: 25, not: 7 } }) //=> true
 * @example mayReplace({ counts: { eligible: 20, not: 7 } }, { counts: { eligible: 25, not: 6 } }) //=> false
 * @example mayReplace({ counts: {}, amounts: { fen: { amount: 9, of: 3 } } }, { counts: {}, amounts: { fen: { amount: 12, of: 3 } } }) //=> false
 */
export function mayReplace(former: SeenFigures, newer: SeenFigures): boolean {
  return (
    namesOf(former.counts, newer.counts).every((name) => {
      const [from = 0, to = 0] = [former.counts[name], newer.counts[name]];
      return from === to || movedEnough(from, to);
    }) &&
    namesOf(former.amounts, newer.amounts).every((name) => {
      const [from, to] = [former.amounts?.[name], newer.amounts?.[name]];
      return (from?.amount ?? 0) === (to?.amount ?? 0) || movedEnough(from?.of, to?.of);
    })
  );
}

/** How many enterprises stand behind one part of what is added up, and which, where they are few. */
export interface BehindPart {
  /** Different enterprises. */
  readonly enterprises: number;
  /** Who they are, where they are fewer than `SMALLEST_CELL`; else empty. */
  readonly few: readonly string[];
}

/**
 * Whether parts (of months, say) that are added up stand for enough different enterprises together.
 * @example standsForEnough([{ enterprises: 4, few: ['a', 'b', 'c', 'd'] }, { enterprises: 1, few: ['a'] }]) //=> false
 * @example standsForEnough([{ enterprises: 4, few: ['a', 'b', 'c', 'd'] }, { enterprises: 1, few: ['e'] }]) //=> true
 * @example standsForEnough([{ enterprises: 5, few: [] }]) //=> true
 */
export const standsForEnough = (parts: readonly BehindPart[]): boolean =>
  parts.some(({ enterprises }) => enterprises >= SMALLEST_CELL) ||
  new Set(parts.flatMap(({ few }) => few)).size >= SMALLEST_CELL;
