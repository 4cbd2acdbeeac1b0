import type { AnyBulkWriteOperation, Collection, Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { booleanReader } from '../../mapping/readers/texts.js';
import type { Target } from '../../target.js';
import {
  connectorCollections,
  rowId,
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

/** Writes what is to be written of the records that a query finds. */
async function rewritten<Stored extends Document>(
  collection: Collection<Stored>,
  filter: Parameters<Collection<Stored>['find']>[0],
  rewrite: (stored: Stored) => Partial<Stored> | null,
): Promise<void> {
  let writes: AnyBulkWriteOperation<Stored>[] = [];
  const write = async (): Promise<void> => {
    if (writes.length > 0) await collection.bulkWrite(writes, { ordered: false });
    writes = [];
  };
  for await (const stored of collection.find(filter)) {
    const put = rewrite(stored as Stored);
    if (put === null) continue;
    writes.push({ updateOne: { filter: { _id: stored._id }, update: { $set: put } } } as AnyBulkWriteOperation<Stored>);
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

/** Whether the rows of a conflict are known, and all say that they are of no anonymous record. */
async function isNamed({ rows }: ConnectorCollections, target: OfWhom, conflict: ConflictRecord): Promise<boolean> {
  const ids = [conflict.won.source, conflict.lost.source].map((source) => rowId(source, conflict.key));
  const found = await rows.find({ _id: { $in: ids } }).toArray();
  return found.length === ids.length && !found.some(({ values }) => saysAnonymous(target, values));
}

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
 * clearly that it is not anonymous. The mapping by which it was read is gone; which columns it had, its run tells.
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
  return isSame ? null : { cells, reason: withheldReason(refusal.column) };
}

/**
 * Withholds what an earlier version kept in clear of anonymous records beside the department's own: what their sources
 * said, also for undoing, where two sources differed, refused rows and mended cells. What cannot be known to be of a
 * named record is withheld too. It can be killed and run again.
 */
export async function withholdFormerRows(connection: Connection, target: OfWhom): Promise<void> {
  const { anonymity } = target;
  if (anonymity === undefined) return;
  const collections = connectorCollections(connection);
  const sources = (await collections.sources.find({ target: target.name }).toArray()).map(({ _id }) => _id);
  for (const source of sources) {
    const ofSource = { $gte: rowId(source, ''), $lt: `${source}0` };
    await rewritten(collections.rows, { _id: ofSource, [`values.${anonymity}`]: true }, (row) =>
      rowAsKept(target, row),
    );
    const runs = await collections.runs.find({ source }).sort({ _id: -1 }).toArray();
    const known = runs.find(({ columns }) => Object.keys(columns).length > 0);
    const isStated =
      known === undefined ||
      runs.some(({ columns }) => columns[anonymity] !== undefined) ||
      (await collections.rows.findOne({ _id: ofSource, [`values.${anonymity}`]: { $exists: true } })) !== null;
    // A source that never says so has named records alone.
    if (!isStated) continue;
    for (const { _id, columns, flags = [] } of runs) {
      await rewritten(collections.batches, { run: _id, kind: 'CHANGES' }, (batch) => {
        if (batch.kind !== 'CHANGES') return null;
        const changes = batch.changes.map((change) => changeAsKept(target, change));
        return JSON.stringify(changes) === JSON.stringify(batch.changes) ? null : { changes };
      });
      if (flags.length > 0)
        await collections.runs.updateOne(
          { _id },
          { $set: { flags: flags.map((flag) => ({ ...flag, text: WITHHELD })) } },
        );
      const columnsOfRun = Object.keys(columns).length > 0 ? { columns } : (known ?? { columns });
      await rewritten(collections.refusals, { source, run: _id }, (refusal) =>
        refusalAsKept(refusal, columnsOfRun, target),
      );
    }
    const ids = runs.map(({ _id }) => _id);
    await rewritten(collections.refusals, { source, run: { $nin: ids } }, (refusal) =>
      refusalAsKept(refusal, known ?? { columns: {} }, target),
    );
  }
  for await (const conflict of collections.conflicts.find({ target: target.name })) {
    if (await isNamed(collections, target, conflict)) continue;
    const [won, lost] = [conflict.won, conflict.lost].map((stated) => ({
      ...stated,
      value: keptValues(target, { [conflict.field]: stated.value }, true)[conflict.field] ?? null,
    }));
    if (won !== undefined && lost !== undefined)
      await collections.conflicts.updateOne({ _id: conflict._id }, { $set: { won, lost } });
  }
}
