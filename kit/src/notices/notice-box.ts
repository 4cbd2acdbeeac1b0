import type { ClientSession, Collection, Connection } from 'mongoose';
import { pagePerParent, type keysetFilter, type ParentPage } from '../mongo/index.js';

/** What every notice to an enterprise has. Only `readAt` ever changes, until it is removed as old. */
export interface Notice {
  readonly id: string;
  readonly uscc: string;
  readonly createdAt: Date;
  /** Null while the enterprise has not read it. */
  readonly readAt: Date | null;
}

export const LATEST_NOTICE_FIRST = [
  { field: 'createdAt', direction: -1 },
  { field: 'id', direction: -1 },
] as const;

/** The indexes of a department's notices: they serve pages, counts and the removal of old ones. */
export const NOTICE_INDEXES = [
  { uscc: 1, createdAt: -1, id: -1 },
  { uscc: 1, readAt: 1 },
  { readAt: 1, createdAt: 1 },
] as const;

interface NoticePage {
  readonly limit: number;
  readonly position: Parameters<typeof keysetFilter>[1];
  readonly backwards: boolean;
  readonly unreadOnly: boolean;
}

export type NoticeBox<Row extends Notice> = ReturnType<typeof noticeBox<Row>>;

/** What a department does with its notices to enterprises: pages of them, read marks, removal of old ones. */
export function noticeBox<Row extends Notice>(connection: Connection, collection: Collection) {
  return {
    /** The page of each of many enterprises with one command; `totals.unread` is how many of the counted are unread. */
    perEnterprise: async (
      usccs: readonly string[],
      { unreadOnly, limit, position, backwards = false }: Partial<NoticePage>,
    ): Promise<Map<string, ParentPage<Row>>> =>
      pagePerParent<Row>({
        connection,
        collection: collection.name,
        parentField: 'uscc',
        parents: usccs,
        sort: LATEST_NOTICE_FIRST,
        limit,
        position,
        backwards,
        match: unreadOnly === true ? { readAt: null } : {},
        totals: { unread: { $sum: { $cond: [{ $eq: ['$readAt', null] }, 1, 0] } } },
      }),

    /**
     * Marks unread notices of an enterprise, all of them for null.
     * @returns how many it marked, or the ids that are none of the enterprise's: then nothing is marked.
     */
    markRead: async (
      { uscc, ids, readAt }: { uscc: string; ids: readonly string[] | null; readAt: Date },
      session: ClientSession,
    ): Promise<{ readonly marked: number } | { readonly unknown: readonly [string, ...string[]] }> => {
      const wanted = ids === null ? {} : { id: { $in: [...ids] } };
      if (ids !== null) {
        const own = new Set(
          await collection
            .find({ uscc, ...wanted }, { session, projection: { _id: 0, id: 1 } })
            .map(({ id }) => String(id))
            .toArray(),
        );
        const [first, ...others] = ids.filter((id) => !own.has(id));
        if (first !== undefined) return { unknown: [first, ...others] };
      }
      const { modifiedCount } = await collection.updateMany(
        { uscc, readAt: null, ...wanted },
        { $set: { readAt } },
        { session },
      );
      return { marked: modifiedCount };
    },

    countUnread: async (uscc: string): Promise<number> => collection.countDocuments({ uscc, readAt: null }),

    /**
     * Removes up to `limit` of those that were read before a moment, and of those that were made before it and never
     * read. Answers how many.
     */
    removeOlder: async (before: Date, limit: number): Promise<number> => {
      let left = limit;
      for (const old of [{ readAt: { $lt: before } }, { readAt: null, createdAt: { $lt: before } }]) {
        const found =
          left === 0
            ? []
            : await collection
                .find(old, { projection: { _id: 1 } })
                .limit(left)
                .toArray();
        // The condition again: one may have been read in between.
        if (found.length > 0)
          left -= (await collection.deleteMany({ _id: { $in: found.map(({ _id }) => _id) }, ...old })).deletedCount;
      }
      return limit - left;
    },
  };
}
