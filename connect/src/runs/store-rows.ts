import { Binary, type AnyBulkWriteOperation } from 'mongodb';
import type { ClientSession } from 'mongoose';
import type { Landed, Target } from '../target.js';
import { rowId, type Change, type ConnectorCollections, type Origin, type RowState } from './collections.js';
import { keptChange } from './journal.js';
import type { JudgedRow } from './judge-records.js';
import { isSame, keptValues } from './rows/row-hash.js';
import { pageOf, type SeenKey } from './rows/seen-keys.js';

/** Changes in one record of a batch: well under the 16 MB of a document, with records of 80 kB each. */
const CHANGES_IN_A_RECORD = 200;

/** A row with what the source said of its key before. */
export interface KnownRow extends JudgedRow {
  readonly before: RowState | null;
}

/**
 * Parts rows into those of which the source says something new and those that say what it said before. For the latter
 * nothing is read or written of the department's record: what others have changed there since stands until the source
 * says something new, which is what a delivery is: news of the source, and not a claim that nothing has happened since.
 */
export async function partKnown(
  { rows }: ConnectorCollections,
  judged: readonly JudgedRow[],
  {
    source,
    session,
    isNews,
  }: {
    readonly source: string;
    readonly session: ClientSession;
    /** Whether none of the rows can be stored yet, so that nobody need look. */
    readonly isNews: (rows: readonly JudgedRow[]) => boolean;
  },
): Promise<{
  readonly news: readonly KnownRow[];
  readonly unchanged: readonly JudgedRow[];
  readonly reread: readonly Reread[];
}> {
  if (judged.length === 0) return { news: [], unchanged: [], reread: [] };
  if (isNews(judged)) return { news: judged.map((row) => ({ ...row, before: null })), unchanged: [], reread: [] };
  const ids = judged.filter(({ isKnown }) => isKnown !== true).map(({ row }) => rowId(source, row.key));
  const stored =
    ids.length === 0
      ? []
      : await rows
          .find(
            { _id: { $in: ids } },
            { session, projection: { hash: 1, read: 1, goneIn: 1 }, batchSize: ids.length + 1 },
          )
          .toArray();
  const hashes = new Map(stored.map(({ _id, hash, goneIn }) => [_id, goneIn === undefined ? hash : null] as const));
  const isOld = ({ row, hash, isKnown }: JudgedRow): boolean =>
    isKnown === true || hashes.get(rowId(source, row.key)) === hash;
  const fresh = judged.filter((row) => !isOld(row));
  const changed = fresh.map(({ row }) => rowId(source, row.key)).filter((id) => hashes.has(id));
  const before = new Map(
    (changed.length === 0
      ? []
      : await rows.find({ _id: { $in: changed } }, { session, batchSize: changed.length + 1 }).toArray()
    ).map((row) => [row._id, row]),
  );
  return {
    news: fresh.map((row) => ({ ...row, before: before.get(rowId(source, row.row.key)) ?? null })),
    unchanged: judged.filter(isOld),
    reread: rereadOf(judged.filter(isOld), new Map(stored.map(({ _id, read }) => [_id, read])), source),
  };
}

/** An unchanged row whose record consists of something else than before, or was mapped by something else. */
export interface Reread {
  readonly id: string;
  readonly read: string;
}

const rereadOf = (
  unchanged: readonly JudgedRow[],
  before: ReadonlyMap<string, string | undefined>,
  source: string,
): Reread[] =>
  unchanged.flatMap(({ row, read, isKnown }) => {
    const id = rowId(source, row.key);
    return isKnown === true || read === undefined || before.get(id) === read ? [] : [{ id, read }];
  });

/** Keeps by what the records of unchanged rows are known again. */
export async function storeReread(
  { rows }: ConnectorCollections,
  reread: readonly Reread[],
  session: ClientSession,
): Promise<void> {
  if (reread.length > 0)
    await rows.bulkWrite(
      reread.map(({ id, read }) => ({ updateOne: { filter: { _id: id }, update: { $set: { read } } } })),
      { session, ordered: false },
    );
}

/** Keeps what the source says now, with the origin of each value. */
export async function storeRows(
  { rows }: ConnectorCollections,
  taken: readonly KnownRow[],
  context: { target: Target; source: string; run: string; at: Date; session: ClientSession },
): Promise<void> {
  if (taken.length === 0) return;
  const { target, source, run, at, session } = context;
  const states = taken.map(({ row, hash, read, before }): RowState => {
    const values = keptValues(target, row.values);
    return {
      _id: rowId(source, row.key),
      hash,
      ...(read !== undefined && { read }),
      run,
      place: row.place,
      at,
      values,
      origins: before === null ? {} : keptOrigins(values, before),
    };
  });
  const fresh = states.filter((_state, index) => taken[index]?.before === null);
  const writes: AnyBulkWriteOperation<RowState>[] = states
    .filter((_state, index) => taken[index]?.before !== null)
    .map((state) => ({ replaceOne: { filter: { _id: state._id }, replacement: state } }));
  if (fresh.length > 0) await rows.insertMany(fresh, { session, ordered: false });
  if (writes.length > 0) await rows.bulkWrite(writes, { session, ordered: false });
}

/** A value that a source repeats keeps the origin of its first delivery. */
function keptOrigins(values: RowState['values'], before: RowState): Record<string, Origin> {
  const { run, place, at } = before;
  return Object.fromEntries(
    Object.entries(values)
      .filter(([field, value]) => isSame(value, before.values[field]))
      .map(([field]) => [field, before.origins[field] ?? { run, place, at }]),
  );
}

/** What a landed row leaves for undoing it; null for one that changed nothing in the department's record. */
export function changeOf({ row, before }: KnownRow, landed: Landed): Change | null {
  return landed.kind === 'new' || landed.kind === 'changed'
    ? { key: row.key, kind: landed.kind, before: landed.before, row: before }
    : null;
}

/** Keeps the keys of a batch, and what it changed. */
export async function storeBatch(
  { batches }: ConnectorCollections,
  { keys, changes }: { readonly keys: readonly SeenKey[]; readonly changes: readonly Change[] },
  { run, batch, session }: { readonly run: string; readonly batch: number; readonly session: ClientSession },
): Promise<void> {
  const id = `${run}/${String(batch).padStart(9, '0')}`;
  const parts = Array.from({ length: Math.ceil(changes.length / CHANGES_IN_A_RECORD) }, (_none, part) => ({
    _id: `${id}/${String(part)}`,
    run,
    kind: 'CHANGES' as const,
    batch,
    part,
    changes: changes.slice(part * CHANGES_IN_A_RECORD, (part + 1) * CHANGES_IN_A_RECORD).map(keptChange),
  }));
  const pages =
    keys.length === 0 ? [] : [{ _id: `${id}/keys`, run, kind: 'KEYS' as const, batch, keys: new Binary(pageOf(keys)) }];
  if (parts.length + pages.length > 0) await batches.insertMany([...pages, ...parts], { session, ordered: false });
}
