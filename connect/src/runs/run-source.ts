import { isDepartmentUnavailable, type Clock, type Logger } from '@zhitong/kit';
import { jobLeases, systemTimers, type JobLease } from '@zhitong/kit/jobs';
import { inTransaction, isDatabaseAbsence } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import type { MapRecord } from '../mapped.js';
import {
  SourceRefused,
  type OpenSource,
  type RecordSource,
  type SourceHeader,
  type SourceRecord,
} from '../source-record.js';
import type { Target } from '../target.js';
import { batchesOf } from './batches-of.js';
import { beginRun, enterRun, otherSources, registerSource, type BegunRun } from './begin-run.js';
import { connectorCollections, type ConnectorCollections, type RunRecord } from './collections.js';
import { failRun, finishRun, refuseRun } from './end-run.js';
import { judgingAhead, recognising, type ReadyBatch } from './judge-ahead.js';
import { judgeRecords } from './judge-records.js';
import { landBatch, MOST_SHOWN, TooMuchAtOnce, type LandedBatch, type ShownChange } from './land-batch.js';
import { RunLost } from './run-tools.js';
import { type RunTools } from './run-tools.js';
import { NotKnownAnyMore, saidAnything, sayAgainCount, type Recognition } from './rows/recognise.js';
import type { RefusedRow } from './rows/refusals.js';
import { openRejectFile, type RejectFile } from './rows/reject-file.js';
import { driftFailure, failureOf, STOPPED_FAILURE } from './run-failure.js';
import type { RunMetrics } from './run-metrics.js';
import { RunRefused, type DriftDecision, type RunSettings } from './run-settings.js';
import type { SeenKeys } from './rows/seen-keys.js';
import { sweep } from './sweep.js';

/** What a run is made with. */
export interface RunRequest {
  readonly connection: Connection;
  readonly source: RecordSource;
  readonly map: MapRecord;
  /** How records are known again that landed before; without it all are mapped. */
  readonly recognition?: Recognition | null;
  readonly target: Target;
  readonly settings: RunSettings;
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly logger: Logger;
  readonly metrics?: RunMetrics;
  /** Judges the columns that the opened source has, before anything is written. */
  readonly drift?: (header: SourceHeader) => DriftDecision | null;
  /** Does everything and stores nothing. */
  readonly isDryRun?: boolean;
  /** Records of one transaction at most; 500 by default. */
  readonly batchSize?: number;
  /** Asked once the source is this run's alone: a run that makes it needless, which is given in its place. */
  readonly insteadOf?: () => Promise<RunRecord | null>;
  /** Breaks the run off after the batch in hand; the next run goes on there. */
  readonly signal?: AbortSignal;
  readonly isOver?: () => boolean;
  /** Path of a new file for the refused rows. */
  readonly rejectFile?: string;
  /** That file goes to who delivered, and holds anonymous rows, too, as they were given; else it stays with the hub. */
  readonly rejectsGoBack?: boolean;
  /** Told after each batch. @param share of the source that was read, 0 to 1; null where nobody knows its size */
  readonly onProgress?: (run: RunRecord, share: number | null) => void;
  /** Told of the refused rows of a batch, in a dry run too; again where its transaction is tried again. */
  readonly onRefused?: (rows: readonly RefusedRow[]) => void;
}

/** What a run came to. */
export interface RunReport {
  readonly run: RunRecord;
  /** The first changes; in a dry run what would change. */
  readonly changes: readonly ShownChange[];
}

/**
 * What a transaction writes has to lie in MongoDB's cache until it ends, and an enterprise comes with some ninety terms
 * of its search: of two thousand, MongoDB with half a gigabyte gives most transactions up and has them tried again.
 */
const BATCH = 500;
/** A transaction of so few is small; what stands in its way is something else, and passes. */
const FEWEST = 50;
const STOPPED = { state: 'STOPPED', why: STOPPED_FAILURE } as const;
/** A process that died has its source to itself for so long. */
const LEASE_MS = 30_000;

/** Name of the lease of a source. */
export const leaseOf = (source: string): string => `connector-${source}`;

/**
 * Runs one source to its end: reads it, maps it, lands its rows through the department's rules in batches, each one
 * transaction with its events, refusals, counts and position. After the death of the process the next run goes on with
 * the next batch; a second run of the same content writes nothing but its own record. One run of a source at a time; a
 * dry run, which stores nothing, may be made beside one.
 * @throws RunRefused when another run of the source is at work
 * @throws SourceRefused for a source that cannot be read, after the failure was stored
 */
export async function runSource(request: RunRequest): Promise<RunReport> {
  const { connection, settings, isDryRun = false } = request;
  if (isDryRun) return runLeased(request, null);
  const lease = await jobLeases({ connection, timers: systemTimers }).claim(leaseOf(settings.source), LEASE_MS);
  if (lease === null)
    throw new RunRefused(
      `来源 ${settings.source} 正在由另一个进程运行，请等它结束；若该进程已中断，约半分钟后可再次运行`,
    );
  try {
    const before = (await request.insteadOf?.()) ?? null;
    return before === null ? await runLeased(request, lease) : { run: before, changes: [] };
  } finally {
    await lease.release();
  }
}

async function runLeased(request: RunRequest, lease: JobLease | null): Promise<RunReport> {
  const { connection, settings, target, clock, source, signal, drift, isDryRun = false, metrics } = request;
  const collections = connectorCollections(connection);
  if (!isDryRun) await registerSource(collections, settings, { target: target.name, now: clock.now() });
  const begun = await beginRun(collections, {
    source,
    settings,
    target: target.name,
    now: clock.now(),
    signal,
    goesOn: !isDryRun,
  }).catch(async (error: unknown): Promise<never> => {
    if (!isDryRun && error instanceof SourceRefused) await refuseRun(request, collections, failureOf(error));
    throw error;
  });
  metrics?.began(settings.source);
  let rejects: RejectFile | undefined;
  try {
    const decided = drift?.(begun.open.header) ?? null;
    const run: RunRecord = { ...begun.run, drift: decided, notes: begun.open.header.notes };
    if (decided?.decision === 'STOP') {
      const why = driftFailure(decided.differences);
      return {
        run: isDryRun
          ? { ...run, state: 'REFUSED', failure: why.chinese, why }
          : await refuseRun(request, collections, why, run),
        changes: [],
      };
    }
    if (
      !isDryRun &&
      !(await inTransaction(connection, async (session) => enterRun(collections, { ...begun, run }, session)))
    )
      throw new RunRefused(`来源 ${settings.source} 的上一次运行已由另一个进程继续`);
    if (request.rejectFile !== undefined)
      rejects = await openRejectFile(request.rejectFile, {
        columns: begun.open.header.columns,
        bytes: run.rejectBytes,
        settings,
        goesBack: request.rejectsGoBack ?? false,
      });
    const tools: RunTools = {
      connection,
      collections,
      target,
      settings,
      others: await otherSources(collections, { source: settings.source, target: target.name }),
      hasOpenRefusals: (await collections.refusals.findOne({ source: settings.source, state: 'OPEN' })) !== null,
      sayAgain: await sayAgainCount(collections, settings.source),
      isNews: await newsOf(collections, settings.source, begun.seen),
      isDryRun,
      now: () => clock.now(),
      reject: async (rows) => {
        request.onRefused?.(rows);
        return rejects === undefined ? 0 : rejects.append(rows);
      },
    };
    return await readToEnd(
      { ...begun, run },
      { request, tools, rejects, lease, pace: { most: request.batchSize ?? BATCH } },
    );
  } finally {
    await rejects?.close();
    await begun.open[Symbol.asyncDispose]();
    metrics?.ended(settings.source);
  }
}

/**
 * Tells of rows that their keys cannot be stored yet: the source had said nothing when the run began, the run has met
 * none of them, and no other run of the source is at work.
 */
async function newsOf(collections: ConnectorCollections, source: string, seen: SeenKeys): Promise<RunTools['isNews']> {
  if (await saidAnything(collections, source)) return () => false;
  return (rows) => seen.isWhole && rows.every(({ record }) => record.isChange !== true);
}

/** How much of a source was read, by the bytes of a file or the rows of a sheet. */
function shareOf({ position }: RunRecord, { length }: OpenSource): number | null {
  const at = length === undefined ? undefined : position?.[length.in];
  return length === undefined || length.total === 0 || typeof at !== 'number' ? null : at / length.total;
}

interface Work {
  readonly request: RunRequest;
  readonly tools: RunTools;
  readonly rejects: RejectFile | undefined;
  readonly lease: JobLease | null;
  /** Records of one transaction at most; fewer once the database could not take so many. */
  readonly pace: { most: number };
}

async function readToEnd({ run: begun, open, seen }: BegunRun, work: Work): Promise<RunReport> {
  const { request, tools, lease } = work;
  const { onProgress, metrics, settings, isDryRun = false, map, target, recognition } = request;
  const changes: ShownChange[] = [];
  let run = begun;
  const judge = judgingAhead({
    ...{ map, target, seen, drift: run.drift, readBefore: run.counts.read },
    recognise:
      recognition === undefined || recognition === null
        ? null
        : recognising(tools.collections, settings.source, recognition),
  });
  try {
    for await (const batch of batchesOf(open, () => work.pace.most, judge)) {
      for (const part of await landParts(run, batch, seen, work)) {
        metrics?.landed(settings.source, run.counts, part.run.counts);
        run = part.run;
        changes.push(...part.shown.slice(0, MOST_SHOWN - changes.length));
      }
      onProgress?.(run, shareOf(run, open));
      if (lease?.isLost() === true) throw new RunLost(`The lease of the source ${settings.source} has lapsed.`);
      if (request.signal?.aborted === true || request.isOver?.() === true)
        return {
          run: isDryRun ? run : await failRun(request, run, STOPPED),
          changes,
        };
    }
    if (settings.tellsDeletions !== true) run = await sweep(run, seen, tools);
    return {
      run: isDryRun ? { ...run, state: 'DONE' } : await finishRun(request, run, open.reached?.() ?? null),
      changes,
    };
  } catch (error) {
    if (!isDryRun && !(error instanceof RunLost) && !isDatabaseAbsence(error))
      // The batches that were stored stand in the run's record, also those of this list of which the run here does not
      // know.
      await failRun(
        request,
        run,
        request.signal?.aborted === true ? STOPPED : { state: 'FAILED', why: failureOf(error) },
      );
    throw error;
  }
}

/**
 * Lands records as one batch. When that fails and not for want of the database, one of them is more than the rules can
 * judge: halves are tried, down to the record, which is refused; the others land. So are halves of what the database
 * cannot take in one transaction, and the batches after it are no larger.
 */
async function landParts(
  run: RunRecord,
  { records, judged }: ReadyBatch,
  seen: SeenKeys,
  work: Work,
): Promise<LandedBatch[]> {
  const { request, tools, rejects, pace } = work;
  const { map, target, logger } = request;
  const at = { read: records.length, position: records.at(-1)?.position ?? run.position };
  const once: RunTools = {
    ...tools,
    // The transaction may be tried again: what its last try wrote is taken back first.
    reject: async (rows) => {
      await rejects?.cutTo(run.rejectBytes);
      return tools.reject(rows);
    },
  };
  try {
    const landed = await landBatch(run, judged, at, once);
    seen.addAll(judged.keys);
    return [landed];
  } catch (error) {
    // A department that does not answer says nothing against a row: the run is broken off, and goes on there later.
    const isOfNoRow = error instanceof RunLost || error instanceof SourceRefused;
    if (isOfNoRow || isDatabaseAbsence(error) || isDepartmentUnavailable(error)) throw error;
    if (error instanceof NotKnownAnyMore) {
      const judging = { map, target, seen, drift: run.drift, readBefore: run.counts.read };
      return landParts(run, { records, judged: judgeRecords(records, judging) }, seen, work);
    }
    const [only] = judged.rows;
    if (records.length > 1) {
      const isTooMuch = error instanceof TooMuchAtOnce;
      if (isTooMuch) pace.most = Math.min(pace.most, Math.max(FEWEST, Math.ceil(records.length / 2)));
      // What failed may be stored already, by a process that took the run over: now every row is looked for.
      const looking: Work = isTooMuch ? work : { ...work, tools: { ...tools, isNews: () => false } };
      const middle = Math.ceil(records.length / 2);
      const half = async (stored: RunRecord, part: readonly SourceRecord[]): Promise<LandedBatch[]> => {
        const judging = { map, target, seen, drift: run.drift, readBefore: stored.counts.read };
        return landParts(stored, { records: part, judged: judgeRecords(part, judging) }, seen, looking);
      };
      const first = await half(run, records.slice(0, middle));
      return [...first, ...(await half(first.at(-1)?.run ?? run, records.slice(middle)))];
    }
    if (only === undefined) throw error;
    // What a database says of a row may repeat it.
    const isSecret = tools.settings.secrecy?.isOf(only.record) === true;
    logger.error(
      { ...(isSecret ? {} : { err: error }), source: run.source, run: run._id, place: only.record.place },
      'a row could not be landed',
    );
    const refusedRow = {
      record: only.record,
      line: only.line,
      key: only.row.key,
      column: null,
      reason: '系统处理此行时出错，已记录日志，请联系平台运维人员',
    };
    const landed = await landBatch(run, { ...judged, rows: [], refused: [refusedRow] }, at, once);
    seen.addAll(judged.keys);
    return [landed];
  }
}
