import { inTransaction } from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { RecordNotes } from './record-history.js';

/** What the verification of a day found. */
export interface StoredVerification {
  /** Day in Shanghai; one for each. */
  readonly on: LegalDay;
  /** RFC 3339, UTC: when it was done. */
  readonly at: string;
  readonly commitments: number;
  readonly entries: number;
  readonly records: number;
  readonly seals: number;
  readonly findingCount: number;
  /** The first of them, in words. */
  readonly findings: readonly string[];
}

const required = true;
const schema = new Schema<StoredVerification>(
  {
    on: { type: String, required },
    at: { type: String, required },
    commitments: { type: Number, required },
    entries: { type: Number, required },
    records: { type: Number, required },
    seals: { type: Number, required },
    findingCount: { type: Number, required },
    findings: { type: [String], required } as never,
  },
  { collection: 'ledger_verifications', versionKey: false, strict: 'throw' },
);
schema.index({ on: 1 }, { unique: true });

export type LedgerVerificationStore = ReturnType<typeof ledgerVerificationStore>;

/** What the daily verifications found. */
export function ledgerVerificationStore(db: Connection, history: RecordNotes) {
  const model = db.model('LedgerVerification', schema);
  return {
    /** The newest; null before the first. */
    newest: async (): Promise<StoredVerification | null> =>
      model.findOne({}, { _id: 0 }).sort({ on: -1 }).lean<StoredVerification>(),
    /** Keeps one, and within the same transaction whatever tells of it; that of another process of the day stays. */
    keep: async (verification: StoredVerification, tell: (session: ClientSession) => Promise<void>): Promise<void> =>
      inTransaction(db, async (session) => {
        if ((await model.exists({ on: verification.on }).session(session)) !== null) return;
        await model.create([verification], { session });
        await history.note('ledger_verifications', [verification], session);
        await tell(session);
      }),
  };
}
