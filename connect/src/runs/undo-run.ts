import type { Clock } from '@zhitong/kit';
import { jobLeases, systemTimers } from '@zhitong/kit/jobs';
import { inTransaction } from '@zhitong/kit/mongo';
import type { AnyBulkWriteOperation } from 'mongodb';
import type { Connection } from 'mongoose';
import type { Target } from '../target.js';
import {
  connectorCollections,
  rowId,
  type BatchRecord,
  type Change,
  type LeftRecord,
  type RowState,
  type RunRecord,
  type Undoing,
} from './collections.js';
import { leaseOf } from './run-source.js';
import { RunRefused } from './run-settings.js';

const LEASE_MS = 30_000;
const MOST_LEFT_SHOWN = 100;
const WITHHELD = '此前的内容含有居民身份证号码，不予留存，未撤销；请在系统中人工改正';

/**
 * Takes back what a run did, its newest changes first, through the department's rules and with their events. A record
 * that something has changed since is left and listed. What is taken back the source has never said: it can be
 * delivered again. An undoing that was broken off is gone on with by calling this once more.
 * @param by account of who undoes it, for the record
 * @throws RunRefused for an unknown run, while the source is at work, when a newer run stands, or when it is too old
 */
export async function undoRun({
  connection,
  target,
  runId,
  by,
  clock,
}: {
  readonly connection: Connection;
  readonly target: Target;
  readonly runId: string;
  readonly by: string;
  readonly clock: Clock;
}): Promise<RunRecord> {
  const { runs } = connectorCollections(connection);
  const found = await runs.findOne({ _id: runId });
  if (found === null) throw new RunRefused(`没有编号为 ${runId} 的运行`);
  if (found.target !== target.name)
    throw new RunRefused(`运行 ${runId} 写入的是 ${found.target} 类记录，不是 ${target.name}`);
  const lease = await jobLeases({ connection, timers: systemTimers }).claim(leaseOf(found.source), LEASE_MS);
  if (lease === null) throw new RunRefused(`来源 ${found.source} 正在运行，请等它结束后再撤销`);
  try {
    return await undoLeased({ connection, target, run: found, by, clock });
  } finally {
    await lease.release();
  }
}

interface Undo {
  readonly connection: Connection;
  readonly target: Target;
  readonly run: RunRecord;
  readonly by: string;
  readonly clock: Clock;
}

async function undoLeased({ connection, target, run, by, clock }: Undo): Promise<RunRecord> {
  const { runs, batches } = connectorCollections(connection);
  const isLeft = (await batches.countDocuments({ run: run._id, kind: 'CHANGES' }, { limit: 1 })) > 0;
  if (run.state === 'UNDONE' && !isLeft)
    throw new RunRefused(`运行 ${run._id} 已于 ${run.undoing?.at.toISOString() ?? ''} 撤销`);
  const newer = await runs.findOne({
    source: run.source,
    _id: { $gt: run._id },
    state: { $nin: ['UNDONE', 'REFUSED'] },
    $or: [{ 'counts.new': { $gt: 0 } }, { 'counts.changed': { $gt: 0 } }, { 'sweep.marked': { $gt: 0 } }],
  });
  if (newer !== null) throw new RunRefused(`来源 ${run.source} 之后还有写入过数据的运行 ${newer._id}，请先撤销它`);
  const { counts, sweep } = run;
  const hasChanges = counts.new + counts.changed + (sweep?.marked ?? 0) > 0;
  if (hasChanges && run.undoing === null && !isLeft)
    throw new RunRefused(`运行 ${run._id} 时间过久，撤销所需的记录已不再保留`);
  let undoing: Undoing = run.undoing ?? { at: clock.now(), by, undone: 0, left: 0, leftRecords: [] };
  for (;;) {
    const [batch] = await batches
      .find({ run: run._id, kind: 'CHANGES' })
      .sort({ batch: -1, part: -1 })
      .limit(1)
      .toArray();
    if (batch === undefined) break;
    undoing = await undoBatch({ connection, target, run, by, clock }, batch, undoing);
  }
  const undone = { state: 'UNDONE', undoing, finishedAt: run.finishedAt ?? clock.now() } as const;
  await runs.updateOne({ _id: run._id }, { $set: undone });
  return { ...run, ...undone };
}

/** Takes one record of changes back and forgets it, in one transaction. */
async function undoBatch({ connection, target, run, clock }: Undo, batch: BatchRecord, so: Undoing): Promise<Undoing> {
  const changes: readonly Change[] = batch.kind === 'CHANGES' ? batch.changes.toReversed() : [];
  const { runs, rows, batches } = connectorCollections(connection);
  const { source, department } = run;
  return inTransaction(connection, async (session) => {
    const landing = { session, runId: run._id, source, department, now: clock.now() };
    const kept = changes.filter(({ isWithheld }) => isWithheld !== true);
    const undone =
      kept.length === 0
        ? []
        : await target.undo(
            kept.map(({ key, before }) => ({ key, before })),
            landing,
          );
    const results = new Map(kept.map((change, index) => [change, undone[index]]));
    const left: LeftRecord[] = [];
    const writes: AnyBulkWriteOperation<RowState>[] = [];
    for (const change of changes) {
      const { key, row, isWithheld } = change;
      const result = results.get(change);
      if (isWithheld === true) left.push({ key, reason: WITHHELD });
      else if (result?.kind === 'refused') left.push({ key, reason: result.reason });
      else
        writes.push(
          row === null
            ? { deleteOne: { filter: { _id: rowId(source, key) } } }
            : { replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true } },
        );
    }
    if (writes.length > 0) await rows.bulkWrite(writes, { session, ordered: false });
    await letOthersSayAgain(
      connection,
      changes.map(({ key }) => key),
      run,
      session,
    );
    await batches.deleteOne({ _id: batch._id }, { session });
    const undoing: Undoing = {
      ...so,
      undone: so.undone + changes.length - left.length,
      left: so.left + left.length,
      leftRecords: [...so.leftRecords, ...left].slice(0, MOST_LEFT_SHOWN),
    };
    // No run goes on where one that is being undone was broken off.
    await runs.updateOne({ _id: run._id }, { $set: { undoing, state: 'UNDONE' } }, { session });
    return undoing;
  });
}

/** What another source said of these keys may have given way: its next delivery lands again. */
async function letOthersSayAgain(
  connection: Connection,
  keys: readonly string[],
  { source, target }: RunRecord,
  session: Parameters<Target['land']>[1]['session'],
): Promise<void> {
  const { sources, rows } = connectorCollections(connection);
  const others = await sources.find({ target, _id: { $ne: source } }, { session }).toArray();
  const ids = others.flatMap(({ _id }) => keys.map((key) => rowId(_id, key)));
  if (ids.length === 0) return;
  await rows.updateMany({ _id: { $in: ids } }, { $set: { hash: null } }, { session });
  // A run of theirs that is at work may have known such a row again.
  await sources.updateMany({ _id: { $in: others.map(({ _id }) => _id) } }, { $inc: { sayAgain: 1 } }, { session });
}
