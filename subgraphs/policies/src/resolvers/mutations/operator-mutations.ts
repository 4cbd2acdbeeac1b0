import { requireRole } from '@zhitong/kit';
import { idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import type { MutationResolvers } from '../../generated/resolvers-types.js';

export const replayPolicyDeadLetters: NonNullable<MutationResolvers['replayPolicyDeadLetters']> = async (
  _root,
  { input: { idempotencyKey, deadLetters } },
  { actor, deadLetters: desk },
) => {
  requireRole(actor, ['ADMIN'], 'replayPolicyDeadLetters');
  const base = { idempotencyKey: idempotencyKeyArgument(idempotencyKey), actor };
  return payloadOf(await desk.replay(base, deadLetters), (replayedCount) => ({ replayedCount }));
};

export const correctPolicyRow: NonNullable<MutationResolvers['correctPolicyRow']> = async (
  _root,
  { input },
  context,
) => {
  requireRole(context.actor, ['OFFICER', 'ADMIN'], 'correctPolicyRow');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  return payloadOf(await context.corrections.correct(context, { ...input, idempotencyKey }), (run) => ({ run }));
};
