import { noticeBox, NOTICE_INDEXES } from '@zhitong/kit/notices';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { CaseNotice } from '../domain/notice.js';

const required = true;
const schema = new Schema<CaseNotice>(
  {
    id: { type: String, required },
    uscc: { type: String, required },
    caseNumber: { type: String, required },
    reason: { type: String, required },
    createdAt: { type: Date, required },
    readAt: { type: Date, default: null },
  },
  { collection: 'case_notices', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
for (const index of NOTICE_INDEXES) schema.index({ ...index });
schema.index({ caseNumber: 1 });

export type CaseNoticeStore = ReturnType<typeof caseNoticeStore>;

/** What enterprises were told of their cases. */
export function caseNoticeStore(db: Connection) {
  const model = db.model('CaseNotice', schema);
  return {
    ...noticeBox<CaseNotice>(db, model.collection),

    insert: async (notice: CaseNotice, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...notice }, { session });
    },

    /** Takes the notices of a case away from whom the desk took to have brought it. */
    takeFromOthers: async (caseNumber: string, uscc: string | null, session: ClientSession): Promise<void> => {
      await model.deleteMany({ caseNumber, uscc: { $ne: uscc } }, { session });
    },
  };
}
