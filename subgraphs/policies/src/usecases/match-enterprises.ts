import { randomUUID } from 'node:crypto';
import type { Clock } from '@zhitong/kit';
import { inTransaction } from '@zhitong/kit/mongo';
import { dayInShanghai } from '@zhitong/values';
import type { Connection } from 'mongoose';
import { factsDeciding } from '../domain/policy/facts-of-policy.js';
import type { StandingBenefit } from '../domain/grant/held-benefit.js';
import { matchColumns } from '../domain/matching/match-bulk.js';
import {
  differences,
  matchEnterprise,
  mergeMatches,
  NO_MATCHES,
  type MatchablePolicy,
  type MatchChange,
  type StoredMatches,
} from '../domain/matching/match.js';
import { factsIn } from '../models/enterprise-facts.js';
import type { EnterpriseFactsRecord } from '../models/facts-as-stored.js';
import { askedColumns, askedOf, yearsAskedBy } from './facts/asked-facts.js';
import { hadBefore } from './grants/had-under.js';
import { asksOfGrants } from './grants/held-on.js';
import { afterRematch, matchedAs, policiesToRematch } from '../domain/matching/rematch.js';
import type { EnterpriseMatchesRecord } from '../models/enterprise-matches.js';
import {
  NO_CHANGES,
  type ChangeCounts,
  type MatchChangesRecord,
  type MatchingRunRecord,
} from '../models/matching-run.js';
import type { PolicyShelf } from '../memory/policy-shelf.js';
import type { ReadingProgress } from './facts/reading-progress.js';
import type { Stores } from '../stores.js';

const BATCH = 500;
const NOBODY: ReadonlyMap<string, readonly StandingBenefit[]> = new Map();

export interface MatchOptions {
  readonly connection: Connection;
  readonly stores: Pick<Stores, 'facts' | 'matches' | 'runs' | 'matchState' | 'grants'>;
  readonly shelf: PolicyShelf;
  readonly clock: Clock;
  readonly progress?: (done: number, total: number) => void;
  /**
   * A reading under way that is followed: an enterprise is matched as soon as it is read, and none that is registered
   * no longer.
   */
  readonly reading?: ReadingProgress | undefined;
}

export interface MatchOutcome {
  readonly run: MatchingRunRecord;
  /** It went on with, or shared, a run that had been begun before. */
  readonly resumed: boolean;
}

/**
 * Matches every enterprise against every policy that applies today and stores the results with their differences. Each
 * batch is one transaction with the run's position, so a run that was killed goes on where it stopped, and two
 * processes that run at once share the work instead of doubling it.
 */
export async function matchAll(options: MatchOptions): Promise<MatchOutcome> {
  const referenceDate = dayInShanghai(options.clock.now());
  const outcome = await matchCity(options, null);
  await options.stores.matchState.setMatched({
    policies: outcome.run.policies,
    referenceDate: outcome.resumed ? outcome.run.referenceDate : referenceDate,
  });
  return outcome;
}

/**
 * Matches every enterprise against the policies whose stored results are out of date: published, changed or ended
 * since, or moved by the day. Null when all results are current, and while there has been no full run to start from.
 */
export async function matchChangedPolicies(options: MatchOptions): Promise<MatchOutcome | null> {
  const { stores, shelf, clock } = options;
  const matched = await stores.matchState.matched();
  if (matched === null) return null;
  const today = dayInShanghai(clock.now());
  const applying = shelf.matchableOn(today);
  const policyIds = new Set(policiesToRematch(matched, applying, today));
  if (policyIds.size === 0) return null;
  let outcome = await matchCity(options, policyIds);
  // A run that was interrupted may have been for fewer policies: it is finished first.
  if (outcome.resumed) outcome = await matchCity(options, policyIds);
  await stores.matchState.setMatched(afterRematch(matched, policyIds, applying, today));
  return outcome;
}

async function matchCity(options: MatchOptions, policyIds: ReadonlySet<string> | null): Promise<MatchOutcome> {
  const { stores, shelf, clock, reading } = options;
  await reading?.has(1);
  const referenceDate = dayInShanghai(clock.now());
  const applying = shelf.matchableOn(referenceDate);
  const covered =
    policyIds === null
      ? applying.map(matchedAs)
      : [...policyIds].map((id) => ({ id, version: applying.find((policy) => policy.id === id)?.version ?? 0 }));
  const begun = await stores.runs.begin({
    id: randomUUID(),
    kind: policyIds === null ? 'FULL' : 'INCREMENTAL',
    status: 'RUNNING',
    referenceDate,
    policies: covered,
    total: reading?.total ?? (await stores.facts.count()),
    done: 0,
    lastUscc: '',
    counts: { ...NO_CHANGES },
    startedAt: clock.now(),
    finishedAt: null,
  });
  let run = begun.run;
  const ids = policyIds === null ? null : new Set(run.policies.map(({ id }) => id));
  const policies = ids === null ? applying : applying.filter(({ id }) => ids.has(id));
  const asked = new Set([...policies.flatMap(factsDeciding), ...yearsAskedBy(policies)]);
  let matched = 0;
  for (let more = run.status === 'RUNNING'; more;) {
    // Whole batches, while the reading goes on.
    await reading?.has(matched + BATCH);
    const read = reading?.enterprises ?? 0;
    const batch = await matchBatch(options, { run, asked, policies, ids, referenceDate });
    run = batch.run;
    matched += batch.matched;
    more = run.status === 'RUNNING' && (batch.matched > 0 || (await reading?.has(read + 1)) === true);
    if (batch.matched > 0) options.progress?.(run.done, run.total);
  }
  await stores.runs.finish(run.id, clock.now());
  return { run: (await stores.runs.byId(run.id)) ?? run, resumed: begun.joined };
}

interface Batch {
  readonly run: MatchingRunRecord;
  /** The facts that the policies ask for. */
  readonly asked: ReadonlySet<string>;
  readonly policies: readonly MatchablePolicy[];
  /** Policies whose results are replaced; null: all. */
  readonly ids: ReadonlySet<string> | null;
  readonly referenceDate: string;
}

/**
 * Matches the enterprises behind the run's position and moves the run on; when another process was faster, nothing is
 * written and its position is taken. Answers the run as it is then, and how many enterprises lay behind the position.
 */
async function matchBatch(
  { connection, stores, shelf, clock, reading }: MatchOptions,
  { run, asked, policies, ids, referenceDate }: Batch,
): Promise<{ run: MatchingRunRecord; matched: number }> {
  const { moved, matched } = await inTransaction(connection, async (session) => {
    // Facts are read in the transaction: if the results change meanwhile, the write below conflicts and the batch is
    // done again.
    const { usccs, columns } = await stores.facts.columnsAfter(
      run.lastUscc,
      { limit: BATCH, facts: asked, seenIn: reading?.readingId },
      session,
    );
    const to = usccs.at(-1);
    if (to === undefined) return { moved: null, matched: 0 };
    const held = asksOfGrants(policies) ? await stores.grants.heldIn(usccs, session) : NOBODY;
    (await askedColumns(stores, { usccs, policies, held }, session))?.putInto(columns);
    const stored = new Map((await stores.matches.byUscc(usccs, session)).map((record) => [record.uscc, record]));
    const had = hadBefore(shelf, { held, policies, day: referenceDate });
    const results = matchColumns(policies, columns, (id, row) => had(id, usccs[row] ?? '')).map((matches, row) =>
      resultOf(usccs[row] ?? '', stored.get(usccs[row] ?? ''), matches, ids),
    );
    const changes = results.flatMap((result) => changesOf(run.id, result, clock.now()));
    const advanced = await stores.runs.advance(
      run.id,
      { from: run.lastUscc, to, done: usccs.length, counts: countChanges(changes) },
      session,
    );
    if (advanced !== null) {
      // What stands as it did, and for this day already, is not touched: a change of its facts meanwhile matches it by
      // itself.
      const touched = results.filter(
        (result) => !isUnchanged(result) || result.before?.referenceDate !== referenceDate,
      );
      await writeResults(stores, touched, { referenceDate, runId: run.id }, session);
      await stores.runs.addChanges(changes, session);
    }
    return { moved: advanced, matched: usccs.length };
  });
  const now = moved ?? (await stores.runs.byId(run.id));
  if (now === null) throw new Error(`The matching run ${run.id} is gone.`);
  return { run: now, matched };
}

/**
 * Matches some enterprises again against some policies, in one transaction; results of other policies stay.
 * @param fresh facts of theirs that are stored in the same transaction, so that no results stay behind what is known.
 */
export async function matchSome(
  options: MatchOptions,
  usccs: readonly string[],
  policyIds: ReadonlySet<string> | null,
  fresh: readonly EnterpriseFactsRecord[] = [],
): Promise<ChangeCounts> {
  const { connection, stores, shelf, clock } = options;
  const referenceDate = dayInShanghai(clock.now());
  const applying = shelf.matchableOn(referenceDate);
  const policies = policyIds === null ? applying : applying.filter(({ id }) => policyIds.has(id));
  const runId = `facts-${randomUUID()}`;
  return inTransaction(connection, async (session) => {
    await stores.facts.putAll(fresh, session);
    const known = await stores.facts.byUscc(usccs, session);
    const held = asksOfGrants(policies) ? await stores.grants.heldIn(usccs, session) : NOBODY;
    const stored = new Map((await stores.matches.byUscc(usccs, session)).map((record) => [record.uscc, record]));
    const had = hadBefore(shelf, { held, policies, day: referenceDate });
    const results = known.map((enterprise) => {
      const { uscc } = enterprise;
      const withAsked = askedOf(policies, held.get(uscc) ?? []);
      const facts = withAsked === null ? enterprise : withAsked(uscc, factsIn(enterprise));
      return resultOf(
        uscc,
        stored.get(uscc),
        matchEnterprise(policies, facts, (id) => had(id, uscc)),
        policyIds,
      );
    });
    const changes = results.flatMap((result) => changesOf(runId, result, clock.now()));
    await writeResults(stores, results, { referenceDate, runId }, session);
    await stores.runs.addChanges(changes, session);
    return countChanges(changes);
  });
}

interface Result {
  readonly uscc: string;
  /** Null when the enterprise is matched for the first time. */
  readonly before: EnterpriseMatchesRecord | null;
  readonly after: StoredMatches;
  readonly changes: readonly MatchChange[];
}

function resultOf(
  uscc: string,
  stored: EnterpriseMatchesRecord | undefined,
  matched: StoredMatches,
  ids: ReadonlySet<string> | null,
): Result {
  const after = ids === null ? matched : mergeMatches(stored ?? NO_MATCHES, matched, ids);
  return { uscc, before: stored ?? null, after, changes: differences(stored ?? NO_MATCHES, after) };
}

/** Writes what is new; of results that are as before only the run and the day. */
async function writeResults(
  { matches }: Pick<Stores, 'matches'>,
  results: readonly Result[],
  mark: Mark,
  session: Parameters<Stores['matches']['putAll']>[1],
): Promise<void> {
  const same = new Set(results.filter(isUnchanged).map(({ uscc }) => uscc));
  await matches.markSame([...same], mark, session);
  await matches.putAll(
    results
      .filter(({ uscc }) => !same.has(uscc))
      .map(({ uscc, after }) => ({
        uscc,
        eligible: after.eligible,
        undetermined: after.undetermined,
        amounts: after.amounts,
        ...(after.struckOff === undefined ? {} : { struckOff: after.struckOff }),
        ...mark,
      })),
    session,
  );
}

interface Mark {
  readonly referenceDate: string;
  readonly runId: string;
}

const isUnchanged = ({ before, after, changes }: Result): boolean =>
  before !== null &&
  before.isFaulty !== true &&
  changes.length === 0 &&
  before.undetermined.length === after.undetermined.length &&
  before.struckOff?.join() === after.struckOff?.join();

/** What an enterprise that was matched before is told of; in its first matching everything is new, and no news. */
const changesOf = (runId: string, { uscc, before, changes }: Result, at: Date): MatchChangesRecord[] => {
  if (changes.length === 0) return [];
  const isNews =
    before !== null && changes.some(({ kind }) => kind === 'NEWLY_ELIGIBLE' || kind === 'NO_LONGER_ELIGIBLE');
  return [{ runId, uscc, changes, at, ...(isNews ? { untold: true } : {}) }];
};

function countChanges(records: readonly MatchChangesRecord[]): ChangeCounts {
  const counts = { ...NO_CHANGES };
  for (const { changes } of records) for (const { kind } of changes) counts[kind] += 1;
  return counts;
}
