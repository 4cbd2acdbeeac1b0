import { keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { FinancingNeed } from '../domain/finance/financing-need.js';
import type { MongoFilter } from '../domain/evaluation/to-mongo-filter.js';
import { LATEST_NEED_FIRST } from '../list-orders.js';

/** What an enterprise stated that it wants to borrow. The id is random: it says nothing about the enterprise. */
export interface FinancingNeedRecord extends FinancingNeed {
  readonly id: string;
  readonly uscc: string;
  readonly withdrawn: boolean;
  readonly statedAt: Date;
}

/** What a product lends. Amounts in fen. */
export interface LendingTerms {
  readonly minimumFen: number;
  readonly maximumFen: number;
  readonly termMonths: number;
}

const required = true;
const schema = new Schema<FinancingNeedRecord>(
  {
    id: { type: String, required },
    uscc: { type: String, required },
    amountFen: { type: Number, required, min: 1 },
    purpose: { type: String, required },
    termMonths: { type: Number, required, min: 1 },
    latestDay: { type: String, required },
    withdrawn: { type: Boolean, required },
    statedAt: { type: Date, required },
  },
  { collection: 'financingNeeds', versionKey: false, strict: 'throw' },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ uscc: 1, statedAt: -1, id: -1 });
schema.index({ statedAt: -1, id: -1 });
schema.index({ withdrawn: 1, statedAt: -1, id: -1, amountFen: 1, termMonths: 1, latestDay: 1 });

interface NeedPage {
  readonly limit: number;
  readonly position: Parameters<typeof keysetFilter>[1];
  readonly backwards: boolean;
}

export type FinancingNeedStore = ReturnType<typeof financingNeedStore>;

/** Financing needs of all enterprises. */
export function financingNeedStore(db: Connection) {
  const model = db.model('FinancingNeed', schema);
  const read = async (
    conditions: Record<string, unknown>,
    { position, backwards }: NeedPage,
    limit: number,
  ): Promise<FinancingNeedRecord[]> =>
    model
      .find({ $and: [conditions, keysetFilter(LATEST_NEED_FIRST, position, backwards)] }, { _id: 0 })
      .sort(keysetSort(LATEST_NEED_FIRST, backwards))
      .limit(limit)
      .batchSize(limit + 1)
      .lean<FinancingNeedRecord[]>();
  const suitingOn = ({ minimumFen, maximumFen, termMonths }: LendingTerms, day: string): Record<string, unknown> => ({
    withdrawn: false,
    latestDay: { $gte: day },
    amountFen: { $gte: minimumFen, $lte: maximumFen },
    termMonths: { $lte: termMonths },
  });
  const ofEnterprise = (uscc: string | null): Record<string, unknown> => (uscc === null ? {} : { uscc });
  return {
    byId: async (ids: readonly string[], session: ClientSession | null = null): Promise<FinancingNeedRecord[]> =>
      model
        .find({ id: { $in: [...ids] } }, { _id: 0 })
        .session(session)
        .lean<FinancingNeedRecord[]>(),

    /** Needs of one enterprise, or of all for null; one row more than the page when more follow. */
    list: async (uscc: string | null, page: NeedPage): Promise<FinancingNeedRecord[]> =>
      read(ofEnterprise(uscc), page, page.limit + 1),

    count: async (uscc: string | null): Promise<number> => model.countDocuments(ofEnterprise(uscc)),

    /** Exactly the next `limit` needs, if there are so many, that are open on a day and suit what a product lends. */
    suiting: async (terms: LendingTerms, day: string, page: NeedPage): Promise<FinancingNeedRecord[]> =>
      read(suitingOn(terms, day), page, page.limit),

    /**
     * How many needs are open on a day, suit what a product lends and come from enterprises that do not fail its
     * criteria: counted by the database, with one command however many there are.
     * @param notEligible finds the enterprises that fail, among the facts of `factsIn`; one of which no facts are held
     *   never fails.
     */
    countSuiting: async (
      terms: LendingTerms,
      day: string,
      { notEligible, factsIn }: { notEligible: MongoFilter; factsIn: string },
    ): Promise<number> => {
      const [counted] = await model.aggregate<{ count: number }>([
        { $match: suitingOn(terms, day) },
        {
          $lookup: {
            from: factsIn,
            localField: 'uscc',
            foreignField: 'uscc',
            pipeline: [{ $match: notEligible }, { $project: { _id: 1 } }],
            as: 'failing',
          },
        },
        { $match: { failing: { $size: 0 } } },
        { $count: 'count' },
      ]);
      return counted?.count ?? 0;
    },

    insert: async (record: FinancingNeedRecord, session: ClientSession | null = null): Promise<void> => {
      await model.create([record], { session });
    },

    /** Takes a need back; false when it was taken back before. */
    withdraw: async (id: string, session: ClientSession): Promise<boolean> =>
      (await model.updateOne({ id, withdrawn: false }, { $set: { withdrawn: true } }, { session })).modifiedCount === 1,
  };
}
