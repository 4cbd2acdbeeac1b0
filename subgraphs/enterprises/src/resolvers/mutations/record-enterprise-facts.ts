import { forbidden, requireRole } from '@zhitong/kit';
import { idempotencyKeyArgument } from '@zhitong/kit/commands';
import { checkUscc, dayInShanghai, yearOf } from '@zhitong/values';
import { notItsFacts } from '../../domain/fact-authorities.js';
import { checkFacts, type FactProblem } from '../../domain/fact-vocabulary.js';
import { EARLIEST_YEAR } from '../../domain/year-record.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { enterprisePayload } from './mutation-input.js';
import { saidPayload } from '../../usecases/refusals.js';
import { said, saidOfUscc } from '../../domain/refusal-words.js';

const SHOWN = 20;

/** The words of several problems in one line. */
const joined = (problems: readonly FactProblem[]): Pick<FactProblem, 'message' | 'zh'> => ({
  message: problems.map(({ message }) => message).join('; '),
  zh: problems.map(({ zh }) => zh).join('；'),
});

export const recordEnterpriseFacts: NonNullable<MutationResolvers['recordEnterpriseFacts']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, clock, commands, factAuthorities } = context;
  requireRole(actor, ['OFFICER', 'SERVICE'], 'recordEnterpriseFacts');
  if (actor.department === undefined) throw forbidden(said('FACTS_RECORDED_FOR'));
  const now = clock.now();
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const uscc = checkUscc(input.uscc, { irregular: 'accept' });
  if (!uscc.ok) return saidPayload(saidOfUscc(uscc, input.uscc), ['uscc']);
  const thisYear = yearOf(dayInShanghai(now));
  if (input.year < EARLIEST_YEAR || input.year > thisYear)
    return saidPayload(said('YEAR_OUTSIDE', { year: input.year, earliestYear: EARLIEST_YEAR, thisYear }), ['year']);
  if (typeof input.values !== 'object' || input.values === null || Array.isArray(input.values))
    return saidPayload(said('FACTS_NOT_AN_OBJECT'), ['values']);
  const { facts, problems } = checkFacts({ values: { ...input.values }, withdraw: input.withdraw ?? [] });
  const [first] = problems;
  if (first) return saidPayload({ ...first, ...joined(problems.slice(0, SHOWN)) }, first.path);
  if (Object.keys(facts).length === 0) return saidPayload(said('NO_FACTS'), ['values']);
  const foreign = notItsFacts(Object.keys(facts), actor.department, factAuthorities);
  if (foreign.length > 0) {
    const shown = foreign.slice(0, SHOWN);
    const facts = shown.map(({ en }) => en).join('; ');
    throw forbidden(said('FACTS_OF_OTHERS', { facts, factsInChinese: shown.map(({ zh }) => zh).join('；') }));
  }
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
