import { NO_SYNONYMS, type Synonyms } from './synonyms.js';

/** A text of a thing that can be found, and how much a hit in it counts. */
export interface SearchField {
  readonly text: string;
  readonly weight: number;
}

export interface SearchDocument {
  readonly id: string;
  readonly fields: readonly SearchField[];
}

export interface SearchHit {
  readonly id: string;
  readonly score: number;
}

/** Cuts a text into words. */
export type Cut = (text: string) => readonly string[];

/** Finds documents by words, best first. */
export type SearchIndex = (text: string) => readonly SearchHit[];

/** Of the words that are looked for at least this share must be found. */
const NEEDED_SHARE = 0.5;
const SIGNS_ONLY = /^[\p{P}\p{S}\p{Z}\s]*$/u;
/** Words that stand in every question and mean nothing for the search. */
const EMPTY_WORDS = new Set([
  '的',
  '了',
  '和',
  '与',
  '及',
  '我',
  '想',
  '要',
  '有',
  '什么',
  '哪些',
  '怎么',
  '可以',
  '请问',
  '政策',
  '企业',
  '公司',
]);

/** The words of a text that are worth looking for, each once, in small letters. */
export function wordsOf(text: string, cut: Cut): string[] {
  const words = cut(text.normalize('NFKC').toLowerCase())
    .map((word) => word.trim())
    .filter((word) => !SIGNS_ONLY.test(word));
  const telling = words.filter((word) => !EMPTY_WORDS.has(word));
  return [...new Set(telling.length > 0 ? telling : words)];
}

const HAN_RUN = /\p{Script=Han}{2,}/gu;
/** Marks pairs of characters, so that they are distinguished from words. */
const PAIR = 'pair:';

/** Neighbouring Chinese characters of a text, for what no dictionary knows. */
function pairsOf(text: string): string[] {
  const pairs = [...text.normalize('NFKC').matchAll(HAN_RUN)].flatMap(([run]) => {
    const characters = [...run];
    return characters.slice(1).map((character, index) => `${PAIR}${characters[index] ?? ''}${character}`);
  });
  return [...new Set(pairs)];
}

/** What a document is found by: its words, pairs of characters, and marks of words that mean the same. */
const findableIn = (text: string, cut: Cut, synonyms: Synonyms): string[] => [
  ...wordsOf(text, cut),
  ...pairsOf(text),
  ...synonyms(text).marks,
];

/**
 * What is looked for in documents that are found by `has`: for words of which several mean the same their mark, where a
 * document has it; for others the word, or else its pairs of characters.
 */
function lookedFor(text: string, cut: Cut, synonyms: Synonyms, has: (word: string) => boolean): string[] {
  const said = synonyms(text);
  const known = said.marks.filter(has);
  const left = known.length === said.marks.length ? said.rest : text;
  const words = wordsOf(left, cut).flatMap((word) =>
    has(word) || pairsOf(word).length === 0 ? [word] : pairsOf(word),
  );
  return [...known, ...words];
}

/**
 * Builds an index over documents. A word counts the more the rarer it is (inverse document frequency) and the weightier
 * the field is; documents with more of the words come first, then those with the higher score, then by id. A Chinese
 * word that stands in no document as such is looked for by its pairs of characters. Words that mean the same are one.
 */
export function searchIndex(
  documents: readonly SearchDocument[],
  cut: Cut,
  synonyms: Synonyms = NO_SYNONYMS,
): SearchIndex {
  const postings = new Map<string, Map<string, number>>();
  for (const { id, fields } of documents) {
    for (const { text, weight } of fields) {
      for (const word of findableIn(text, cut, synonyms)) {
        const found = postings.get(word) ?? new Map<string, number>();
        postings.set(word, found.set(id, Math.max(found.get(id) ?? 0, weight)));
      }
    }
  }
  return (text) => {
    const words = lookedFor(text, cut, synonyms, (word) => postings.has(word));
    const hits = new Map<string, { words: number; score: number }>();
    for (const word of words) {
      const found = postings.get(word);
      if (found === undefined) continue;
      const rarity = Math.log(1 + documents.length / found.size);
      for (const [id, weight] of found) {
        const hit = hits.get(id) ?? { words: 0, score: 0 };
        hits.set(id, { words: hit.words + 1, score: hit.score + weight * rarity });
      }
    }
    return [...hits]
      .filter(([, hit]) => hit.words >= words.length * NEEDED_SHARE)
      .map(([id, hit]) => ({ id, score: Math.round((hit.words * 1_000 + hit.score) * 1_000) / 1_000 }))
      .sort((one, other) => other.score - one.score || one.id.localeCompare(other.id));
  };
}

/** Makes a test of one document: does it hold all the words that a text looks for, not only most of them? */
export function wordsTest(
  { fields }: Pick<SearchDocument, 'fields'>,
  cut: Cut,
  synonyms: Synonyms = NO_SYNONYMS,
): (text: string) => boolean {
  const held = new Set(fields.flatMap(({ text }) => findableIn(text, cut, synonyms)));
  return (text) => {
    const words = lookedFor(text, cut, synonyms, (word) => held.has(word));
    return words.length > 0 && words.every((word) => held.has(word));
  };
}
