import { insertMissing } from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { Stratum } from '../../domain/appraisal/appraisal.js';
import type { DepartmentResult } from '../../domain/appraisal/results.js';

/** What a department says of a double drop. */
export interface MeasuresRecord {
  readonly department: string;
  readonly causes: string;
  readonly measures: string;
  readonly dueOn: LegalDay;
  readonly statedOn: LegalDay;
}

/** A stratum as it was drawn. */
export interface DrawnStratum extends Stratum {
  /** Enterprises of it in the library. */
  readonly population: number;
  readonly drawn: number;
}

/** One round in which enterprises appraise departments. */
export interface AppraisalRecord {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** Codes. */
  readonly departments: readonly string[];
  readonly strata: readonly Stratum[];
  readonly seedHash: string;
  readonly committedOn: LegalDay;
  readonly opensOn: LegalDay;
  readonly closesOn: LegalDay;
  readonly draw: {
    readonly seed: string;
    readonly on: LegalDay;
    /** SHA-256 of the codes of the population. */
    readonly population: string;
    readonly strata: readonly DrawnStratum[];
  } | null;
  readonly published: {
    readonly on: LegalDay;
    readonly asked: number;
    readonly answered: number;
    readonly results: readonly DepartmentResult[];
  } | null;
  /** Only ever added to. */
  readonly measures: readonly MeasuresRecord[];
}

const required = true;
const schema = new Schema(
  {
    id: { type: String, required },
    version: { type: Number, required, min: 1 },
    title: { type: String, required },
    departments: { type: [String], required },
    strata: { type: [Schema.Types.Mixed], required },
    seedHash: { type: String, required },
    committedOn: { type: String, required },
    opensOn: { type: String, required },
    closesOn: { type: String, required },
    draw: { type: Schema.Types.Mixed, default: null },
    published: { type: Schema.Types.Mixed, default: null },
    measures: { type: [Schema.Types.Mixed], required },
  },
  { collection: 'appraisals', versionKey: false, strict: 'throw', id: false, minimize: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ closesOn: -1, id: -1 });

const PLAIN = { _id: 0 } as const;

export type AppraisalStore = ReturnType<typeof appraisalStore>;

/** The rounds in which enterprises appraise departments. */
export function appraisalStore(db: Connection) {
  const model = db.model('Appraisal', schema);
  return {
    byId: async (id: string, session?: ClientSession): Promise<AppraisalRecord | null> =>
      model.findOne({ id }, PLAIN, { session: session ?? null }).lean<AppraisalRecord | null>(),
    latest: async (most: number): Promise<AppraisalRecord[]> =>
      model.find({}, PLAIN).sort({ closesOn: -1, id: -1 }).limit(most).lean<AppraisalRecord[]>(),
    /** The last round that was published and closed before a day. */
    publishedBefore: async (day: LegalDay, session: ClientSession): Promise<AppraisalRecord | null> =>
      model
        .findOne({ published: { $ne: null }, closesOn: { $lt: day } }, PLAIN, { session })
        .sort({ closesOn: -1, id: -1 })
        .lean<AppraisalRecord | null>(),
    insert: async (record: AppraisalRecord, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...record }, { session });
    },
    /** Replaces a round that still is at the version before; false when somebody wrote in between. */
    replace: async (record: AppraisalRecord, session: ClientSession): Promise<boolean> =>
      (await model.collection.replaceOne({ id: record.id, version: record.version - 1 }, { ...record }, { session }))
        .matchedCount === 1,
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (records: readonly AppraisalRecord[]): Promise<void> => insertMissing(model.collection, records),
  };
}
