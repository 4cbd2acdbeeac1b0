import { badUserInput, forbidden, requireRole } from '@zhitong/kit';
import { faultPayload, idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import { accountProblem } from '../../domain/grant/grant.js';
import { said } from '../../domain/refusal-words.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { textArgument } from './mutation-input.js';

export const applyWithPledge: NonNullable<MutationResolvers['applyWithPledge']> = async (
  _root,
  { input },
  { actor, clock, stores, applicationCommands },
) => {
  requireRole(actor, ['ENTERPRISE'], 'applyWithPledge');
  const { uscc } = actor;
  if (uscc === undefined) throw forbidden(said('APPLIES_FOR_ITSELF'));
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  if (!input.pledgeAccepted) throw badUserInput(said('PLEDGE_NOT_ACCEPTED'), ['input', 'pledgeAccepted']);
  const wrong = accountProblem(input.number);
  if (wrong !== null) return faultPayload(wrong, ['number']);
  const account = {
    holder: textArgument(input.holder, 'holder', true),
    bank: textArgument(input.bank, 'bank', true),
    number: input.number.replace(/[\s-]/g, ''),
  };
  const outcome = await applicationCommands.apply({
    idempotencyKey,
    actor,
    now: clock.now(),
    uscc,
    policyId: input.policy,
    signatory: textArgument(input.signatory, 'signatory', true),
    account,
  });
  return payloadOf(outcome, async (result) => ({ grant: (await stores.grants.byId([result]))[0] }));
};

export const checkPledge: NonNullable<MutationResolvers['checkPledge']> = async (
  _root,
  { input },
  { actor, clock, stores, applicationCommands },
) => {
  requireRole(actor, ['OFFICER'], 'checkPledge');
  const outcome = await applicationCommands.check({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    now: clock.now(),
    grantId: input.grant,
    kept: input.kept,
    finding: textArgument(input.finding, 'finding', !input.kept),
    mayWrite: (department) => actor.department === department,
  });
  return payloadOf(outcome, async (result) => ({ grant: (await stores.grants.byId([result]))[0] }));
};
