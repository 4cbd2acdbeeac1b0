import { forbidden } from '@zhitong/kit';
import { noticeConnection } from '@zhitong/kit/notices';
import { mayReadShopOf } from '../domain/access.js';
import { said } from '../domain/refusal-words.js';
import type { EnterpriseResolvers, PolicyNotificationResolvers } from '../generated/resolvers-types.js';

export const policySubscriptions: NonNullable<EnterpriseResolvers['policySubscriptions']> = async (
  { uscc },
  _args,
  { actor, loaders },
) => {
  if (!mayReadShopOf(actor, uscc)) throw forbidden(said('SUBSCRIPTIONS_ARE_FOR', { uscc }));
  return [...((await loaders.subscriber.load(uscc))?.topics ?? [])];
};

export const policyNotifications: NonNullable<EnterpriseResolvers['policyNotifications']> = async (
  { uscc },
  args,
  { actor, loaders },
  info,
) => {
  if (!mayReadShopOf(actor, uscc)) throw forbidden(said('NOTIFICATIONS_ARE_FOR', { uscc }));
  return noticeConnection({ list: 'policyNotifications', uscc, args, info, load: loaders.notificationsOfEnterprise });
};

export const PolicyNotification: PolicyNotificationResolvers = {
  policy: ({ policyId }, _args, { shelf }) => shelf.byId(policyId),
  topics: ({ topics }) => [...topics],
  grant: async ({ grantId }, _args, { loaders }) => (grantId === undefined ? null : loaders.grant.load(grantId)),
  grantStatus: ({ grantStatus }) => grantStatus ?? null,
};
