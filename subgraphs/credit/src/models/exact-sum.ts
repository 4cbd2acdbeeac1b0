import { mongo } from 'mongoose';
import type { FenTotal } from '@zhitong/values';
import type { Expression } from './audit/audit-expressions.js';

/**
 * A `$sum` of whole fen that is exact: MongoDB adds doubles up to 2^53 exactly, and whole numbers of 64 bits up to
 * 2^63, which 900,000 amounts of the ceiling (`MOST_FEN_OF_ONE_AMOUNT`) do not reach. A value that is no number (a
 * record that somebody broke) counts as nothing, so that it takes nobody else's figures with it; `verify` names it.
 */
export const exactSum = (amount: Expression): { readonly $sum: Expression } => ({
  $sum: { $convert: { input: amount, to: 'long', onError: 0, onNull: 0 } },
});

/** What {@link exactSum} gives: the driver reads it as a number where that is exact, else as its own Long. */
export function totalOf(sum: unknown): FenTotal {
  if (mongo.Long.isLong(sum)) return sum.toBigInt();
  return typeof sum === 'number' && Number.isFinite(sum) ? BigInt(Math.trunc(sum)) : 0n;
}
