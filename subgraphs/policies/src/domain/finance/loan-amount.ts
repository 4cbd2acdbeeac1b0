import { parseYuan, type Fen } from '@zhitong/values';

/** One trillion yuan, which no loan of the city reaches. */
const MOST_FEN = 100_000_000_000_000;

/** Whole fen of an amount in yuan as text, from 0 to below one trillion yuan; null when it is none. */
export function fenOfText(yuan: string): Fen | null {
  const read = parseYuan(yuan);
  return read.ok && read.fen >= 0 && read.fen < MOST_FEN ? read.fen : null;
}
