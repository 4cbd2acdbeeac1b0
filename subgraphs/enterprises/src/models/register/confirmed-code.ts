import { Schema, type ClientSession, type Connection } from 'mongoose';

/** That an officer has seen a code with an irregular check character on the licence. Never changed. */
export interface ConfirmedCodeRecord {
  readonly uscc: string;
  /** What it was seen on. */
  readonly reason: string;
  /** Account of who confirmed it, and its department. */
  readonly by: string;
  readonly departmentCode: string;
  readonly confirmedAt: Date;
}

const required = true;
const schema = new Schema(
  {
    uscc: { type: String, required },
    reason: { type: String, required },
    by: { type: String, required },
    departmentCode: { type: String, required },
    confirmedAt: { type: Date, required },
  },
  { collection: 'confirmed_codes', versionKey: false, strict: 'throw', id: false },
);
schema.index({ uscc: 1 }, { unique: true });

export type ConfirmedCodeStore = ReturnType<typeof confirmedCodeStore>;

/** Irregular codes that officers confirmed: some dozen. */
export function confirmedCodeStore(db: Connection) {
  const model = db.model('ConfirmedCode', schema);
  return {
    of: async (usccs: readonly string[], session?: ClientSession): Promise<ConfirmedCodeRecord[]> =>
      model.find({ uscc: { $in: [...usccs] } }, { _id: 0 }, { session: session ?? null }).lean<ConfirmedCodeRecord[]>(),
    /** All of them, for whoever reads rows of a register. */
    codes: async (): Promise<ReadonlySet<string>> => new Set(await model.distinct('uscc')),
    insert: async (record: ConfirmedCodeRecord, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...record }, { session });
    },
  };
}
