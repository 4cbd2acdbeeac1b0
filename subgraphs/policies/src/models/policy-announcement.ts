import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { AnnouncementReason } from '../domain/subscriptions/announcement.js';

/** The telling of one policy version for one reason, with how far it has come. */
export interface PolicyAnnouncementRecord {
  readonly id: string;
  readonly policyId: string;
  readonly version: number;
  readonly reason: AnnouncementReason;
  /** Who subscribed to a topic after this moment is not notified. */
  readonly at: Date;
  readonly status: 'RUNNING' | 'FINISHED';
  /** The last subscriber that was looked at; empty at the beginning. */
  readonly lastUscc: string;
  /** Enterprises that were notified. */
  readonly told: number;
  readonly finishedAt: Date | null;
}

const required = true;
const schema = new Schema<PolicyAnnouncementRecord>(
  {
    id: { type: String, required },
    policyId: { type: String, required },
    version: { type: Number, required },
    reason: { type: String, required },
    at: { type: Date, required },
    status: { type: String, required },
    lastUscc: { type: String, default: '' },
    told: { type: Number, required },
    finishedAt: { type: Date, default: null },
  },
  { collection: 'policyAnnouncements', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true }); // one telling per policy version and reason, however many processes begin it
schema.index({ status: 1, at: 1 });

export type PolicyAnnouncementStore = ReturnType<typeof policyAnnouncementStore>;

/** Announcements, so that one that was interrupted goes on where it stopped. */
export function policyAnnouncementStore(db: Connection) {
  const model = db.model('PolicyAnnouncement', schema);
  return {
    /** Which of the ids have been begun. */
    known: async (ids: readonly string[]): Promise<Set<string>> =>
      new Set(
        (await model.find({ id: { $in: [...ids] } }, { _id: 0, id: 1 }).lean<{ id: string }[]>()).map(({ id }) => id),
      ),

    /** Begins announcements; leaves alone what another process has begun. */
    begin: async (
      records: readonly Pick<PolicyAnnouncementRecord, 'id' | 'policyId' | 'version' | 'reason' | 'at'>[],
    ): Promise<void> => {
      if (records.length === 0) return;
      await model.bulkWrite(
        records.map((record) => ({
          updateOne: {
            filter: { id: record.id },
            update: { $setOnInsert: { ...record, status: 'RUNNING', lastUscc: '', told: 0, finishedAt: null } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },

    /** Announcements that are not at their end, the earliest first. */
    running: async (): Promise<PolicyAnnouncementRecord[]> =>
      model.find({ status: 'RUNNING' }, { _id: 0 }).sort({ at: 1, id: 1 }).lean<PolicyAnnouncementRecord[]>(),

    byId: async (id: string): Promise<PolicyAnnouncementRecord | null> =>
      model.findOne({ id }, { _id: 0 }).lean<PolicyAnnouncementRecord>(),

    /**
     * Moves an announcement on from one subscriber to another; false when another process has moved it in the meantime.
     */
    advance: async (
      id: string,
      { from, to, told }: { from: string; to: string; told: number },
      session: ClientSession,
    ): Promise<boolean> =>
      (
        await model.updateOne(
          { id, status: 'RUNNING', lastUscc: from },
          { $set: { lastUscc: to }, $inc: { told } },
          { session },
        )
      ).modifiedCount === 1,

    /** Ends an announcement at which nobody is left to notify. */
    finish: async (id: string, { from, finishedAt }: { from: string; finishedAt: Date }): Promise<void> => {
      await model.updateOne({ id, status: 'RUNNING', lastUscc: from }, { $set: { status: 'FINISHED', finishedAt } });
    },
  };
}
