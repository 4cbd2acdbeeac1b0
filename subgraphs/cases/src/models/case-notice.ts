import { pagePerParent, type keysetFilter, type ParentPage } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { CaseNotice } from '../domain/notice.js';
import { LATEST_NOTICE_FIRST } from '../list-orders.js';

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
schema.index({ uscc: 1, createdAt: -1, id: -1 });
schema.index({ uscc: 1, readAt: 1 });
schema.index({ caseNumber: 1 });

interface NoticePage {
  readonly limit: number;
  readonly position: Parameters<typeof keysetFilter>[1];
  readonly backwards: boolean;
}

export type CaseNoticeStore = ReturnType<typeof caseNoticeStore>;

/** What enterprises were told of their cases. */
export function caseNoticeStore(db: Connection) {
  const model = db.model('CaseNotice', schema);
  return {
    insert: async (notice: CaseNotice, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...notice }, { session });
    },

    /** Takes the notices of a case away from whom the desk took to have brought it. */
    takeFromOthers: async (caseNumber: string, uscc: string | null, session: ClientSession): Promise<void> => {
      await model.deleteMany({ caseNumber, uscc: { $ne: uscc } }, { session });
    },

    /** The page of each of many enterprises with one command; `totals.unread` is how many of the counted are unread. */
    perEnterprise: async (
      usccs: readonly string[],
      { unreadOnly, ...page }: Partial<NoticePage> & { unreadOnly: boolean },
    ): Promise<Map<string, ParentPage<CaseNotice>>> =>
      pagePerParent<CaseNotice>({
        connection: db,
        collection: model.collection.name,
        parentField: 'uscc',
        parents: usccs,
        sort: LATEST_NOTICE_FIRST,
        limit: page.limit,
        position: page.position,
        backwards: page.backwards ?? false,
        match: unreadOnly ? { readAt: null } : {},
        totals: { unread: { $sum: { $cond: [{ $eq: ['$readAt', null] }, 1, 0] } } },
      }),

    /** Which of the ids are notices of an enterprise. */
    ownAmong: async (uscc: string, ids: readonly string[], session: ClientSession): Promise<Set<string>> =>
      new Set(
        (
          await model
            .find({ uscc, id: { $in: [...ids] } }, { _id: 0, id: 1 })
            .session(session)
            .lean<{ id: string }[]>()
        ).map(({ id }) => id),
      ),

    /** Marks unread notices of an enterprise, all of them for null. Answers how many it marked. */
    markRead: async (
      uscc: string,
      ids: readonly string[] | null,
      readAt: Date,
      session: ClientSession,
    ): Promise<number> =>
      (
        await model.updateMany(
          { uscc, readAt: null, ...(ids === null ? {} : { id: { $in: [...ids] } }) },
          { $set: { readAt } },
          { session },
        )
      ).modifiedCount,

    countUnread: async (uscc: string): Promise<number> => model.countDocuments({ uscc, readAt: null }),
  };
}
