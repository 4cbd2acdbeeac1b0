import { insertMissing } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';

/** An official who may look after enterprises and projects. */
export interface OfficialRecord {
  id: string;
  name: string;
  post: string;
  telephone: string;
  departmentCode: string;
}

/** An official with the enterprise that he or she is with. */
export interface ShownOfficial extends OfficialRecord {
  readonly of: string;
}

const required = true;
const schema = new Schema<OfficialRecord>(
  {
    id: { type: String, required },
    name: { type: String, required },
    post: { type: String, required },
    telephone: { type: String, required },
    departmentCode: { type: String, required },
  },
  { collection: 'officials', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ name: 1 });

export type OfficialStore = ReturnType<typeof officialStore>;

/** The officials who look after enterprises and projects. */
export function officialStore(db: Connection) {
  const model = db.model('Official', schema);
  const plain = { _id: 0, holds: 0 } as const;
  return {
    byId: async (ids: readonly string[], session?: ClientSession): Promise<OfficialRecord[]> =>
      model
        .find({ id: { $in: [...ids] } }, plain, { session: session ?? null })
        .batchSize(ids.length + 1)
        .lean<OfficialRecord[]>(),
    /** Staff numbers of those whose name contains a text, or whose staff number begins with it. */
    found: async (text: string): Promise<string[]> => {
      const literal = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return model.distinct('id', { $or: [{ name: new RegExp(literal, 'i') }, { id: new RegExp(`^${literal}`) }] });
    },
    /**
     * Those of many who exist, held until the session's transaction ends: whoever holds, changes or removes one of them
     * meanwhile has to begin again.
     */
    held: async (ids: readonly string[], session: ClientSession): Promise<OfficialRecord[]> => {
      const held = { id: { $in: [...ids] } };
      await model.collection.updateMany(held, { $inc: { holds: 1 } }, { session });
      return model
        .find(held, plain, { session })
        .batchSize(ids.length + 1)
        .lean<OfficialRecord[]>();
    },
    /** Enters officials, or changes what is stated of them. */
    put: async (officials: readonly OfficialRecord[], session: ClientSession): Promise<void> => {
      if (officials.length > 0)
        await model.collection.bulkWrite(
          officials.map((official) => ({
            replaceOne: { filter: { id: official.id }, replacement: { ...official }, upsert: true },
          })),
          { session, ordered: false },
        );
    },
    remove: async (ids: readonly string[], session: ClientSession): Promise<void> => {
      if (ids.length > 0) await model.deleteMany({ id: { $in: [...ids] } }, { session });
    },
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (officials: readonly OfficialRecord[]): Promise<void> =>
      insertMissing(model.collection, officials),
  };
}
