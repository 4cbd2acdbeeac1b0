import { formatYuan, MOST_FEN_OF_ONE_AMOUNT } from '@zhitong/values';

/**
 * What another system says of a record, by fields; what it does not say is absent. Money is whole fen as decimal text.
 */
export type ImportedValues = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** A value that cannot be accepted. */
export interface ImportFault {
  readonly field: string | null;
  /** In Chinese, for the person who corrects the row. */
  readonly reason: string;
}

export const fault = (field: string | null, reason: string): { readonly fault: ImportFault } => ({
  fault: { field, reason },
});

/** A text that a row states; null where it states none. */
export function statedText(values: ImportedValues, field: string): string | null {
  const value = values[field];
  const text = value === null || value === undefined ? '' : String(value).trim();
  return text === '' ? null : text;
}

/**
 * Money of a row as whole fen. One amount of the ledger has a ceiling: a larger one is refused and never rounded, and
 * one that is not more than zero is no amount.
 */
export function statedFen(values: ImportedValues, field: string): number | { readonly fault: ImportFault } {
  const text = statedText(values, field);
  if (text === null || !/^-?\d+$/.test(text)) return fault(field, '缺少金额');
  const fen = BigInt(text);
  if (fen < 1n) return fault(field, '金额必须大于零');
  if (fen > BigInt(MOST_FEN_OF_ONE_AMOUNT))
    return fault(field, `金额超过台账一笔所能记的 ${formatYuan(MOST_FEN_OF_ONE_AMOUNT)} 元`);
  return Number(fen);
}
