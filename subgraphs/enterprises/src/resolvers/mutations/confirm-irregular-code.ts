import { forbidden, requireRole } from '@zhitong/kit';
import { idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import { asStored, checkUscc } from '@zhitong/values';
import { said, saidOfText, saidOfUscc } from '../../domain/refusal-words.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { saidPayload } from '../../usecases/refusals.js';

export const confirmIrregularCode: NonNullable<MutationResolvers['confirmIrregularCode']> = async (
  _root,
  { input },
  { actor, codes, stores, factAuthorities },
) => {
  requireRole(actor, ['OFFICER'], 'confirmIrregularCode');
  const registrars = factAuthorities.MARKET;
  if (actor.department === undefined || !registrars.includes(actor.department))
    throw forbidden(said('CODES_CONFIRMED_BY', { departments: registrars.join(', ') }));
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const check = checkUscc(input.uscc, { irregular: 'accept' });
  if (!check.ok) return saidPayload(saidOfUscc(check, input.uscc), ['uscc']);
  const { uscc, remarks } = check;
  if (!remarks.includes('CHECK_CHARACTER')) return saidPayload(said('CODE_REGULAR', { uscc }), ['uscc']);
  const [fault] = saidOfText(input.reason, ['reason'], { longest: 500, shortest: 2 });
  if (fault !== undefined) return saidPayload(fault, fault.path);
  const reason = asStored(input.reason);
  const outcome = await codes.confirm({ idempotencyKey, actor, uscc, reason, department: actor.department });
  return payloadOf(outcome, async (confirmed) => {
    const [confirmation] = await stores.confirmedCodes.of([confirmed]);
    return { confirmation };
  });
};
