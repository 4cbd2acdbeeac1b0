import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { FactItem } from '../domain/fact-vocabulary.js';

/** An item of a year's collection as a source delivered it under its own number: what the item is known by there. */
export interface FactItemRecord {
  /** `<target>/<key of the row>`. */
  _id: string;
  collection: string;
  uscc: string;
  year: number;
  item: FactItem;
}

const required = true;
const schema = new Schema<FactItemRecord>(
  {
    _id: { type: String, required },
    collection: { type: String, required },
    uscc: { type: String, required },
    year: { type: Number, required },
    item: { type: Schema.Types.Mixed, required } as never,
  },
  { collection: 'fact_items', versionKey: false, strict: 'throw', suppressReservedKeysWarning: true },
);
schema.index({ uscc: 1, collection: 1, year: 1 });

export type FactItemStore = ReturnType<typeof factItemStore>;

/** Items that connectors delivered, by the numbers of their sources; the facts stand in the years' records. */
export function factItemStore(db: Connection) {
  const model = db.model('FactItem', schema);
  return {
    byId: async (ids: readonly string[], session: ClientSession): Promise<FactItemRecord[]> =>
      model.find({ _id: { $in: [...ids] } }, null, { session }).lean<FactItemRecord[]>(),
    /** All items of some enterprises that were delivered of a collection. */
    ofEnterprises: async (
      collection: string,
      usccs: readonly string[],
      session: ClientSession,
    ): Promise<FactItemRecord[]> =>
      model.find({ uscc: { $in: [...usccs] }, collection }, null, { session }).lean<FactItemRecord[]>(),
    ofMany: async (usccs: readonly string[]): Promise<FactItemRecord[]> =>
      model
        .find({ uscc: { $in: [...usccs] } })
        .sort({ _id: 1 })
        .lean<FactItemRecord[]>(),
    put: async (records: readonly FactItemRecord[], session: ClientSession): Promise<void> => {
      if (records.length > 0)
        await model.collection.bulkWrite(
          records.map((record) => ({
            replaceOne: { filter: { _id: record._id as never }, replacement: { ...record } as never, upsert: true },
          })),
          { session, ordered: false },
        );
    },
    remove: async (ids: readonly string[], session: ClientSession): Promise<void> => {
      if (ids.length > 0) await model.deleteMany({ _id: { $in: [...ids] } }, { session });
    },
  };
}
