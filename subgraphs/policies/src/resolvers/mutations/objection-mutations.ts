import { requireRole } from '@zhitong/kit';
import { idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import { mayWritePolicyOf } from '../../domain/access.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { textArgument } from './mutation-input.js';

export const objectToGrant: NonNullable<MutationResolvers['objectToGrant']> = async (
  _root,
  { input },
  { actor, clock, objectionCommands },
) => {
  requireRole(actor, ['ENTERPRISE', 'OFFICER', 'COORDINATOR'], 'objectToGrant');
  const outcome = await objectionCommands.raise({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    now: clock.now(),
    grantId: input.grant,
    text: textArgument(input.text, 'text', true),
  });
  return payloadOf(outcome, (objection) => ({ objection }));
};

export const decideObjection: NonNullable<MutationResolvers['decideObjection']> = async (
  _root,
  { input },
  { actor, clock, stores, objectionCommands },
) => {
  requireRole(actor, ['OFFICER'], 'decideObjection');
  const outcome = await objectionCommands.decide({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    now: clock.now(),
    objectionId: input.objection,
    upheld: input.upheld,
    reason: textArgument(input.reason, 'reason', true),
    mayWrite: (department) => mayWritePolicyOf(actor, department),
  });
  return payloadOf(outcome, async (result) => ({ grant: (await stores.grants.byId([result]))[0] }));
};
