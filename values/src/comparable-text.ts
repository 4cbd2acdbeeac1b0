/** A text as it is compared. */
export interface ComparableText {
  /** NFKC, character by character, without what is ignored. */
  readonly normal: string;
  /** For each UTF-16 unit of `normal` the place in the text that it came from. */
  readonly at: readonly number[];
}

/** Characters that nobody sees, as `normalText` has them; a line's end is seen. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * A text as it is compared, with the way back: full width is plain, what nobody sees is left out, and each character
 * that `ignored` matches besides.
 * @example comparableText('Ａ B', /\s/) //=> { normal: 'AB', at: [0, 2] }
 */
export function comparableText(text: string, ignored?: RegExp): ComparableText {
  let normal = '';
  const at: number[] = [];
  let index = 0;
  for (const character of text) {
    const plain = INVISIBLE.test(character) ? '' : character.normalize('NFKC');
    // In whatever width it is written.
    const isIgnored =
      ignored !== undefined && (ignored.test(character) || [...plain].every((one) => ignored.test(one)));
    const part = isIgnored ? '' : plain;
    normal += part;
    for (let unit = 0; unit < part.length; unit += 1) at.push(index);
    index += character.length;
  }
  return { normal, at };
}

/**
 * Replaces what a global pattern finds in the comparable form of a text; the rest stays as it was written.
 * @param keeps asked for each match; true leaves it
 * @throws TypeError for a pattern without the flag g
 * @example replaceComparable('致电１３８号', /138/g, '…') //=> '致电…号'
 */
export function replaceComparable(
  text: string,
  pattern: RegExp,
  replacement: string,
  {
    ignored,
    keeps = () => false,
  }: { ignored?: RegExp; keeps?: (match: RegExpExecArray, normal: string) => boolean } = {},
): string {
  const { normal, at } = comparableText(text, ignored);
  let result = '';
  let end = 0;
  for (const match of normal.matchAll(pattern)) {
    if (match[0] === '' || keeps(match, normal)) continue;
    result += text.slice(end, at[match.index]) + replacement;
    const last = at[match.index + match[0].length - 1] ?? 0;
    end = last + String.fromCodePoint(text.codePointAt(last) ?? 0).length;
  }
  return result + text.slice(end);
}
