const YUAN = /^\d{1,12}(\.\d{1,2})?$/;

/** Whole fen as yuan with two digits behind the point, never through a floating-point division. */
export function yuanOf(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Whole fen of an amount in yuan as text, below one trillion yuan and with at most two decimals; null when it is none. */
export function fenOfText(yuan: string): number | null {
  if (!YUAN.test(yuan)) return null;
  const [whole = '', decimals = ''] = yuan.split('.');
  return Number(`${whole}${decimals.padEnd(2, '0')}`);
}
