import { dayInShanghai } from '@zhitong/values';
import { mayAudit } from '../domain/access.js';
import type { AuditMatterResolvers, QueryResolvers } from '../generated/resolvers-types.js';
import type { AuditMatterRecord } from '../models/audit/audit-matter.js';
import { readableCommitment } from './commitment.js';

/** Whether a referral's day has passed without an answer. */
const isOverdue = ({ respondBy, response }: AuditMatterRecord, today: string): boolean =>
  respondBy !== null && response === null && respondBy < today;

/** A department that leaves more unanswered reads the first ones. */
const MOST_TO_ANSWER = 200;

export const referralsToAnswer: NonNullable<QueryResolvers['referralsToAnswer']> = async (
  _root,
  _args,
  { actor, stores },
) => (actor?.department === undefined ? [] : stores.auditMatters.toAnswer(actor.department, MOST_TO_ANSWER));

export const AuditMatter: AuditMatterResolvers = {
  commitment: async ({ commitmentId }, _args, context, info) => readableCommitment(commitmentId, context, info),
  by: ({ by }, _args, { actor }) => (mayAudit(actor) ? by : null),
  referredTo: ({ referredTo }) => (referredTo === null ? null : { code: referredTo }),
  isOverdue: (matter, _args, { clock }) => isOverdue(matter, dayInShanghai(clock.now())),
};
