/** What a text says in words of which several mean the same, and what it says beside them. */
export interface Said {
  /** One mark for each group of words that mean the same, of which the text has one. */
  readonly marks: readonly string[];
  /** The text without those words. */
  readonly rest: string;
}

/** Finds in a text the words of which several mean the same. */
export type Synonyms = (text: string) => Said;

/** Distinguishes marks from words. */
const MARK = 'same:';

/** No words mean the same. */
export const NO_SYNONYMS: Synonyms = (text) => ({ marks: [], rest: text });

/**
 * Reads groups of words that mean the same [同义词]. Of words that lie within each other the longest counts: 稳岗返还
 * is not 稳岗 and 返还.
 * @param groups each a list of words, the full name first
 * @throws Error when a word stands in two groups, or a group has less than two words
 */
export function synonymsOf(groups: readonly (readonly string[])[]): Synonyms {
  const groupOf = new Map<string, string>();
  for (const group of groups) {
    const [name] = group;
    if (name === undefined || group.length < 2)
      throw new Error(`A group of synonyms has two words or more: ${group.join()}`);
    for (const word of group) {
      if (groupOf.has(word)) throw new Error(`${word} stands in two groups of synonyms`);
      groupOf.set(word, `${MARK}${name}`);
    }
  }
  const longestFirst = [...groupOf.keys()].sort((one, other) => other.length - one.length);
  return (text) => {
    const marks = new Set<string>();
    let rest = text.normalize('NFKC').toLowerCase();
    for (const word of longestFirst) {
      if (!rest.includes(word)) continue;
      marks.add(groupOf.get(word) ?? '');
      rest = rest.replaceAll(word, ' ');
    }
    return { marks: [...marks], rest };
  };
}
