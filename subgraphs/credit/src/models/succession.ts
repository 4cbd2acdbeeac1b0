import { inTransaction } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { RecordNotes } from './record-history.js';

/** A department that takes over another's promises. */
export interface Successor {
  readonly from: string;
  readonly to: string;
  readonly effectiveOn: string;
  readonly reason: string;
}

interface StoredSuccession extends Successor {
  key: string;
  transferred: number;
  /** Debts; left out by earlier releases, which passed on none. */
  arrears?: number;
  finished: boolean;
}

/** How much passed on. */
export interface PassedOn {
  readonly promises: number;
  readonly arrears: number;
}

const passedOn = (stored: StoredSuccession | null): PassedOn => ({
  promises: stored?.transferred ?? 0,
  arrears: stored?.arrears ?? 0,
});

const required = true;
const schema = new Schema<StoredSuccession>(
  {
    key: { type: String, required },
    from: { type: String, required },
    to: { type: String, required },
    effectiveOn: { type: String, required },
    reason: { type: String, required },
    transferred: { type: Number, required },
    arrears: { type: Number },
    finished: { type: Boolean, required },
  },
  { collection: 'successions', versionKey: false, strict: 'throw' },
);
schema.index({ key: 1 }, { unique: true });

export type SuccessionStore = ReturnType<typeof successionStore>;

/** Successions under way and done: they run over many transactions, so that one that was killed can be gone on with. */
export function successionStore(db: Connection, history: RecordNotes) {
  const model = db.model('Succession', schema);
  const note = async (key: string, session: ClientSession): Promise<void> =>
    history.note('successions', [{ key }], session);
  return {
    /** Begins or goes on; false when the key belongs to another succession. */
    begin: async (key: string, { from, to, effectiveOn, reason }: Successor): Promise<boolean> => {
      const stored = await inTransaction(db, async (session) => {
        const { upsertedCount } = await model.updateOne(
          { key },
          { $setOnInsert: { from, to, effectiveOn, reason, transferred: 0, finished: false } },
          { upsert: true, session },
        );
        if (upsertedCount === 1) await note(key, session);
        return model.findOne({ key }, { _id: 0 }, { session }).lean<StoredSuccession>();
      });
      return (
        stored?.from === from && stored.to === to && stored.effectiveOn === effectiveOn && stored.reason === reason
      );
    },
    /** Whether another department has taken over what this one owed, and it nothing of another since. */
    isSucceeded: async (department: string, session: ClientSession): Promise<boolean> => {
      const last = await model
        .findOne({ $or: [{ from: department }, { to: department }] }, { _id: 0 }, { session })
        .sort({ _id: -1 })
        .lean<StoredSuccession>();
      return last?.from === department;
    },
    /** True when the key belongs to a succession that was begun. */
    isBegun: async (key: string): Promise<boolean> => (await model.exists({ key })) !== null,
    /** What passed on, when it is finished; else null. */
    finished: async (key: string): Promise<PassedOn | null> => {
      const stored = await model.findOne({ key }, { _id: 0 }).lean<StoredSuccession>();
      return stored?.finished ? passedOn(stored) : null;
    },
    /** Counts one promise or debt, in the transaction of its transfer. */
    count: async (key: string, what: 'transferred' | 'arrears', session: ClientSession): Promise<void> => {
      await model.updateOne({ key }, { $inc: { [what]: 1 } }, { session });
      await note(key, session);
    },
    /** Marks it finished and returns what passed on. */
    finish: async (key: string): Promise<PassedOn> => {
      const stored = await inTransaction(db, async (session) => {
        const change = { $set: { finished: true } };
        const found = await model
          .findOneAndUpdate({ key }, change, { returnDocument: 'after', projection: { _id: 0 }, session })
          .lean<StoredSuccession>();
        await note(key, session);
        return found;
      });
      return passedOn(stored);
    },
  };
}
