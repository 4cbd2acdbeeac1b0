import { requireRole } from '@zhitong/kit';
import { checkUscc } from '@zhitong/values';
import type { MutationResolvers } from '../generated/resolvers-types.js';
import { idempotencyKeyArgument, payloadOf, refused } from './mutation-input.js';

export const assignSteward: NonNullable<MutationResolvers['assignSteward']> = async (_root, { input }, context) => {
  const { actor, clock, commands } = context;
  requireRole(actor, ['COORDINATOR'], 'assignSteward');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const uscc = checkUscc(input.uscc, { irregular: 'accept' });
  if (!uscc.ok) return refused('INVALID', uscc.message, ['uscc']);
  const outcome = await commands.assignSteward({ idempotencyKey, sub: actor.sub, now: clock.now(), uscc: uscc.uscc, official: input.official, expectedVersion: input.expectedVersion });
  return payloadOf(outcome, context);
};
