/**
 * Characters that nobody sees: controls, soft hyphen, zero-width characters, marks of writing direction, byte order
 * mark, variation selectors, fillers and the empty braille pattern.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Texts that are their own normal form: ASCII without spaces and controls, and Han characters; most cells are such. */
const NORMAL_ALREADY = /^[!-~\u4e00-\u9fff]*$/;

/**
 * The normal form in which texts that name something are compared: Unicode NFKC (full width becomes half width),
 * without characters that nobody sees and without white space around it. Case is kept.
 * @example normalText(' ＡＢ１２ ') //=> 'AB12'
 */
export function normalText(text: string): string {
  if (NORMAL_ALREADY.test(text)) return text;
  return text.normalize('NFKC').replace(INVISIBLE, '').normalize('NFKC').trim();
}
