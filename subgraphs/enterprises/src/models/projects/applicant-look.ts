import type { LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';

/**
 * An enterprise whose grants on a pledge are looked at again: the credit department told something of it, or something
 * that bars it ends by itself.
 */
export interface ApplicantLook {
  readonly uscc: string;
  /** How often it was told of. */
  readonly told: number;
  /** The day from which it is looked at; left out for at once. */
  readonly dueOn?: LegalDay;
}

const required = true;
const schema = new Schema<ApplicantLook>(
  { uscc: { type: String, required }, told: { type: Number, required }, dueOn: String },
  { collection: 'applicant_looks', versionKey: false, strict: 'throw' },
);
schema.index({ uscc: 1 }, { unique: true });
schema.index({ dueOn: 1, uscc: 1 });

export type ApplicantLookStore = ReturnType<typeof applicantLookStore>;

/** Enterprises whose credit has changed or will; each goes when it was looked at and nothing of it ends by itself. */
export function applicantLookStore(db: Connection) {
  const model = db.model('ApplicantLook', schema);
  return {
    note: async (uscc: string, session: ClientSession): Promise<void> => {
      await model.updateOne({ uscc }, { $inc: { told: 1 }, $unset: { dueOn: 1 } }, { upsert: true, session });
    },
    /** Notes those of whom nothing is noted: each is looked at once. */
    noteMissing: async (usccs: readonly string[]): Promise<void> => {
      if (usccs.length === 0) return;
      await model.bulkWrite(
        usccs.map((uscc) => ({ updateOne: { filter: { uscc }, update: { $setOnInsert: { told: 0 } }, upsert: true } })),
        { ordered: false },
      );
    },
    /** Those to be looked at on a day. */
    due: async (today: LegalDay): Promise<ApplicantLook[]> =>
      model
        .find({ $or: [{ dueOn: null }, { dueOn: { $lte: today } }] }, { _id: 0 })
        .sort({ uscc: 1 })
        .lean<ApplicantLook[]>(),
    /**
     * Takes one out, unless something was told of it since it was read.
     * @param again the day from which it is to be looked at again; null for never by itself
     */
    done: async ({ uscc, told }: ApplicantLook, again: LegalDay | null): Promise<void> => {
      if (again === null) await model.deleteOne({ uscc, told });
      else await model.updateOne({ uscc, told }, { $set: { dueOn: again } });
    },
  };
}
