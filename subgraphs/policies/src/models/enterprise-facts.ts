import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { FactValue } from '../domain/fact-values.js';
import type { MongoFilter } from '../domain/to-mongo-filter.js';

/** The facts of one enterprise as this department last read them from the graph. */
export interface EnterpriseFactsRecord {
  uscc: string;
  name: string;
  industry: { code: string; name: string };
  region: { code: string; name: string };
  values: Record<string, FactValue>;
  dates: Record<string, string>;
  /** Of values and dates, to find differences. */
  digest: string;
  /** The reading of the whole register in which it was last seen. */
  readingId: string;
  readAt: Date;
}

const required = true;
const codeAndName = new Schema({ code: { type: String, required }, name: { type: String, required } }, { _id: false });
const schema = new Schema<EnterpriseFactsRecord>(
  {
    uscc: { type: String, required },
    name: { type: String, required },
    industry: { type: codeAndName, required },
    region: { type: codeAndName, required },
    values: { type: Schema.Types.Mixed, required } as never,
    dates: { type: Schema.Types.Mixed, required } as never,
    digest: { type: String, required },
    readingId: { type: String, required },
    readAt: { type: Date, required },
  },
  { collection: 'enterpriseFacts', versionKey: false, strict: 'throw', minimize: false },
);
schema.index({ uscc: 1 }, { unique: true });
schema.index({ readingId: 1 });

export type EnterpriseFactsStore = ReturnType<typeof enterpriseFactsStore>;

/** The projection of facts: one document per enterprise. */
export function enterpriseFactsStore(db: Connection) {
  const model = db.model('EnterpriseFacts', schema);
  return {
    /** Where the facts lie, for a look-up by the database itself. */
    collection: model.collection.name,
    byUscc: async (usccs: readonly string[], session: ClientSession | null = null): Promise<EnterpriseFactsRecord[]> =>
      model.find({ uscc: { $in: [...usccs] } }, { _id: 0 }).session(session).lean<EnterpriseFactsRecord[]>(),

    /** USCCs of the next enterprises in their order. */
    usccsAfter: async (uscc: string, limit: number): Promise<string[]> =>
      (await model.find({ uscc: { $gt: uscc } }, { _id: 0, uscc: 1 }).sort({ uscc: 1 }).limit(limit).lean<{ uscc: string }[]>()).map((found) => found.uscc),

    /** All enterprises, as a stream, with the named facts only: reading the whole sheet of a city takes ten times as long. */
    stream: (facts: readonly string[]): AsyncIterable<Pick<EnterpriseFactsRecord, 'uscc' | 'industry' | 'region' | 'values'>> =>
      model.collection.find<Pick<EnterpriseFactsRecord, 'uscc' | 'industry' | 'region' | 'values'>>(
        {},
        { projection: { _id: 0, uscc: 1, 'industry.code': 1, 'region.code': 1, 'values.scale': 1, ...Object.fromEntries(facts.map((fact) => [`values.${fact}`, 1])) }, batchSize: 5_000 },
      ),

    /** USCCs of the enterprises that a filter finds; for the reverse look-up "who gets this". */
    find: async (filter: MongoFilter, limit: number): Promise<string[]> => (await model.find(filter, { _id: 0, uscc: 1 }).sort({ uscc: 1 }).limit(limit).lean<{ uscc: string }[]>()).map(({ uscc }) => uscc),

    count: async (): Promise<number> => model.estimatedDocumentCount(),

    digests: async (usccs: readonly string[]): Promise<Map<string, string>> =>
      new Map((await model.find({ uscc: { $in: [...usccs] } }, { _id: 0, uscc: 1, digest: 1 }).lean<{ uscc: string; digest: string }[]>()).map(({ uscc, digest }) => [uscc, digest])),

    putAll: async (records: readonly EnterpriseFactsRecord[], session: ClientSession | null = null): Promise<void> => {
      if (records.length === 0) return;
      // Through the driver: casting thousands of records by the schema takes longer than reading them.
      await model.collection.bulkWrite(
        records.map((record) => ({ replaceOne: { filter: { uscc: record.uscc }, replacement: record, upsert: true } })),
        { ordered: false, ...(session === null ? {} : { session }) },
      );
    },

    /** USCCs that a finished reading did not see: no longer registered. */
    unseenBy: async (readingId: string): Promise<string[]> => (await model.find({ readingId: { $ne: readingId } }, { _id: 0, uscc: 1 }).lean<{ uscc: string }[]>()).map(({ uscc }) => uscc),

    remove: async (usccs: readonly string[], session: ClientSession | null = null): Promise<void> => {
      await model.deleteMany({ uscc: { $in: [...usccs] } }).session(session);
    },
  };
}
