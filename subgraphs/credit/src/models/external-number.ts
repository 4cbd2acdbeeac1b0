import { inTransaction, isDuplicateKey } from '@zhitong/kit/mongo';
import { normalReference } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { DamagedRecord, type RecordNotes } from './record-history.js';

/** What another system leads under numbers of its own: promises, or payments of them. */
export type ExternalKind = 'COMMITMENT' | 'PAYMENT';

/** Under which number another system leads an entry of the ledger: a promise, or a payment that stands. */
export interface ExternalNumber {
  readonly kind: ExternalKind;
  /**
   * Of a promise who owes it, of a payment who delivers it: another department may use the number for something else.
   */
  readonly department: string;
  /** In its normal form; in its own spelling where an earlier release had entered another one of that form. */
  readonly number: string;
  /** Natural key of the row that delivered it last; absent of what was delivered before this was kept. */
  readonly key?: string | null;
  readonly commitmentId: string;
  readonly seq: number;
  /** Name of the source that delivered it last. */
  readonly source: string;
}

const required = true;
const schema = new Schema<ExternalNumber>(
  {
    kind: { type: String, required },
    department: { type: String, required },
    number: { type: String, required },
    key: { type: String },
    commitmentId: { type: String, required },
    seq: { type: Number, required },
    source: { type: String, required },
  },
  { collection: 'external_numbers', versionKey: false, strict: 'throw', id: false },
);
schema.index({ kind: 1, number: 1, department: 1 }, { unique: true });
schema.index({ commitmentId: 1 });

type Named = Pick<ExternalNumber, 'kind' | 'department' | 'number'>;
type Deliverer = Omit<Named, 'number'>;

export type ExternalNumberStore = ReturnType<typeof externalNumberStore>;

/**
 * The numbers of promises and payments in other systems; one number is the same however it is typed
 * (`normalReference`). Where an earlier release entered two things under two spellings of one number, the later one is
 * kept under its own spelling and found by that alone.
 */
export function externalNumberStore(db: Connection, history: RecordNotes) {
  const model = db.model('ExternalNumber', schema);
  /** What is kept of numbers: under the spelling, where it has a place of its own, else under the normal form. */
  const keptAmong = async (
    { kind, department }: Deliverer,
    numbers: readonly string[],
    session: ClientSession,
  ): Promise<Map<string, ExternalNumber>> => {
    const spellings = [...new Set(numbers.flatMap((number) => [number, normalReference(number)]))];
    const found = await model
      .find({ kind, department, number: { $in: spellings } }, { _id: 0 }, { session })
      .lean<ExternalNumber[]>();
    const kept = new Map(found.map((one) => [one.number, one]));
    return new Map(
      numbers.flatMap((number) => {
        const one = kept.get(number) ?? kept.get(normalReference(number));
        return one === undefined ? [] : [[number, one]];
      }),
    );
  };
  /** The number under which each is kept, or is to be: in the order given. */
  const keptNumbers = async (of: Deliverer, numbers: readonly string[], session: ClientSession): Promise<string[]> => {
    const kept = await keptAmong(of, numbers, session);
    return numbers.map((number) => kept.get(number)?.number ?? normalReference(number));
  };
  const putAll = async (
    { kind, department }: Deliverer,
    entries: readonly ExternalNumber[],
    session: ClientSession,
  ): Promise<void> => {
    if (entries.length === 0) return;
    const given = entries.map(({ number }) => number);
    const kept = await keptNumbers({ kind, department }, given, session);
    const stored = entries.map((entry, at) => ({ ...entry, number: kept[at] ?? entry.number }));
    await model.bulkWrite(
      stored.map((entry) => ({
        replaceOne: { filter: { kind, department, number: entry.number }, replacement: entry, upsert: true },
      })),
      { session },
    );
    await history.note('external_numbers', stored, session);
  };
  const removeAll = async (
    { kind, department }: Deliverer,
    numbers: readonly string[],
    session: ClientSession,
  ): Promise<void> => {
    if (numbers.length === 0) return;
    const stored = await keptNumbers({ kind, department }, numbers, session);
    await model.deleteMany({ kind, department, number: { $in: stored } }, { session });
    await history.note(
      'external_numbers',
      stored.map((number) => ({ kind, department, number })),
      session,
    );
  };
  return {
    find: async (named: Named, session: ClientSession): Promise<ExternalNumber | null> =>
      (await keptAmong(named, [named.number], session)).get(named.number) ?? null,
    /** What is kept of each of these numbers of a department; those that are not known are absent. */
    findAll: keptAmong,
    /** The promises of each of these numbers, of whichever department. */
    commitments: async (
      numbers: readonly string[],
      session: ClientSession,
    ): Promise<Map<string, readonly ExternalNumber[]>> => {
      const spellings = [...new Set(numbers.flatMap((number) => [number, normalReference(number)]))];
      const known = new Map<string, ExternalNumber[]>();
      for (const one of await model
        .find({ kind: 'COMMITMENT', number: { $in: spellings } }, { _id: 0 }, { session })
        .lean<ExternalNumber[]>())
        known.set(one.number, [...(known.get(one.number) ?? []), one]);
      return new Map(
        numbers.map((number) => {
          const spelt = known.get(number) ?? [];
          const normal = normalReference(number);
          const departments = new Set(spelt.map(({ department }) => department));
          const others = normal === number ? [] : (known.get(normal) ?? []);
          return [number, [...spelt, ...others.filter(({ department }) => !departments.has(department))]];
        }),
      );
    },
    /** What other systems deliver of some commitments. */
    ofCommitments: async (ids: readonly string[]): Promise<ExternalNumber[]> =>
      model.find({ commitmentId: { $in: [...ids] } }, { _id: 0 }).lean<ExternalNumber[]>(),
    put: async (entry: ExternalNumber, session: ClientSession): Promise<void> => putAll(entry, [entry], session),
    /** Keeps numbers of one kind and department. */
    putAll,
    remove: async (named: Named, session: ClientSession): Promise<void> => removeAll(named, [named.number], session),
    removeAll,
    /**
     * Gives numbers that an earlier release stored in another form the present one. Answers how many stay under their
     * own spelling, because another one has the form.
     */
    giveNormalForms: async (): Promise<number> => {
      let spelt = 0;
      const move = async (entry: ExternalNumber, number: string): Promise<void> =>
        inTransaction(db, async (session) => {
          const { kind, department } = entry;
          await model.updateOne({ kind, department, number: entry.number }, { $set: { number } }, { session });
          await history.note('external_numbers', [entry, { ...entry, number }], session);
        });
      for await (const entry of model.find({}, { _id: 0 }).sort({ _id: 1 }).lean<ExternalNumber>().cursor()) {
        const normal = normalReference(entry.number);
        if (normal === entry.number) continue;
        await move(entry, normal).catch(async (error: unknown) => {
          if (error instanceof DamagedRecord) return;
          if (!isDuplicateKey(error)) throw error;
          spelt += 1;
          const given = givenIn(entry.key ?? null);
          if (given !== null && given !== entry.number) await move(entry, given);
        });
      }
      return spelt;
    },
  };
}

/** The number in the key of the row that delivered it, as it was given; null when there is no key. */
const givenIn = (key: string | null): string | null =>
  key === null ? null : key.slice(key.indexOf('/') + 1).replaceAll('||', '|');
