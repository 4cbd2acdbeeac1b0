import {
  badUserInput,
  connectionOf,
  forbidden,
  parsePage,
  requestedFields,
  requestedNodeFields,
  requireRole,
} from '@zhitong/kit';
import { idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import { caseScope } from '../domain/access.js';
import type { CaseNoticeResolvers, EnterpriseResolvers, MutationResolvers } from '../generated/resolvers-types.js';
import { LATEST_NOTICE_FIRST } from '../list-orders.js';
import { storedFields } from './case-fields.js';

const MOST_NOTICES = 200;

/** The enterprise's own alone: anybody else would learn by them which anonymous cases are its. */
export const caseNotices: NonNullable<EnterpriseResolvers['caseNotices']> = async (
  { uscc },
  { unreadOnly, ...args },
  { actor, loaders },
  info,
) => {
  const scope = caseScope(actor);
  if (scope.kind !== 'ENTERPRISE' || scope.uscc !== uscc)
    throw forbidden(`The notices of ${uscc} are for the enterprise itself.`);
  const page = parsePage(args, { list: { list: 'caseNotices', uscc, unreadOnly }, keys: LATEST_NOTICE_FIRST.length });
  const { limit, position, backwards } = page;
  const wanted = requestedNodeFields(requestedFields(info)) === undefined ? {} : { limit, position, backwards };
  const found = await loaders.noticesOfEnterprise(uscc, { unreadOnly, ...wanted });
  return {
    ...connectionOf({
      rows: found?.rows ?? [],
      page,
      sort: LATEST_NOTICE_FIRST,
      totalCount: found?.totalCount ?? 0,
    }),
    unreadCount: Number(found?.totals['unread'] ?? 0),
  };
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
    if (uscc === undefined) throw forbidden('The account is of no enterprise.');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const ids = input.notices ?? null;
    if (ids !== null && (ids.length === 0 || ids.length > MOST_NOTICES))
      throw badUserInput(`notices has ${ids.length} ids; give 1 to ${MOST_NOTICES}, or leave it out for all.`, [
        'input',
        'notices',
      ]);
    return payloadOf(await notices.markRead({ idempotencyKey, actor, uscc, ids }), async (marked) => ({
      marked,
      unreadCount: await stores.notices.countUnread(uscc),
    }));
  },
};
