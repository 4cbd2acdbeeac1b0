import { formatDecimal, parseDecimal } from './decimal.js';

/** A rate as its two numbers, so that nothing is lost by rounding: of 78 cases 76, a share of 76/78. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

/** A rate that is calculated with, exactly: 3 % a year per day is 3 / 36 500. */
export interface ExactRate {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Hundredths of a per cent: 435 is 4.35 %. */
export type BasisPoints = number;

/** Basis points of the whole, 100 %. */
export const BASIS_POINTS_OF_ONE = 10_000n;

/** Digits behind the point with which rates are shown. */
const SHOWN_PLACES = 4;
const PERCENT_PLACES = 2;

/**
 * The quotient of two whole numbers as a whole number, halves away from zero: the rounding of bank statements, not the
 * one to even of GB/T 8170-2008.
 * @throws RangeError for a denominator of zero
 * @example divideHalfUp(5n, 2n) //=> 3
 * @example divideHalfUp(-5n, 2n) //=> -3
 */
export function divideHalfUp(numerator: bigint, denominator: bigint): number {
  if (denominator === 0n) throw new RangeError('nothing is divided by zero');
  const isNegative = numerator < 0n !== denominator < 0n;
  const [above, below] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const rounded = Number((2n * above + below) / (2n * below));
  return isNegative && rounded !== 0 ? -rounded : rounded;
}

/**
 * A rate with four digits behind the point, rounded half up from whole numbers; null when the denominator is 0.
 * @example rateText({ numerator: 76, denominator: 78 }) //=> '0.9744'
 * @example rateText({ numerator: 0, denominator: 0 }) //=> null
 */
export function rateText({ numerator, denominator }: Rate | { numerator: bigint; denominator: bigint }): string | null {
  if (BigInt(denominator) === 0n) return null;
  return formatDecimal(
    divideHalfUp(BigInt(numerator) * 10n ** BigInt(SHOWN_PLACES), BigInt(denominator)),
    SHOWN_PLACES,
  );
}

/**
 * Reads per cent with at most two digits behind the point; null for anything else and for a negative number.
 * @example parsePercent('4.35') //=> 435
 */
export function parsePercent(text: string): BasisPoints | null {
  const read = parseDecimal(text, PERCENT_PLACES);
  return read.ok && read.units >= 0 && !text.startsWith('-') ? read.units : null;
}

/**
 * Basis points as per cent with two digits behind the point.
 * @throws RangeError for anything but a safe integer
 * @example formatPercent(310) //=> '3.10'
 */
export const formatPercent = (basisPoints: BasisPoints): string => formatDecimal(basisPoints, PERCENT_PLACES);
