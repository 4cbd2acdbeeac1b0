import { inTransaction } from '@zhitong/kit/mongo';
import type { ClientSession } from 'mongoose';
import { keyOfRow, type Change, type RowState, type RunRecord, type SweepOutcome } from './collections.js';
import { namesOf } from './judge-records.js';
import { storeRun, type RunTools } from './run-tools.js';
import { readSaid } from './precedence.js';
import type { SeenKeys } from './rows/seen-keys.js';
import { storeBatch } from './store-rows.js';

const AT_ONCE = 500;
const LEFT_FIRST = { missing: 0, marked: 0, left: 0, refused: null };

/** What a run has marked after more rows: so many that the source has no more, of which the department keeps some. */
export const sweptAfter = ({ sweep }: RunRecord, rows: number, kept: number): SweepOutcome => {
  const before = sweep ?? LEFT_FIRST;
  return { ...before, marked: before.marked + rows - kept, left: before.left + kept };
};

/** Rows of one source: names have no slash, and `0` follows it. */
export const ofSource = (source: string) => ({
  _id: { $gte: `${source}/`, $lt: `${source}0` },
  goneIn: { $exists: false },
});

/**
 * Marks what a complete delivery no longer has, if the mapping asks for it. Never more than the safety share of what
 * the source had, never when a refused row may have been one of the missing, and in a dry run it only says how many it
 * would be.
 */
export async function sweep(run: RunRecord, seen: SeenKeys, tools: RunTools): Promise<RunRecord> {
  const { settings, target, collections, isDryRun } = tools;
  if (settings.sweep === null) return run;
  const ended = (outcome: Partial<SweepOutcome>): RunRecord => ({
    ...run,
    sweep: { ...LEFT_FIRST, ...run.sweep, ...outcome },
  });
  const why = whyNot(run, seen, tools);
  if (why !== null) return ended({ refused: why });

  const marked = run.sweep?.marked ?? 0;
  let had = marked;
  let missing = marked;
  const isMissing = ({ _id, values }: Pick<RowState, '_id'> & Partial<Pick<RowState, 'values'>>): boolean =>
    namesOf(target, { key: keyOfRow(_id), values: values ?? {} }).every((name) => seen.find(name) === undefined);
  const projection = target.names === undefined ? { _id: 1 } : { values: 1 };
  for await (const row of collections.rows.find(ofSource(settings.source), { projection })) {
    had += 1;
    if (isMissing(row)) missing += 1;
  }
  const most = Math.floor(had * settings.sweep.mostShare);
  if (missing > most)
    return ended({
      missing,
      refused: `本次数据缺少 ${String(missing)} 条原有记录（原有 ${String(had)} 条），超过允许的比例 ${String(settings.sweep.mostShare * 100)}%（${String(most)} 条），未作任何注销；请确认数据完整后再运行`,
    });
  if (isDryRun || missing === marked) return ended({ missing });
  let current = ended({ missing });
  let batch: RowState[] = [];
  for await (const row of collections.rows.find(ofSource(settings.source)).sort({ _id: 1 })) {
    if (isMissing(row) && target.sweep !== undefined) batch.push(row);
    if (batch.length === AT_ONCE) {
      current = await markGone(current, batch, tools);
      batch = [];
    }
  }
  return batch.length === 0 ? current : markGone(current, batch, tools);
}

function whyNot(run: RunRecord, seen: SeenKeys, { settings, target }: RunTools): string | null {
  if (target.sweep === undefined) return `${target.name} 类记录不因来源缺少而注销`;
  if (settings.isIncremental) return '增量来源不提供全部记录，不能据此注销缺少的记录';
  if (run.drift?.decision === 'QUARANTINE') return '本次数据因表头变化整批暂存，不能据此注销缺少的记录';
  if (run.refusedWithoutKey > 0)
    return `有 ${String(run.refusedWithoutKey)} 行被退回且无法识别主键，可能正是缺少的记录，未作任何注销`;
  if (!seen.isWhole) return '本次数据的行数超过可核对的数量，未作任何注销';
  return null;
}

/** What became of rows that the source has no more. */
export interface MarkedRows {
  readonly changes: readonly Change[];
  /** Rows that the department keeps as they are, with its reason in Chinese. */
  readonly kept: ReadonlyMap<RowState, string>;
}

/**
 * Marks rows that the source has no more, within a transaction. A record that another source still has is not gone: of
 * that one this source's row alone is.
 */
export async function markRows(
  run: RunRecord,
  rows: readonly RowState[],
  { collections, target, settings, others, now }: RunTools,
  session: ClientSession,
): Promise<MarkedRows> {
  const { source, department } = settings;
  const keysOf = (some: readonly RowState[]): string[] => some.map(({ _id }) => keyOfRow(_id));
  const said = await readSaid(collections, { keys: keysOf(rows), others, session });
  const gone = rows.filter(({ _id }) => !said.has(keyOfRow(_id)));
  const landing = { session, runId: run._id, source, department, now: now() };
  const landed = gone.length === 0 ? [] : ((await target.sweep?.(keysOf(gone), landing)) ?? []);
  const changes: Change[] = [];
  const kept = new Map<RowState, string>();
  for (const [index, row] of gone.entries()) {
    const one = landed[index];
    if (one?.kind === 'refused') kept.set(row, one.reason);
    else if (one?.kind === 'new' || one?.kind === 'changed')
      changes.push({ key: keyOfRow(row._id), kind: 'changed', before: one.before, row });
  }
  await collections.rows.updateMany(
    { _id: { $in: rows.filter((row) => !kept.has(row)).map(({ _id }) => _id) } },
    { $set: { goneIn: run._id, hash: null } },
    { session },
  );
  return { changes, kept };
}

async function markGone(run: RunRecord, rows: readonly RowState[], tools: RunTools): Promise<RunRecord> {
  const { collections, connection } = tools;
  return inTransaction(connection, async (session) => {
    const { changes, kept } = await markRows(run, rows, tools, session);
    const after: RunRecord = { ...run, batches: run.batches + 1, sweep: sweptAfter(run, rows.length, kept.size) };
    await storeBatch(collections, { keys: [], changes }, { run: run._id, batch: after.batches, session });
    await storeRun(collections, run, after, session);
    return after;
  });
}
