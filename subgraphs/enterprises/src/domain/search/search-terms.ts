import { normalText } from '@zhitong/values';
import { neighbours, searchedForm } from './name-terms.js';
import { readCharacters, typedPinyin, type TypedPiece } from './pinyin-readings.js';

const LONGEST_INITIALS = 12;
const LONGEST_OF_NAME = 5;
const MOST_WAYS = 16;
const CODE = /^\d[0-9A-Z]*$/;

/** One way to find a name: candidates by an index, and what decides of each; null where the index decides alone. */
export interface SearchWay {
  /** Pairs of neighbouring characters, all of which the name has. */
  readonly pairs: readonly string[];
  /** How one of the name's lists of initials begins. */
  readonly initials: string | null;
  /** A regular expression over `NameTerms.sound`. */
  readonly sound: string | null;
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
  const initials = pieces.map(initialOf).join('').slice(0, LONGEST_INITIALS);
  const isDecided = pieces.length <= LONGEST_INITIALS && pieces.every(({ kind }) => kind === 'initial');
  return {
    pairs,
    initials: pairs.length > 0 ? null : initials,
    sound: isDecided ? null : `(?:^|\\|)${pieces.map(soundOf).join('')}`,
  };
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
