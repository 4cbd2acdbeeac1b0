import { insertMissing, isDuplicateKey } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';

/** A draw as it was made. */
export interface SpotCheckRecord {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly seed: string;
  readonly percent: number;
  readonly populationSize: number;
  readonly populationDigest: string;
  readonly drawn: readonly string[];
  readonly drawnAt: Date;
  readonly drawnBy: string;
  /** All checks have been opened; a process killed before is made good by the overdue job. */
  readonly isOpened: boolean;
  /** The months drawn from, YYYY-MM. */
  readonly months: readonly string[];
}

/** A draw with the cases that it was made from: enough to repeat it, whatever became of them since. */
export interface RepeatableSpotCheck extends SpotCheckRecord {
  readonly population: readonly string[];
}

const required = true;
const schema = new Schema(
  {
    id: { type: String, required },
    from: { type: String, required },
    to: { type: String, required },
    seed: { type: String, required },
    percent: { type: Number, required },
    population: { type: [String], required },
    populationSize: { type: Number, required },
    populationDigest: { type: String, required },
    drawn: { type: [String], required },
    drawnAt: { type: Date, required },
    drawnBy: { type: String, required },
    isOpened: { type: Boolean, required },
    months: { type: [String], required },
  },
  { collection: 'spot_checks', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
// A month is drawn once: nobody draws again until the cases suit.
schema.index({ months: 1 }, { unique: true });
schema.index({ from: -1 });

export type SpotCheckStore = ReturnType<typeof spotCheckStore>;

/** The draws of the second look. */
export function spotCheckStore(db: Connection) {
  const model = db.model('SpotCheck', schema);
  const plain = { _id: 0 } as const;
  return {
    byId: async (id: string): Promise<RepeatableSpotCheck | null> =>
      model.findOne({ id }, plain).lean<RepeatableSpotCheck | null>(),
    latest: async (limit: number): Promise<SpotCheckRecord[]> =>
      model
        .find({}, { ...plain, population: 0 })
        .sort({ from: -1 })
        .limit(limit)
        .lean<SpotCheckRecord[]>(),
    /** The case numbers that many draws were made from, sorted, by draw. */
    populations: async (ids: readonly string[]): Promise<Map<string, readonly string[]>> => {
      const found = await model
        .find({ id: { $in: [...ids] } }, { _id: 0, id: 1, population: 1 })
        .lean<Pick<RepeatableSpotCheck, 'id' | 'population'>[]>();
      return new Map(found.map(({ id, population }) => [id, [...population].sort()]));
    },
    /** The draw that has one of the months already; null when none has. */
    ofMonths: async (months: readonly string[], session: ClientSession): Promise<{ id: string } | null> =>
      model.findOne({ months: { $in: [...months] } }, { _id: 0, id: 1 }, { session }).lean<{ id: string } | null>(),
    notOpened: async (): Promise<SpotCheckRecord[]> => model.find({ isOpened: false }, plain).lean<SpotCheckRecord[]>(),
    setOpened: async (id: string): Promise<void> => {
      await model.updateOne({ id }, { $set: { isOpened: true } });
    },
    /** Stores a draw; false when one of its months has been drawn from already. */
    insert: async (record: RepeatableSpotCheck, session: ClientSession): Promise<boolean> => {
      try {
        await model.collection.insertOne({ ...record }, { session });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (records: readonly RepeatableSpotCheck[]): Promise<void> =>
      insertMissing(model.collection, records),
  };
}
