import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { Acknowledgement, BriefedIssue, Leader } from '../domain/briefing.js';

/** A briefing to the leadership (专报). Acknowledgements are only ever added. */
export interface BriefingRecord {
  readonly id: string;
  readonly version: number;
  readonly addressees: readonly Leader[];
  readonly title: string;
  readonly text: string;
  /** Numbers of the cases that it rests on. */
  readonly cases: readonly string[];
  readonly issues: readonly BriefedIssue[];
  readonly submittedOn: string;
  readonly submittedAt: Date;
  readonly submittedBy: string;
  readonly acknowledgements: readonly Acknowledgement[];
  /** Whether somebody to whom it went has not acknowledged it yet. */
  readonly isAwaited: boolean;
}

const required = true;
const schema = new Schema(
  {
    id: { type: String, required },
    version: { type: Number, required, min: 1 },
    addressees: { type: [String], required },
    title: { type: String, required },
    text: { type: String, required },
    cases: { type: [String], required },
    issues: { type: [Schema.Types.Mixed], required } as never,
    submittedOn: { type: String, required },
    submittedAt: { type: Date, required },
    submittedBy: { type: String, required },
    acknowledgements: { type: [Schema.Types.Mixed], required } as never,
    isAwaited: { type: Boolean, required },
  },
  { collection: 'briefings', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ submittedAt: -1, id: -1 });
schema.index({ isAwaited: 1, submittedAt: -1, id: -1 });

export type BriefingStore = ReturnType<typeof briefingStore>;

/** The briefings to the leadership. */
export function briefingStore(db: Connection) {
  const model = db.model('Briefing', schema);
  return {
    byId: async (id: string, session?: ClientSession): Promise<BriefingRecord | null> =>
      model.findOne({ id }, { _id: 0 }, { session: session ?? null }).lean<BriefingRecord | null>(),
    /** The latest first; those alone that are still awaited where it is asked for. */
    latest: async (awaitedOnly: boolean, limit: number): Promise<BriefingRecord[]> =>
      model
        .find(awaitedOnly ? { isAwaited: true } : {}, { _id: 0 })
        .sort({ submittedAt: -1, id: -1 })
        .limit(limit)
        .lean<BriefingRecord[]>(),
    insert: async (record: BriefingRecord, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...record }, { session });
    },
    /** Writes the next version; false when somebody else did. */
    replace: async (record: BriefingRecord, session: ClientSession): Promise<boolean> =>
      (await model.collection.replaceOne({ id: record.id, version: record.version - 1 }, { ...record }, { session }))
        .matchedCount === 1,
  };
}
