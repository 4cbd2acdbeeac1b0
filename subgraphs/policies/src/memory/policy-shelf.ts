import type { Clock, Logger } from '@zhitong/kit';
import { LRUCache } from 'lru-cache';
import { dayInShanghai, includesDay, type LegalDay } from '@zhitong/values';
import { factsOfPolicy } from '../domain/policy/facts-of-policy.js';
import { matchable, type MatchablePolicy } from '../domain/matching/match.js';
import { NO_PARAMETERS, type Parameters } from '../domain/parameters/parameters.js';
import type { PolicyContent } from '../domain/policy/policy.js';
import type { ParameterStore } from '../models/policy-parameter.js';
import type { PolicyVersionRecord, PolicyVersionStore } from '../models/policy-version.js';

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
  /** What each policy excludes, by its final versions: a draft for comment [征求意见稿] says nothing yet. */
  exclusions(): readonly Pick<PolicyContent, 'id' | 'excludes'>[];
  readonly excludesOf: (id: string) => readonly string[];
  /** Policies that are matched on a day: final ones whose window is open. */
  matchableOn(day: LegalDay): readonly MatchablePolicy[];
  /** The same, each beside the version in which it applied. */
  applyingOn(day: LegalDay): readonly ApplyingPolicy[];
  /** A policy in the version that applied on a day; null when none did. */
  versionOn(id: string, day: LegalDay): ShelfPolicy | null;
  /**
   * Names with the year of the figures of single years for which policies of a day ask; null where none asks for such
   * figures or for what was had before.
   */
  askedBesideFacts(day: LegalDay): readonly string[] | null;
  /** The dated parameters with the values that stand, as policies are matched with them. */
  parameters(): Parameters;
  /** Ids of the policies that ask for one of the facts: the index from fact to policies. */
  policiesAskingFor(facts: readonly string[]): ReadonlySet<string>;
  /** Reads everything again; for the process that has just written. */
  refresh(): Promise<void>;
  /** Called after each change. */
  onChange(listener: () => void): void;
  close(): Promise<void>;
}

const RETRY_MS = 1_000;
/** Days for which policies are kept ready; nearly always one is asked, and anybody may ask for many earlier ones. */
const KEPT_DAYS = 16;

/** A policy ready to be matched, and what is shown of it. */
export interface ApplyingPolicy {
  readonly policy: MatchablePolicy;
  readonly shelved: ShelfPolicy;
}

/** The policies of one day. */
interface DayShelf {
  readonly matchable: readonly MatchablePolicy[];
  readonly applying: readonly ApplyingPolicy[];
  readonly byId: ReadonlyMap<string, ShelfPolicy>;
  readonly asked: readonly string[] | null;
}

/** Opens the shelf and follows changes of policies and of parameters' values until it is closed. */
export async function openPolicyShelf({
  versions,
  parameters: parameterStore,
  clock,
  logger,
  follow = true,
}: {
  versions: PolicyVersionStore;
  parameters: ParameterStore;
  clock: Clock;
  logger: Logger;
  follow?: boolean;
}): Promise<PolicyShelf> {
  let shelf = new Map<string, ShelfPolicy>();
  let ordered: readonly ShelfPolicy[] = [];
  let exclusions = new Map<string, readonly string[]>();
  let published: readonly PolicyVersionRecord[] = [];
  let parameters = NO_PARAMETERS;
  let asking = new Map<string, Set<string>>();
  let shownOn: LegalDay = '';
  const ready = new LRUCache<LegalDay, DayShelf>({ max: KEPT_DAYS });
  const listeners: (() => void)[] = [];
  let closed = false;
  let loading: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const watching = new Map<'policies' | 'parameters', { stop: () => Promise<void>; retry?: NodeJS.Timeout }>();

  const arrange = (): void => {
    shownOn = dayInShanghai(clock.now());
    shelf = new Map([...byPolicy(published)].map(([id, records]) => [id, onShelf(records, shownOn)]));
    ordered = [...shelf.values()].sort((one, other) => one.content.id.localeCompare(other.content.id));
    const final = published.filter(({ content }) => content.stage === 'FINAL');
    exclusions = new Map(
      [...byPolicy(final)].map(([id, records]) => [id, onShelf(records, shownOn).content.excludes] as const),
    );
    ready.clear();
    asking = new Map();
    for (const { policyId, content } of published) {
      for (const fact of factsOfPolicy(content)) asking.set(fact, (asking.get(fact) ?? new Set()).add(policyId));
    }
  };
  const load = async (): Promise<void> => {
    const [found, known] = await Promise.all([versions.published(), parameterStore.known()]);
    parameters = known;
    published = found.filter((version) => isUsable(version, { day: dayInShanghai(clock.now()), known, logger }));
    arrange();
    for (const listener of listeners) listener();
  };
  /** One reading at a time. Who comes during one waits for the next: that one may not have what was just written. */
  const refresh = async (): Promise<void> => {
    if (loading === undefined) {
      loading = load().finally(() => (loading = undefined));
      return loading;
    }
    next ??= loading
      .catch(() => undefined)
      .then(async () => {
        next = undefined;
        if (!closed) await refresh();
      });
    return next;
  };
  const quietly = (): void =>
    void refresh().catch((error: unknown) =>
      logger.error({ err: error }, 'the published policies could not be read again'),
    );
  const watch = (what: 'policies' | 'parameters'): void => {
    if (closed) return;
    const stop = (what === 'policies' ? versions : parameterStore).watch({
      changed: quietly,
      broken: (error) => {
        logger.warn({ err: error }, `the change stream of ${what} broke; it is opened again`);
        const retry = setTimeout(() => {
          watch(what);
          quietly();
        }, RETRY_MS);
        watching.set(what, { stop, retry });
      },
    });
    watching.set(what, { stop });
  };
  const current = (): Map<string, ShelfPolicy> => {
    if (dayInShanghai(clock.now()) !== shownOn) arrange();
    return shelf;
  };

  const shelfOn = (day: LegalDay): DayShelf => {
    current();
    const known = ready.get(day);
    if (known !== undefined) return known;
    const applying = [...byPolicy(published).values()].flatMap(
      (records) =>
        records.find(({ content, effective }) => content.stage === 'FINAL' && includesDay(effective, day)) ?? [],
    );
    const pairs = applying
      .map((record): ApplyingPolicy => {
        const { policyId, version, content } = record;
        return {
          policy: matchable({ ...content, id: policyId, version }, day, parameters),
          shelved: { record, content, facts: factsOfPolicy(content) },
        };
      })
      .sort((one, other) => one.policy.id.localeCompare(other.policy.id));
    const made: DayShelf = {
      applying: pairs,
      matchable: pairs.map(({ policy }) => policy),
      asked: pairs.some(({ policy: { asksHadOf, asksYears } }) => asksHadOf.length + asksYears.length > 0)
        ? [...new Set(pairs.flatMap(({ policy: { asksYears } }) => asksYears))]
        : null,
      byId: new Map(pairs.map(({ policy, shelved }) => [policy.id, shelved])),
    };
    ready.get(shownOn); // Used now, so that earlier days, of which anybody may ask many, do not push today out.
    ready.set(day, made);
    return made;
  };

  if (follow) {
    watch('policies');
    watch('parameters');
  }
  await refresh();
  return {
    all: () => (current(), ordered),
    byId: (id) => current().get(id) ?? null,
    exclusions: () => (current(), [...exclusions].map(([id, excludes]) => ({ id, excludes }))),
    excludesOf: (id) => (current(), exclusions.get(id) ?? []),
    matchableOn: (day) => shelfOn(day).matchable,
    applyingOn: (day) => shelfOn(day).applying,
    askedBesideFacts: (day) => shelfOn(day).asked,
    versionOn: (id, day) => shelfOn(day).byId.get(id) ?? null,
    parameters: () => parameters,
    policiesAskingFor: (facts) => new Set(facts.flatMap((fact) => [...(asking.get(fact) ?? [])])),
    refresh,
    onChange: (listener) => void listeners.push(listener),
    close: async () => {
      closed = true;
      for (const { stop, retry } of watching.values()) {
        clearTimeout(retry);
        await stop();
      }
      await (next ?? loading)?.catch(() => undefined);
    },
  };
}

/**
 * Whether a stored version can be decided on. One that cannot, as an earlier release or a hand may have left it, is
 * reported and is not on the shelf: the other policies go on.
 */
function isUsable(
  { policyId, version, content }: PolicyVersionRecord,
  { day, known, logger }: { readonly day: LegalDay; readonly known: Parameters; readonly logger: Logger },
): boolean {
  try {
    factsOfPolicy(content);
    matchable({ ...content, id: policyId, version }, day, known);
    return true;
  } catch (error) {
    logger.error({ err: error, policy: policyId, version }, 'a published policy cannot be used as it is stored');
    return false;
  }
}

function byPolicy(records: readonly PolicyVersionRecord[]): Map<string, PolicyVersionRecord[]> {
  const grouped = new Map<string, PolicyVersionRecord[]>();
  for (const record of records) grouped.set(record.policyId, [...(grouped.get(record.policyId) ?? []), record]);
  return grouped;
}

function onShelf(records: readonly PolicyVersionRecord[], today: LegalDay): ShelfPolicy {
  const newestFirst = records.toSorted((one, other) => other.version - one.version);
  const ofToday = newestFirst.filter(({ effective }) => includesDay(effective, today));
  const record = ofToday.find(({ content }) => content.stage === 'FINAL') ?? ofToday[0] ?? newestFirst[0];
  if (record === undefined) throw new Error('A policy on the shelf has at least one version.');
  return { record, content: record.content, facts: factsOfPolicy(record.content) };
}
