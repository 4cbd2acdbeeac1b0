import { connectionOf, forbidden, parsePage, requestedFields, requestedNodeFields } from '@zhitong/kit';
import { mayReadShopOf } from '../domain/access.js';
import type { EnterpriseResolvers, PolicyNotificationResolvers } from '../generated/resolvers-types.js';
import { LATEST_NOTIFICATION_FIRST } from '../list-orders.js';

export const policySubscriptions: NonNullable<EnterpriseResolvers['policySubscriptions']> = async (
  { uscc },
  _args,
  { actor, loaders },
) => {
  if (!mayReadShopOf(actor, uscc))
    throw forbidden(`The subscriptions of ${uscc} are for the enterprise itself and for auditors.`);
  return [...((await loaders.subscriber.load(uscc))?.topics ?? [])];
};

export const policyNotifications: NonNullable<EnterpriseResolvers['policyNotifications']> = async (
  { uscc },
  { unreadOnly, ...args },
  { actor, loaders },
  info,
) => {
  if (!mayReadShopOf(actor, uscc))
    throw forbidden(`The notifications of ${uscc} are for the enterprise itself and for auditors.`);
  const page = parsePage(args, {
    list: { list: 'policyNotifications', uscc, unreadOnly },
    keys: LATEST_NOTIFICATION_FIRST.length,
  });
  const wanted =
    requestedNodeFields(requestedFields(info)) === undefined
      ? {}
      : { limit: page.limit, position: page.position, backwards: page.backwards };
  const found = await loaders.notificationsOfEnterprise(uscc, { unreadOnly, ...wanted });
  return {
    ...connectionOf({
      rows: found?.rows ?? [],
      page,
      sort: LATEST_NOTIFICATION_FIRST,
      totalCount: found?.totalCount ?? 0,
    }),
    unreadCount: Number(found?.totals['unread'] ?? 0),
  };
};

export const PolicyNotification: PolicyNotificationResolvers = {
  policy: ({ policyId }, _args, { shelf }) => shelf.byId(policyId),
  topics: ({ topics }) => [...topics],
  grant: async ({ grantId }, _args, { loaders }) => (grantId === undefined ? null : loaders.grant.load(grantId)),
  grantStatus: ({ grantStatus }) => grantStatus ?? null,
};
