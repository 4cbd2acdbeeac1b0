import { Schema, type ClientSession, type Connection } from 'mongoose';

/** An enterprise of which the credit department told something: its grants on a pledge are looked at again. */
export interface ApplicantLook {
  readonly uscc: string;
  /** How often it was told of. */
  readonly told: number;
}

const required = true;
const schema = new Schema<ApplicantLook>(
  { uscc: { type: String, required }, told: { type: Number, required } },
  { collection: 'applicant_looks', versionKey: false, strict: 'throw' },
);
schema.index({ uscc: 1 }, { unique: true });

export type ApplicantLookStore = ReturnType<typeof applicantLookStore>;

/** Enterprises whose credit has changed; each goes when it was looked at. */
export function applicantLookStore(db: Connection) {
  const model = db.model('ApplicantLook', schema);
  return {
    note: async (uscc: string, session: ClientSession): Promise<void> => {
      await model.updateOne({ uscc }, { $inc: { told: 1 } }, { upsert: true, session });
    },
    all: async (): Promise<ApplicantLook[]> => model.find({}, { _id: 0 }).sort({ uscc: 1 }).lean<ApplicantLook[]>(),
    /** Takes one out, unless something was told of it since it was read. */
    done: async ({ uscc, told }: ApplicantLook): Promise<void> => {
      await model.deleteOne({ uscc, told });
    },
  };
}
