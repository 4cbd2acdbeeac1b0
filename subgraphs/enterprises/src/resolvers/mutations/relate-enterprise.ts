import { requireRole, forbidden } from '@zhitong/kit';
import { idempotencyKeyArgument } from '@zhitong/kit/commands';
import { checkUscc } from '@zhitong/values';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { enterprisePayload } from './mutation-input.js';
import { saidOfUscc, said } from '../../domain/refusal-words.js';
import { saidPayload } from '../../usecases/refusals.js';

export const relateEnterprise: NonNullable<MutationResolvers['relateEnterprise']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, relations, factAuthorities } = context;
  requireRole(actor, ['OFFICER'], 'relateEnterprise');
  const registrars = factAuthorities.MARKET;
  if (actor.department === undefined || !registrars.includes(actor.department))
    throw forbidden(said('BRANCHES_REGISTERED_BY', { departments: registrars.join(', ') }));
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const uscc = checkUscc(input.uscc, { irregular: 'accept' });
  if (!uscc.ok) return saidPayload(saidOfUscc(uscc, input.uscc), ['uscc']);
  const parent = typeof input.parent === 'string' ? checkUscc(input.parent, { irregular: 'accept' }) : null;
  if (parent?.ok === false) return saidPayload(saidOfUscc(parent, input.parent ?? ''), ['parent']);
  const outcome = await relations.relate({
    idempotencyKey,
    actor,
    uscc: uscc.uscc,
    kind: input.kind,
    parent: parent?.uscc ?? null,
  });
  return enterprisePayload(outcome, context);
};
