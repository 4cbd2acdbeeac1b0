/** Digits as they are typed: half width and full width. */
const D = '[0-9\uFF10-\uFF19]';
/** What people put between the groups of a number. */
const GAP = '[\\s\u3000._\u00B7\uFF0D\u2013-]?';
const NO_DIGIT_BEFORE = `(?<!${D})`;
const NO_DIGIT_BEHIND = `(?!${D})`;
const ONE = '[1\uFF11]';
const ZERO = '[0\uFF10]';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const MOBILE = `${NO_DIGIT_BEFORE}${ONE}[3-9\uFF13-\uFF19]${D}${GAP}${D}{4}${GAP}${D}{4}${NO_DIGIT_BEHIND}`;
const LANDLINE = `${NO_DIGIT_BEFORE}${ZERO}${D}{2,3}[\\s\u3000\uFF0D-]${D}{7,8}${NO_DIGIT_BEHIND}`;
const IDENTITY = `${NO_DIGIT_BEFORE}${D}{6}${GAP}${D}{8}${GAP}${D}{3}[\\dXx\uFF10-\uFF19\uFF38\uFF58]${NO_DIGIT_BEHIND}`;
const NUMBERS = new RegExp(`${UUID}|${IDENTITY}|${MOBILE}|${LANDLINE}`, 'gi');
const IS_UUID = new RegExp(`^${UUID}$`, 'i');

/** A bearer token or another JWT; and a cursor, which is a JSON list in base64 and holds what its list is sorted by. */
const SEALED = /eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?|WyI[\w-]{4,}/g;
/** Other text in base64. */
const BASE64 = /[A-Za-z0-9+/_-]{16,}={0,2}/g;
/** Values that MongoDB and Mongoose quote in the messages of their errors. */
const QUOTED_VALUES = /(dup key: )\{[^}]*\}|((?:for|invalid) value )"(?:[^"\\]|\\.)*"/g;

export const WITHHELD = '[withheld]';

/**
 * A text fit for a log: without telephone and identity numbers, however they are spaced and whatever their width, also inside
 * base64; without tokens and cursors, and without the values that a database's error quotes.
 */
export function withoutPersonalData(text: string): string {
  return text
    .replace(SEALED, WITHHELD)
    .replace(QUOTED_VALUES, (_all, key: string | undefined, value: string | undefined) => `${key ?? value ?? ''}${WITHHELD}`)
    .replace(BASE64, (run) => (hidesNumber(run) ? WITHHELD : run))
    .replace(NUMBERS, (found) => (IS_UUID.test(found) ? found : WITHHELD));
}

/** Tries each place at which the base64 may begin: a letter before it, as of an alias, moves all that follows. */
function hidesNumber(run: string): boolean {
  return [0, 1, 2, 3].some((start) => {
    const text = Buffer.from(run.slice(start), 'base64').toString('utf8');
    return (text.match(NUMBERS) ?? []).some((found) => !IS_UUID.test(found));
  });
}
