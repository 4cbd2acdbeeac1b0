import type { Clock } from '@zhitong/kit';
import { inTransaction } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { GENESIS } from '../domain/ledger/hash-chain.js';
import { chainRecord, type RecordChange, type RecordEntry } from '../domain/ledger/record-chain.js';
import { contentText, joinedContent, splitContent } from './record-content.js';
import { chainOf, keyFields, RECORD_KINDS, type Keyed, type RecordKind } from './record-kinds.js';

const required = true;
const text = { type: String, default: null };
const schema = new Schema<RecordEntry>(
  {
    chain: { type: String, required },
    seq: { type: Number, required, min: 1 },
    recordedAt: { type: String, required },
    change: { type: String, required },
    open: text,
    named: text,
    previousHash: { type: String, required },
    hash: { type: String, required },
  },
  { collection: 'record_history', versionKey: false, strict: 'throw' },
);
// A lost race fails here: two writers never append the same position of a chain.
schema.index({ chain: 1, seq: 1 }, { unique: true });
// What a seal covers.
schema.index({ recordedAt: 1, chain: 1 });

/** Names for the other models. */
export const RECORD_HISTORY = 'record_history';
export const SEALS = 'seals';

/** Records that are read at once. */
const BATCH = 500;

/**
 * Registers of what the department does by itself, which a damaged record of does not stop: it is done again, and the
 * history has both.
 */
const REPEATED: ReadonlySet<RecordKind> = new Set([
  'checkpoints',
  'ledger_verifications',
  'reminders',
  'seals',
  'stored_forms',
]);

/** A record is not as its history has it: somebody changed, put in or took it away. Nothing is written over that. */
export class DamagedRecord extends Error {
  constructor(chains: readonly string[]) {
    super(`${chains.join(', ')} does not stand as its history has it; run verify`);
    this.name = 'DamagedRecord';
  }
}

/** Does some work of a start, and leaves what is damaged to `verify`. */
export async function unlessDamaged(work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    if (!(error instanceof DamagedRecord)) throw error;
  });
}

export type RecordHistory = ReturnType<typeof recordHistory>;

/** The part of it with which the other stores write. */
export type RecordNotes = Pick<RecordHistory, 'note' | 'bringIn' | 'chains'>;

/** The histories of all registers' records. There is no way to change or remove an entry. */
export function recordHistory(db: Connection, clock: Clock) {
  const model = db.model('RecordEntry', schema);

  /** An entry is never placed where the book is sealed, whatever a clock says that was set back. */
  const timeNow = async (): Promise<string> => {
    const newest = await db
      .collection<{ cutoff: string }>(SEALS)
      .findOne({}, { sort: { no: -1 }, projection: { _id: 0, cutoff: 1 } });
    return later(clock.now().toISOString(), newest?.cutoff);
  };
  const heads = async (chains: readonly string[], session: ClientSession | null): Promise<Map<string, RecordEntry>> => {
    const found = await model
      .aggregate<RecordEntry>([
        { $match: { chain: { $in: [...chains] } } },
        { $sort: { chain: 1, seq: -1 } },
        { $group: { _id: '$chain', head: { $first: '$$ROOT' } } },
        { $replaceRoot: { newRoot: '$head' } },
      ])
      .session(session);
    return new Map(found.map((entry) => [entry.chain, entry]));
  };

  /**
   * Of which records what was stored before the caller's transaction is not what the histories have: a record that
   * somebody changed, put in or took away is not written, or its history would have from then on what was done to it.
   * Both are read as of one moment, so that a transaction that ends just now is seen whole or not at all.
   */
  const damagedAmong = async (
    kind: RecordKind,
    keys: readonly Keyed[],
    chains: readonly string[],
  ): Promise<readonly string[]> => {
    const moment = await db.startSession({ snapshot: true });
    try {
      const stored = await storedRecords(db, kind, keys, moment);
      const noted = await heads(chains, moment);
      return chains.filter((chain) => !isAsNoted(stored.get(chain) ?? [], noted.get(chain)));
    } finally {
      await moment.endSession();
    }
  };

  const append = async (
    kind: RecordKind,
    keys: readonly Keyed[],
    session: ClientSession,
    { onlyNew }: { onlyNew: boolean },
  ): Promise<number> => {
    if (keys.length === 0) return 0;
    const records = await storedRecords(db, kind, keys, session);
    const chains = [...new Set(keys.map((key) => chainOf(kind, key)))];
    const damaged = onlyNew || REPEATED.has(kind) ? [] : await damagedAmong(kind, keys, chains);
    if (damaged.length > 0) throw new DamagedRecord(damaged);
    const before = await heads(chains, session);
    const now = await timeNow();
    const entries = chains.flatMap((chain) => {
      const head = before.get(chain);
      const record = records.get(chain)?.[0];
      if ((onlyNew && head !== undefined) || (record === undefined && head === undefined)) return [];
      const change: RecordChange = record === undefined ? 'REMOVED' : onlyNew ? 'BROUGHT_IN' : 'WRITTEN';
      return chainRecord(
        {
          chain,
          seq: (head?.seq ?? 0) + 1,
          recordedAt: later(now, head?.recordedAt),
          change,
          ...(record === undefined ? { open: null, named: null } : splitContent(record)),
        },
        head?.hash ?? GENESIS,
      );
    });
    if (entries.length > 0) await model.insertMany(entries, { session, lean: true });
    return entries.length;
  };

  return {
    /**
     * Notes in the caller's transaction how records stand that were written or taken away in it. Every write of a
     * register of `record-kinds.ts` does so; `verify` finds one that did not.
     * @param keys the keys, or whole records
     */
    note: async (kind: RecordKind, keys: readonly Keyed[], session: ClientSession): Promise<void> => {
      await append(kind, keys, session, { onlyNew: false });
    },

    /**
     * Takes over records that have no history: those of a database from before it was kept, and those of the demo's
     * load. Those that have one are left alone, so it can be run again. Answers how many.
     */
    bringIn: async (kind: RecordKind, keys: readonly Keyed[]): Promise<number> => {
      let brought = 0;
      for (let from = 0; from < keys.length; from += BATCH)
        brought += await inTransaction(db, async (session) =>
          append(kind, keys.slice(from, from + BATCH), session, { onlyNew: true }),
        );
      return brought;
    },

    /** Takes over the whole register. */
    bringInAll: async (kind: RecordKind): Promise<number> => {
      let brought = 0;
      const bring = async (keys: readonly Keyed[]): Promise<number> =>
        inTransaction(db, async (session) => append(kind, keys, session, { onlyNew: true }));
      for await (const keys of keysInBatches(db, kind)) brought += await bring(keys);
      return brought;
    },

    /** When the first entry was written; null before there is one. */
    began: async (): Promise<Date | null> => {
      const first = await model.findOne({}, { recordedAt: 1 }).sort({ recordedAt: 1 }).lean<RecordEntry>();
      return first && new Date(first.recordedAt);
    },

    /** The histories of many records, each in order. */
    chains: async (chains: readonly string[]): Promise<Map<string, RecordEntry[]>> => {
      const found = new Map<string, RecordEntry[]>();
      for (const entry of await model
        .find({ chain: { $in: [...chains] } }, { _id: 0 })
        .sort({ chain: 1, seq: 1 })
        .lean<RecordEntry[]>()) {
        const entries = found.get(entry.chain);
        if (entries) entries.push(entry);
        else found.set(entry.chain, [entry]);
      }
      return found;
    },

    /** What names entries in place of a record, as text. */
    strays: async (): Promise<string[]> =>
      (
        await model
          .distinct('chain', { chain: { $not: new RegExp(`^(${RECORD_KINDS.join('|')})/`) } })
          .lean<unknown[]>()
      ).map(String),

    /** Names of all chains, in order. */
    async *names(): AsyncGenerator {
      for await (const { _id } of model
        .aggregate<{ _id: unknown }>([{ $sort: { chain: 1 } }, { $group: { _id: '$chain' } }, { $sort: { _id: 1 } }])
        .allowDiskUse(true)
        .cursor())
        yield _id;
    },

    /** Keys of all records of a register, in batches. */
    keysInBatches: (kind: RecordKind): AsyncGenerator<Keyed[]> => keysInBatches(db, kind),

    /** Records by the names of their chains; more than one only where somebody put a second one in. */
    records: async (kind: RecordKind, keys: readonly Keyed[]): Promise<Map<string, object[]>> =>
      storedRecords(db, kind, keys),

    /** Puts a record back as its history has it, in place of all that stand under its key. */
    restore: async (kind: RecordKind, key: Keyed, record: object | null): Promise<void> =>
      inTransaction(db, async (session) => {
        await db.collection(kind).deleteMany({ ...key }, { session });
        if (record !== null) await db.collection(kind).insertOne({ ...record }, { session });
      }),
  };
}

/** Whether one record, or none, is what the last entry of its history left. */
function isAsNoted(stored: readonly object[], head: RecordEntry | undefined): boolean {
  const [record] = stored;
  if (head === undefined || head.open === null) return stored.length === 0;
  if (record === undefined || stored.length > 1) return false;
  try {
    return contentText(record) === joinedContent(head.open, head.named);
  } catch {
    return false;
  }
}

const later = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a);

/** Without MongoDB's own key, unless it is the record's. */
const projection = (kind: RecordKind): Record<string, 0> => (keyFields(kind).includes('_id') ? {} : { _id: 0 });

/**
 * Finds records by their keys. Where these differ in one field, as numbers of one department do, that is one range of
 * the index for each; a list of alternatives would be planned one by one.
 */
function filterOf(kind: RecordKind, keys: readonly Keyed[]): object {
  const fields = keyFields(kind);
  const valuesOf = (field: string): unknown[] => [...new Set(keys.map((key): unknown => Reflect.get(key, field)))];
  return fields.filter((field) => valuesOf(field).length > 1).length <= 1
    ? Object.fromEntries(fields.map((field) => [field, { $in: valuesOf(field) }]))
    : {
        $or: keys.map((key) =>
          Object.fromEntries(fields.map((field): [string, unknown] => [field, Reflect.get(key, field)])),
        ),
      };
}

async function storedRecords(
  db: Connection,
  kind: RecordKind,
  keys: readonly Keyed[],
  session?: ClientSession,
): Promise<Map<string, object[]>> {
  const found = new Map<string, object[]>();
  if (keys.length === 0) return found;
  for await (const record of db
    .collection(kind)
    .find(filterOf(kind, keys), { projection: projection(kind), ...(session ? { session } : {}) })) {
    const chain = chainOf(kind, record);
    found.set(chain, [...(found.get(chain) ?? []), record]);
  }
  return found;
}

async function* keysInBatches(db: Connection, kind: RecordKind): AsyncGenerator<Keyed[]> {
  let batch: Keyed[] = [];
  const fields = Object.fromEntries(keyFields(kind).map((field) => [field, 1]));
  for await (const key of db.collection(kind).find({}, { projection: { ...projection(kind), ...fields } })) {
    batch.push(key);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
