import { requireRole } from '@zhitong/kit';
import { idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import type { MutationResolvers } from '../../generated/resolvers-types.js';

export const replayCaseDeadLetters: NonNullable<MutationResolvers['replayCaseDeadLetters']> = async (
  _root,
  { input: { idempotencyKey, deadLetters } },
  { actor, deadLetters: desk },
) => {
  requireRole(actor, ['ADMIN'], 'replayCaseDeadLetters');
  const base = { idempotencyKey: idempotencyKeyArgument(idempotencyKey), actor };
  return payloadOf(await desk.replay(base, deadLetters), (replayedCount) => ({ replayedCount }));
};

export const correctCaseRow: NonNullable<MutationResolvers['correctCaseRow']> = async (_root, { input }, context) => {
  requireRole(context.actor, ['OFFICER', 'ADMIN'], 'correctCaseRow');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  return payloadOf(await context.corrections.correct(context, { ...input, idempotencyKey }), (run) => ({ run }));
};
