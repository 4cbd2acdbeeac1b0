import { insertMissing } from '@zhitong/kit/mongo';
import { dayInShanghai } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { FactValue } from '../domain/fact-vocabulary.js';
import type { Origin } from '../domain/origin.js';

/** The figures of one year as they stood after one record. Records are added, never changed. */
export interface FactYearRecord {
  uscc: string;
  year: number;
  /** Counts the records of this enterprise and year from 1. */
  revision: number;
  asOf: string;
  values: Record<string, FactValue>;
  recordedAt: Date;
  recordedBy: string;
  /** Who brought what this record changed; records of earlier releases have none: see `withOrigin`. */
  origin?: Origin;
  /** Of what an earlier record of the year brought and this one leaves. */
  origins?: Record<string, Origin>;
}

/** A record with who brought its figures, of earlier releases too. */
const withOrigin = (record: FactYearRecord): FactYearRecord => ({
  ...record,
  origin: record.origin ?? { department: record.recordedBy, on: dayInShanghai(record.recordedAt), run: null },
});

const required = true;
const schema = new Schema<FactYearRecord>(
  {
    uscc: { type: String, required },
    year: { type: Number, required },
    revision: { type: Number, required, min: 1 },
    asOf: { type: String, required },
    values: { type: Schema.Types.Mixed, required } as never,
    recordedAt: { type: Date, required },
    recordedBy: { type: String, required },
    origin: { type: Schema.Types.Mixed } as never,
    origins: { type: Schema.Types.Mixed } as never,
  },
  { collection: 'fact_years', versionKey: false, strict: 'throw', minimize: false },
);
// A lost race fails here: two records of one year never share a revision.
schema.index({ uscc: 1, year: -1, revision: -1 }, { unique: true });

export type FactYearStore = ReturnType<typeof factYearStore>;

/** The history of recorded facts, append-only. */
export function factYearStore(db: Connection) {
  const model = db.model('FactYear', schema);
  return {
    /** The newest records of each enterprise, by year and revision downwards, at most `limit` each. */
    history: async (usccs: readonly string[], limit: number): Promise<Map<string, FactYearRecord[]>> => {
      const pipeline = [
        { $match: { uscc: { $in: [...usccs] } } },
        {
          $group: {
            _id: '$uscc',
            records: { $topN: { n: limit, sortBy: { year: -1, revision: -1 }, output: '$$ROOT' } },
          },
        },
      ];
      const groups = await model.collection
        .aggregate<{ _id: string; records: FactYearRecord[] }>(pipeline, { batchSize: usccs.length + 1 })
        .toArray();
      return new Map(groups.map(({ _id, records }) => [_id, records]));
    },
    /**
     * Of each enterprise the years whose figures stand for a day on or before `day`, each in its newest such record.
     */
    newestOn: async (usccs: readonly string[], day: string): Promise<Map<string, FactYearRecord[]>> => {
      const pipeline = [
        { $match: { uscc: { $in: [...usccs] }, asOf: { $lte: day } } },
        {
          $group: {
            _id: { uscc: '$uscc', year: '$year' },
            record: { $top: { sortBy: { revision: -1 }, output: '$$ROOT' } },
          },
        },
        { $group: { _id: '$_id.uscc', records: { $push: '$record' } } },
      ];
      const groups = await model.collection
        .aggregate<{ _id: string; records: FactYearRecord[] }>(pipeline, { batchSize: usccs.length + 1 })
        .toArray();
      return new Map(groups.map(({ _id, records }) => [_id, records.map(withOrigin)]));
    },
    /** The newest record of every year of many enterprises, in one command. */
    newestOfYears: async (usccs: readonly string[], session: ClientSession | null): Promise<FactYearRecord[]> => {
      const pipeline = [
        { $match: { uscc: { $in: [...usccs] } } },
        { $sort: { uscc: 1, year: -1, revision: -1 } },
        { $group: { _id: { uscc: '$uscc', year: '$year' }, record: { $first: '$$ROOT' } } },
        { $replaceWith: '$record' },
        { $unset: '_id' },
      ];
      const options = session === null ? {} : { session };
      return (await model.collection.aggregate<FactYearRecord>(pipeline, options).toArray()).map(withOrigin);
    },
    /** Appends records in one command. */
    appendAll: async (records: readonly FactYearRecord[], session: ClientSession): Promise<void> => {
      if (records.length > 0)
        await model.collection.insertMany(
          records.map((record) => ({ ...record })),
          { session, ordered: false },
        );
    },
    append: async (record: FactYearRecord, session: ClientSession): Promise<void> => {
      await model.create([record], { session });
    },
    /**
     * Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work.
     */
    addMissing: async (records: readonly FactYearRecord[]): Promise<void> => insertMissing(model.collection, records),
  };
}
