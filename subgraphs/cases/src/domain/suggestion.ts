import type { Category } from './taxonomy.js';

/** A case that somebody has assigned: what it was assigned as, to whom, and the words that it is about. */
export interface HandledCase {
  readonly caseNumber: string;
  readonly category: Category;
  readonly lead: string;
  readonly keywords: readonly string[];
}

/** How often something was chosen among similar cases. */
export interface Counted<Key extends string> {
  readonly key: Key;
  readonly count: number;
}

/** How similar cases were handled: a proposal with what it rests on, never a decision. */
export interface HandlingSuggestion {
  readonly categories: readonly Counted<Category>[];
  readonly departments: readonly Counted<string>[];
  /** The most alike first. */
  readonly caseNumbers: readonly string[];
}

/** Two cases are alike when they share so many of their words: one word, such as 贷款, many unlike cases share. */
export const LEAST_SHARED = 2;
/** So many similar cases are looked at. */
export const MOST_SIMILAR = 10;

/**
 * What similar cases were assigned as and to whom, the most frequent first. Those that share most words come first,
 * among equals the latest: `handled` is given the latest first.
 */
export function suggestHandling(keywords: readonly string[], handled: readonly HandledCase[]): HandlingSuggestion {
  const wanted = new Set(keywords);
  const similar = handled
    .map((one) => ({ ...one, shared: one.keywords.filter((word) => wanted.has(word)).length }))
    .filter(({ shared }) => shared >= LEAST_SHARED)
    .sort((one, other) => other.shared - one.shared)
    .slice(0, MOST_SIMILAR);
  return {
    categories: counted(similar.map(({ category }) => category)),
    departments: counted(similar.map(({ lead }) => lead)),
    caseNumbers: similar.map(({ caseNumber }) => caseNumber),
  };
}

/** How often each is there, the most frequent first, equals as they come. */
function counted<Key extends string>(keys: readonly Key[]): Counted<Key>[] {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, count]) => ({ key, count })).sort((one, other) => other.count - one.count);
}
