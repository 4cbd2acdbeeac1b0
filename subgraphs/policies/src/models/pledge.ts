import { Schema, type ClientSession, type Connection } from 'mongoose';

export type PledgeState = 'SIGNED' | 'KEPT' | 'BREACHED';

/** A pledge that an applicant signed, kept as it was signed, with what the later check found. */
export interface PledgeRecord {
  readonly grantId: string;
  readonly policyId: string;
  readonly department: string;
  readonly uscc: string;
  readonly text: string;
  readonly signatory: string;
  readonly signedAt: Date;
  /** SHA-256 over text, enterprise, signatory and moment: shows later that nothing was changed. */
  readonly digest: string;
  readonly pledgedFacts: readonly string[];
  readonly state: PledgeState;
  readonly checkedAt: Date | null;
  readonly checkedBy: string | null;
  readonly finding: string;
}

const required = true;
const schema = new Schema<PledgeRecord>(
  {
    grantId: { type: String, required },
    policyId: { type: String, required },
    department: { type: String, required },
    uscc: { type: String, required },
    text: { type: String, required },
    signatory: { type: String, required },
    signedAt: { type: Date, required },
    digest: { type: String, required },
    pledgedFacts: { type: [String], required } as never,
    state: { type: String, required },
    checkedAt: { type: Date, default: null },
    checkedBy: { type: String, default: null },
    finding: { type: String, default: '' },
  },
  { collection: 'pledges', versionKey: false, strict: 'throw' },
);
schema.index({ grantId: 1 }, { unique: true });
schema.index({ department: 1, state: 1, signedAt: 1 });
schema.index({ policyId: 1 });

export type PledgeStore = ReturnType<typeof pledgeStore>;

/** Pledges of applications. */
export function pledgeStore(db: Connection) {
  const model = db.model('ApplicationPledge', schema);
  return {
    ofGrants: async (grantIds: readonly string[], session: ClientSession | null = null): Promise<PledgeRecord[]> =>
      model
        .find({ grantId: { $in: [...grantIds] } }, { _id: 0 })
        .session(session)
        .lean<PledgeRecord[]>(),
    insert: async (record: PledgeRecord, session: ClientSession): Promise<void> => {
      await model.create([record], { session });
    },
    /** How many applications were approved under each of many policies; read from the index. */
    countsOf: async (policyIds: readonly string[]): Promise<Map<string, number>> => {
      const rows = await model.aggregate<{ _id: string; pledges: number }>([
        { $match: { policyId: { $in: [...policyIds] } } },
        { $group: { _id: '$policyId', pledges: { $sum: 1 } } },
      ]);
      return new Map(rows.map(({ _id, pledges }) => [_id, pledges]));
    },

    /** Notes what the later check found, once; false when it was noted before. */
    check: async (
      grantId: string,
      set: Pick<PledgeRecord, 'state' | 'checkedAt' | 'checkedBy' | 'finding'>,
      session: ClientSession,
    ): Promise<boolean> =>
      (await model.updateOne({ grantId, state: 'SIGNED' }, { $set: set }, { session })).modifiedCount === 1,
  };
}
