import { insertMissing } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';

/** An indicator of the business environment that somebody answers for. */
export interface IndicatorRecord {
  readonly code: string;
  readonly name: string;
  /** Code of the department that leads. */
  readonly leadDepartmentCode: string;
  /** Staff number of the index chief (指标长). */
  readonly chiefId: string | null;
}

const required = true;
const schema = new Schema(
  {
    code: { type: String, required },
    name: { type: String, required },
    leadDepartmentCode: { type: String, required },
    chiefId: { type: String, default: null },
  },
  { collection: 'indicators', versionKey: false, strict: 'throw', id: false },
);
schema.index({ code: 1 }, { unique: true });

export type IndicatorStore = ReturnType<typeof indicatorStore>;

/** The indicators: some hundred. */
export function indicatorStore(db: Connection) {
  const model = db.model('Indicator', schema);
  return {
    all: async (): Promise<IndicatorRecord[]> => model.find({}, { _id: 0 }).lean<IndicatorRecord[]>(),
    byCode: async (codes: readonly string[], session?: ClientSession): Promise<IndicatorRecord[]> =>
      model.find({ code: { $in: [...codes] } }, { _id: 0 }, { session: session ?? null }).lean<IndicatorRecord[]>(),
    put: async (indicator: IndicatorRecord, session: ClientSession): Promise<void> => {
      await model.collection.replaceOne({ code: indicator.code }, { ...indicator }, { session, upsert: true });
    },
    /** How many indicators an official answers for. */
    countOf: async (chiefId: string, session: ClientSession): Promise<number> =>
      model.countDocuments({ chiefId }, { session }),
    /** Gives an official's indicators to another; answers how many. */
    replaceChief: async (chiefId: string, successor: string, session: ClientSession): Promise<number> =>
      (await model.collection.updateMany({ chiefId }, { $set: { chiefId: successor } }, { session })).modifiedCount,
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (records: readonly IndicatorRecord[]): Promise<void> => insertMissing(model.collection, records),
  };
}
