import type { ClientSession, Connection } from 'mongoose';
import { ulid } from 'ulid';
import type { OpenSource, Position, RecordSource } from '../source-record.js';
import { SourceRefused } from '../source-record.js';
import { UNDO_DAYS } from '../mapping/mapping.js';
import { connectorCollections, type ConnectorCollections, type RunRecord, type SourceState } from './collections.js';
import type { OtherSource } from './precedence.js';
import { NO_COUNTS } from './run-counts.js';
import { ofDelivery, type RunSettings } from './run-settings.js';
import { SeenKeys } from './rows/seen-keys.js';

/** Enters a source, or what has changed of its settings. Nothing is written where nothing has changed. */
export async function registerSource(
  { sources }: ConnectorCollections,
  {
    source,
    department,
    precedence,
    keeper,
    schedule,
    silentAfterHours,
    undoDays = UNDO_DAYS,
    personalColumns: personal,
  }: RunSettings,
  { target, now }: { readonly target: string; readonly now: Date },
): Promise<void> {
  const personalColumns = [...personal];
  const settings = { target, department, precedence, keeper, schedule, silentAfterHours, undoDays, personalColumns };
  const known = await sources.findOne({ _id: source, ...settings });
  if (known === null)
    await sources.updateOne(
      { _id: source },
      { $set: settings, $setOnInsert: { registeredAt: now, silenceToldAt: null } },
      { upsert: true },
    );
}

/**
 * Enters the sources that the department's process looks after. Others, whose mapping is gone or that are run by hand,
 * have no next run.
 */
export async function enterSources(
  connection: Connection,
  entered: readonly { readonly settings: RunSettings; readonly target: string }[],
  now: Date,
): Promise<void> {
  const collections = connectorCollections(connection);
  for (const { settings, target } of entered) await registerSource(collections, settings, { target, now });
  const own = entered.map(({ settings }) => settings.source);
  await collections.sources.updateMany({ _id: { $in: own } }, { $set: { isScheduled: true } });
  await collections.sources.updateMany({ _id: { $nin: own }, isScheduled: true }, { $set: { isScheduled: false } });
}

/** The other sources that fill the same kind of record in this department. */
export async function otherSources(
  { sources }: ConnectorCollections,
  { source, target }: { readonly source: string; readonly target: string },
): Promise<OtherSource[]> {
  const others: SourceState[] = await sources.find({ target, _id: { $ne: source } }).toArray();
  return others.map(({ _id, precedence }) => ({ name: _id, precedence }));
}

/** A run that can be worked on: its source is open after the last record that is stored. */
export interface BegunRun {
  readonly run: RunRecord;
  readonly open: OpenSource;
  readonly seen: SeenKeys;
  /** A run that was broken off and cannot be gone on with, because the source or the mapping is another one. */
  readonly abandoned: string | null;
}

const BROKEN_OFF = ['RUNNING', 'FAILED', 'STOPPED'] as const;

/**
 * Opens a source where its last run was broken off, if mapping and content are still those; else from its beginning, or
 * for one that gives only what is new, after what the last run that was done has read. Writes nothing.
 * @throws SourceRefused
 */
export async function beginRun(
  collections: ConnectorCollections,
  {
    source,
    settings,
    target,
    now,
    signal,
    goesOn,
  }: {
    readonly source: RecordSource;
    readonly settings: RunSettings;
    readonly target: string;
    readonly now: Date;
    readonly signal: AbortSignal | undefined;
    /** False: a run that was broken off is left as it is (dry runs). */
    readonly goesOn: boolean;
  },
): Promise<BegunRun> {
  const { runs } = collections;
  const [last] = goesOn
    ? await runs
        .find({ source: settings.source, state: { $ne: 'REFUSED' } })
        .sort({ _id: -1 })
        .limit(1)
        .toArray()
    : [];
  const broken = last !== undefined && isOneOf(BROKEN_OFF, last.state) ? last : undefined;
  const isSame =
    broken?.mappingDigest === settings.mappingDigest &&
    broken.target === target &&
    broken.delivery === settings.delivery;
  if (broken !== undefined && isSame) {
    const open = await openAgain(source, broken, signal);
    if (open !== null) {
      const seen = await seenBefore(collections, broken._id);
      const run = {
        ...broken,
        state: 'RUNNING',
        failure: null,
        why: null,
        finishedAt: null,
        resumed: broken.resumed + 1,
      } as const;
      return { run, open, seen, abandoned: null };
    }
  }
  const startPosition = settings.isIncremental ? await positionOfLast(collections, settings.source) : null;
  const open = await source.open({ after: null, since: startPosition, ...(signal && { signal }) });
  const run: RunRecord = {
    _id: ulid(now.getTime()),
    source: settings.source,
    target,
    department: settings.department,
    mappingDigest: settings.mappingDigest,
    digest: open.header.digest,
    state: 'RUNNING',
    startedAt: now,
    finishedAt: null,
    resumed: 0,
    counts: NO_COUNTS,
    conflicts: 0,
    refusedWithoutKey: 0,
    refusalsKept: 0,
    startPosition,
    position: startPosition,
    batches: 0,
    rejectBytes: 0,
    notes: open.header.notes,
    columns: {},
    drift: null,
    failure: null,
    sweep: null,
    undoing: null,
    ...ofDelivery(settings),
  };
  return { run, open, seen: new SeenKeys(), abandoned: broken?._id ?? null };
}

const isOneOf = <Value extends string>(values: readonly Value[], value: string): value is Value =>
  (values as readonly string[]).includes(value);

/** Opens the source after what a run has stored; null when it has another content, or cannot be opened there. */
async function openAgain(
  source: RecordSource,
  { position, startPosition, batches, digest }: RunRecord,
  signal: AbortSignal | undefined,
): Promise<OpenSource | null> {
  try {
    // Before its first batch a run stands where the one before it has ended.
    const after = batches === 0 ? null : position;
    const open = await source.open({ after, since: startPosition, ...(signal && { signal }) });
    if (open.header.digest === digest) return open;
    await open[Symbol.asyncDispose]();
    return null;
  } catch (error) {
    // Of a source that cannot be opened at all the second try, from the beginning, says so.
    if (error instanceof SourceRefused) return null;
    throw error;
  }
}

async function seenBefore({ batches }: ConnectorCollections, run: string): Promise<SeenKeys> {
  const seen = new SeenKeys();
  for await (const page of batches.find({ run, kind: 'KEYS' }).sort({ batch: 1 }))
    if (page.kind === 'KEYS') seen.load(page.keys.buffer);
  return seen;
}

/**
 * Where the newest run that was read to its end and stands has ended; not one of corrected rows, which came as a file.
 */
async function positionOfLast({ runs }: ConnectorCollections, source: string): Promise<Position | null> {
  const [done] = await runs.find({ source, state: 'DONE', digest: null }).sort({ _id: -1 }).limit(1).toArray();
  return done?.position ?? null;
}

/**
 * Enters the run, or that it is gone on with. Of two processes that try, one succeeds: the other's write conflicts or
 * finds it changed.
 */
export async function enterRun(
  { runs }: ConnectorCollections,
  { run, abandoned }: Pick<BegunRun, 'run' | 'abandoned'>,
  session: ClientSession,
): Promise<boolean> {
  if (abandoned !== null)
    await runs.updateOne(
      { _id: abandoned, state: { $in: [...BROKEN_OFF] } },
      { $set: { state: 'ABANDONED', finishedAt: run.startedAt } },
      { session },
    );
  if (run.resumed === 0) {
    await runs.insertOne(run, { session });
    return true;
  }
  const { _id, ...record } = run;
  const { matchedCount } = await runs.updateOne(
    { _id, resumed: run.resumed - 1, batches: run.batches },
    { $set: record },
    { session },
  );
  return matchedCount === 1;
}
