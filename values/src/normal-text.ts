import { sayer, type Said } from './said.js';

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

/**
 * Whether a text says nothing: it is empty, or holds white space and characters that nobody sees alone.
 * @example isBlank(' \u200b') //=> true
 */
export const isBlank = (text: string): boolean => normalText(text) === '';

/** What is wrong with a text, and where it stands. */
export interface TextFault extends Said {
  readonly path: readonly string[];
}

const WORDS = {
  TEXT_TOO_SHORT: {
    en: 'at least {shortest} characters, not {length}',
    zh: '内容有 {length} 个字，至少须 {shortest} 个字',
  },
  TEXT_TOO_LONG: { en: 'at most {longest} characters, not {length}', zh: '内容有 {length} 个字，最多 {longest} 个字' },
  CONTROL_CHARACTER: { en: 'holds the control character {character}', zh: '内容含有控制字符 {character}' },
  HALF_CHARACTER: { en: 'holds half of a character (a lone surrogate)', zh: '内容含有不完整的字符' },
} as const;
const said = sayer(WORDS);

const SHORTEST_TEXT = 5;

/**
 * What is wrong with a free text: empty, too long, or with characters that no text has (controls, bidirectional
 * overrides).
 * @example textFaults('办事', ['note'], { longest: 100 })[0]?.message //=> 'at least 5 characters, not 2'
 * @example textFaults('办事很快', ['note'], { longest: 100, shortest: 2 }) //=> []
 */
export function textFaults(
  text: string,
  path: readonly string[],
  { longest, shortest = SHORTEST_TEXT }: { longest: number; shortest?: number },
): TextFault[] {
  // Counted before anything walks through the text: a million characters cost nothing.
  if (text.length > longest * 2) return [{ path, ...said('TEXT_TOO_LONG', { longest, length: text.length }) }];
  const length = Array.from(text.trim()).length;
  if (length < shortest) return [{ path, ...said('TEXT_TOO_SHORT', { shortest, length }) }];
  if (length > longest) return [{ path, ...said('TEXT_TOO_LONG', { longest, length }) }];
  // Line feed and tab are the only controls that a text may hold.
  const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u.exec(
    text.replaceAll('\r\n', '\n'),
  );
  if (control)
    return [
      {
        path,
        ...said('CONTROL_CHARACTER', {
          character: `U+${(control[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
        }),
      },
    ];
  return /\p{Cs}/u.test(text) ? [{ path, ...said('HALF_CHARACTER') }] : [];
}

/**
 * A text as it is stored: composed (NFC), line feeds only, without spaces around it.
 * @example asStored(' 办事很快 ') //=> '办事很快'
 */
export const asStored = (text: string): string => text.normalize('NFC').replaceAll('\r\n', '\n').trim();
