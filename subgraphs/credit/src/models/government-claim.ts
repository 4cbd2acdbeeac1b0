import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { ClaimStep, GovernmentClaim } from '../domain/standing/government-claim.js';
import type { RecordNotes } from './record-history.js';

/** Collection, for the other models. */
export const GOVERNMENT_CLAIMS = 'government_claims';

const required = true;
const schema = new Schema<GovernmentClaim>(
  {
    id: { type: String, required },
    uscc: { type: String, required },
    department: { type: String, required },
    grant: { type: String, required },
    policy: { type: String, required },
    reason: { type: String, default: '' },
    amount: { type: Number, required, min: 1 },
    instalments: { type: [Schema.Types.Mixed], required } as never,
    steps: { type: [Schema.Types.Mixed], required } as never,
  },
  { collection: GOVERNMENT_CLAIMS, versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ uscc: 1 });

export type GovernmentClaimStore = ReturnType<typeof governmentClaimStore>;

/** What enterprises owe to the government, as the policies department tells it. */
export function governmentClaimStore(db: Connection, history: RecordNotes) {
  const model = db.model('GovernmentClaim', schema);
  return {
    /** Adds a step to a claim, and the claim itself where it is not there yet. */
    addStep: async (claim: Omit<GovernmentClaim, 'steps'>, step: ClaimStep, session: ClientSession): Promise<void> => {
      const { id, ...told } = claim;
      await model.updateOne({ id }, { $set: told, $push: { steps: step } }, { upsert: true, session });
      await history.note(GOVERNMENT_CLAIMS, [claim], session);
    },
  };
}
