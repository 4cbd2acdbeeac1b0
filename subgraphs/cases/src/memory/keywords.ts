import { readFileSync } from 'node:fs';
import { add_word, cut_for_search, tag } from 'jieba-wasm';
import { comparableText } from '@zhitong/values';
import { z } from 'zod';

/** Keywords kept per case. */
const MOST_KEYWORDS = 8;
/** Higher than any word of the built-in dictionary, so that a term of the field is never cut in pieces. */
const TERM_FREQUENCY = 10_000_000;

const dictionarySchema = z.object({ words: z.array(z.string()), stopWords: z.array(z.string()) });

/** Words by which a case is found, at most so many. */
const MOST_WORDS = 60;

/** Takes the keywords out of a case's text. */
export interface KeywordExtractor {
  (title: string, text: string): string[];
  /** Words that a text is found by: Chinese ones of two characters or more, letters and digits, in lower case. */
  readonly words: (text: string) => string[];
}

/**
 * Chinese keywords by the tokenizer jieba with the terms of our field: nouns and verbs of two characters or more, those
 * of the title first, at most 8. Names nobody: it only chooses among words of the text. No model, no download.
 */
export function keywordExtractor(): KeywordExtractor {
  const { words, stopWords } = dictionarySchema.parse(
    JSON.parse(readFileSync(new URL('../../data/keyword-dictionary.json', import.meta.url), 'utf8')),
  );
  const terms = new Set(words);
  const ignored = new Set(stopWords);
  for (const word of words) add_word(word, TERM_FREQUENCY, 'n');
  const keywords = (title: string, text: string): string[] => {
    const counts = new Map<string, number>();
    for (const [part, weight] of [
      [title, 3],
      [text, 1],
    ] as const) {
      for (const { word, tag: kind } of tag(part, true)) {
        if (!/^\p{Script=Han}{2,}$/u.test(word) || ignored.has(word) || !isTelling(word, kind, terms)) continue;
        counts.set(word, (counts.get(word) ?? 0) + (terms.has(word) ? 2 * weight : weight));
      }
    }
    return [...counts]
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST_KEYWORDS)
      .map(([word]) => word);
  };
  return Object.assign(keywords, { words: wordsOf });
}

const wordsOf = (text: string): string[] =>
  [...new Set(cut_for_search(comparableText(text).normal.toLowerCase(), true))]
    .filter((word) => /^(?:\p{Script=Han}{2,}|[a-z\d]{2,})$/u.test(word))
    .slice(0, MOST_WORDS);

/** Common nouns and verbal nouns say what a case is about; names of people and places (nr, ns, nt) do not. */
const isTelling = (word: string, kind: string, terms: ReadonlySet<string>): boolean =>
  terms.has(word) || kind === 'n' || kind === 'vn' || kind === 'nz' || kind === 'l';
