import { badUserInput, forbidden, requireRole } from '@zhitong/kit';
import { accountProblem } from '../domain/grant.js';
import type { MutationResolvers } from '../generated/resolvers-types.js';
import { idempotencyKeyArgument, refusalOf, textArgument } from './mutation-input.js';

export const applyWithPledge: NonNullable<MutationResolvers['applyWithPledge']> = async (_root, { input }, { actor, clock, stores, applicationCommands }) => {
  requireRole(actor, ['ENTERPRISE'], 'applyWithPledge');
  const { uscc } = actor;
  if (uscc === undefined) throw forbidden('An enterprise applies for itself; this token names none.');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  if (!input.pledgeAccepted) throw badUserInput('pledgeAccepted must be true: without the pledge nothing is decided at once.', ['input', 'pledgeAccepted']);
  const wrong = accountProblem(input.number);
  if (wrong !== null) return { refusal: { code: 'INVALID', message: `number cannot be used: ${wrong}.`, path: ['number'], details: null } };
  const account = { holder: textArgument(input.holder, 'holder', true), bank: textArgument(input.bank, 'bank', true), number: input.number.replace(/[\s-]/g, '') };
  const { result, refusal } = await applicationCommands.apply({ idempotencyKey, actor, now: clock.now(), uscc, policyId: input.policy, signatory: textArgument(input.signatory, 'signatory', true), account });
  return refusal === null ? { grant: (await stores.grants.byId([result]))[0] } : { refusal: refusalOf(refusal) };
};

export const checkPledge: NonNullable<MutationResolvers['checkPledge']> = async (_root, { input }, { actor, clock, stores, applicationCommands }) => {
  requireRole(actor, ['OFFICER'], 'checkPledge');
  const { result, refusal } = await applicationCommands.check({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey), actor, now: clock.now(), grantId: input.grant, kept: input.kept,
    finding: textArgument(input.finding, 'finding', !input.kept), mayWrite: (department) => actor.department === department,
  });
  return refusal === null ? { grant: (await stores.grants.byId([result]))[0] } : { refusal: refusalOf(refusal) };
};
