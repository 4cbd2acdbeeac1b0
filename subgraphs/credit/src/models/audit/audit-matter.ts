import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { RecordNotes } from '../record-history.js';

/** What an auditor wrote about a commitment: a note for auditors, or a referral that a department has to answer. */
export interface AuditMatterRecord {
  readonly id: string;
  readonly commitmentId: string;
  readonly kind: 'NOTE' | 'REFERRAL';
  readonly text: string;
  readonly by: string;
  readonly at: Date;
  /** Department that has to answer a referral; null for a note. */
  readonly referredTo: string | null;
  readonly respondBy: string | null;
  readonly response: { readonly text: string; readonly by: string; readonly on: string } | null;
}

const required = true;
const schema = new Schema<AuditMatterRecord>(
  {
    id: { type: String, required },
    commitmentId: { type: String, required },
    kind: { type: String, required },
    text: { type: String, required },
    by: { type: String, required },
    at: { type: Date, required },
    referredTo: { type: String, default: null },
    respondBy: { type: String, default: null },
    response: { type: Schema.Types.Mixed, default: null } as never,
  },
  { collection: 'audit_matters', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ commitmentId: 1, at: 1 });
schema.index({ referredTo: 1, respondBy: 1, id: 1 });

export type AuditMatterStore = ReturnType<typeof auditMatterStore>;

/** Auditors' notes and referrals. They are added and answered, never changed. */
export function auditMatterStore(db: Connection, history: RecordNotes) {
  const model = db.model('AuditMatter', schema);
  return {
    of: async (commitmentIds: readonly string[]): Promise<Map<string, AuditMatterRecord[]>> => {
      const matters = new Map<string, AuditMatterRecord[]>();
      for (const matter of await model
        .find({ commitmentId: { $in: [...commitmentIds] } }, { _id: 0 })
        .sort({ commitmentId: 1, at: 1 })
        .lean<AuditMatterRecord[]>()) {
        matters.set(matter.commitmentId, [...(matters.get(matter.commitmentId) ?? []), matter]);
      }
      return matters;
    },
    byId: async (id: string, session: ClientSession | null = null): Promise<AuditMatterRecord | null> =>
      model.findOne({ id }, { _id: 0 }, { session }).lean<AuditMatterRecord>(),
    /** Referrals that a department has not answered, what has to be answered first comes first. */
    toAnswer: async (department: string, limit: number): Promise<AuditMatterRecord[]> =>
      model
        .find({ referredTo: department, response: null }, { _id: 0 })
        .sort({ respondBy: 1, id: 1 })
        .limit(limit)
        .lean<AuditMatterRecord[]>(),
    insert: async (matter: AuditMatterRecord, session: ClientSession): Promise<void> => {
      await model.create([matter], { session });
      await history.note('audit_matters', [matter], session);
    },
    /** Answers a referral that has no answer; false when it has one. */
    respond: async (
      id: string,
      response: NonNullable<AuditMatterRecord['response']>,
      session: ClientSession,
    ): Promise<boolean> => {
      const open = { id, kind: 'REFERRAL', response: null } as const;
      const { matchedCount } = await model.updateOne(open, { $set: { response } }, { session });
      if (matchedCount === 1) await history.note('audit_matters', [{ id }], session);
      return matchedCount === 1;
    },
  };
}
