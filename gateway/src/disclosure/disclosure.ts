import { readFileSync } from 'node:fs';
import path from 'node:path';
import { systemClock, type Clock, type Logger } from '@zhitong/kit';
import type { FeedEntry } from '@zhitong/kit/feed';
import { addDays, dayInShanghai, monthOf, startOfDayInShanghai, yearOf, type LegalDay } from '@zhitong/values';
import { z } from 'zod';
import { publishedEntries } from './entries.js';

/** The operation, as it lies among the documents that are held against the graph. */
const DOCUMENT = path.resolve(import.meta.dirname, '..', '..', '..', 'docs', 'operations', 'disclosure.graphql');
const MOST_ENTRIES = 100;
/** Pages of policies that are asked for at most, of 200 each. */
const MOST_PAGES = 20;
/** A crowd of readers asks the graph once in this time; less where something is missing, which comes back soon. */
const KEPT_SECONDS = 30;
const KEPT_SECONDS_PARTIAL = 5;
const MONTHS = 3;

/** An answer of the graph to a caller without a name. */
export interface GraphAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}
export type AskAsNobody = (query: string, variables: Readonly<Record<string, unknown>>) => Promise<GraphAnswer>;

/** What the departments publish, as it was read at one moment. */
export interface Disclosure {
  /** Newest first, at most 100; `link` without the origin. */
  readonly entries: readonly FeedEntry[];
  /** The newest entry's; without one the beginning of the running year. */
  readonly updated: Date;
  /** Departments of which entries are missing, by their names in the graph, sorted. */
  readonly missing: readonly string[];
  /** Nobody answered. */
  readonly isDown: boolean;
  /** How long it may be kept. */
  readonly keptSeconds: number;
}

const connection = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z.array(z.unknown()),
});

/**
 * Reads what the departments publish through the graph, as a caller without a name sees it, and keeps it for some
 * seconds. The returned function throws Error where the graph does not run the operation.
 */
export function disclosureReader({
  ask,
  logger,
  clock = systemClock,
}: {
  ask: AskAsNobody;
  logger: Logger;
  clock?: Clock;
}): () => Promise<Disclosure> {
  const query = readFileSync(DOCUMENT, 'utf8');
  let kept: { readonly until: number; readonly disclosure: Disclosure } | undefined;
  let asking: Promise<Disclosure> | undefined;
  const read = async (): Promise<Disclosure> => {
    const now = clock.now();
    const disclosure = await readOnce({ query, ask, logger, today: dayInShanghai(now) });
    kept = { until: now.getTime() + disclosure.keptSeconds * 1000, disclosure };
    return disclosure;
  };
  return async () => {
    if (kept !== undefined && clock.now().getTime() < kept.until) return kept.disclosure;
    asking ??= read().finally(() => (asking = undefined));
    return asking;
  };
}

async function readOnce({
  query,
  ask,
  logger,
  today,
}: {
  query: string;
  ask: AskAsNobody;
  logger: Logger;
  today: LegalDay;
}): Promise<Disclosure> {
  const answers: GraphAnswer[] = [];
  const variables = periodsBefore(today);
  for (let after: string | null = null, page = 0; page < MOST_PAGES; page += 1) {
    const answer = await ask(query, { ...variables, after, further: page > 0 });
    if (answer.data === null || answer.data === undefined)
      throw new Error(`The graph does not run the disclosure: ${answer.errors?.[0]?.message ?? 'it has no data'}`);
    answers.push(answer);
    const policies = connection.safeParse(answer.data['publishedPolicies']);
    after = policies.success && policies.data.pageInfo.hasNextPage ? policies.data.pageInfo.endCursor : null;
    if (after === null) break;
  }
  const read = answers.map(({ data }) => publishedEntries(data ?? {}));
  const unreadable = read.flatMap((part) => part.unreadable);
  if (unreadable.length > 0) logger.warn({ kinds: unreadable }, 'published entries are not of the form asked for');
  const missing = [...new Set(answers.flatMap(departmentsMissing))].sort();
  const entries = read
    .flatMap((part) => part.entries)
    .sort(newestFirst)
    .slice(0, MOST_ENTRIES);
  return {
    entries,
    updated: entries[0]?.updated ?? startOfDayInShanghai(`${yearOf(today)}-01-01`),
    missing,
    isDown: missing.length > 0 && Object.values(answers[0]?.data ?? {}).every((value) => value === null),
    keptSeconds: missing.length > 0 ? KEPT_SECONDS_PARTIAL : KEPT_SECONDS,
  };
}

/** The two years and three months that were over last. */
function periodsBefore(today: LegalDay): Record<string, unknown> {
  const variables: Record<string, unknown> = { lastYear: yearOf(today) - 1, yearBefore: yearOf(today) - 2 };
  let within = monthOf(today);
  for (let month = 1; month <= MONTHS; month += 1) {
    within = monthOf(addDays(within.from, -1));
    variables[`from${month}`] = within.from;
    variables[`to${month}`] = within.to;
  }
  return variables;
}

/** Departments that did not answer, or failed; one that refuses what is not public is not missing. */
function departmentsMissing({ errors = [], extensions = {} }: GraphAnswer): string[] {
  const unavailable = z.array(z.string()).catch([]).parse(extensions['unavailable']);
  const failed = errors.flatMap(({ extensions: { subgraph, code } = {} }) =>
    typeof subgraph === 'string' && code !== 'FORBIDDEN' && code !== 'UNAUTHENTICATED' ? [subgraph] : [],
  );
  return [...unavailable, ...failed];
}

/** Of the same moment by their names, so that two readings have one order. */
const newestFirst = (one: FeedEntry, other: FeedEntry): number =>
  other.updated.getTime() - one.updated.getTime() || (one.id < other.id ? -1 : 1);
