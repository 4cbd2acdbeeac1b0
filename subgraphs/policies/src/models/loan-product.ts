import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { LoanProduct } from '../domain/finance/loan-product.js';

/** A published loan product. Only the end of its window ever changes, and only to end it. */
export interface LoanProductRecord extends LoanProduct {
  /** Financial institution that published it. */
  readonly department: string;
  readonly publishedAt: Date;
  readonly publishedBy: string;
  readonly ended: boolean;
}

const required = true;
const schema = new Schema<LoanProductRecord>(
  {
    id: { type: String, required },
    name: { type: String, required },
    bank: { type: String, required },
    department: { type: String, required },
    kind: { type: String, required },
    minimumFen: { type: Number, required, min: 1 },
    maximumFen: { type: Number, required, min: 1 },
    yearlyRateBasisPoints: { type: Number, required, min: 0 },
    termMonths: { type: Number, required, min: 1 },
    collateralKinds: { type: [String], required } as never,
    window: { type: Schema.Types.Mixed, required } as never,
    criteria: { type: Schema.Types.Mixed, required } as never,
    publishedAt: { type: Date, required },
    publishedBy: { type: String, required },
    ended: { type: Boolean, required },
  },
  { collection: 'loanProducts', versionKey: false, strict: 'throw', minimize: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ ended: 1, 'window.to': 1 });

export type LoanProductStore = ReturnType<typeof loanProductStore>;

/** The loan products of all banks. */
export function loanProductStore(db: Connection) {
  const model = db.model('LoanProduct', schema);
  return {
    byId: async (ids: readonly string[], session: ClientSession | null = null): Promise<LoanProductRecord[]> =>
      model
        .find({ id: { $in: [...ids] } }, { _id: 0 })
        .session(session)
        .lean<LoanProductRecord[]>(),

    /** Products that are offered on a day; the banks of a city have hundreds at most. */
    openOn: async (day: string): Promise<LoanProductRecord[]> =>
      model
        .find(
          {
            ended: false,
            $and: [
              { $or: [{ 'window.to': null }, { 'window.to': { $gte: day } }] },
              { $or: [{ 'window.from': null }, { 'window.from': { $lte: day } }] },
            ],
          },
          { _id: 0 },
        )
        .lean<LoanProductRecord[]>(),

    insert: async (record: LoanProductRecord, session: ClientSession | null = null): Promise<void> => {
      await model.create([record], { session });
    },

    /** Ends a product with its last day; false when it is ended already. */
    end: async (id: string, lastDay: string, session: ClientSession): Promise<boolean> =>
      (await model.updateOne({ id, ended: false }, { $set: { ended: true, 'window.to': lastDay } }, { session }))
        .modifiedCount === 1,

    count: async (): Promise<number> => model.estimatedDocumentCount(),
  };
}
