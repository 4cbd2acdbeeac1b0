import { Schema, type ClientSession, type Connection } from 'mongoose';
import { consentIdOf } from '../domain/finance/financing-need.js';

/** Whether an enterprise lets the bank of one product see who is behind one need. */
export interface FinancingConsentRecord {
  readonly id: string;
  readonly needId: string;
  readonly productId: string;
  readonly given: boolean;
  /** Grows with each giving and withdrawing. */
  readonly version: number;
  readonly changedAt: Date;
}

/** One giving or withdrawing. Events are only ever added. */
export interface FinancingConsentEventRecord {
  readonly consentId: string;
  readonly version: number;
  readonly given: boolean;
  readonly at: Date;
  readonly by: string;
}

const required = true;
const schema = new Schema<FinancingConsentRecord>(
  {
    id: { type: String, required },
    needId: { type: String, required },
    productId: { type: String, required },
    given: { type: Boolean, required },
    version: { type: Number, required, min: 1 },
    changedAt: { type: Date, required },
  },
  { collection: 'financingConsents', versionKey: false, strict: 'throw' },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ needId: 1, productId: 1 });

const eventSchema = new Schema<FinancingConsentEventRecord>(
  {
    consentId: { type: String, required },
    version: { type: Number, required, min: 1 },
    given: { type: Boolean, required },
    at: { type: Date, required },
    by: { type: String, required },
  },
  { collection: 'financingConsentEvents', versionKey: false, strict: 'throw' },
);
eventSchema.index({ consentId: 1, version: 1 }, { unique: true }); // one history, without two events in one place

export type FinancingConsentStore = ReturnType<typeof financingConsentStore>;

/** Consents as they stand, with everything that was ever said. */
export function financingConsentStore(db: Connection) {
  const model = db.model('FinancingConsent', schema);
  const events = db.model('FinancingConsentEvent', eventSchema);
  return {
    byId: async (ids: readonly string[]): Promise<FinancingConsentRecord[]> =>
      model.find({ id: { $in: [...ids] } }, { _id: 0 }).lean<FinancingConsentRecord[]>(),

    ofNeeds: async (needIds: readonly string[]): Promise<FinancingConsentRecord[]> =>
      model
        .find({ needId: { $in: [...needIds] } }, { _id: 0 })
        .sort({ needId: 1, productId: 1 })
        .lean<FinancingConsentRecord[]>(),

    history: async (consentIds: readonly string[]): Promise<FinancingConsentEventRecord[]> =>
      events
        .find({ consentId: { $in: [...consentIds] } }, { _id: 0 })
        .sort({ consentId: 1, version: 1 })
        .lean<FinancingConsentEventRecord[]>(),

    /** Gives or withdraws a consent, with its place in the history; false when it stands like that already. */
    say: async (
      { needId, productId, given, at, by }: { needId: string; productId: string; given: boolean; at: Date; by: string },
      session: ClientSession,
    ): Promise<boolean> => {
      const id = consentIdOf(needId, productId);
      const before = await model.findOne({ id }, { _id: 0 }).session(session).lean<FinancingConsentRecord>();
      if ((before?.given ?? false) === given) return false;
      const version = (before?.version ?? 0) + 1;
      if (before === null) await model.create([{ id, needId, productId, given, version, changedAt: at }], { session });
      else if (
        (
          await model.updateOne(
            { id, version: before.version },
            { $set: { given, version, changedAt: at } },
            { session },
          )
        ).modifiedCount !== 1
      )
        return false;
      await events.create([{ consentId: id, version, given, at, by }], { session });
      return true;
    },
  };
}
