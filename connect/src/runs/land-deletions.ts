import type { ClientSession } from 'mongoose';
import { SourceRefused } from '../source-record.js';
import { rowId, type Change, type RowState, type RunRecord } from './collections.js';
import type { JudgedRow } from './judge-records.js';
import type { RunTools } from './run-tools.js';
import type { RefusedRow } from './rows/refusals.js';
import { markRows, ofSource, sweptAfter } from './sweep.js';

/** What became of the rows of a batch of which the source says that it has them no more. */
export interface LandedDeletions {
  readonly changes: readonly Change[];
  /** Rows of which the department keeps the record. */
  readonly refused: readonly RefusedRow[];
  /** Of records that were not there, or that another source still has. */
  readonly unchanged: number;
  readonly sweep: RunRecord['sweep'];
}

/**
 * Marks what a source says that it has deleted, as far as the mapping asks for it.
 * @throws SourceRefused when it is more than the safety share of what the source had at the beginning of the run:
 *   nothing of the batch is then written, and the run stands before it
 */
export async function landDeletions(
  run: RunRecord,
  gone: readonly JudgedRow[],
  tools: RunTools,
  session: ClientSession,
): Promise<LandedDeletions> {
  if (gone.length === 0) return { changes: [], refused: [], unchanged: 0, sweep: run.sweep };
  const { collections, settings, target } = tools;
  const { source } = settings;
  const refusal = ({ record, line, row }: JudgedRow, reason: string): RefusedRow => ({
    record,
    line,
    key: row.key,
    column: null,
    reason,
  });
  if (target.sweep === undefined)
    return {
      changes: [],
      refused: gone.map((one) => refusal(one, `${target.name} 类记录不因来源删除而注销`)),
      unchanged: 0,
      sweep: run.sweep,
    };
  const byId = new Map(gone.map((one) => [rowId(source, one.row.key), one]));
  const rows: RowState[] = await collections.rows
    .find({ _id: { $in: [...byId.keys()] }, goneIn: { $exists: false } }, { session })
    .toArray();
  if (rows.length === 0) return { changes: [], refused: [], unchanged: gone.length, sweep: run.sweep };
  const before = run.sweep?.marked ?? 0;
  const had = before + (await collections.rows.countDocuments(ofSource(source), { session }));
  const most = Math.floor(had * (settings.sweep?.mostShare ?? 0));
  if (before + rows.length > most) throw new SourceRefused('DELETIONS', { deleted: before + rows.length, had, most });
  const { changes, kept } = await markRows(run, rows, tools, session);
  return {
    changes,
    refused: [...kept].flatMap(([{ _id }, reason]) => {
      const one = byId.get(_id);
      return one === undefined ? [] : [refusal(one, reason)];
    }),
    unchanged: gone.length - kept.size - changes.length,
    sweep: { ...sweptAfter(run, rows.length, kept.size), missing: (run.sweep?.missing ?? 0) + rows.length },
  };
}
