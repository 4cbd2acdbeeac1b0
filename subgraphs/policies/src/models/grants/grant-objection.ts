import { Schema, type ClientSession, type Connection } from 'mongoose';

export type ObjectionState = 'OPEN' | 'UPHELD' | 'REJECTED';

/** An objection to a grant that is shown in public, and what was decided on it. */
export interface GrantObjectionRecord {
  readonly id: string;
  readonly grantId: string;
  /** Account that raised it: whoever decides is somebody else. */
  readonly raisedBy: string;
  readonly text: string;
  readonly raisedAt: Date;
  /** Day by which it is to be decided. */
  readonly dueOn: string;
  readonly state: ObjectionState;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  /** Why it was decided so; empty while it is open. */
  readonly reason: string;
}

const required = true;
const schema = new Schema<GrantObjectionRecord>(
  {
    id: { type: String, required },
    grantId: { type: String, required },
    raisedBy: { type: String, required },
    text: { type: String, required },
    raisedAt: { type: Date, required },
    dueOn: { type: String, required },
    state: { type: String, required, enum: ['OPEN', 'UPHELD', 'REJECTED'] },
    decidedAt: { type: Date, default: null },
    decidedBy: { type: String, default: null },
    reason: { type: String, default: '' },
  },
  { collection: 'grantObjections', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ grantId: 1, raisedAt: 1 });
schema.index({ state: 1, grantId: 1 }, { partialFilterExpression: { state: 'OPEN' } });

export type GrantObjectionStore = ReturnType<typeof grantObjectionStore>;

/** Objections to grants. */
export function grantObjectionStore(db: Connection) {
  const model = db.model('GrantObjection', schema);
  return {
    byId: async (id: string, session: ClientSession | null = null): Promise<GrantObjectionRecord | null> =>
      model.findOne({ id }, { _id: 0 }).session(session).lean<GrantObjectionRecord>(),

    ofGrants: async (
      grantIds: readonly string[],
      session: ClientSession | null = null,
    ): Promise<GrantObjectionRecord[]> =>
      model
        .find({ grantId: { $in: [...grantIds] } }, { _id: 0 })
        .sort({ grantId: 1, raisedAt: 1 })
        .session(session)
        .lean<GrantObjectionRecord[]>(),

    /** Grants with an objection that nobody has decided yet. */
    undecided: async (): Promise<string[]> => model.distinct('grantId', { state: 'OPEN' }),

    insert: async (record: GrantObjectionRecord, session: ClientSession): Promise<void> => {
      await model.create([record], { session });
    },

    /** Notes a decision, once; false when it was decided before. */
    decide: async (
      id: string,
      set: Pick<GrantObjectionRecord, 'state' | 'decidedAt' | 'decidedBy' | 'reason'>,
      session: ClientSession,
    ): Promise<boolean> =>
      (await model.updateOne({ id, state: 'OPEN' }, { $set: set }, { session })).modifiedCount === 1,
  };
}
