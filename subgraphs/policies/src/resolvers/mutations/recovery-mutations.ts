import { badUserInput, requireRole } from '@zhitong/kit';
import { faultPayload, idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import { parseYuan } from '@zhitong/values';
import { mayWritePolicyOf } from '../../domain/access.js';
import { said } from '../../domain/refusal-words.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { badAmount, textArgument } from './mutation-input.js';

const MOST_INSTALMENTS = 24;

export const proposeRecovery: NonNullable<MutationResolvers['proposeRecovery']> = async (
  _root,
  { input },
  { actor, clock, stores, recoveryCommands },
) => {
  requireRole(actor, ['OFFICER'], 'proposeRecovery');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const { length } = input.instalments;
  if (length === 0 || length > MOST_INSTALMENTS)
    throw badUserInput(said('NUMBER_OF_INSTALMENTS', { length, most: MOST_INSTALMENTS }), ['input', 'instalments']);
  const instalments: { dueOn: string; fen: number }[] = [];
  for (const [index, { dueOn, amount }] of input.instalments.entries()) {
    const parsed = parseYuan(amount);
    if (!parsed.ok) return faultPayload(badAmount(parsed), ['instalments', String(index), 'amount']);
    instalments.push({ dueOn, fen: parsed.fen });
  }
  const outcome = await recoveryCommands.propose({
    idempotencyKey,
    actor,
    now: clock.now(),
    grantId: input.grant,
    reason: textArgument(input.reason, 'reason', true),
    instalments,
    mayWrite: (department) => mayWritePolicyOf(actor, department),
  });
  return payloadOf(outcome, async (grant) => ({ grant: (await stores.grants.byId([grant]))[0] }));
};

export const decideRecovery: NonNullable<MutationResolvers['decideRecovery']> = async (
  _root,
  { input },
  { actor, clock, stores, recoveryCommands },
) => {
  requireRole(actor, ['OFFICER'], 'decideRecovery');
  const outcome = await recoveryCommands.decide({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    now: clock.now(),
    recoveryId: input.recovery,
    decision: input.decision,
    reason: textArgument(input.reason, 'reason', true),
    mayWrite: (department) => mayWritePolicyOf(actor, department),
  });
  return payloadOf(outcome, async (grant) => ({ grant: (await stores.grants.byId([grant]))[0] }));
};

export const recordRecovery: NonNullable<MutationResolvers['recordRecovery']> = async (
  _root,
  { input },
  { actor, clock, stores, recoveryCommands },
) => {
  requireRole(actor, ['OFFICER', 'SERVICE'], 'recordRecovery');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const amount = parseYuan(input.amount);
  if (!amount.ok) return faultPayload(badAmount(amount), ['amount']);
  const outcome = await recoveryCommands.receive({
    idempotencyKey,
    actor,
    now: clock.now(),
    recoveryId: input.recovery,
    fen: amount.fen,
    receivedOn: input.receivedOn,
    reference: textArgument(input.reference, 'reference', true),
    mayWrite: (department) => actor.department === department,
  });
  return payloadOf(outcome, async (grant) => ({ grant: (await stores.grants.byId([grant]))[0] }));
};
