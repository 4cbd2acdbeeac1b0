import type { LegalDay } from '@zhitong/values';
import type { Category } from './taxonomy.js';

/** What the clustering looks at: no text, only the keywords that were taken from it at intake. */
export interface IssueCase {
  readonly caseNumber: string;
  readonly category: Category;
  readonly region: string;
  readonly industry: string | null;
  readonly receivedOn: LegalDay;
  /** Distinguishes enterprises; never shown. */
  readonly complainant: string;
  readonly keywords: readonly string[];
}

export interface IssueCluster {
  readonly category: Category;
  /** The words that every case of the cluster holds: the explanation of why they stand together. */
  readonly words: readonly [string, string];
  readonly caseNumbers: readonly string[];
  readonly enterprises: number;
  readonly regions: readonly Share[];
  readonly industries: readonly Share[];
  /** Cases with the same category and words in the period before. */
  readonly casesBefore: number;
}

export interface Share {
  readonly key: string;
  readonly count: number;
}

/** A problem is common when at least this many enterprises have it. */
export const LEAST_ENTERPRISES = 3;

/**
 * Finds common issues (共性问题). Within a category, the pair of words that the most enterprises share makes a cluster of
 * the cases that hold both; those cases are taken out and the search goes on until no pair is shared by three
 * enterprises. Each case is in one cluster at most, ties go to the alphabetically first pair: the same cases always
 * give the same clusters, and anyone can check one by searching for its two words.
 */
export function commonIssues(cases: readonly IssueCase[], before: readonly IssueCase[], limit: number): IssueCluster[] {
  const categories = [...new Set(cases.map((one) => one.category))].sort();
  return categories
    .flatMap((category) =>
      clustersOf(
        category,
        cases.filter((one) => one.category === category),
        before.filter((one) => one.category === category),
      ),
    )
    .sort(
      (a, b) =>
        b.enterprises - a.enterprises ||
        b.caseNumbers.length - a.caseNumbers.length ||
        compare(a.words.join(), b.words.join()),
    )
    .slice(0, limit);
}

function clustersOf(category: Category, cases: readonly IssueCase[], before: readonly IssueCase[]): IssueCluster[] {
  const byPair = new Map<string, IssueCase[]>();
  for (const one of cases) {
    for (const pair of wordPairs(one.keywords)) {
      const list = byPair.get(pair);
      if (list) list.push(one);
      else byPair.set(pair, [one]);
    }
  }
  const clusters: IssueCluster[] = [];
  const taken = new Set<string>();
  for (;;) {
    let best: { pair: string; members: IssueCase[]; enterprises: number } | null = null;
    for (const [pair, list] of byPair) {
      const members = list.filter((one) => !taken.has(one.caseNumber));
      const enterprises = new Set(members.map((one) => one.complainant)).size;
      if (enterprises < LEAST_ENTERPRISES) byPair.delete(pair);
      else {
        byPair.set(pair, members);
        if (
          !best ||
          enterprises > best.enterprises ||
          (enterprises === best.enterprises && isBetter(pair, members, best))
        )
          best = { pair, members, enterprises };
      }
    }
    if (!best) return clusters;
    const words = splitPair(best.pair);
    for (const member of best.members) taken.add(member.caseNumber);
    clusters.push({
      category,
      words,
      caseNumbers: best.members.map((one) => one.caseNumber).sort(),
      enterprises: best.enterprises,
      regions: shares(best.members.map((one) => one.region)),
      industries: shares(best.members.flatMap((one) => (one.industry === null ? [] : [one.industry]))),
      casesBefore: before.filter((one) => words.every((word) => one.keywords.includes(word))).length,
    });
  }
}

const isBetter = (
  pair: string,
  members: readonly IssueCase[],
  best: { pair: string; members: readonly IssueCase[] },
): boolean => members.length > best.members.length || (members.length === best.members.length && pair < best.pair);

const SEPARATOR = '\u0000';

function wordPairs(keywords: readonly string[]): string[] {
  const words = [...new Set(keywords)].sort();
  return words.flatMap((word, index) => words.slice(index + 1).map((other) => `${word}${SEPARATOR}${other}`));
}

function splitPair(pair: string): readonly [string, string] {
  const [first = '', second = ''] = pair.split(SEPARATOR);
  return [first, second];
}

function shares(keys: readonly string[]): Share[] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, count]) => ({ key, count })).sort((a, b) => b.count - a.count || compare(a.key, b.key));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** How much a cluster has grown against the period before: "new", or the change as a ratio of whole numbers. */
export const growth = (
  cluster: Pick<IssueCluster, 'caseNumbers' | 'casesBefore'>,
): { readonly isNew: boolean; readonly change: number } => ({
  isNew: cluster.casesBefore === 0,
  change: cluster.caseNumbers.length - cluster.casesBefore,
});
