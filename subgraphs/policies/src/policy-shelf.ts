import { dayInShanghai, type Clock, type Logger } from '@zhitong/kit';
import type { Day } from './domain/calendar-day.js';
import { factsOfPolicy } from './domain/facts-of-policy.js';
import { matchable, type MatchablePolicy } from './domain/match.js';
import { isOpen, type PolicyContent } from './domain/policy.js';
import type { PolicyVersionRecord, PolicyVersionStore } from './models/policy-version.js';

/** A published policy in the version that is shown: the one that applies today, else the newest. */
export interface ShelfPolicy {
  readonly record: PolicyVersionRecord;
  readonly content: PolicyContent;
  /** Facts that can change its outcome or amount. */
  readonly facts: readonly string[];
}

/**
 * The published policies, in memory. A city has hundreds, thousands at most, and every request needs them; the change
 * stream keeps them current within the second, in every process.
 */
export interface PolicyShelf {
  /** All published policies, by id. */
  all(): readonly ShelfPolicy[];
  byId(id: string): ShelfPolicy | null;
  /** Policies that are matched on a day: final ones whose window is open. */
  matchableOn(day: Day): readonly MatchablePolicy[];
  /** Ids of the policies that ask for one of the facts: the index from fact to policies. */
  policiesAskingFor(facts: readonly string[]): ReadonlySet<string>;
  /** Reads everything again; for the process that has just written. */
  refresh(): Promise<void>;
  /** Called after each change. */
  onChange(listener: () => void): void;
  close(): Promise<void>;
}

const RETRY_MS = 1_000;
const HOUR_MS = 3_600_000;

/** Opens the shelf and follows changes until it is closed. */
export async function openPolicyShelf({ versions, clock, logger, follow = true }: { versions: PolicyVersionStore; clock: Clock; logger: Logger; follow?: boolean }): Promise<PolicyShelf> {
  let shelf = new Map<string, ShelfPolicy>();
  let ordered: readonly ShelfPolicy[] = [];
  let published: readonly PolicyVersionRecord[] = [];
  let asking = new Map<string, Set<string>>();
  let shownOn: Day = '';
  let shownIn = -1;
  let ready = new Map<Day, readonly MatchablePolicy[]>();
  const listeners: (() => void)[] = [];
  let closed = false;
  let loading: Promise<void> | undefined;
  let again = false;
  let stopWatching: (() => Promise<void>) | undefined;
  let retry: NodeJS.Timeout | undefined;

  const arrange = (): void => {
    shownOn = dayInShanghai(clock.now());
    shelf = new Map([...byPolicy(published)].map(([id, records]) => [id, onShelf(records, shownOn)]));
    ordered = [...shelf.values()].sort((one, other) => one.content.id.localeCompare(other.content.id));
    ready = new Map();
    asking = new Map();
    for (const { policyId, content } of published) {
      for (const fact of factsOfPolicy(content)) asking.set(fact, (asking.get(fact) ?? new Set()).add(policyId));
    }
  };
  const load = async (): Promise<void> => {
    published = await versions.published();
    arrange();
    for (const listener of listeners) listener();
  };
  /** One reading at a time; a change that arrives during it causes one more. */
  const refresh = async (): Promise<void> => {
    again = loading !== undefined;
    loading ??= load().finally(() => (loading = undefined));
    await loading;
    if (again && !closed) await refresh();
  };
  const quietly = (): void => void refresh().catch((error: unknown) => logger.error({ err: error }, 'the published policies could not be read again'));
  const watch = (): void => {
    if (closed) return;
    stopWatching = versions.watch({
      changed: quietly,
      broken: (error) => {
        logger.warn({ err: error }, 'the change stream of policies broke; it is opened again');
        retry = setTimeout(() => {
          watch();
          quietly();
        }, RETRY_MS);
      },
    });
  };
  const current = (): Map<string, ShelfPolicy> => {
    // A day begins on a whole hour: asked for every enterprise and policy of a page, writing the day takes longer than matching.
    const hour = Math.floor(clock.now().getTime() / HOUR_MS);
    if (hour !== shownIn && dayInShanghai(clock.now()) !== shownOn) arrange();
    shownIn = hour;
    return shelf;
  };

  if (follow) watch();
  await refresh();
  return {
    all: () => (current(), ordered),
    byId: (id) => current().get(id) ?? null,
    matchableOn: (day) => {
      current();
      const known = ready.get(day);
      if (known !== undefined) return known;
      const policies = [...byPolicy(published).values()].flatMap((records) => {
        const applying = records.find(({ content, effective }) => content.stage === 'FINAL' && isOpen(effective, day));
        return applying === undefined ? [] : [matchable({ id: applying.policyId, version: applying.version, criteria: applying.content.criteria, benefit: applying.content.benefit }, day)];
      });
      ready.set(day, policies.sort((one, other) => one.id.localeCompare(other.id)));
      return policies;
    },
    policiesAskingFor: (facts) => new Set(facts.flatMap((fact) => [...(asking.get(fact) ?? [])])),
    refresh,
    onChange: (listener) => void listeners.push(listener),
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await stopWatching?.();
      await loading?.catch(() => undefined);
    },
  };
}

function byPolicy(records: readonly PolicyVersionRecord[]): Map<string, PolicyVersionRecord[]> {
  const grouped = new Map<string, PolicyVersionRecord[]>();
  for (const record of records) grouped.set(record.policyId, [...(grouped.get(record.policyId) ?? []), record]);
  return grouped;
}

function onShelf(records: readonly PolicyVersionRecord[], today: Day): ShelfPolicy {
  const newestFirst = records.toSorted((one, other) => other.version - one.version);
  const record = newestFirst.find(({ effective }) => isOpen(effective, today)) ?? newestFirst[0];
  if (record === undefined) throw new Error('A policy on the shelf has at least one version.');
  return { record, content: record.content, facts: factsOfPolicy(record.content) };
}
