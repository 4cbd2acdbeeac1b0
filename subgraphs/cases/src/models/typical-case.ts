import { insertMissing } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { Category } from '../domain/taxonomy.js';

/** A typical case, proposed by one person and reviewed by another. */
export interface TypicalCaseRecord {
  readonly id: string;
  readonly caseNumber: string;
  readonly category: Category;
  readonly title: string;
  readonly text: string;
  readonly status: 'PROPOSED' | 'PUBLISHED' | 'REJECTED';
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly reviewedBy: string | null;
  readonly reviewNote: string | null;
  readonly publishedOn: string | null;
}

const required = true;
const schema = new Schema(
  {
    id: { type: String, required },
    caseNumber: { type: String, required },
    category: { type: String, required },
    title: { type: String, required },
    text: { type: String, required },
    status: { type: String, required },
    proposedBy: { type: String, required },
    proposedAt: { type: Date, required },
    reviewedBy: { type: String, default: null },
    reviewNote: { type: String, default: null },
    publishedOn: { type: String, default: null },
  },
  { collection: 'typical_cases', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ status: 1, publishedOn: -1, id: -1 });
schema.index({ status: 1, proposedAt: 1 });

export type TypicalCaseStore = ReturnType<typeof typicalCaseStore>;

/** The typical cases. */
export function typicalCaseStore(db: Connection) {
  const model = db.model('TypicalCase', schema);
  const plain = { _id: 0 } as const;
  return {
    byId: async (id: string, session?: ClientSession): Promise<TypicalCaseRecord | null> =>
      model.findOne({ id }, plain, { session: session ?? null }).lean<TypicalCaseRecord | null>(),
    published: async (limit: number): Promise<TypicalCaseRecord[]> =>
      model
        .find({ status: 'PUBLISHED' }, plain)
        .sort({ publishedOn: -1, id: -1 })
        .limit(limit)
        .lean<TypicalCaseRecord[]>(),
    proposed: async (limit: number): Promise<TypicalCaseRecord[]> =>
      model.find({ status: 'PROPOSED' }, plain).sort({ proposedAt: 1 }).limit(limit).lean<TypicalCaseRecord[]>(),
    insert: async (record: TypicalCaseRecord, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...record }, { session });
    },
    /** Reviews a proposal that is still open and that somebody else made; false otherwise. */
    review: async (
      id: string,
      review: { by: string; note: string; publishedOn: string | null },
      session: ClientSession,
    ): Promise<boolean> =>
      (
        await model.updateOne(
          { id, status: 'PROPOSED', proposedBy: { $ne: review.by } },
          {
            $set: {
              status: review.publishedOn === null ? 'REJECTED' : 'PUBLISHED',
              reviewedBy: review.by,
              reviewNote: review.note,
              publishedOn: review.publishedOn,
            },
          },
          { session },
        )
      ).matchedCount === 1,
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (records: readonly TypicalCaseRecord[]): Promise<void> =>
      insertMissing(model.collection, records),
  };
}
