import { normalText } from '@zhitong/values';
import { grams, neighbours, searchedForm, syllableTerm } from './name-terms.js';
import { readCharacters, syllablesFrom, typedPinyin, type TypedPiece } from './pinyin-readings.js';

const LONGEST_OF_NAME = 5;
const MOST_WAYS = 16;
const LONGEST_GRAM = 3;
const CODE = /^\d[0-9A-Z]*$/;

/** One way to find a name: candidates by an index, and what decides of each. */
export interface SearchWay {
  /** Pairs of neighbouring characters, all of which the name has. */
  readonly pairs: readonly string[];
  /** Initials of neighbours and whole syllables, all of which the name has; empty for characters alone. */
  readonly sounds: readonly string[];
  /** Syllables of which the name has one; empty unless nothing else is known of it. */
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
  const pairs = pairsOf(pieces);
  const sounds = pieces.every(({ kind }) => kind === 'character') ? [] : soundsOf(pieces);
  const [only] = pieces;
  return {
    pairs,
    sounds,
    anySound:
      pairs.length + sounds.length === 0 && only?.kind === 'beginning'
        ? syllablesFrom(only.letters).map(syllableTerm)
        : [],
    sound: `(?:^|\\|)${pieces.map(soundOf).join('')}`,
    isDecided: pieces.length <= LONGEST_GRAM && pieces.every(({ kind }) => kind === 'initial'),
  };
}

/** Of initials the longest that are stored, which fewest names have. */
function soundsOf(pieces: readonly Piece[]): string[] {
  const ofInitials = grams(pieces.map(initialOf)).filter(
    (gram) => gram.length === Math.min(LONGEST_GRAM, pieces.length),
  );
  const syllables = pieces.flatMap((piece) => (piece.kind === 'syllable' ? [syllableTerm(piece.letters)] : []));
  return [...new Set([...ofInitials, ...syllables])];
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
