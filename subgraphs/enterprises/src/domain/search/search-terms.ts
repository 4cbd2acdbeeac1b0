import { normalText } from '@zhitong/values';
import { joinedTerm, LONGEST_GRAM, LONGEST_JOINED, neighbours, searchedForm } from './name-terms.js';
import { readCharacters, syllablesFrom, typedPinyin, type TypedPiece } from './pinyin-readings.js';

const LONGEST_OF_NAME = 5;
const MOST_WAYS = 16;
const CODE = /^\d[0-9A-Z]*$/;

/** One way to find a name: candidates by an index, and what decides of each. */
export interface SearchWay {
  /** Pairs of neighbouring characters, all of which the name has. */
  readonly pairs: readonly string[];
  /** Initials of neighbours, and syllables side by side, all of which the name has; none for characters. */
  readonly sounds: readonly string[];
  /** What the end of the text may be the beginning of, of which the name has one; empty where it is none. */
  readonly anySound: readonly string[];
  /** A regular expression over `NameTerms.sound`. */
  readonly sound: string;
  /** Whether what is found by the index is what is looked for already. */
  readonly isDecided: boolean;
}

/** How a searched text is looked for; any of it may be met. */
export interface SearchTerms {
  /** Beginning of a unified social credit code, in capitals. */
  readonly code: string | null;
  readonly ways: readonly SearchWay[];
}

/** A piece of the searched text: a character as it stands, or typed pinyin. */
type Piece = { readonly kind: 'character'; readonly character: string } | TypedPiece;

/**
 * Reads a searched text: a part of a name, in which any character may be typed as its pinyin or as the initial of it
 * (咸宁zb, xianning, xnzb); digits and letters that begin with a digit are the beginning of a code, and while they are
 * few also a part of a name. Width, case, white space and brackets do not count.
 */
export function searchTerms(text: string): SearchTerms {
  const typed = normalText(text).toUpperCase().replaceAll(/[\s-]/g, '');
  const code = CODE.test(typed) ? typed : null;
  const isOfName = code === null || code.length <= LONGEST_OF_NAME;
  return { code, ways: isOfName ? waysOf(searchedForm(text)) : [] };
}

function waysOf(text: string): SearchWay[] {
  if (text === '') return [];
  // Runs of letters, and every other character by itself.
  const parts = text.match(/[a-z]+|[^a-z]/gu) ?? [];
  let ways: Piece[][] = [[]];
  for (const [index, part] of parts.entries()) {
    const readings: Piece[][] = /^[a-z]/.test(part)
      ? typedPinyin(part, index === parts.length - 1)
      : [[{ kind: 'character', character: part }]];
    ways = ways.flatMap((way) => readings.map((reading) => [...way, ...reading])).slice(0, MOST_WAYS);
  }
  return ways.map(wayOf);
}

function wayOf(pieces: readonly Piece[]): SearchWay {
  const anySound = endingsOf(pieces);
  return {
    pairs: pairsOf(pieces),
    sounds: pieces.every(({ kind }) => kind === 'character') ? [] : soundsOf(pieces, anySound.length > 0),
    anySound,
    sound: `(?:^|\\|)${pieces.map(soundOf).join('')}`,
    isDecided: isOneTerm(pieces),
  };
}

/** Whether one stored term says all of the text: it is short, and either initials or syllables up to its end. */
const isOneTerm = (pieces: readonly Piece[]): boolean =>
  pieces.every(({ kind }) => kind === 'initial')
    ? pieces.length <= LONGEST_GRAM
    : pieces.length <= LONGEST_JOINED &&
      pieces.at(-1)?.kind !== 'character' &&
      pieces.slice(0, -1).every(({ kind }) => kind === 'syllable');

/** Syllables, beside their neighbours where those are known; where something is not, the longest initials stored. */
function soundsOf(pieces: readonly Piece[], isEndKnown: boolean): string[] {
  const readings = pieces.map(readingOf);
  const areKnown =
    readings.slice(0, -1).every((reading) => reading !== undefined) && (isEndKnown || readings.at(-1) !== undefined);
  const ofInitials = areKnown ? [] : longestGrams(pieces.map(initialOf));
  return [...new Set([...ofInitials, ...joinedOf(pieces, readings)])];
}

/** The longest terms of initials: of a single one there is none. */
const longestGrams = (initials: readonly string[]): string[] =>
  initials.length < 2
    ? []
    : initials
        .slice(Math.min(LONGEST_GRAM, initials.length) - 1)
        .map((_last, start) => initials.slice(start, start + LONGEST_GRAM).join(''));

/** The terms of neighbours that are known whole, some of them by their sound alone; of those within others none. */
function joinedOf(pieces: readonly Piece[], readings: readonly (string | undefined)[]): string[] {
  const terms: string[] = [];
  let covered: readonly (readonly [start: number, end: number])[] = [];
  for (let length = LONGEST_JOINED; length >= 1; length -= 1) {
    const found: (readonly [start: number, end: number])[] = [];
    for (let start = 0; start + length <= pieces.length; start += 1) {
      const end = start + length;
      const known = readings.slice(start, end).filter((reading) => reading !== undefined);
      const areTyped = pieces.slice(start, end).some(({ kind }) => kind !== 'character');
      if (known.length < length || !areTyped || covered.some(([from, to]) => from <= start && end <= to)) continue;
      terms.push(joinedTerm(...known));
      found.push([start, end]);
    }
    covered = [...covered, ...found];
  }
  return terms;
}

/** How a whole piece is read; undefined for an initial, a beginning, and what cannot be read. */
function readingOf(piece: Piece): string | undefined {
  if (piece.kind === 'syllable') return piece.letters;
  return piece.kind === 'character' ? readCharacters(piece.character)[0]?.readings[0] : undefined;
}

/** What the last piece, typed in part, may be: a syllable, or one beside the pieces before it that are known. */
function endingsOf(pieces: readonly Piece[]): string[] {
  const last = pieces.at(-1);
  if (last === undefined || last.kind === 'character' || last.kind === 'syllable') return [];
  const before = pieces.slice(0, -1).map(readingOf);
  const from = before.lastIndexOf(undefined) + 1;
  const known = before.slice(Math.max(from, before.length - LONGEST_JOINED + 1)).flatMap((reading) => reading ?? []);
  if (known.length === 0 && before.length > 0) return [];
  // A single letter may be one that stands in the name.
  const ends = last.kind === 'initial' ? [last.letters] : [];
  return [...new Set([...ends, ...syllablesFrom(last.letters)])].map((end) => joinedTerm(...known, end));
}

/** Pairs of characters that stand side by side in the text. */
function pairsOf(pieces: readonly Piece[]): string[] {
  const runs: string[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind === 'character') runs.at(-1)?.push(piece.character);
    else runs.push([]);
  }
  return [...new Set(runs.flatMap(neighbours))];
}

const initialOf = (piece: Piece): string =>
  piece.kind === 'character'
    ? (readCharacters(piece.character)[0]?.readings[0] ?? piece.character).charAt(0)
    : piece.letters.charAt(0);

function soundOf(piece: Piece): string {
  if (piece.kind === 'character') return `${piece.character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[^|]*\\|`;
  const reading = `[^|](?:[^|]*,)?${piece.letters}`;
  return piece.kind === 'syllable' ? `${reading}(?:,[^|]*)?\\|` : `${reading}[^|]*\\|`;
}
