/** An amount of money in whole fen (1 yuan = 100 fen), a safe integer. Never a fraction, never a float of yuan. */
export type Fen = number;

export type ParsedYuan = { ok: true; fen: Fen } | { ok: false; code: 'NOT_A_NUMBER' | 'TOO_MANY_DIGITS' | 'TOO_LARGE'; message: string };

const YUAN = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads an amount of yuan as people and interfaces write it ("1200000", "1200000.5", "1200000.50").
 * A third decimal is refused even when it is zero, because nobody can owe a tenth of a fen and
 * rounding what an officer typed would change a legal amount without a word.
 */
export function parseYuan(text: string): ParsedYuan {
  const match = YUAN.exec(text);
  if (!match) return { ok: false, code: 'NOT_A_NUMBER', message: `"${text}" is not an amount in yuan such as "1200000.00"` };
  const [, sign = '', whole = '0', fraction = ''] = match;
  if (fraction.length > 2) {
    return { ok: false, code: 'TOO_MANY_DIGITS', message: `"${text}" has ${fraction.length} decimals; an amount in yuan has at most 2 (fen)` };
  }
  const fen = Number(`${whole}${fraction.padEnd(2, '0')}`);
  if (!Number.isSafeInteger(fen)) return { ok: false, code: 'TOO_LARGE', message: `"${text}" is larger than the ledger can hold exactly` };
  return { ok: true, fen: sign === '-' && fen !== 0 ? -fen : fen };
}

/** Whole fen as yuan with two decimals: 120000000 is "1200000.00". Throws RangeError for anything but a safe integer. */
export function formatYuan(fen: Fen): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`${fen} is not a whole number of fen`);
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Exact sum of whole fen. Throws RangeError when the sum can no longer be held exactly. */
export function sumFen(amounts: Iterable<Fen>): Fen {
  let total = 0;
  for (const amount of amounts) {
    total += amount;
    if (!Number.isSafeInteger(total)) throw new RangeError('the sum is larger than the ledger can hold exactly');
  }
  return total;
}

/** `numerator / denominator` in fen, half up (away from zero), the rounding of bank statements. */
export function divideHalfUp(numerator: bigint, denominator: bigint): Fen {
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const rounded = Number((2n * n + d) / (2n * d));
  return negative && rounded !== 0 ? -rounded : rounded;
}
