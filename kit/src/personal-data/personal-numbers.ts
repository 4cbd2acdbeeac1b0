import { comparableText, replaceComparable } from '@zhitong/values';

/** What stands in a text in place of each kind of number. */
export interface NumberNames {
  readonly identity: string;
  readonly account: string;
  readonly mobile: string;
  readonly landline: string;
}

/** What people put between digits. Brackets and hyphens of every width are plain ones by then. */
const GAP = String.raw`[\s._\-()\u2010-\u2015\u00B7]{0,3}`;
const digits = (pattern: string): string => pattern.replaceAll(' ', GAP);
const repeated = (count: number): string => Array.from({ length: count }, () => String.raw`\d`).join(' ');
/** Not a part of a longer number; a letter may stand beside it. */
const number = (pattern: string): RegExp => new RegExp(String.raw`(?<!\d)(?:${pattern})(?!\d)`, 'g');
/** Nor of a code: in a social credit code as many digits can follow one another. */
const whole = (pattern: string): RegExp => new RegExp(String.raw`(?<![0-9A-Za-z])(?:${pattern})(?![0-9A-Za-z])`, 'g');

const MONTH = '(?:0 [1-9]|1 [0-2])';
const DAY = String.raw`(?:0 [1-9]|[12] \d|3 [01])`;
const COUNTRY = String.raw`(?:(?:\+|0 0) 8 6 )`;

/** In this order: the longer numbers first, since a shorter one can stand within. */
const KINDS: readonly (readonly [keyof NumberNames, RegExp])[] = [
  [
    'identity',
    number(digits(String.raw`[1-9] ${repeated(5)} (?:1 9|2 0) \d \d ${MONTH} ${DAY} ${repeated(3)} [\dXx]`)),
  ],
  ['identity', whole(digits(String.raw`[1-9] ${repeated(5)} \d \d ${MONTH} ${DAY} ${repeated(3)}`))],
  ['account', whole(digits(String.raw`\d(?: \d){15,18}`))],
  ['mobile', number(digits(String.raw`(?:${COUNTRY}|8 6 )?1 [3-9] ${repeated(9)}`))],
  ['landline', number(digits(String.raw`(?<!\d\.)\(?(?:${COUNTRY}\(?0?|0 )[1-9] \d(?: \d)? \d(?: \d){6,7}`))],
];
/** A random id, in which any digits can follow one another: no number of a person. */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const UUID_LENGTH = 36;

function isWithinId({ index, 0: found }: RegExpExecArray, normal: string): boolean {
  return [...normal.matchAll(UUID)].some(({ index: id }) => index < id + UUID_LENGTH && index + found.length > id);
}

/**
 * Puts a name in place of every telephone, identity and account number of a text, however it was typed: full-width
 * digits, spaces, hyphens, points, brackets, invisible characters, +86. The rest of the text stays as it was, random
 * ids too.
 */
export function replacePersonalNumbers(text: string, names: NumberNames): string {
  return KINDS.reduce(
    (left, [kind, pattern]) => replaceComparable(left, pattern, names[kind], { keeps: isWithinId }),
    text,
  );
}

/**
 * A telephone number with its middle hidden, however it was typed: `+86 138-1234-5678` is `138****5678`; of a short one
 * the last two digits stay.
 */
export function maskTelephone(telephone: string): string {
  const number = comparableText(telephone)
    .normal.replace(/[^\d+]/g, '')
    .replace(/^(?:\+|00)86/, '')
    .replace(/\D/g, '');
  return number.length < 8 ? `****${number.slice(-2)}` : `${number.slice(0, 3)}****${number.slice(-4)}`;
}

/** A person's name with all but its first character hidden: `张三丰` is `张**`. */
export function maskName(name: string): string {
  const [first = '', ...rest] = Array.from(name.trim());
  return first + '*'.repeat(rest.length);
}
