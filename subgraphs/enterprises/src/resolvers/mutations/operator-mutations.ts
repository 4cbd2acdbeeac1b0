import { requireRole } from '@zhitong/kit';
import { idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import type { MutationResolvers } from '../../generated/resolvers-types.js';

export const replayEnterpriseDeadLetters: NonNullable<MutationResolvers['replayEnterpriseDeadLetters']> = async (
  _root,
  { input: { idempotencyKey, deadLetters } },
  { actor, deadLetters: desk },
) => {
  requireRole(actor, ['ADMIN'], 'replayEnterpriseDeadLetters');
  const base = { idempotencyKey: idempotencyKeyArgument(idempotencyKey), actor };
  return payloadOf(await desk.replay(base, deadLetters), (replayedCount) => ({ replayedCount }));
};

export const correctEnterpriseRow: NonNullable<MutationResolvers['correctEnterpriseRow']> = async (
  _root,
  { input },
  context,
) => {
  requireRole(context.actor, ['OFFICER', 'ADMIN'], 'correctEnterpriseRow');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  return payloadOf(await context.corrections.correct(context, { ...input, idempotencyKey }), (run) => ({ run }));
};
