import { randomBytes } from 'node:crypto';
import type { Logger } from '@zhitong/kit';
import { inTransaction } from '@zhitong/kit/mongo';
import type { AnyBulkWriteOperation, Collection, Document, Filter } from 'mongodb';
import type { Connection } from 'mongoose';
import { booleanReader } from '../../mapping/readers/texts.js';
import type { Target } from '../../target.js';
import {
  connectorCollections,
  rowId,
  type BatchRecord,
  type Change,
  type ConflictRecord,
  type ConnectorCollections,
  type RefusalRecord,
  type RowState,
  type RunRecord,
} from '../collections.js';
import { keptValues } from './row-hash.js';
import { saysAnonymous, WITHHELD, withheldReason } from './secret-rows.js';

/** Records that are rewritten with one command. */
const AT_ONCE = 500;

type OfWhom = Pick<Target, 'name' | 'fields' | 'key' | 'anonymity'>;

interface Tools {
  readonly connection: Connection;
  readonly collections: ConnectorCollections;
  readonly target: OfWhom;
  readonly logger: Pick<Logger, 'error'>;
}

/**
 * What becomes of a stored record. One that is damaged so that nobody can say whether it is of an anonymous one goes:
 * it keeps no other from being withheld.
 */
function judged<Stored extends { readonly _id: string }, Kept>(
  stored: Stored,
  judge: (stored: Stored) => Kept,
  { logger }: Pick<Tools, 'logger'>,
): Kept | 'REMOVED' {
  try {
    return judge(stored);
  } catch (error) {
    logger.error({ err: error, record: stored._id }, 'what a damaged record of a connector has is removed');
    return 'REMOVED';
  }
}

/** Writes what is to be written of the records that a query finds. */
async function rewritten<Stored extends Document & { readonly _id: string }>(
  collection: Collection<Stored>,
  filter: Parameters<Collection<Stored>['find']>[0],
  { rewrite, ...tools }: Pick<Tools, 'logger'> & { readonly rewrite: (stored: Stored) => Partial<Stored> | null },
): Promise<void> {
  let writes: AnyBulkWriteOperation<Stored>[] = [];
  const write = async (): Promise<void> => {
    if (writes.length > 0) await collection.bulkWrite(writes, { ordered: false });
    writes = [];
  };
  for await (const stored of collection.find(filter)) {
    const put = judged(stored as Stored, rewrite, tools);
    if (put === null) continue;
    const of = { filter: { _id: stored._id } };
    writes.push(
      (put === 'REMOVED'
        ? { deleteOne: of }
        : { updateOne: { ...of, update: { $set: put } } }) as AnyBulkWriteOperation<Stored>,
    );
    if (writes.length >= AT_ONCE) await write();
  }
  await write();
}

/** What a source said of an anonymous record, as it is kept; null where it is so already. */
function rowAsKept(target: OfWhom, row: Pick<RowState, 'values'>): { readonly values: RowState['values'] } | null {
  if (!saysAnonymous(target, row.values)) return null;
  const values = keptValues(target, row.values);
  return JSON.stringify(values) === JSON.stringify(row.values) ? null : { values };
}

const changeAsKept = (target: OfWhom, change: Change): Change => ({
  ...change,
  row: change.row === null ? null : { ...change.row, ...rowAsKept(target, change.row) },
});

/** What no cell tells by its form: a number of the deliverer's, a moment. */
const TELLS_NOTHING = /^[\dA-Za-z :./T-]{0,30}$/;
const readBoolean = booleanReader((text) => text);

/** Headers of the columns that some fields came from, as the runs of a source know them. */
function headersOf(
  { columns }: Pick<RunRecord, 'columns'>,
  target: OfWhom,
): { readonly anonymity: string | undefined; readonly key: readonly string[] } {
  const { anonymity = '' } = target;
  return { anonymity: columns[anonymity], key: target.key.flatMap((field) => columns[field] ?? []) };
}

/**
 * A refused row that an earlier version kept: nothing of its cells but its number, unless the cell that says so reads
 * clearly that it is not anonymous, which is null. The mapping by which it was read is gone; which columns it had, its
 * run tells.
 */
function refusalAsKept(
  refusal: Pick<RefusalRecord, 'cells' | 'column' | 'reason'>,
  run: Pick<RunRecord, 'columns'>,
  target: OfWhom,
): Pick<RefusalRecord, 'cells' | 'reason'> | null {
  const { anonymity, key } = headersOf(run, target);
  const said = refusal.cells.find(([header]) => header === anonymity)?.[1];
  const reading = said === undefined || said === '' ? null : readBoolean({ kind: 'text', text: said });
  if (reading?.ok === true && !reading.value) return null;
  const isOpen = (header: string, text: string): boolean =>
    text === '' || text === WITHHELD || (key.includes(header) && TELLS_NOTHING.test(text));
  const cells = refusal.cells.map(([header, text]) => [header, isOpen(header, text) ? text : WITHHELD] as const);
  const isSame = cells.every(([, text], at) => text === refusal.cells[at]?.[1]);
  return isSame ? { cells, reason: refusal.reason } : { cells, reason: withheldReason(refusal.column) };
}

/**
 * Withholds refused rows, under other numbers: a number was a digest of what the row said, which is found by trying,
 * and a row is fed in again by its key. A row that somebody delivered is told of under its new number.
 */
async function withholdRefusals(
  filter: Filter<RefusalRecord>,
  run: Pick<RunRecord, 'columns'>,
  { connection, collections: { refusals, pushes }, target, logger }: Tools,
): Promise<void> {
  const ids = (await refusals.find(filter, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const found = await refusals.find({ _id: { $in: ids.slice(at, at + AT_ONCE) } }).toArray();
    const numbers = new Map<string, string>();
    const kept: RefusalRecord[] = [];
    for (const refusal of found) {
      const put = judged(refusal, (stored) => refusalAsKept(stored, run, target), { logger });
      if (put === null) continue;
      const number = rowId(refusal.source, randomBytes(16).toString('base64url'));
      numbers.set(refusal._id, number);
      if (put !== 'REMOVED') kept.push({ ...refusal, ...put, _id: number });
    }
    if (numbers.size === 0) continue;
    await inTransaction(connection, async (session) => {
      const former = { $in: [...numbers.keys()] };
      await refusals.deleteMany({ _id: former }, { session });
      if (kept.length > 0) await refusals.insertMany(kept, { session });
      for (const push of await pushes.find({ refusals: former }, { session }).toArray())
        await pushes.updateOne(
          { _id: push._id },
          { $set: { refusals: (push.refusals ?? []).map((number) => numbers.get(number) ?? number) } },
          { session },
        );
    });
  }
}

/** What the runs of a source tell of it. */
interface OfSource {
  readonly runs: readonly RunRecord[];
  /** The newest run that tells its columns. */
  readonly known: RunRecord | undefined;
  /** False of a source that never says whether a record is anonymous: it has named records alone. */
  readonly isStated: boolean;
}

const columnsOf = ({ columns }: { readonly columns?: RunRecord['columns'] | null }): RunRecord['columns'] =>
  columns ?? {};
const ofSource = (source: string) => ({ $gte: rowId(source, ''), $lt: `${source}0` });

/** What is known of a source of records that may be anonymous. */
async function lookedUp({ rows, runs }: ConnectorCollections, source: string, anonymity: string): Promise<OfSource> {
  const own = await runs.find({ source }).sort({ _id: -1 }).toArray();
  const known = own.find((run) => Object.keys(columnsOf(run)).length > 0);
  const isStated =
    known === undefined ||
    own.some((run) => columnsOf(run)[anonymity] !== undefined) ||
    (await rows.findOne({ _id: ofSource(source), [`values.${anonymity}`]: { $exists: true } })) !== null;
  return { runs: own, known, isStated };
}

/** True of a source whose records may be anonymous, as far as its runs tell. */
export async function mayBeAnonymous(
  connection: Connection,
  source: string,
  { anonymity }: Pick<Target, 'anonymity'>,
): Promise<boolean> {
  return anonymity !== undefined && (await lookedUp(connectorCollections(connection), source, anonymity)).isStated;
}

/**
 * Withholds what an earlier version kept in clear of anonymous records beside the department's own: what their sources
 * said, also for undoing, where two sources differed, refused rows with their numbers, and mended cells. What cannot be
 * known to be of a named record is withheld too. It can be killed and run again.
 */
export async function withholdFormerRows(
  connection: Connection,
  target: OfWhom,
  logger: Pick<Logger, 'error'>,
): Promise<void> {
  const { anonymity } = target;
  if (anonymity === undefined) return;
  const collections = connectorCollections(connection);
  const tools: Tools = { connection, collections, target, logger };
  for (const { _id: source } of await collections.sources.find({ target: target.name }).toArray()) {
    const rows = { _id: ofSource(source), [`values.${anonymity}`]: true };
    await rewritten(collections.rows, rows, { logger, rewrite: (row) => rowAsKept(target, row) });
    const { runs, known, isStated } = await lookedUp(collections, source, anonymity);
    if (isStated) await withholdRuns(source, { runs, known }, tools);
  }
  for await (const conflict of collections.conflicts.find({ target: target.name }))
    await withholdConflict(conflict, tools);
}

async function withholdRuns(source: string, { runs, known }: Omit<OfSource, 'isStated'>, tools: Tools): Promise<void> {
  const { collections, target, logger } = tools;
  const rewrite = (batch: BatchRecord): { readonly changes: readonly Change[] } | null => {
    if (batch.kind !== 'CHANGES') return null;
    const changes = batch.changes.map((change) => changeAsKept(target, change));
    return JSON.stringify(changes) === JSON.stringify(batch.changes) ? null : { changes };
  };
  for (const run of runs) {
    const { _id } = run;
    await rewritten(collections.batches, { run: _id, kind: 'CHANGES' }, { logger, rewrite });
    const flags = judged(run, (stored) => (stored.flags ?? []).map((flag) => ({ ...flag, text: WITHHELD })), {
      logger,
    });
    if (flags.length > 0)
      await collections.runs.updateOne({ _id }, { $set: { flags: flags === 'REMOVED' ? [] : flags } });
    const columns = Object.keys(columnsOf(run)).length > 0 ? columnsOf(run) : columnsOf(known ?? {});
    await withholdRefusals({ source, run: _id }, { columns }, tools);
  }
  const others = { $nin: runs.map(({ _id }) => _id) };
  await withholdRefusals({ source, run: others }, { columns: columnsOf(known ?? {}) }, tools);
}

async function withholdConflict(conflict: ConflictRecord, { collections, target, logger }: Tools): Promise<void> {
  const { _id, field, key } = conflict;
  const ids = judged(conflict, ({ won, lost }) => [won, lost].map(({ source }) => rowId(source, key)), { logger });
  if (ids === 'REMOVED') {
    await collections.conflicts.deleteOne({ _id });
    return;
  }
  const found = await collections.rows.find({ _id: { $in: ids } }).toArray();
  // The rows of a conflict are known, and all say that they are of no anonymous record.
  if (found.length === ids.length && !found.some(({ values }) => saysAnonymous(target, values))) return;
  const withheld = (stated: ConflictRecord['won']): ConflictRecord['won'] => ({
    ...stated,
    value: keptValues(target, { [field]: stated.value }, true)[field] ?? null,
  });
  await collections.conflicts.updateOne(
    { _id },
    { $set: { won: withheld(conflict.won), lost: withheld(conflict.lost) } },
  );
}
