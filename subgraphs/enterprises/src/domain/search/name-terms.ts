import { normalText } from '@zhitong/values';
import { readCharacters, type ReadCharacter } from './pinyin-readings.js';

const LONGEST_INITIALS = 12;
const PASSED_OVER = /[\s()[\]{}<>〈〉《》「」『』【】〔〕·・"'“”‘’]/gu;

/** Raise it with every change of what {@link nameTerms} gives: names that were stored before are then read again. */
export const NAME_TERMS_FORM = 2;

/** What a name can be found by, kept in indexed arrays: MongoDB has no Chinese text index. */
export interface NameTerms {
  /** Each pair of neighbouring characters of the name in its searched form. */
  readonly pairs: readonly string[];
  /**
   * Pinyin initials from each character on, cut to 12, so that a prefix of one finds the name from any place; also with
   * each character that has another initial elsewhere (单, 重) read that way.
   */
  readonly initials: readonly string[];
  /** Each character with its readings, in order: `重chong,zhong|庆qing|`. */
  readonly sound: string;
}

/**
 * The form in which names and searched texts are compared: NFKC, small letters, without white space, brackets, quotes
 * and middle dots, which people leave out or type in any width.
 * @example searchedForm('湖北（ＡＢ）科技') //=> '湖北ab科技'
 */
export const searchedForm = (text: string): string =>
  normalText(text).toLowerCase().normalize('NFKC').replace(PASSED_OVER, '');

/** The terms under which a name is stored. */
export function nameTerms(name: string): NameTerms {
  const read = readCharacters(searchedForm(name));
  const base = read.map(({ character, readings: [first = character] }) => first.charAt(0));
  const initials = new Set(tails(base));
  for (const [place, character] of read.entries())
    for (const other of otherInitials(character)) for (const tail of tails(base.with(place, other))) initials.add(tail);
  return {
    pairs: [...new Set(neighbours(read.map(({ character }) => character)))],
    initials: [...initials],
    sound: read.map(({ character, readings }) => `${character}${readings.join(',')}|`).join(''),
  };
}

const otherInitials = ({ readings: [first = '', ...others] }: ReadCharacter): string[] => [
  ...new Set(others.map((reading) => reading.charAt(0)).filter((initial) => initial !== first.charAt(0))),
];

/** Every initial is one UTF-16 unit: a register has millions of names, and a text is cut faster than a list. */
function tails(initials: readonly string[]): string[] {
  const text = initials.join('');
  const found: string[] = [];
  for (let start = 0; start + 2 <= text.length; start += 1) found.push(text.slice(start, start + LONGEST_INITIALS));
  return found;
}

/** Each pair of neighbouring characters. */
export const neighbours = (characters: readonly string[]): string[] =>
  characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
