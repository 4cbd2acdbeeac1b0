import { insertMissing, isDuplicateKey } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { Category } from '../domain/taxonomy.js';

/** A typical case, proposed by one person and reviewed by another. */
export interface TypicalCaseRecord {
  readonly id: string;
  readonly caseNumber: string;
  readonly category: Category;
  readonly title: string;
  readonly text: string;
  readonly status: 'PROPOSED' | 'PUBLISHED' | 'REJECTED' | 'RETRACTED';
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly reviewedBy: string | null;
  readonly reviewNote: string | null;
  readonly publishedOn: string | null;
  /** The department that is named with it; records from before that was possible have none. */
  readonly department?: string | null;
  /** Records from before a typical case could be taken back have none of these. */
  readonly retractedOn?: string | null;
  readonly retractedBy?: string | null;
  readonly retractionReason?: string | null;
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
    department: { type: String, default: null },
    standsFor: { type: String },
    retractedOn: { type: String, default: null },
    retractedBy: { type: String, default: null },
    retractionReason: { type: String, default: null },
  },
  { collection: 'typical_cases', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
// A case is told once at a time: proposed, or published. Records from before have no such field, and may be two.
schema.index({ standsFor: 1 }, { unique: true, sparse: true });
schema.index({ caseNumber: 1, status: 1 });
schema.index({ status: 1, publishedOn: -1, id: -1 });
schema.index({ status: 1, proposedAt: 1 });

export type TypicalCaseStore = ReturnType<typeof typicalCaseStore>;

/** The typical cases. */
export function typicalCaseStore(db: Connection) {
  const model = db.model('TypicalCase', schema);
  const plain = { _id: 0, standsFor: 0 } as const;
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
    /** Adds a proposal; false when one of the same case was made in between. */
    insert: async (record: TypicalCaseRecord, session: ClientSession): Promise<boolean> => {
      try {
        await model.collection.insertOne({ ...record, standsFor: record.caseNumber }, { session });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
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
            ...(review.publishedOn === null ? { $unset: { standsFor: '' } } : {}),
          },
          { session },
        )
      ).matchedCount === 1,
    /** A proposal or publication of a case that stands; null when there is none. */
    standing: async (
      caseNumber: string,
      session: ClientSession,
    ): Promise<Pick<TypicalCaseRecord, 'id' | 'status'> | null> =>
      model
        .findOne({ caseNumber, status: { $in: ['PROPOSED', 'PUBLISHED'] } }, { _id: 0, id: 1, status: 1 }, { session })
        .lean<Pick<TypicalCaseRecord, 'id' | 'status'> | null>(),
    /** Takes a published one back; false when it is not published. */
    retract: async (
      id: string,
      { by, reason, on }: { by: string; reason: string; on: string },
      session: ClientSession,
    ): Promise<boolean> =>
      (
        await model.updateOne(
          { id, status: 'PUBLISHED' },
          {
            $set: { status: 'RETRACTED', retractedBy: by, retractionReason: reason, retractedOn: on },
            $unset: { standsFor: '' },
          },
          { session },
        )
      ).matchedCount === 1,
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (records: readonly TypicalCaseRecord[]): Promise<void> =>
      insertMissing(model.collection, records),
  };
}
