import { normalText } from '@zhitong/values';
import { readCharacters, type ReadCharacter } from './pinyin-readings.js';

const PASSED_OVER = /[\s()[\]{}<>〈〉《》「」『』【】〔〕·・"'“”‘’]/gu;

/** Raise it with every change of what {@link nameTerms} gives: names that were stored before are then read again. */
export const NAME_TERMS_FORM = 5;

/** What names can be found by, kept in indexed arrays: MongoDB has no Chinese text index. */
export interface NameTerms {
  /** Each pair of neighbouring characters of the names in their searched form. */
  readonly pairs: readonly string[];
  /**
   * Pinyin initials of each two, three and four neighbours, each character's readings as `~xian`, and those of each two
   * and three neighbours as `~xian~ning`; a character that is read otherwise elsewhere (单, 重) is read that way too.
   * Short terms are met by equality, so that an index hands out what it finds in order of length, and the first page of
   * a million names is not sorted. Long ones are rare, so that few names are looked at whose terms are common each.
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

/** Neighbours whose initials are one term, at most. */
export const LONGEST_GRAM = 4;
/** Neighbours whose syllables are one term, at most. */
export const LONGEST_JOINED = 3;

function soundsOf(read: readonly ReadCharacter[]): string[] {
  const initials = read.map(({ character, readings }) =>
    readings.length === 0 ? [character] : [...new Set(readings.map((reading) => reading.charAt(0)))],
  );
  const syllables = read.map(({ readings }) => readings.map((reading) => joinedTerm(reading)));
  return [
    ...runsOf(initials, { shortest: 2, longest: LONGEST_GRAM }),
    ...runsOf(syllables, { shortest: 1, longest: LONGEST_JOINED }),
  ];
}

/** Neighbours put together, in each way that any of them is read. */
function runsOf(
  places: readonly (readonly string[])[],
  { shortest, longest }: { readonly shortest: number; readonly longest: number },
): string[] {
  const found: string[] = [];
  for (let start = 0; start < places.length; start += 1) {
    let runs: string[] = [''];
    for (let at = start; at < Math.min(places.length, start + longest); at += 1) {
      const longer: string[] = [];
      for (const run of runs) for (const piece of places[at] ?? []) longer.push(run + piece);
      runs = longer;
      if (at - start + 1 >= shortest) found.push(...runs);
    }
  }
  return found;
}

/**
 * The term of syllables side by side, or of a single one.
 * @example joinedTerm('xian', 'ning') //=> '~xian~ning'
 */
export const joinedTerm = (...syllables: readonly string[]): string =>
  syllables.map((syllable) => `~${syllable}`).join('');

/** The beginnings of a code that are terms of their own: so few characters are met by a large part of a register. */
const CODE_TERM_LENGTHS = [2, 3, 4, 5];

/** The term of a code's first two to five characters; no pair of characters has three. */
export const codeTerm = (beginning: string): string => `#${beginning}`;
export const codeTerms = (uscc: string): string[] => CODE_TERM_LENGTHS.map((length) => codeTerm(uscc.slice(0, length)));

/** Each pair of neighbouring characters. */
export const neighbours = (characters: readonly string[]): string[] =>
  characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
