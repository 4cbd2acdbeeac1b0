import { inTransaction, isDuplicateKey } from '@zhitong/kit/mongo';
import { Schema, type Connection } from 'mongoose';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { PublishedRate } from '../domain/figures/loan-prime-rate.js';
import type { RecordNotes } from './record-history.js';
import { chainOf } from './record-kinds.js';

const required = true;
const schema = new Schema<PublishedRate>(
  { from: { type: String, required }, value: { type: Number, required }, source: { type: String, required } },
  { collection: 'published_rates', versionKey: false, strict: 'throw' },
);
schema.index({ from: 1 }, { unique: true });

/** A publication with the day on which it was added; null where an earlier release did not note it. */
export type AddedRate = PublishedRate & { readonly addedOn: LegalDay | null };

export type PublishedRateStore = ReturnType<typeof publishedRateStore>;

/** Publications of the one-year loan prime rate that were added to those of the release. */
export function publishedRateStore(db: Connection, history: RecordNotes) {
  const model = db.model('PublishedRate', schema);
  return {
    /** All, the earliest first. */
    all: async (): Promise<AddedRate[]> => {
      const rates = await model.find({}, { _id: 0 }).sort({ from: 1 }).lean<PublishedRate[]>();
      const histories = await history.chains(rates.map((rate) => chainOf('published_rates', rate)));
      return rates.map((rate) => {
        const [first] = histories.get(chainOf('published_rates', rate)) ?? [];
        const isDated = first !== undefined && first.change !== 'BROUGHT_IN';
        return { ...rate, addedOn: isDated ? dayInShanghai(new Date(first.recordedAt)) : null };
      });
    },
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
