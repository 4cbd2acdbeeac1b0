import { inTransaction } from '@zhitong/kit/mongo';
import type { ClientSession } from 'mongoose';
import type { Position } from '../source-record.js';
import type { Landed, MappedRow, Target } from '../target.js';
import type { Change, RunRecord } from './collections.js';
import type { JudgedBatch, JudgedRow } from './judge-records.js';
import { landDeletions } from './land-deletions.js';
import { readSaid, settle, storeConflicts } from './precedence.js';
import { MOST_REFUSALS_KEPT, refusalRecord, settleRefusals, storeRefusals, type RefusedRow } from './rows/refusals.js';
import { addCounts } from './run-counts.js';
import { isSame, keptValues } from './rows/row-hash.js';
import { toldFlag } from './rows/secret-rows.js';
import { type RunTools, storeRun } from './run-tools.js';
import { NotKnownAnyMore, sayAgainCount } from './rows/recognise.js';
import { changeOf, partKnown, storeBatch, storeReread, storeRows, type KnownRow } from './store-rows.js';

/** Changes that a report shows at most. */
export const MOST_SHOWN = 20;

/** A change as a report shows it. */
export interface ShownChange {
  readonly key: string;
  readonly line: number | null;
  readonly kind: 'new' | 'changed';
  readonly fields: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[];
}

/** What a batch came to: the run's record after it, and what changed. */
export interface LandedBatch {
  readonly run: RunRecord;
  readonly shown: readonly ShownChange[];
}

/** Ends a dry run's transaction with what it would have come to. */
class GivenUp extends Error {
  constructor(readonly landed: LandedBatch) {
    super('a dry run stores nothing');
  }
}

/** Ends a transaction that was given up too often to be tried again as it is. */
export class TooMuchAtOnce extends Error {
  constructor(rows: number) {
    super(`a transaction of ${String(rows)} rows was given up again and again`);
  }
}

/**
 * Tries of a transaction of several rows. MongoDB gives one up where another one writes the same, and where it has no
 * room in its cache for what is written; a smaller one meets fewer others, and needs less.
 */
const MOST_TRIES = 3;

/**
 * Lands one batch: rows, events, refusals, conflicts, counts and position are stored in one transaction, all or
 * nothing. In a dry run all of it is done and then given up.
 * @throws RunLost when another process has stored a batch of the run meanwhile
 * @throws TooMuchAtOnce when the transaction of several rows was given up too often
 */
export async function landBatch(
  run: RunRecord,
  judged: JudgedBatch,
  at: { readonly read: number; readonly position: Position | null },
  tools: RunTools,
): Promise<LandedBatch> {
  let tries = 0;
  try {
    return await inTransaction(tools.connection, async (session) => {
      tries += 1;
      if (tries > MOST_TRIES && judged.rows.length > 1) throw new TooMuchAtOnce(judged.rows.length);
      const landed = await landIn(session, run, { ...judged, ...at }, tools);
      if (tools.isDryRun) throw new GivenUp(landed);
      return landed;
    });
  } catch (error) {
    if (error instanceof GivenUp) return error.landed;
    throw error;
  }
}

async function landIn(
  session: ClientSession,
  run: RunRecord,
  batch: JudgedBatch & { readonly read: number; readonly position: Position | null },
  tools: RunTools,
): Promise<LandedBatch> {
  const { collections, target, settings, others } = tools;
  const { source, department } = settings;
  const now = tools.now();
  const own = { run: run._id, source, session };
  const isGone = ({ record }: JudgedRow): boolean => record.isGone === true;
  if (
    batch.rows.some(({ isKnown }) => isKnown === true) &&
    (await sayAgainCount(collections, source, session)) !== tools.sayAgain
  )
    throw new NotKnownAnyMore(`Rows of the source ${source} must land again.`);
  const { news, unchanged, reread } = await partKnown(
    collections,
    batch.rows.filter((row) => !isGone(row)),
    { ...own, isNews: tools.isNews },
  );
  const keys = news.map(({ row }) => row.key);
  const settled = settle(
    news.map(({ row }) => row),
    await readSaid(collections, { keys, others, session }),
    { target, source, precedence: settings.precedence },
  );
  const results = await landRows(settled.rows, tools, { session, runId: run._id, source, department, now });

  const deleted = await landDeletions(run, batch.rows.filter(isGone), tools, session);

  const taken: KnownRow[] = [];
  const changes: Change[] = [...deleted.changes];
  const shown: ShownChange[] = [];
  const refused: RefusedRow[] = [...batch.refused, ...deleted.refused];
  const outcomes = {
    new: 0,
    changed: deleted.changes.length,
    unchanged: unchanged.length + deleted.unchanged,
    skipped: batch.skipped,
    refused: refused.length,
  };
  for (const [index, known] of news.entries()) {
    const landed = results[index];
    if (landed === undefined) throw new Error(`The target ${target.name} gave no result for a row.`);
    outcomes[landed.kind] += 1;
    if (landed.kind === 'refused') {
      const column = landed.field === null ? null : (known.row.columns[landed.field] ?? null);
      refused.push({
        record: known.record,
        line: known.line,
        key: known.row.key,
        column,
        reason: landed.reason,
      });
      continue;
    }
    taken.push(known);
    const change = changeOf(known, landed);
    if (change !== null) {
      changes.push(change);
      if (shown.length < MOST_SHOWN) shown.push(shownChange(known, change, target));
    }
  }

  const kept = refused.slice(0, Math.max(0, MOST_REFUSALS_KEPT - run.refusalsKept));
  const after: RunRecord = {
    ...run,
    counts: addCounts(run.counts, batch.read, outcomes),
    conflicts: run.conflicts + settled.conflicts.length,
    sweep: deleted.sweep,
    refusedWithoutKey: run.refusedWithoutKey + batch.withoutKey,
    refusalsKept: run.refusalsKept + kept.length,
    position: batch.position,
    batches: run.batches + 1,
    rejectBytes: refused.length > 0 ? await tools.reject(refused) : run.rejectBytes,
    columns: news.at(-1)?.row.columns ?? run.columns,
    ...flagsAfter(run, [...taken, ...unchanged], settings),
  };
  await storeReread(collections, reread, session);
  await storeRows(collections, taken, { target, source, run: run._id, at: now, session });
  await storeConflicts(collections, settled, { run: run._id, at: now, session });
  const records = kept.map((row) => refusalRecord(row, settings, { run: run._id, at: now }));
  await storeRefusals(collections, records, own);
  const openAgain = new Set(records.map(({ _id }) => _id));
  if (tools.hasOpenRefusals)
    await settleRefusals(
      collections,
      {
        keys: [...taken, ...unchanged].map(({ row }) => row.key),
        // A row that is refused once more has a refusal of its own now, or the same one for the same reason.
        numbers: [...taken, ...unchanged, ...refused]
          .flatMap(({ record }) => record.refusal ?? [])
          .filter((number) => !openAgain.has(`${source}/${number}`)),
      },
      own,
    );
  await storeBatch(collections, { keys: batch.keys, changes }, { run: run._id, batch: after.batches, session });
  if (!tools.isDryRun) await storeRun(collections, run, after, session);
  return { run: after, shown };
}

/** Rows of which the first are kept by a run. */
const MOST_FLAGS = 100;

/** What a run says of mended cells after more rows were taken. */
function flagsAfter(
  { flagged = 0, flags = [] }: RunRecord,
  taken: readonly Pick<KnownRow, 'row' | 'record'>[],
  { secrecy }: Pick<RunTools['settings'], 'secrecy'>,
): Pick<RunRecord, 'flagged' | 'flags'> {
  const mended = taken.flatMap(({ row, record }) =>
    row.flags === undefined
      ? []
      : [{ place: row.place, own: row.flags.map((flag) => toldFlag(record, flag, secrecy)) }],
  );
  if (mended.length === 0) return {};
  // A cell that fills several fields was mended once.
  const told = mended.flatMap(({ place, own }) =>
    own
      .filter(({ column, text }, at) => own.findIndex((one) => one.column === column && one.text === text) === at)
      .map((flag) => ({ ...flag, place })),
  );
  return { flagged: flagged + mended.length, flags: [...flags, ...told].slice(0, MOST_FLAGS) };
}

/** Hands rows to the department, which gives as many results. */
async function landRows(
  rows: readonly MappedRow[],
  { target }: RunTools,
  landing: Parameters<Target['land']>[1],
): Promise<readonly Landed[]> {
  return rows.length === 0 ? [] : target.land(rows, landing);
}

const HIDDEN = '***';

/** A change by fields: what the source said before, and what it says now. */
function shownChange({ row, before }: KnownRow, { kind }: Change, target: Target): ShownChange {
  const { key, values, place } = row;
  const kept = keptValues(target, values);
  const show = (field: string, value: unknown): unknown => (target.fields[field]?.isPersonal === true ? HIDDEN : value);
  return {
    key,
    kind,
    line: place.line ?? null,
    fields: Object.keys(values)
      .filter((field) => !isSame(before?.values[field], kept[field]))
      .map((field) => ({
        field,
        from: show(field, before?.values[field] ?? null),
        to: show(field, values[field]),
      })),
  };
}
