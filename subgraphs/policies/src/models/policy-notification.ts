import { dropFormerIndex } from '@zhitong/kit/mongo';
import { noticeBox, NOTICE_INDEXES, type Notice } from '@zhitong/kit/notices';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { GrantStatus } from '../domain/grant/grant.js';
import { ANNOUNCEMENT_REASONS, type NotificationReason } from '../domain/subscriptions/announcement.js';
import type { Topic } from '../domain/subscriptions/topic.js';

/**
 * A notification of an enterprise about a policy, its match or its grant. Only `readAt` ever changes, until it is
 * removed as old.
 */
export interface PolicyNotificationRecord extends Notice {
  /** Made of what it tells and the enterprise, so that nobody can be notified twice. */
  readonly id: string;
  readonly policyId: string;
  readonly policyVersion: number;
  readonly reason: NotificationReason;
  /** Topics of the enterprise that the policy touches. */
  readonly topics: readonly Topic[];
  readonly title: string;
  /** Last day of the policy; null without one. */
  readonly closesOn: string | null;
  /** The grant that it tells of; left out where it tells of none. */
  readonly grantId?: string;
  /** Where the grant stood after the step that it tells of; left out where it tells of none. */
  readonly grantStatus?: GrantStatus;
}

/** The index that held for every reason, before there were others than announcements. */
const FORMER_INDEX = 'uscc_1_policyId_1_policyVersion_1_reason_1';

const required = true;
const schema = new Schema<PolicyNotificationRecord>(
  {
    id: { type: String, required },
    uscc: { type: String, required },
    policyId: { type: String, required },
    policyVersion: { type: Number, required },
    reason: { type: String, required },
    topics: { type: [Schema.Types.Mixed], required } as never,
    title: { type: String, required },
    closesOn: { type: String, default: null },
    createdAt: { type: Date, required },
    readAt: { type: Date, default: null },
    grantId: String,
    grantStatus: String,
  },
  { collection: 'policyNotifications', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
// Nobody is told twice of the publication of one version.
schema.index(
  { uscc: 1, policyId: 1, policyVersion: 1, reason: 1 },
  {
    unique: true,
    name: 'announcedOnce',
    partialFilterExpression: { reason: { $in: [...ANNOUNCEMENT_REASONS] } },
  },
);
for (const index of NOTICE_INDEXES) schema.index({ ...index });
schema.index({ policyId: 1, reason: 1, uscc: 1 }); // whom a policy was announced to, read from the index

export type PolicyNotificationStore = ReturnType<typeof policyNotificationStore>;

/** Notifications of all enterprises. */
export function policyNotificationStore(db: Connection) {
  const model = db.model('PolicyNotification', schema);
  return {
    ...noticeBox<PolicyNotificationRecord>(db, model.collection),

    /** Drops the index of an earlier release, which would allow one notification of a grant's many steps. */
    dropFormerIndex: async (): Promise<void> => dropFormerIndex(model.collection, FORMER_INDEX),

    /** Which of the ids are there. */
    known: async (ids: readonly string[], session: ClientSession): Promise<Set<string>> =>
      new Set(
        (
          await model
            .find({ id: { $in: [...ids] } }, { _id: 0, id: 1 })
            .session(session)
            .lean<{ id: string }[]>()
        ).map(({ id }) => id),
      ),

    insertAll: async (records: readonly PolicyNotificationRecord[], session: ClientSession): Promise<void> => {
      // Through the driver: casting hundreds of records by the schema takes longer than writing them.
      if (records.length > 0)
        await model.collection.insertMany(
          records.map((record) => ({ ...record })),
          { session },
        );
    },

    count: async (): Promise<number> => model.estimatedDocumentCount(),

    /** How many enterprises each policy was announced to, each counted once. */
    enterprisesTold: async (policyIds: readonly string[]): Promise<Map<string, number>> => {
      const rows = await model.aggregate<{ _id: string; enterprises: number }>([
        { $match: { policyId: { $in: [...policyIds] }, reason: { $in: [...ANNOUNCEMENT_REASONS] } } },
        { $group: { _id: { policyId: '$policyId', uscc: '$uscc' } } },
        { $group: { _id: '$_id.policyId', enterprises: { $sum: 1 } } },
      ]);
      return new Map(rows.map(({ _id, enterprises }) => [_id, enterprises]));
    },
  };
}
