import { dropFormerIndex, insertMissing, inTransaction, isDuplicateKey } from '@zhitong/kit/mongo';
import { normalReference } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { DishonestyRecord, Judgment, RecordWithdrawal, Repair } from '../domain/standing/dishonesty.js';
import { unlessDamaged, type RecordNotes } from './record-history.js';

/** A dishonesty record as stored. A repair or a withdrawal is added to it; nothing else changes. */
export interface StoredDishonestyRecord extends DishonestyRecord {
  readonly id: string;
  readonly uscc: string;
  readonly category: string;
  readonly recordedBy: string;
  readonly documentNumber: string;
  /** Left out while it counts. */
  readonly withdrawal?: RecordWithdrawal;
}

/** A judgment as stored; the amount is whole fen. */
export interface StoredJudgment extends Judgment {
  readonly uscc: string;
  readonly caseNumber: string;
  readonly court: string;
  readonly amount: number;
  /** Left out while it counts. */
  readonly withdrawal?: RecordWithdrawal;
}

/** Collections, for the other models. */
export const DISHONESTY_RECORDS = 'dishonesty_records';
export const JUDGMENTS = 'judgments';

/** Records as they are stored, with the normal forms by which they are found while they count. */
type KeyedRecord = StoredDishonestyRecord & { readonly documentKey?: string };
type KeyedJudgment = StoredJudgment & { readonly caseKey?: string };

const required = true;
const dishonestySchema = new Schema<KeyedRecord>(
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
    withdrawal: { type: Schema.Types.Mixed } as never,
    documentKey: { type: String },
  },
  { collection: DISHONESTY_RECORDS, versionKey: false, strict: 'throw', id: false },
);
dishonestySchema.index({ id: 1 }, { unique: true });
dishonestySchema.index({ uscc: 1, from: 1 });
// One document of one department makes one record that counts, however its number is typed.
dishonestySchema.index(
  { recordedBy: 1, documentKey: 1, uscc: 1 },
  { unique: true, partialFilterExpression: { documentKey: { $type: 'string' } } },
);
/** Index of databases from before numbers had a normal form. */
const FORMER_DOCUMENT_INDEX = 'recordedBy_1_documentNumber_1_uscc_1';

const judgmentSchema = new Schema<KeyedJudgment>(
  {
    uscc: { type: String, required },
    caseNumber: { type: String, required },
    court: { type: String, required },
    amount: { type: Number, required, min: 0 },
    effectiveOn: { type: String, required },
    fulfilledOn: { type: String, default: null },
    withdrawal: { type: Schema.Types.Mixed } as never,
    caseKey: { type: String },
  },
  { collection: JUDGMENTS, versionKey: false, strict: 'throw' },
);
judgmentSchema.index(
  { caseKey: 1, uscc: 1 },
  { unique: true, partialFilterExpression: { caseKey: { $type: 'string' } } },
);
const FORMER_CASE_INDEX = 'caseNumber_1_uscc_1';

/** Fields that are not the record's: the normal forms by which it is found. */
const WITHOUT_KEYS = { _id: 0, documentKey: 0, caseKey: 0 } as const;
const keyed = (record: StoredDishonestyRecord) => ({
  ...record,
  ...(record.withdrawal ? {} : { documentKey: normalReference(record.documentNumber) }),
});
const keyedJudgment = (judgment: StoredJudgment) => ({ ...judgment, caseKey: normalReference(judgment.caseNumber) });
judgmentSchema.index({ uscc: 1, effectiveOn: 1 });

export type CreditRecordStore = ReturnType<typeof creditRecordStore>;

/** What is recorded against enterprises: dishonesty and judgments. */
export function creditRecordStore(db: Connection, history: RecordNotes) {
  const records = db.model('DishonestyRecord', dishonestySchema);
  const judgments = db.model('Judgment', judgmentSchema);
  return {
    record: async (id: string, session: ClientSession): Promise<StoredDishonestyRecord | null> =>
      records.findOne({ id }, WITHOUT_KEYS, { session }).lean<StoredDishonestyRecord>(),
    /** The record that one document of one department makes about an enterprise; null when there is none. */
    byDocument: async (
      { recordedBy, documentNumber, uscc }: Pick<StoredDishonestyRecord, 'recordedBy' | 'documentNumber' | 'uscc'>,
      session: ClientSession,
    ): Promise<StoredDishonestyRecord | null> =>
      records
        .findOne({ recordedBy, documentKey: normalReference(documentNumber), uscc }, WITHOUT_KEYS, { session })
        .lean<StoredDishonestyRecord>(),
    judgment: async (
      { caseNumber, uscc }: Pick<StoredJudgment, 'caseNumber' | 'uscc'>,
      session: ClientSession,
    ): Promise<StoredJudgment | null> =>
      judgments
        .findOne({ caseKey: normalReference(caseNumber), uscc }, WITHOUT_KEYS, { session })
        .lean<StoredJudgment>(),
    /** Puts a judgment in, or its fulfilment, or one anew that was withdrawn: its history keeps what it was. */
    putJudgment: async (judgment: StoredJudgment, session: ClientSession): Promise<void> => {
      const { uscc } = judgment;
      const stored = keyedJudgment(judgment);
      await judgments.replaceOne({ caseKey: stored.caseKey, uscc }, stored, { upsert: true, session });
      await history.note(JUDGMENTS, [judgment], session);
    },
    /** Takes a judgment back; it can be recorded anew. False when it was taken back already. */
    withdrawJudgment: async (
      { caseNumber, uscc }: Pick<StoredJudgment, 'caseNumber' | 'uscc'>,
      withdrawal: RecordWithdrawal,
      session: ClientSession,
    ): Promise<boolean> => {
      const { matchedCount } = await judgments.updateOne(
        { caseNumber, uscc, withdrawal: null },
        { $set: { withdrawal } },
        { session },
      );
      if (matchedCount === 1) await history.note(JUDGMENTS, [{ caseNumber, uscc }], session);
      return matchedCount === 1;
    },
    insert: async (record: StoredDishonestyRecord, session: ClientSession): Promise<void> => {
      await records.create([keyed(record)], { session });
      await history.note(DISHONESTY_RECORDS, [record], session);
    },
    /** Adds the repair to a record that has none; false when it has one. */
    repair: async (id: string, repair: Repair, session: ClientSession): Promise<boolean> => {
      const open = { id, repair: null, withdrawal: null };
      const { matchedCount } = await records.updateOne(open, { $set: { repair } }, { session });
      if (matchedCount === 1) await history.note(DISHONESTY_RECORDS, [{ id }], session);
      return matchedCount === 1;
    },
    /** Takes a record back; its document can make another one. False when it was taken back already. */
    withdraw: async (id: string, withdrawal: RecordWithdrawal, session: ClientSession): Promise<boolean> => {
      const { matchedCount } = await records.updateOne(
        { id, withdrawal: null },
        { $set: { withdrawal }, $unset: { documentKey: 1 } },
        { session },
      );
      if (matchedCount === 1) await history.note(DISHONESTY_RECORDS, [{ id }], session);
      return matchedCount === 1;
    },

    /**
     * Gives records from before numbers had this normal form theirs. Where two of one document were recorded, spelt in
     * two ways, the later ones stay as they are: both are shown, and somebody withdraws one.
     */
    giveKeys: async (): Promise<void> => {
      for await (const record of records.find({ withdrawal: null }).lean<KeyedRecord>().cursor()) {
        const documentKey = normalReference(record.documentNumber);
        if (record.documentKey === documentKey) continue;
        await keyUnlessTaken(async (session) => {
          await records.updateOne({ id: record.id }, { $set: { documentKey } }, { session });
          await history.note(DISHONESTY_RECORDS, [record], session);
        });
      }
      for await (const judgment of judgments.find({}).lean<KeyedJudgment>().cursor()) {
        const { uscc, caseNumber } = judgment;
        const caseKey = normalReference(caseNumber);
        if (judgment.caseKey === caseKey) continue;
        await keyUnlessTaken(async (session) => {
          await judgments.updateOne({ uscc, caseNumber }, { $set: { caseKey } }, { session });
          await history.note(JUDGMENTS, [{ uscc, caseNumber }], session);
        });
      }
      await dropFormerIndex(records.collection, FORMER_DOCUMENT_INDEX);
      await dropFormerIndex(judgments.collection, FORMER_CASE_INDEX);
    },

    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (
      allRecords: readonly StoredDishonestyRecord[],
      allJudgments: readonly StoredJudgment[],
    ): Promise<void> => {
      await insertMissing(records.collection, allRecords.map(keyed));
      await insertMissing(judgments.collection, allJudgments.map(keyedJudgment));
      await history.bringIn(DISHONESTY_RECORDS, allRecords);
      await history.bringIn(JUDGMENTS, allJudgments);
    },
  };

  /** Gives a normal form unless another record has it. */
  async function keyUnlessTaken(give: (session: ClientSession) => Promise<void>): Promise<void> {
    await unlessDamaged(async () =>
      inTransaction(db, give).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
      }),
    );
  }
}
