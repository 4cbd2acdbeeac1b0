import { forbidden, requireRole } from '@zhitong/kit';
import { faultPayload, idempotencyKeyArgument } from '@zhitong/kit/commands';
import { checkUscc, dayInShanghai, yearOf } from '@zhitong/values';
import { notItsFacts } from '../../domain/fact-authorities.js';
import { checkFacts } from '../../domain/fact-vocabulary.js';
import { EARLIEST_YEAR } from '../../domain/year-record.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { enterprisePayload } from './mutation-input.js';

const SHOWN = 20;

export const recordEnterpriseFacts: NonNullable<MutationResolvers['recordEnterpriseFacts']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, clock, commands, factAuthorities } = context;
  requireRole(actor, ['OFFICER', 'SERVICE'], 'recordEnterpriseFacts');
  if (actor.department === undefined) throw forbidden('Facts are recorded for a department; this token names none.');
  const now = clock.now();
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const uscc = checkUscc(input.uscc, { irregular: 'accept' });
  if (!uscc.ok) return faultPayload(uscc.message, ['uscc']);
  const thisYear = yearOf(dayInShanghai(now));
  if (input.year < EARLIEST_YEAR || input.year > thisYear)
    return faultPayload(`year is ${input.year}; figures are of ${EARLIEST_YEAR} to ${thisYear}.`, ['year']);
  if (typeof input.values !== 'object' || input.values === null || Array.isArray(input.values))
    return faultPayload('values must be an object of facts.', ['values']);
  const { facts, problems } = checkFacts({ values: { ...input.values }, withdraw: input.withdraw ?? [] });
  const [first] = problems;
  if (first)
    return faultPayload(
      problems
        .map(({ message }) => message)
        .slice(0, 20)
        .join('; '),
      first.path,
    );
  if (Object.keys(facts).length === 0) return faultPayload('values names no fact.', ['values']);
  const foreign = notItsFacts(Object.keys(facts), actor.department, factAuthorities);
  if (foreign.length > 0) throw forbidden(`${foreign.slice(0, SHOWN).join('; ')}.`);
  const outcome = await commands.recordFacts({
    idempotencyKey,
    actor,
    now,
    uscc: uscc.uscc,
    year: input.year,
    facts,
    department: actor.department,
  });
  return enterprisePayload(outcome, context);
};
