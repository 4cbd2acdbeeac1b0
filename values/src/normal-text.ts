/**
 * Characters that nobody sees: controls, soft hyphen, zero-width characters, marks of writing direction, byte order
 * mark.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

/**
 * The normal form in which texts that name something are compared: Unicode NFKC (full width becomes half width),
 * without characters that nobody sees and without white space around it. Case is kept.
 * @example normalText(' ＡＢ１２ ') //=> 'AB12'
 */
export function normalText(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '').trim();
}
