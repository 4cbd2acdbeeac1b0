import { requireRole } from '@zhitong/kit';
import { idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import type { MutationResolvers } from '../../generated/resolvers-types.js';

export const replayCreditDeadLetters: NonNullable<MutationResolvers['replayCreditDeadLetters']> = async (
  _root,
  { input: { idempotencyKey, deadLetters } },
  { actor, deadLetters: desk },
) => {
  requireRole(actor, ['ADMIN'], 'replayCreditDeadLetters');
  const base = { idempotencyKey: idempotencyKeyArgument(idempotencyKey), actor };
  return payloadOf(await desk.replay(base, deadLetters), (replayedCount) => ({ replayedCount }));
};

export const correctCreditRow: NonNullable<MutationResolvers['correctCreditRow']> = async (
  _root,
  { input },
  context,
) => {
  requireRole(context.actor, ['OFFICER', 'ADMIN'], 'correctCreditRow');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  return payloadOf(await context.corrections.correct(context, { ...input, idempotencyKey }), (run) => ({ run }));
};
