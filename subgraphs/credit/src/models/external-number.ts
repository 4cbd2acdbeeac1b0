import { normalReference } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { RecordNotes } from './record-history.js';

/** What another system leads under numbers of its own: promises, or payments of them. */
export type ExternalKind = 'COMMITMENT' | 'PAYMENT';

/** Under which number another system leads an entry of the ledger: a promise, or a payment that stands. */
export interface ExternalNumber {
  readonly kind: ExternalKind;
  /**
   * Of a promise who owes it, of a payment who delivers it: another department may use the number for something else.
   */
  readonly department: string;
  /** In its normal form. */
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
 * (`normalReference`).
 */
export function externalNumberStore(db: Connection, history: RecordNotes) {
  const model = db.model('ExternalNumber', schema);
  return {
    find: async ({ kind, department, number }: Named, session: ClientSession): Promise<ExternalNumber | null> =>
      model
        .findOne({ kind, department, number: normalReference(number) }, { _id: 0 }, { session })
        .lean<ExternalNumber>(),
    /** The promises of that number, of whichever department. */
    commitments: async (number: string, session: ClientSession): Promise<ExternalNumber[]> =>
      model
        .find({ kind: 'COMMITMENT', number: normalReference(number) }, { _id: 0 }, { session })
        .lean<ExternalNumber[]>(),
    /** What other systems deliver of some commitments. */
    ofCommitments: async (ids: readonly string[]): Promise<ExternalNumber[]> =>
      model.find({ commitmentId: { $in: [...ids] } }, { _id: 0 }).lean<ExternalNumber[]>(),
    put: async (entry: ExternalNumber, session: ClientSession): Promise<void> => {
      const number = normalReference(entry.number);
      await model.replaceOne(
        { kind: entry.kind, department: entry.department, number },
        { ...entry, number },
        { session, upsert: true },
      );
      await history.note('external_numbers', [{ ...entry, number }], session);
    },
    remove: async ({ kind, department, number }: Named, session: ClientSession): Promise<void> => {
      const named = { kind, department, number: normalReference(number) };
      await model.deleteOne(named, { session });
      await history.note('external_numbers', [named], session);
    },
  };
}
