import { forbidden, requireRole } from '@zhitong/kit';
import { idempotencyKeyArgument } from '@zhitong/kit/commands';
import { asStored, checkUscc } from '@zhitong/values';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { enterprisePayload } from './mutation-input.js';
import { saidOfText, saidOfUscc, said } from '../../domain/refusal-words.js';
import { saidPayload } from '../../usecases/refusals.js';

export const recordSuccession: NonNullable<MutationResolvers['recordSuccession']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, successions, factAuthorities } = context;
  requireRole(actor, ['OFFICER'], 'recordSuccession');
  const registrars = factAuthorities.MARKET;
  if (actor.department === undefined || !registrars.includes(actor.department))
    throw forbidden(said('SUCCESSION_REGISTERED_BY', { departments: registrars.join(', ') }));
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const successor = checkUscc(input.successor, { irregular: 'accept' });
  if (!successor.ok) return saidPayload(saidOfUscc(successor, input.successor), ['successor']);
  const predecessor = checkUscc(input.predecessor, { irregular: 'accept' });
  if (!predecessor.ok) return saidPayload(saidOfUscc(predecessor, input.predecessor), ['predecessor']);
  const [fault] = saidOfText(input.document, ['document'], { longest: 200, shortest: 2 });
  if (fault !== undefined) return saidPayload(fault, fault.path);
  const outcome = await successions.record({
    idempotencyKey,
    actor,
    successor: successor.uscc,
    predecessor: predecessor.uscc,
    kind: input.kind,
    on: input.on,
    document: asStored(input.document),
  });
  return enterprisePayload(outcome, context);
};
