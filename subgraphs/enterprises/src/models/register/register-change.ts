import { findAtOnce } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { RegisterChange } from '../../domain/register/registered-state.js';

/** A change of what is registered of an enterprise. Changes are only ever added. */
export interface RegisterChangeRecord extends RegisterChange {
  readonly uscc: string;
  /** Orders the changes of a day. */
  readonly version: number;
}

const COLLECTION = 'register_changes';
const required = true;
const schema = new Schema<RegisterChangeRecord>(
  {
    uscc: { type: String, required },
    version: { type: Number, required },
    field: { type: String, required },
    on: { type: String, required },
    from: { type: Schema.Types.Mixed, default: null } as never,
    to: { type: Schema.Types.Mixed, default: null } as never,
  },
  { collection: COLLECTION, versionKey: false, strict: 'throw', id: false },
);
schema.index({ uscc: 1, version: 1, field: 1 }, { unique: true });

export type RegisterChangeStore = ReturnType<typeof registerChangeStore>;

/** What changed of registrations: name, size, industry, district, state. */
export function registerChangeStore(db: Connection) {
  const model = db.model('RegisterChange', schema);
  return {
    /** The changes of each of many enterprises in the order in which they became known, with one command. */
    ofEnterprises: async (usccs: readonly string[]): Promise<Map<string, RegisterChangeRecord[]>> => {
      const found = await findAtOnce<RegisterChangeRecord>(db, {
        collection: COLLECTION,
        filter: { uscc: { $in: [...usccs] } },
        projection: { _id: 0 },
        sort: { uscc: 1, version: 1, field: 1 },
      });
      const perEnterprise = new Map<string, RegisterChangeRecord[]>();
      for (const change of found) perEnterprise.set(change.uscc, [...(perEnterprise.get(change.uscc) ?? []), change]);
      return perEnterprise;
    },
    append: async (changes: readonly RegisterChangeRecord[], session: ClientSession): Promise<void> => {
      if (changes.length > 0)
        await model.collection.insertMany(
          changes.map((change) => ({ ...change })),
          { session, ordered: false },
        );
    },
  };
}
