import type { AnyBulkWriteOperation } from 'mongodb';
import type { ClientSession } from 'mongoose';
import type { FieldValue, MappedRow, Target } from '../target.js';
import { keyOfRow, rowId, type ConflictRecord, type ConnectorCollections } from './collections.js';
import { isSame, keptValues } from './rows/row-hash.js';
import { saysAnonymous } from './rows/secret-rows.js';

/** Another source that fills the same records. */
export interface OtherSource {
  readonly name: string;
  readonly precedence: number;
}

/** What another source says of a key. */
interface Said {
  readonly source: OtherSource;
  readonly values: Readonly<Record<string, FieldValue>>;
}

/** Rows as they land, and where sources differ. */
export interface Settled {
  readonly rows: readonly MappedRow[];
  readonly conflicts: readonly Omit<ConflictRecord, 'run' | 'at' | 'endedAt'>[];
  /** Names of conflicts that are over, because the sources agree. */
  readonly agreed: readonly string[];
}

/**
 * Settles where sources state different values of one field: the value of the source with the smaller number of
 * precedence stands, of equal ones the newer delivery. A value that gives way is left out of the row, so that the
 * department's record keeps the other one; it is not forgotten: it stays in what the source said, and both are listed.
 * Fields that make the key are never in dispute.
 */
export function settle(
  rows: readonly MappedRow[],
  said: ReadonlyMap<string, readonly Said[]>,
  { target, source, precedence }: { readonly target: Target; readonly source: string; readonly precedence: number },
): Settled {
  const conflicts: Omit<ConflictRecord, 'run' | 'at' | 'endedAt'>[] = [];
  const agreed: string[] = [];
  const settled = rows.map((row): MappedRow => {
    const giveWay = new Set<string>();
    for (const { source: other, values } of said.get(row.key) ?? []) {
      const isAnonymous = saysAnonymous(target, row.values) || saysAnonymous(target, values);
      const [own, others] = [row.values, values].map((each) => keptValues(target, each, isAnonymous));
      for (const [field, ours] of Object.entries(own ?? {})) {
        const theirs = others?.[field];
        if (theirs === undefined || target.key.includes(field)) continue;
        const _id = [target.name, row.key, field, ...[source, other.name].sort()].join('/');
        if (isSame(ours, theirs)) {
          agreed.push(_id);
          continue;
        }
        const isOurs = precedence <= other.precedence;
        if (!isOurs) giveWay.add(field);
        const [stated, their] = [
          { source, value: ours },
          { source: other.name, value: theirs },
        ];
        conflicts.push({
          _id,
          target: target.name,
          key: row.key,
          field,
          won: isOurs ? stated : their,
          lost: isOurs ? their : stated,
        });
      }
    }
    return giveWay.size === 0
      ? row
      : { ...row, values: Object.fromEntries(Object.entries(row.values).filter(([field]) => !giveWay.has(field))) };
  });
  return { rows: settled, conflicts, agreed };
}

/** Reads what other sources of the same records say of keys. */
export async function readSaid(
  { rows }: ConnectorCollections,
  { keys, others, session }: { keys: readonly string[]; others: readonly OtherSource[]; session: ClientSession },
): Promise<ReadonlyMap<string, readonly Said[]>> {
  const said = new Map<string, Said[]>();
  if (keys.length === 0) return said;
  for (const source of others) {
    const ids = keys.map((key) => rowId(source.name, key));
    const found = rows.find({ _id: { $in: ids }, goneIn: { $exists: false } }, { session, batchSize: ids.length + 1 });
    for (const { _id, values } of await found.toArray()) {
      const key = keyOfRow(_id);
      said.set(key, [...(said.get(key) ?? []), { source, values }]);
    }
  }
  return said;
}

/** Lists conflicts, and ends those that are over. */
export async function storeConflicts(
  { conflicts }: ConnectorCollections,
  settled: Pick<Settled, 'conflicts' | 'agreed'>,
  { run, at, session }: { readonly run: string; readonly at: Date; readonly session: ClientSession },
): Promise<void> {
  const writes: AnyBulkWriteOperation<ConflictRecord>[] = settled.conflicts.map((conflict) => ({
    replaceOne: { filter: { _id: conflict._id }, replacement: { ...conflict, run, at, endedAt: null }, upsert: true },
  }));
  if (writes.length > 0) await conflicts.bulkWrite(writes, { session, ordered: false });
  if (settled.agreed.length > 0)
    await conflicts.updateMany(
      { _id: { $in: [...settled.agreed] }, endedAt: null },
      { $set: { endedAt: at } },
      { session },
    );
}
