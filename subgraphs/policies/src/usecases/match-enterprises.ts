import { randomUUID } from 'node:crypto';
import { dayInShanghai, type Clock } from '@zhitong/kit';
import { inTransaction } from '@zhitong/kit/mongo';
import type { Connection } from 'mongoose';
import { differences, matchEnterprise, mergeMatches, NO_MATCHES, type MatchablePolicy, type StoredMatches } from '../domain/match.js';
import type { EnterpriseFactsRecord } from '../models/enterprise-facts.js';
import { NO_CHANGES, type ChangeCounts, type MatchChangesRecord, type MatchingRunRecord } from '../models/matching-run.js';
import type { PolicyShelf } from '../policy-shelf.js';
import type { Stores } from '../stores.js';

const BATCH = 500;

export interface MatchOptions {
  readonly connection: Connection;
  readonly stores: Pick<Stores, 'facts' | 'matches' | 'runs'>;
  readonly shelf: PolicyShelf;
  readonly clock: Clock;
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Matches every enterprise against every policy that applies today and stores the results with their differences. Each
 * batch is one transaction with the run's position, so a run that was killed goes on where it stopped, and two processes
 * that run at once share the work instead of doubling it.
 */
export async function matchAll(options: MatchOptions): Promise<{ readonly run: MatchingRunRecord; readonly resumed: boolean }> {
  const { stores, shelf, clock } = options;
  const referenceDate = dayInShanghai(clock.now());
  const policies = shelf.matchableOn(referenceDate);
  const begun = await stores.runs.begin({
    id: randomUUID(),
    kind: 'FULL',
    status: 'RUNNING',
    referenceDate,
    policies: policies.map(({ id, version }) => ({ id, version })),
    total: await stores.facts.count(),
    done: 0,
    lastUscc: '',
    counts: { ...NO_CHANGES },
    startedAt: clock.now(),
    finishedAt: null,
  });
  let run = begun.run;
  // Of a run that was begun before policies or the day changed the rest is matched by what applies now.
  for (let batch = await stores.facts.after(run.lastUscc, BATCH); batch.length > 0 && run.status === 'RUNNING'; batch = await stores.facts.after(run.lastUscc, BATCH)) {
    run = await matchBatch(options, { run, batch, policies, referenceDate });
    options.progress?.(run.done, run.total);
  }
  await stores.runs.finish(run.id, clock.now());
  return { run: (await stores.runs.byId(run.id)) ?? run, resumed: begun.joined };
}

/** Matches a batch and moves the run on; when another process was faster, nothing is written and its position is taken. */
async function matchBatch({ connection, stores, clock }: MatchOptions, { run, batch, policies, referenceDate }: { run: MatchingRunRecord; batch: readonly EnterpriseFactsRecord[]; policies: readonly MatchablePolicy[]; referenceDate: string }): Promise<MatchingRunRecord> {
  const to = batch.at(-1)?.uscc ?? run.lastUscc;
  await inTransaction(connection, async (session) => {
    const stored = new Map((await stores.matches.byUscc(batch.map(({ uscc }) => uscc), session)).map((record) => [record.uscc, record]));
    const fresh = batch.map((enterprise) => ({ uscc: enterprise.uscc, matches: matchEnterprise(policies, enterprise) }));
    const changes = fresh.flatMap(({ uscc, matches }) => changesOf(run.id, uscc, { before: stored.get(uscc) ?? NO_MATCHES, after: matches, at: clock.now() }));
    const counts = countChanges(changes);
    if (!(await stores.runs.advance(run.id, { from: run.lastUscc, to, done: batch.length, counts }, session))) return;
    await stores.matches.putAll(fresh.map(({ uscc, matches }) => ({ uscc, ...matches, referenceDate, runId: run.id })), session);
    await stores.runs.addChanges(changes, session);
  });
  const now = await stores.runs.byId(run.id);
  if (now === null) throw new Error(`The matching run ${run.id} is gone.`);
  return now;
}

/** Matches some enterprises again against some policies, in one transaction; results of other policies stay. */
export async function matchSome(options: MatchOptions, usccs: readonly string[], policyIds: ReadonlySet<string> | null): Promise<ChangeCounts> {
  const { connection, stores, shelf, clock } = options;
  const referenceDate = dayInShanghai(clock.now());
  const applying = shelf.matchableOn(referenceDate);
  const policies = policyIds === null ? applying : applying.filter(({ id }) => policyIds.has(id));
  const runId = `incremental-${randomUUID()}`;
  return inTransaction(connection, async (session) => {
    const held = await stores.facts.byUscc(usccs, session);
    const stored = new Map((await stores.matches.byUscc(usccs, session)).map((record) => [record.uscc, record]));
    const fresh = held.map((enterprise) => {
      const before: StoredMatches = stored.get(enterprise.uscc) ?? NO_MATCHES;
      const matched = matchEnterprise(policies, enterprise);
      return { uscc: enterprise.uscc, before, after: policyIds === null ? matched : mergeMatches(before, matched, policyIds) };
    });
    const changes = fresh.flatMap(({ uscc, before, after }) => changesOf(runId, uscc, { before, after, at: clock.now() }));
    await stores.matches.putAll(fresh.map(({ uscc, after }) => ({ uscc, eligible: after.eligible, undetermined: after.undetermined, amounts: after.amounts, referenceDate, runId })), session);
    await stores.runs.addChanges(changes, session);
    return countChanges(changes);
  });
}

function changesOf(runId: string, uscc: string, { before, after, at }: { before: StoredMatches; after: StoredMatches; at: Date }): MatchChangesRecord[] {
  const changes = differences(before, after);
  return changes.length === 0 ? [] : [{ runId, uscc, changes, at }];
}

function countChanges(changes: readonly MatchChangesRecord[]): ChangeCounts {
  const counts = { ...NO_CHANGES };
  for (const { kind } of changes.flatMap((record) => record.changes)) counts[kind] += 1;
  return counts;
}
