/** What spreadsheet programs take for a formula, in every width, also behind spaces; a number with a sign is none. */
const FORMULA = /^\s*[=@+\-＝＠＋－\t\r]/;
const SIGNED_NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
/** Characters that end a line or steer a program: in a cell they begin a new row, or hide what follows. */
const CONTROLS = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;

/**
 * A text that no spreadsheet program runs as a formula (OWASP, CSV injection). The apostrophe before it is what such
 * programs put there themselves.
 * @example harmlessText('=1+1') //=> "'=1+1"
 * @example harmlessText('-12.50') //=> '-12.50'
 */
export const harmlessText = (text: string): string =>
  FORMULA.test(text) && !SIGNED_NUMBER.test(text) ? `'${text}` : text;

/**
 * A text for one cell of a file that is handed out: on one line, without control characters, never a formula.
 * @example cellText('道路\r=HYPERLINK("x")') //=> '道路 =HYPERLINK("x")'
 * @example cellText('+86 715') //=> "'+86 715"
 * @example cellText('\n=1+1') //=> "'=1+1"
 */
export function cellText(text: string): string {
  const line = text.replace(CONTROLS, ' ').trim();
  return FORMULA.test(line) ? `'${line}` : line;
}
