import { dayInShanghai, forbidden, isCalendarDate, requireRole } from '@zhitong/kit';
import { checkUscc } from '@zhitong/values';
import { checkFacts } from '../domain/fact-vocabulary.js';
import type { MutationResolvers } from '../generated/resolvers-types.js';
import { idempotencyKeyArgument, payloadOf, refused } from './mutation-input.js';

const EARLIEST_YEAR = 1990;

export const recordEnterpriseFacts: NonNullable<MutationResolvers['recordEnterpriseFacts']> = async (_root, { input }, context) => {
  const { actor, clock, commands } = context;
  requireRole(actor, ['OFFICER', 'SERVICE'], 'recordEnterpriseFacts');
  if (actor.department === undefined) throw forbidden('Facts are recorded for a department; this token names none.');
  const now = clock.now();
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const uscc = checkUscc(input.uscc, { irregular: 'accept' });
  if (!uscc.ok) return refused('INVALID', uscc.message, ['uscc']);
  const thisYear = Number(dayInShanghai(now).slice(0, 4));
  if (input.year < EARLIEST_YEAR || input.year > thisYear) return refused('INVALID', `year is ${input.year}; figures are of ${EARLIEST_YEAR} to ${thisYear}.`, ['year']);
  if (typeof input.values !== 'object' || input.values === null || Array.isArray(input.values)) return refused('INVALID', 'values must be an object of facts.', ['values']);
  const { facts, problems } = checkFacts({ ...input.values }, isCalendarDate);
  const [first] = problems;
  if (first) return refused('INVALID', problems.map(({ message }) => message).slice(0, 20).join('; '), ['values', first.fact]);
  if (Object.keys(facts).length === 0) return refused('INVALID', 'values names no fact.', ['values']);
  const outcome = await commands.recordFacts({ idempotencyKey, sub: actor.sub, now, uscc: uscc.uscc, year: input.year, facts, department: actor.department });
  return payloadOf(outcome, context);
};
