import type { Clock } from '@zhitong/kit';
import { inTransaction } from '@zhitong/kit/mongo';
import type { NewEvent, Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import { ulid } from 'ulid';
import type { Position } from '../source-record.js';
import type { Target } from '../target.js';
import { connectorCollections, type ConnectorCollections, type RunRecord, type RunState } from './collections.js';
import { dropOldJournals } from './journal.js';
import { NO_COUNTS, refusalsJumped } from './run-counts.js';
import { refusalsJumpedEvent, runFailed } from './run-events.js';
import type { RunFailure } from './run-failure.js';
import type { RunMetrics } from './run-metrics.js';
import { ofDelivery, type RunSettings } from './run-settings.js';

interface Ending {
  readonly connection: Connection;
  readonly settings: RunSettings;
  readonly target: Pick<Target, 'name'>;
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly metrics?: RunMetrics;
}

/** Runs whose share of refused rows says what is usual. */
const USUAL_RUNS = 10;

/**
 * Stores that a run is done, with the event when it refused far more than its predecessors.
 * @param reached where the next run goes on, of a source that moves on also without a record
 */
export async function finishRun(
  { connection, clock, outbox, metrics, settings }: Ending,
  run: RunRecord,
  reached: Position | null = null,
): Promise<RunRecord> {
  const { runs, batches, sources, refusals } = connectorCollections(connection);
  const done: RunRecord = { ...run, state: 'DONE', finishedAt: clock.now(), position: reached ?? run.position };
  const before = await runs
    .find({ source: run.source, state: 'DONE' })
    .sort({ _id: -1 })
    .limit(USUAL_RUNS)
    .project<Pick<RunRecord, 'counts'>>({ counts: 1 })
    .toArray();
  const isJump = refusalsJumped(
    run.counts,
    before.map(({ counts }) => counts),
  );
  await inTransaction(connection, async (session) => {
    await runs.updateOne(
      { _id: run._id, state: 'RUNNING', batches: run.batches },
      { $set: { state: done.state, finishedAt: done.finishedAt, sweep: done.sweep, position: done.position } },
      { session },
    );
    await sources.updateOne(
      { _id: run.source, silenceToldAt: { $ne: null } },
      { $set: { silenceToldAt: null } },
      { session },
    );
    // A source that was read whole was judged whole: older refusals without a key were of rows that are gone or were
    // judged again.
    if (!settings.isIncremental && settings.isByHand !== true)
      await refusals.updateMany(
        { source: run.source, key: null, state: 'OPEN', run: { $ne: run._id } },
        { $set: { state: 'REPEATED', settledBy: run._id } },
        { session },
      );
    await append(outbox, isJump ? [refusalsJumpedEvent(done)] : [], session);
  });
  // Pages of keys serve a run that goes on.
  await batches.deleteMany({ run: run._id, kind: 'KEYS' });
  await dropOldJournals(connection, clock.now());
  metrics?.succeeded(run.source, done.finishedAt ?? clock.now());
  return done;
}

/** Stores that a run was broken off. What it stored stands, and the next run goes on there. */
export async function failRun(
  { connection, clock, outbox }: Ending,
  run: RunRecord,
  { state, why }: { readonly state: Extract<RunState, 'FAILED' | 'STOPPED'>; readonly why: RunFailure },
): Promise<RunRecord> {
  const { runs } = connectorCollections(connection);
  const failed: RunRecord = { ...run, state, failure: why.chinese, why, finishedAt: clock.now() };
  return inTransaction(connection, async (session) => {
    const stored = await runs.findOneAndUpdate(
      { _id: run._id, state: 'RUNNING' },
      { $set: { state, failure: failed.failure, why, finishedAt: failed.finishedAt } },
      { session, returnDocument: 'after' },
    );
    if (stored !== null && state === 'FAILED') await append(outbox, [runFailed(failed)], session);
    return stored ?? failed;
  });
}

/**
 * Stores that a source could not be read when its run was due, with the event; the source need not be open for it.
 */
export async function noteUnreadable(ending: Ending, why: RunFailure): Promise<RunRecord> {
  return refuseRun(ending, connectorCollections(ending.connection), why);
}

/** Stores a run that was not begun, because its source is not what it should be. */
export async function refuseRun(
  { connection, clock, outbox, settings, target }: Ending,
  { runs }: ConnectorCollections,
  why: RunFailure,
  begun?: RunRecord,
): Promise<RunRecord> {
  const now = clock.now();
  const refused: RunRecord = {
    ...(begun ?? emptyRun(settings, target.name, now)),
    // A run that was broken off keeps its record, and is gone on with when the source is right again.
    ...(begun !== undefined && begun.resumed > 0
      ? { ...emptyRun(settings, target.name, now), drift: begun.drift }
      : {}),
    state: 'REFUSED',
    failure: why.chinese,
    why,
    finishedAt: now,
  };
  await inTransaction(connection, async (session) => {
    await runs.insertOne(refused, { session });
    await append(outbox, [runFailed(refused)], session);
  });
  return refused;
}

function emptyRun(settings: RunSettings, target: string, now: Date): RunRecord {
  const { source, department, mappingDigest } = settings;
  return {
    _id: ulid(now.getTime()),
    source,
    target,
    department,
    mappingDigest,
    digest: null,
    state: 'REFUSED',
    startedAt: now,
    finishedAt: now,
    resumed: 0,
    counts: NO_COUNTS,
    conflicts: 0,
    refusedWithoutKey: 0,
    refusalsKept: 0,
    startPosition: null,
    position: null,
    batches: 0,
    rejectBytes: 0,
    notes: [],
    columns: {},
    drift: null,
    failure: null,
    sweep: null,
    undoing: null,
    ...ofDelivery(settings),
  };
}

async function append(
  outbox: Pick<Outbox, 'append'>,
  events: readonly NewEvent[],
  session: Parameters<Outbox['append']>[1]['session'],
): Promise<void> {
  if (events.length > 0) await outbox.append(events, { session });
}
