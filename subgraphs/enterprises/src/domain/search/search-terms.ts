import { normalText } from '@zhitong/values';
import { grams, joinedTerm, neighbours, searchedForm, syllableTerm } from './name-terms.js';
import { readCharacters, syllablesFrom, typedPinyin, type TypedPiece } from './pinyin-readings.js';

const LONGEST_OF_NAME = 5;
const MOST_WAYS = 16;
const LONGEST_GRAM = 3;
const CODE = /^\d[0-9A-Z]*$/;

/** One way to find a name: candidates by an index, and what decides of each. */
export interface SearchWay {
  /** Pairs of neighbouring characters, all of which the name has. */
  readonly pairs: readonly string[];
  /** Initials of neighbours, syllables and two of them side by side, all of which the name has; none for characters. */
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
  const sounds = pieces.every(({ kind }) => kind === 'character') ? [] : soundsOf(pieces);
  const areInitials = pieces.length <= LONGEST_GRAM && pieces.every(({ kind }) => kind === 'initial');
  const areJoined = pieces.length === 2 && pieces.every(({ kind }) => kind === 'syllable');
  return {
    pairs: pairsOf(pieces),
    sounds,
    anySound: endingsOf(pieces),
    sound: `(?:^|\\|)${pieces.map(soundOf).join('')}`,
    isDecided: areInitials || areJoined,
  };
}

/** Syllables, beside a neighbour where that is known; where something is not, the longest initials that are stored. */
function soundsOf(pieces: readonly Piece[]): string[] {
  const joined = pieces.map((piece, place) => joinedWith(pieces[place - 1], piece));
  const single = pieces.flatMap((piece, place) =>
    piece.kind === 'syllable' && joined[place] === undefined && joined[place + 1] === undefined
      ? [syllableTerm(piece.letters)]
      : [],
  );
  const areKnown = pieces.slice(0, -1).every((piece) => readingOf(piece) !== undefined);
  const isEndKnown = endingsOf(pieces).length > 0 || pieces.slice(-1).every((piece) => readingOf(piece) !== undefined);
  const ofInitials =
    areKnown && isEndKnown
      ? []
      : grams(pieces.map(initialOf)).filter((gram) => gram.length === Math.min(LONGEST_GRAM, pieces.length));
  return [...new Set([...ofInitials, ...single, ...joined.flatMap((term) => term ?? [])])];
}

/** How a whole piece is read; undefined for an initial, a beginning, and what cannot be read. */
function readingOf(piece: Piece): string | undefined {
  if (piece.kind === 'syllable') return piece.letters;
  return piece.kind === 'character' ? readCharacters(piece.character)[0]?.readings[0] : undefined;
}

/** The term of two neighbours that are known whole, one of them by its sound alone. */
function joinedWith(before: Piece | undefined, piece: Piece): string | undefined {
  if (before === undefined || (before.kind === 'character' && piece.kind === 'character')) return undefined;
  const [first, second] = [readingOf(before), readingOf(piece)];
  return first === undefined || second === undefined ? undefined : joinedTerm(first, second);
}

/** What the last piece, typed in part, may be: a syllable, or one beside the piece before it. */
function endingsOf(pieces: readonly Piece[]): string[] {
  const [before, last] = [pieces.at(-2), pieces.at(-1)];
  if (last === undefined || last.kind === 'character' || last.kind === 'syllable') return [];
  if (before === undefined) return last.kind === 'beginning' ? syllablesFrom(last.letters).map(syllableTerm) : [];
  const first = readingOf(before);
  if (first === undefined) return [];
  // A single letter may be one that stands in the name.
  const ends = last.kind === 'initial' ? [last.letters] : [];
  return [...new Set([...ends, ...syllablesFrom(last.letters)])].map((end) => joinedTerm(first, end));
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
