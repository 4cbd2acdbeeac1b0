import { formatDecimal, parseDecimal, type DecimalProblem } from './decimal.js';

/**
 * An amount of money in whole fen (1 yuan = 100 fen, 中国人民银行法 article 17), a safe integer. Never a fraction, never a
 * float of yuan.
 */
export type Fen = number;

/**
 * A sum of amounts in whole fen. Each amount fits a number, a sum of many need not: sums have any size, and are exact.
 */
export type FenTotal = bigint;

/**
 * The most that one recorded amount may be: one hundred billion yuan (一千亿元). A larger one is a slip of the pen, and
 * below it a sum of 900,000 amounts fits the whole numbers of 64 bits in which a database adds up.
 */
export const MOST_FEN_OF_ONE_AMOUNT: Fen = 10_000_000_000_000;

/** An amount in fen, or why a text is none, in English and Chinese words that may be shown. */
export type ParsedYuan =
  | { readonly ok: true; readonly fen: Fen }
  | { readonly ok: false; readonly code: DecimalProblem; readonly message: string; readonly zh: string };

/** An amount as the graph's `Money` has it. */
export interface MoneyText {
  /** Yuan with two digits behind the point. */
  readonly amount: string;
  /** Code of the currency by GB/T 12406-2022 (ISO 4217). */
  readonly currency: 'CNY';
}

/** Fen of one yuan. */
export const FEN_OF_YUAN = 100;
/** Digits of yuan behind the point: fen. */
const PLACES = 2;
/** Up to here a number of the language distinguishes two neighbouring amounts in yuan: ten trillion yuan. */
const MOST_FEN_AS_NUMBER = 1_000_000_000_000_000;

/**
 * Reads an amount of yuan as people and interfaces write it. A third digit behind the point is refused even when it is
 * zero: nobody can owe a tenth of a fen.
 * @example parseYuan('1200000.5') //=> { ok: true, fen: 120000050 }
 * @example parseYuan('12.345').ok //=> false
 */
export function parseYuan(text: string): ParsedYuan {
  const read = parseDecimal(text, PLACES);
  if (read.ok) return { ok: true, fen: read.units };
  const decimals = String(text.length - text.indexOf('.') - 1);
  const why = {
    NOT_A_NUMBER: {
      message: `"${text}" is not an amount in yuan such as "1200000.00"`,
      zh: `“${text}”不是人民币金额，例如 1200000.00`,
    },
    TOO_MANY_DIGITS: {
      message: `"${text}" has ${decimals} decimals; an amount in yuan has at most ${String(PLACES)} (fen)`,
      zh: `“${text}”有 ${decimals} 位小数，金额最多 ${String(PLACES)} 位（分）`,
    },
    TOO_LARGE: {
      message: `"${text}" is larger than the ledger can hold exactly`,
      zh: `“${text}”超过可精确记账的上限`,
    },
  };
  return { ok: false, code: read.problem, ...why[read.problem] };
}

/**
 * Whole fen as yuan with two digits behind the point.
 * @throws RangeError for a number that is no safe integer
 * @example formatYuan(120000000) //=> '1200000.00'
 * @example formatYuan(18014398509481982n) //=> '180143985094819.82'
 */
export const formatYuan = (fen: Fen | FenTotal): string => formatDecimal(fen, PLACES);

/**
 * Whole fen as the graph's `Money`.
 * @throws RangeError for a number that is no safe integer
 * @example moneyOfFen(5) //=> { amount: '0.05', currency: 'CNY' }
 */
export const moneyOfFen = (fen: Fen | FenTotal): MoneyText => ({ amount: formatYuan(fen), currency: 'CNY' });

/**
 * Fen of an amount in yuan that a JSON file holds as a number; null where it has more than two digits behind the point,
 * is negative or no number, and above ten trillion yuan, beyond which two amounts would be the same number.
 * @example fenOfYuan(12.3) //=> 1230
 * @example fenOfYuan(0.001) //=> null
 */
export function fenOfYuan(yuan: unknown): Fen | null {
  const read = typeof yuan === 'number' ? parseDecimal(String(yuan), PLACES) : null;
  return read?.ok === true && read.units >= 0 && read.units <= MOST_FEN_AS_NUMBER ? read.units : null;
}

/**
 * Whole fen as the number of yuan that a JSON file holds; `fenOfYuan` reads it back.
 * @throws RangeError for anything but whole fen from 0 to ten trillion yuan
 * @example yuanOfFen(1230) //=> 12.3
 */
export function yuanOfFen(fen: Fen): number {
  if (fen < 0 || fen > MOST_FEN_AS_NUMBER)
    throw new RangeError(`${String(fen)} fen in yuan are no number that can be read back exactly`);
  return Number(formatYuan(fen));
}

/**
 * Exact sum of whole fen.
 * @throws RangeError when the sum can no longer be held exactly
 * @example sumFen([10, 20, -5]) //=> 25
 */
export function sumFen(amounts: Iterable<Fen>): Fen {
  let total = 0;
  for (const amount of amounts) {
    total += amount;
    if (!Number.isSafeInteger(total)) throw new RangeError('the sum is larger than the ledger can hold exactly');
  }
  return total;
}
