import { requireRole } from '@zhitong/kit';
import { idempotencyKeyArgument } from '@zhitong/kit/commands';
import { checkUscc } from '@zhitong/values';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { enterprisePayload } from './mutation-input.js';
import { saidOfUscc } from '../../domain/refusal-words.js';
import { saidPayload } from '../../usecases/refusals.js';

export const assignSteward: NonNullable<MutationResolvers['assignSteward']> = async (_root, { input }, context) => {
  const { actor, network } = context;
  requireRole(actor, ['COORDINATOR'], 'assignSteward');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const uscc = checkUscc(input.uscc, { irregular: 'accept' });
  if (!uscc.ok) return saidPayload(saidOfUscc(uscc, input.uscc), ['uscc']);
  const outcome = await network.assignSteward({
    idempotencyKey,
    actor,
    uscc: uscc.uscc,
    official: input.official,
    expectedVersion: input.expectedVersion,
  });
  return enterprisePayload(outcome, context);
};
