import { insertMissing } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { DishonestyRecord, Judgment, Repair } from '../domain/standing/dishonesty.js';

/** A dishonesty record as stored. A repair is added to it; nothing else changes. */
export interface StoredDishonestyRecord extends DishonestyRecord {
  readonly id: string;
  readonly uscc: string;
  readonly category: string;
  readonly recordedBy: string;
  readonly documentNumber: string;
}

/** A judgment as stored; the amount is whole fen. */
export interface StoredJudgment extends Judgment {
  readonly uscc: string;
  readonly caseNumber: string;
  readonly court: string;
  readonly amount: number;
}

/** Collections, for the other models. */
export const DISHONESTY_RECORDS = 'dishonesty_records';
export const JUDGMENTS = 'judgments';

const required = true;
const dishonestySchema = new Schema<StoredDishonestyRecord>(
  {
    id: { type: String, required },
    uscc: { type: String, required },
    category: { type: String, required },
    seriousness: { type: String, required },
    recordedBy: { type: String, required },
    documentNumber: { type: String, required },
    from: { type: String, required },
    until: { type: String, default: null },
    repair: { type: Schema.Types.Mixed, default: null } as never,
  },
  { collection: DISHONESTY_RECORDS, versionKey: false, strict: 'throw', id: false },
);
dishonestySchema.index({ id: 1 }, { unique: true });
dishonestySchema.index({ uscc: 1, from: 1 });
// One document of one department makes one record.
dishonestySchema.index({ recordedBy: 1, documentNumber: 1, uscc: 1 }, { unique: true });

const judgmentSchema = new Schema<StoredJudgment>(
  {
    uscc: { type: String, required },
    caseNumber: { type: String, required },
    court: { type: String, required },
    amount: { type: Number, required, min: 0 },
    effectiveOn: { type: String, required },
    fulfilledOn: { type: String, default: null },
  },
  { collection: JUDGMENTS, versionKey: false, strict: 'throw' },
);
judgmentSchema.index({ caseNumber: 1, uscc: 1 }, { unique: true });
judgmentSchema.index({ uscc: 1, effectiveOn: 1 });

export type CreditRecordStore = ReturnType<typeof creditRecordStore>;

/** What is recorded against enterprises: dishonesty and judgments. */
export function creditRecordStore(db: Connection) {
  const records = db.model('DishonestyRecord', dishonestySchema);
  const judgments = db.model('Judgment', judgmentSchema);
  return {
    record: async (id: string, session: ClientSession): Promise<StoredDishonestyRecord | null> =>
      records.findOne({ id }, { _id: 0 }, { session }).lean<StoredDishonestyRecord>(),
    /** The record that one document of one department makes about an enterprise; null when there is none. */
    byDocument: async (
      { recordedBy, documentNumber, uscc }: Pick<StoredDishonestyRecord, 'recordedBy' | 'documentNumber' | 'uscc'>,
      session: ClientSession,
    ): Promise<StoredDishonestyRecord | null> =>
      records.findOne({ recordedBy, documentNumber, uscc }, { _id: 0 }, { session }).lean<StoredDishonestyRecord>(),
    judgment: async (
      { caseNumber, uscc }: Pick<StoredJudgment, 'caseNumber' | 'uscc'>,
      session: ClientSession,
    ): Promise<StoredJudgment | null> =>
      judgments.findOne({ caseNumber, uscc }, { _id: 0 }, { session }).lean<StoredJudgment>(),
    /** Puts a judgment in, or its fulfilment. */
    putJudgment: async (judgment: StoredJudgment, session: ClientSession): Promise<void> => {
      await judgments.replaceOne({ caseNumber: judgment.caseNumber, uscc: judgment.uscc }, judgment, {
        upsert: true,
        session,
      });
    },
    insert: async (record: StoredDishonestyRecord, session: ClientSession): Promise<void> => {
      await records.create([record], { session });
    },
    /** Adds the repair to a record that has none; false when it has one. */
    repair: async (id: string, repair: Repair, session: ClientSession): Promise<boolean> =>
      (await records.updateOne({ id, repair: null }, { $set: { repair } }, { session })).matchedCount === 1,

    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (
      allRecords: readonly StoredDishonestyRecord[],
      allJudgments: readonly StoredJudgment[],
    ): Promise<void> => {
      await insertMissing(records.collection, allRecords);
      await insertMissing(judgments.collection, allJudgments);
    },
  };
}
