import {
  badUserInput,
  connectionOf,
  forbidden,
  parsePage,
  requestedFields,
  requestedNodeFields,
  type Page,
} from '@zhitong/kit';
import type { GraphQLResolveInfo } from 'graphql';
import { mayReadShopOf, questionsSeenBy } from '../domain/access.js';
import {
  legalQuestionMoves,
  questionView,
  type QuestionFacts,
  type QuestionsSeen,
} from '../domain/questions/policy-question.js';
import { said } from '../domain/refusal-words.js';
import type {
  EnterpriseResolvers,
  PolicyQuestionEventResolvers,
  PolicyQuestionResolvers,
  PolicyResolvers,
  QueryResolvers,
} from '../generated/resolvers-types.js';
import { LATEST_QUESTION_FIRST } from '../list-orders.js';
import type { PolicyQuestionConnectionRows } from '../records.js';

const pageOf = (args: Parameters<typeof parsePage>[0], list: unknown): Page =>
  parsePage(args, { list, keys: LATEST_QUESTION_FIRST.length });

/** What of a page has to be read: no rows when only the count was asked for. */
const wantedOf = (page: Page, info: GraphQLResolveInfo) =>
  requestedNodeFields(requestedFields(info)) === undefined
    ? {}
    : { limit: page.limit, position: page.position, backwards: page.backwards };

/**
 * The rows as the caller sees them. Stores return only what is for the caller, and what was not would be left out here.
 */
const shownTo = (
  rows: readonly QuestionFacts[],
  seen: QuestionsSeen,
  page: Page,
  totalCount: PolicyQuestionConnectionRows['totalCount'],
): PolicyQuestionConnectionRows =>
  connectionOf({
    rows: rows.flatMap((row) => questionView(row, seen) ?? []),
    page,
    sort: LATEST_QUESTION_FIRST,
    totalCount,
  });

export const policyQuestions: NonNullable<QueryResolvers['policyQuestions']> = async (
  _root,
  { filter, ...args },
  { actor, stores },
) => {
  const seen = questionsSeenBy(actor);
  if (seen.kind !== 'all' && seen.kind !== 'department') throw forbidden(said('QUESTIONS_ARE_FOR'));
  if (filter?.status?.length === 0) throw badUserInput(said('STATUS_EMPTY'), ['filter', 'status']);
  const conditions = {
    policyId: filter?.policy ?? undefined,
    status: filter?.status ?? undefined,
    department: seen.kind === 'department' ? seen.department : undefined,
  };
  const page = pageOf(args, { list: 'policyQuestions', conditions });
  return shownTo(await stores.questions.list(conditions, page), seen, page, async () =>
    stores.questions.count(conditions),
  );
};

export const questionsOfPolicy: NonNullable<PolicyResolvers['questions']> = async (
  { content: { id } },
  args,
  { actor, loaders },
  info,
) => {
  const seen = questionsSeenBy(actor);
  const page = pageOf(args, { list: 'policy.questions', id, seen });
  const found = await loaders.questionsOfPolicy(id, { seen, ...wantedOf(page, info) });
  return shownTo(found?.rows ?? [], seen, page, found?.totalCount ?? 0);
};

export const questionsOfEnterprise: NonNullable<EnterpriseResolvers['policyQuestions']> = async (
  { uscc },
  args,
  { actor, loaders },
  info,
) => {
  if (!mayReadShopOf(actor, uscc)) throw forbidden(said('QUESTIONS_OF_ENTERPRISE_ARE_FOR', { uscc }));
  const page = pageOf(args, { list: 'enterprise.policyQuestions', uscc });
  const found = await loaders.questionsOfEnterprise(uscc, wantedOf(page, info));
  return shownTo(found?.rows ?? [], { kind: 'enterprise', uscc }, page, found?.totalCount ?? 0);
};

export const PolicyQuestion: PolicyQuestionResolvers = {
  policy: ({ policyId }, _args, { shelf }) => shelf.byId(policyId),
  enterprise: ({ uscc }) => (uscc === null ? null : { uscc }),
  legalMoves: ({ status, version }) => (version === null ? [] : [...legalQuestionMoves(status)]),
  history: async ({ id, version }, _args, { loaders }) =>
    version === null ? null : ((await loaders.questionHistory(id, null)) ?? []),
};

export const PolicyQuestionEvent: PolicyQuestionEventResolvers = {
  move: ({ move }) => (move === 'ASK' ? null : move),
};
