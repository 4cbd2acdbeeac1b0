/** Why a text is no decimal number of so many digits behind the point. */
export type DecimalProblem = 'NOT_A_NUMBER' | 'TOO_MANY_DIGITS' | 'TOO_LARGE';

/** A decimal number as whole units of its last digit, or why the text is none. */
export type ParsedDecimal =
  { readonly ok: true; readonly units: number } | { readonly ok: false; readonly problem: DecimalProblem };

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a decimal number as whole units of 10 to the power of −`places`, exactly. Digits behind the point beyond
 * `places` are refused even when they are zero: rounding what somebody wrote would change it without a word.
 * @example parseDecimal('4.35', 2) //=> { ok: true, units: 435 }
 * @example parseDecimal('4.350', 2) //=> { ok: false, problem: 'TOO_MANY_DIGITS' }
 */
export function parseDecimal(text: string, places: number): ParsedDecimal {
  const match = DECIMAL.exec(text);
  if (match === null) return { ok: false, problem: 'NOT_A_NUMBER' };
  const [, sign = '', whole = '0', fraction = ''] = match;
  if (fraction.length > places) return { ok: false, problem: 'TOO_MANY_DIGITS' };
  const units = Number(`${whole}${fraction.padEnd(places, '0')}`);
  if (!Number.isSafeInteger(units)) return { ok: false, problem: 'TOO_LARGE' };
  return { ok: true, units: sign === '-' && units !== 0 ? -units : units };
}

/**
 * Writes whole units of 10 to the power of −`places` as a decimal number with all its digits behind the point, never
 * through a floating-point division. A bigint may have any size.
 * @throws RangeError for a number that is no safe integer
 * @example formatDecimal(-5, 2) //=> '-0.05'
 * @example formatDecimal(9744, 4) //=> '0.9744'
 * @example formatDecimal(18014398509481982n, 2) //=> '180143985094819.82'
 */
export function formatDecimal(units: number | bigint, places: number): string {
  if (typeof units === 'number' && !Number.isSafeInteger(units))
    throw new RangeError(`${String(units)} is not a whole number that can be held exactly`);
  const digits = String(units < 0 ? -units : units).padStart(places + 1, '0');
  const [whole, fraction] = [digits.slice(0, digits.length - places), digits.slice(digits.length - places)];
  return `${units < 0 ? '-' : ''}${whole}${places === 0 ? '' : `.${fraction}`}`;
}
