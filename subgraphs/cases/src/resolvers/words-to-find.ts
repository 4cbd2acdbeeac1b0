import { GraphQLError } from 'graphql';
import type { Context } from '../context.js';
import { anonymised, namesBehind, type Revealing } from '../usecases/anonymised.js';

/** What a case is found by: words that common issues are made of, and those of a search. */
export interface WordsToFind {
  readonly keywords: readonly string[];
  readonly words: readonly string[];
}

export const NO_WORDS: WordsToFind = { keywords: [], words: [] };

/**
 * The words that a case is found by. An anonymous one must not be found by the name of who brought it, so its words are
 * those of the masked text; none while nobody can say what has to be masked.
 */
export async function wordsToFind(
  {
    title,
    text,
    anonymous,
    ...revealing
  }: Revealing & {
    readonly title: string;
    readonly text: string;
    readonly anonymous: boolean;
  },
  { keywords, register }: Pick<Context, 'keywords' | 'register'>,
): Promise<WordsToFind> {
  const found = (shownTitle: string, shownText: string) => ({
    keywords: keywords(shownTitle, shownText),
    words: keywords.words(`${shownTitle}\n${shownText}`),
  });
  if (!anonymous) return found(title, text);
  const behind = await namesBehind(revealing, register).catch((error: unknown) => {
    if (error instanceof GraphQLError && error.extensions['code'] === 'DEPARTMENT_UNAVAILABLE') return null;
    throw error;
  });
  return behind === null ? NO_WORDS : found(anonymised(title, behind), anonymised(text, behind));
}
