import { inTransaction, isDuplicateKey } from '@zhitong/kit/mongo';
import { Schema, type Connection } from 'mongoose';
import type { PublishedRate } from '../domain/figures/loan-prime-rate.js';
import type { RecordNotes } from './record-history.js';

const required = true;
const schema = new Schema<PublishedRate>(
  { from: { type: String, required }, value: { type: Number, required }, source: { type: String, required } },
  { collection: 'published_rates', versionKey: false, strict: 'throw' },
);
schema.index({ from: 1 }, { unique: true });

export type PublishedRateStore = ReturnType<typeof publishedRateStore>;

/** Publications of the one-year loan prime rate that were added to those of the release. */
export function publishedRateStore(db: Connection, history: RecordNotes) {
  const model = db.model('PublishedRate', schema);
  return {
    /** All, the earliest first. */
    all: async (): Promise<PublishedRate[]> => model.find({}, { _id: 0 }).sort({ from: 1 }).lean<PublishedRate[]>(),
    /** Adds one; false when that day's is there. */
    add: async (rate: PublishedRate): Promise<boolean> =>
      inTransaction(db, async (session) => {
        await model.create([rate], { session });
        await history.note('published_rates', [rate], session);
      }).then(
        () => true,
        (error: unknown) => {
          if (isDuplicateKey(error)) return false;
          throw error;
        },
      ),
  };
}
