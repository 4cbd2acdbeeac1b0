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

export type ExternalNumberStore = ReturnType<typeof externalNumberStore>;

/**
 * The numbers of promises and payments in other systems; one number is the same however it is typed
 * (`normalReference`). Where an earlier release entered two things under two spellings of one number, the later one is
 * kept under its own spelling and found by that alone.
 */
export function externalNumberStore(db: Connection, history: RecordNotes) {
  const model = db.model('ExternalNumber', schema);
  /** What is kept of a number: under its spelling, where it has a place of its own, else under the normal form. */
  const keptOf = async (
    { kind, department, number }: Named,
    session: ClientSession,
  ): Promise<ExternalNumber | null> => {
    const spellings = [...new Set([number, normalReference(number)])];
    const kept = await model
      .find({ kind, department, number: { $in: spellings } }, { _id: 0 }, { session })
      .lean<ExternalNumber[]>();
    return kept.find((one) => one.number === number) ?? kept[0] ?? null;
  };
  const keptUnder = async (named: Named, session: ClientSession): Promise<string> =>
    (await keptOf(named, session))?.number ?? normalReference(named.number);
  return {
    find: keptOf,
    /** The promises of that number, of whichever department. */
    commitments: async (number: string, session: ClientSession): Promise<ExternalNumber[]> => {
      const found = await model
        .find(
          { kind: 'COMMITMENT', number: { $in: [...new Set([number, normalReference(number)])] } },
          { _id: 0 },
          { session },
        )
        .lean<ExternalNumber[]>();
      const spelt = new Set(found.filter((one) => one.number === number).map(({ department }) => department));
      return found.filter((one) => one.number === number || !spelt.has(one.department));
    },
    /** What other systems deliver of some commitments. */
    ofCommitments: async (ids: readonly string[]): Promise<ExternalNumber[]> =>
      model.find({ commitmentId: { $in: [...ids] } }, { _id: 0 }).lean<ExternalNumber[]>(),
    put: async (entry: ExternalNumber, session: ClientSession): Promise<void> => {
      const { kind, department } = entry;
      const number = await keptUnder(entry, session);
      await model.replaceOne({ kind, department, number }, { ...entry, number }, { session, upsert: true });
      await history.note('external_numbers', [{ ...entry, number }], session);
    },
    remove: async (named: Named, session: ClientSession): Promise<void> => {
      const { kind, department } = named;
      const kept = { kind, department, number: await keptUnder(named, session) };
      await model.deleteOne(kept, { session });
      await history.note('external_numbers', [kept], session);
    },
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
