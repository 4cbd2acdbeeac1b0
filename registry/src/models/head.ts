import { Schema, type ClientSession, type Connection } from 'mongoose';

/** A department's place in the graph that counts. */
export interface HeadPart {
  readonly department: string;
  /** The publication that holds its schema. */
  readonly publication: number;
  readonly owner: string | null;
}

/** Which publications make the graph that counts. */
export interface Head {
  /** Number of the last publication; 0 before the first. */
  readonly number: number;
  /** In the order of the departments' names. */
  readonly parts: readonly HeadPart[];
}

const ID = 'head';
const schema = new Schema<Head & { readonly _id: string }>(
  { _id: String, number: { type: Number, required: true }, parts: { type: [Schema.Types.Mixed], required: true } },
  { collection: 'head', versionKey: false, strict: 'throw' },
);

export type HeadStore = ReturnType<typeof headStore>;

/** The one document by which publications are put in a row. */
export function headStore(db: Connection) {
  const model = db.model('Head', schema);
  return {
    read: async (): Promise<Head> => {
      const found = await model.findById(ID).lean<(Head & { _id: string }) | null>();
      return found === null ? { number: 0, parts: [] } : { number: found.number, parts: found.parts };
    },
    /** Makes the document that `replace` needs; safe to call at each start. */
    ensure: async (): Promise<void> => {
      await model.updateOne({ _id: ID }, { $setOnInsert: { number: 0, parts: [] } }, { upsert: true });
    },
    /** Sets the next head unless another publication came since `seen`; says whether it did. */
    replace: async (seen: number, next: Head, session: ClientSession): Promise<boolean> => {
      const { matchedCount } = await model.updateOne({ _id: ID, number: seen }, { $set: { ...next } }, { session });
      return matchedCount === 1;
    },
  };
}
