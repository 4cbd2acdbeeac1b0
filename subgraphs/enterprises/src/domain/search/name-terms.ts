import { normalText } from '@zhitong/values';
import { readCharacters, type ReadCharacter } from './pinyin-readings.js';

const PASSED_OVER = /[\s()[\]{}<>〈〉《》「」『』【】〔〕·・"'“”‘’]/gu;

/** Raise it with every change of what {@link nameTerms} gives: names that were stored before are then read again. */
export const NAME_TERMS_FORM = 4;

/** What names can be found by, kept in indexed arrays: MongoDB has no Chinese text index. */
export interface NameTerms {
  /** Each pair of neighbouring characters of the names in their searched form. */
  readonly pairs: readonly string[];
  /**
   * Pinyin initials of each two and of each three neighbours, each character's readings as `~xian`, and those of each
   * two neighbours as `~xian~ning`; a character that is read otherwise elsewhere (单, 重) is read that way too. Short
   * terms are met by equality, so that an index hands out what it finds in order of length, and the first page of a
   * million names is not sorted.
   */
  readonly sounds: readonly string[];
  /** Each character with its readings, in order: `重chong,zhong|庆qing|`; two names stand apart by one more `|`. */
  readonly sound: string;
}

/**
 * The form in which names and searched texts are compared: NFKC, small letters, without white space, brackets, quotes
 * and middle dots, which people leave out or type in any width.
 * @example searchedForm('湖北（ＡＢ）科技') //=> '湖北ab科技'
 */
export const searchedForm = (text: string): string =>
  normalText(text).toLowerCase().normalize('NFKC').replace(PASSED_OVER, '');

/** The terms under which names of one enterprise are stored. */
export function nameTerms(...names: readonly string[]): NameTerms {
  const all = names.map((name) => readCharacters(searchedForm(name)));
  return {
    pairs: [...new Set(all.flatMap((read) => neighbours(read.map(({ character }) => character))))],
    sounds: [...new Set(all.flatMap(soundsOf))],
    sound: all
      .map((read) => read.map(({ character, readings }) => `${character}${readings.join(',')}|`).join(''))
      .join('|'),
  };
}

function soundsOf(read: readonly ReadCharacter[]): string[] {
  const base = read.map(({ character, readings: [first = character] }) => first.charAt(0));
  const otherwise = read.flatMap((character, place) =>
    // Only the neighbours of that place are read anew.
    otherInitials(character).flatMap((other) =>
      grams(base.with(place, other).slice(Math.max(0, place - 2), place + 3)),
    ),
  );
  const syllables = read.flatMap(({ readings }) => readings.map(syllableTerm));
  const joined = read
    .slice(1)
    .flatMap(({ readings }, place) =>
      (read[place]?.readings ?? []).flatMap((first) => readings.map((second) => joinedTerm(first, second))),
    );
  return [...grams(base), ...otherwise, ...syllables, ...joined];
}

/** The term of a whole syllable. */
export const syllableTerm = (syllable: string): string => `~${syllable}`;

/** The term of two syllables side by side. */
export const joinedTerm = (first: string, second: string): string => `${syllableTerm(first)}${syllableTerm(second)}`;

/** The beginnings of a code that are terms of their own: so few characters are met by a large part of a register. */
const CODE_TERM_LENGTHS = [2, 3, 4, 5];

/** The term of a code's first two to five characters; no pair of characters has three. */
export const codeTerm = (beginning: string): string => `#${beginning}`;
export const codeTerms = (uscc: string): string[] => CODE_TERM_LENGTHS.map((length) => codeTerm(uscc.slice(0, length)));

const otherInitials = ({ readings: [first = '', ...others] }: ReadCharacter): string[] => [
  ...new Set(others.map((reading) => reading.charAt(0)).filter((initial) => initial !== first.charAt(0))),
];

/** Each two and each three neighbours of initials. */
export const grams = (initials: readonly string[]): string[] =>
  initials.flatMap((initial, start) => {
    const [next, third] = initials.slice(start + 1, start + 3);
    if (next === undefined) return [];
    return third === undefined ? [`${initial}${next}`] : [`${initial}${next}`, `${initial}${next}${third}`];
  });

/** Each pair of neighbouring characters. */
export const neighbours = (characters: readonly string[]): string[] =>
  characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
