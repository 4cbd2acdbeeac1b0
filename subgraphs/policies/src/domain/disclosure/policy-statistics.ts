import { SMALLEST_CELL } from '@zhitong/values';
import { Decimal } from 'decimal.js';

/**
 * A rate with what it is made of, its value with four digits rounded half up. Null where a part is not shown or nothing
 * is counted.
 */
export interface ShownRate {
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly rate: string | null;
}

/** How figures are shown to one caller: exactly, or without small cells. */
export interface Disclosure {
  /** The count; null when it is not shown. */
  count(value: number): number | null;
  /** A part of `whole`; not shown either when the rest is small, since the rest could be worked out. */
  part(value: number, whole: number): number | null;
  /** An amount in fen; null when the count of those who had it is not shown. */
  amount(fen: number, shownCount: number | null): number | null;
  rate(value: number, whole: number): ShownRate;
}

/** Exact figures for officials. */
export const EXACT: Disclosure = disclosure(() => true);

/** Figures for the public: no cell that stands for one to four. */
export const WITHOUT_SMALL_CELLS: Disclosure = disclosure((value) => value === 0 || value >= SMALLEST_CELL);

function disclosure(isShown: (value: number) => boolean): Disclosure {
  const count = (value: number): number | null => (isShown(value) ? value : null);
  const part = (value: number, whole: number): number | null =>
    isShown(value) && isShown(whole) && isShown(Math.abs(whole - value)) ? value : null;
  return {
    count,
    part,
    amount: (fen, shownCount) => (shownCount === null ? null : fen),
    rate: (value, whole) => {
      const [numerator, denominator] = [part(value, whole), count(whole)];
      const rate =
        numerator === null || denominator === null || denominator === 0
          ? null
          : new Decimal(numerator).dividedBy(denominator).toFixed(4, Decimal.ROUND_HALF_UP);
      return { numerator, denominator, rate };
    },
  };
}
