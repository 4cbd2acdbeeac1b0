import { normalText } from '@zhitong/values';

/** Characters that nobody sees, but for the tab and the ends of lines. */
const INVISIBLE = /[\p{Cf}\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/gu;
const SUSPECT = /[^\u0020-\u007E\u4E00-\u9FFF\u3001-\u3011\uFF01-\uFF5E]/;

/**
 * A text as it stands, without characters that nobody sees and without white space around it: what a cell says.
 * @example visibleText('\uFEFF 拉萨\u200B ') //=> '拉萨'
 */
export const visibleText = (text: string): string => (SUSPECT.test(text) ? text.replace(INVISIBLE, '') : text).trim();

/**
 * Full-width letters, digits, signs and the ideographic space as their half-width forms; other characters stay, unlike
 * in NFKC.
 * @example toHalfWidth('ＡＢ１２（号）　①') //=> 'AB12(号) ①'
 */
export const toHalfWidth = (text: string): string =>
  text.replace(/[\uFF01-\uFF5E]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ');

/**
 * A header as columns are known by it: its normal form, with line breaks and runs of blanks as one blank, between
 * Chinese characters as none.
 * @example headerText(' 注册资本\n（万元） ') //=> '注册资本(万元)'
 */
export const headerText = (text: string): string =>
  normalText(text.replace(/\s+/g, ' '))
    .replace(/(?<=[^\u0000-\u007F()]) +(?=[^\u0000-\u007F])/gu, '')
    .replace(/ *\( */g, '(')
    .replace(/ +\)/g, ')');

/** The sign for a character that was lost: text that somebody upstream has decoded wrongly. */
export const LOST_CHARACTER = '\uFFFD';
