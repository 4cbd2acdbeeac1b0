import { forbidden, requestedFields, requireRole } from '@zhitong/kit';
import { idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import { noticeConnection, noticeIdsArgument } from '@zhitong/kit/notices';
import { caseScope } from '../domain/access.js';
import { said } from '../domain/refusal-words.js';
import type { CaseNoticeResolvers, EnterpriseResolvers, MutationResolvers } from '../generated/resolvers-types.js';
import { storedFields } from './case-fields.js';

/** The enterprise's own alone: anybody else would learn by them which anonymous cases are its. */
export const caseNotices: NonNullable<EnterpriseResolvers['caseNotices']> = async (
  { uscc },
  args,
  { actor, loaders },
  info,
) => {
  const scope = caseScope(actor);
  if (scope.kind !== 'ENTERPRISE' || scope.uscc !== uscc) throw forbidden(said('NOTICES_ARE_FOR', { uscc }));
  return noticeConnection({ list: 'caseNotices', uscc, args, info, load: loaders.noticesOfEnterprise });
};

export const CaseNotice: CaseNoticeResolvers = {
  case: async ({ caseNumber }, _args, { loaders }, info) => {
    const record = await loaders.case(caseNumber, { fields: storedFields(requestedFields(info)) });
    if (record === undefined) throw new Error(`The case ${caseNumber} was told of and is not there.`);
    return record;
  },
};

export const noticeMutations: Pick<MutationResolvers, 'markCaseNoticesRead'> = {
  markCaseNoticesRead: async (_root, { input }, { actor, notices, stores }) => {
    requireRole(actor, ['ENTERPRISE'], 'markCaseNoticesRead');
    const { uscc } = actor;
    if (uscc === undefined) throw forbidden(said('ACCOUNT_OF_NO_ENTERPRISE'));
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const ids = noticeIdsArgument(input.notices, 'notices');
    return payloadOf(await notices.markRead({ idempotencyKey, actor, uscc, ids }), async (marked) => ({
      marked,
      unreadCount: await stores.notices.countUnread(uscc),
    }));
  },
};
