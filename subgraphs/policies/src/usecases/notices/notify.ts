import type { Outbox } from '@zhitong/kit/outbox';
import type { ClientSession } from 'mongoose';
import type { PolicyNotificationRecord } from '../../models/policy-notification.js';
import type { Stores } from '../../stores.js';

/** What is told of something else than a publication. */
export type News = Pick<PolicyNotificationRecord, 'id' | 'uscc' | 'policyId' | 'policyVersion' | 'title' | 'reason'> &
  Partial<Pick<PolicyNotificationRecord, 'grantId' | 'grantStatus' | 'closesOn'>>;

/** The notification of news: unread, of no topic. */
export const notificationOfNews = (news: News, createdAt: Date): PolicyNotificationRecord => ({
  topics: [],
  closesOn: null,
  createdAt,
  readAt: null,
  ...news,
});

/** Puts notifications into their enterprises' lists and tells portals and SMS gateways of them, in a transaction. */
export async function notify(
  { stores: { notifications }, outbox }: { stores: Pick<Stores, 'notifications'>; outbox: Outbox },
  records: readonly PolicyNotificationRecord[],
  session: ClientSession,
): Promise<void> {
  if (records.length === 0) return;
  await notifications.insertAll(records, session);
  await outbox.append(
    records.map((one) => ({
      type: 'cn.zhitong.policy-notification.created',
      subject: one.uscc,
      data: {
        notification: one.id,
        uscc: one.uscc,
        policy: one.policyId,
        version: one.policyVersion,
        reason: one.reason,
        title: one.title,
        closesOn: one.closesOn,
        ...(one.grantId === undefined ? {} : { grant: one.grantId }),
        ...(one.grantStatus === undefined ? {} : { grantStatus: one.grantStatus }),
      },
    })),
    { session },
  );
}
