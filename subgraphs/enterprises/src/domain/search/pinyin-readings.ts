import { pinyin } from 'pinyin-pro';

const FIRST_HAN = 0x4e00;
const LAST_HAN = 0x9fa5;

/** A character of a name with how it may be read: as it is read in this name first, then as it is read elsewhere. */
export interface ReadCharacter {
  readonly character: string;
  /** Pinyin without tones, `v` for `ü`; a Latin letter or a digit reads as itself; empty for what cannot be read. */
  readonly readings: readonly string[];
}

/**
 * How the characters of a text are read.
 * @example readCharacters('重庆') //=> [{ character: '重', readings: ['chong', 'zhong'] }, { character: '庆', readings: ['qing'] }]
 */
export function readCharacters(text: string): ReadCharacter[] {
  // The list has an element for each character, and what is no Chinese character stands there as it is.
  const read = pinyin(text, { type: 'array', toneType: 'none', v: true });
  return Array.from(text, (character, place) => {
    const here = read[place] ?? character;
    if (here === character) return { character, readings: /^[a-z0-9]$/.test(character) ? [character] : [] };
    return { character, readings: [...new Set([here, ...readingsOf(character)])] };
  });
}

/** Names are made of a few thousand characters, and of each the dictionary says the same every time. */
const known = new Map<string, readonly string[]>();

function readingsOf(character: string): readonly string[] {
  const before = known.get(character);
  if (before !== undefined) return before;
  const readings = pinyin(character, { multiple: true, type: 'array', toneType: 'none', v: true });
  known.set(character, readings);
  return readings;
}

let syllables: ReadonlySet<string> | undefined;

/** Every syllable that a Chinese character is read as; made at the first call, which takes a tenth of a second. */
function allSyllables(): ReadonlySet<string> {
  if (syllables !== undefined) return syllables;
  const found = new Set<string>();
  for (let point = FIRST_HAN; point <= LAST_HAN; point += 1) {
    const reading = pinyin(String.fromCodePoint(point), { toneType: 'none', v: true });
    if (/^[a-z]+$/.test(reading)) found.add(reading);
  }
  syllables = found;
  return found;
}

/** The syllables that begin with these letters. */
export const syllablesFrom = (letters: string): string[] =>
  [...allSyllables()].filter((syllable) => syllable.startsWith(letters));

/** A piece of what was typed in letters: an initial, a syllable, or the beginning of one at the end of the text. */
export interface TypedPiece {
  readonly letters: string;
  readonly kind: 'initial' | 'syllable' | 'beginning';
}

const LONGEST_SYLLABLE = 6;
const MOST_WAYS = 8;

/**
 * The ways to read typed letters as pinyin: all of them initials first, then with the longest syllables first; eight at
 * most. Single initials stand among syllables only where whole syllables, of which the last may be typed in part, do
 * not come out even: nobody who types shanwei means sha, n and wei.
 * @param isLast whether nothing follows the letters, so that the last syllable may be typed in part
 * @example typedPinyin('xianzb', true)[1] //=> xian (syllable), z (initial), b (initial)
 */
export function typedPinyin(letters: string, isLast: boolean): TypedPiece[][] {
  const all = allSyllables();
  const isBeginning = (piece: string): boolean => syllablesFrom(piece).length > 0;
  const initials = Array.from(letters, (letter): TypedPiece => ({ letters: letter, kind: 'initial' }));
  const read = (mayHoldInitials: boolean): TypedPiece[][] => {
    const ways: TypedPiece[][] = [];
    const visit = (from: number, before: readonly TypedPiece[]): void => {
      if (ways.length === MOST_WAYS - 1) return;
      if (from === letters.length) {
        if (before.some(({ kind }) => kind !== 'initial')) ways.push([...before]);
        return;
      }
      for (let length = Math.min(LONGEST_SYLLABLE, letters.length - from); length >= 1; length -= 1) {
        const piece = letters.slice(from, from + length);
        const isEnd = isLast && from + length === letters.length;
        if (length === 1) {
          if (isEnd || mayHoldInitials) visit(from + 1, [...before, { letters: piece, kind: 'initial' }]);
        } else if (isEnd && isBeginning(piece))
          visit(from + length, [...before, { letters: piece, kind: 'beginning' }]);
        else if (all.has(piece)) visit(from + length, [...before, { letters: piece, kind: 'syllable' }]);
      }
    };
    visit(0, []);
    return ways;
  };
  const even = read(false);
  return [initials, ...(even.length > 0 ? even : read(true))];
}
