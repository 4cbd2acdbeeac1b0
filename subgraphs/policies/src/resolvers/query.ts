import { listConnectors } from '@zhitong/connect';
import { badUserInput, connectionOf, parsePage, registeredUsccArgument } from '@zhitong/kit';
import { isRegisteredIn } from '@zhitong/kit/graph';
import { listDataAccesses } from '@zhitong/kit/personal-data';
import { dayInShanghai } from '@zhitong/values';
import { allFacts } from '../domain/facts/facts.js';
import { said } from '../domain/refusal-words.js';
import type { QueryResolvers } from '../generated/resolvers-types.js';
import { LATEST_GRANT_FIRST } from '../list-orders.js';
import { rowsOnPage } from '../memory/rows-on-page.js';
import { BEST_FIRST, BY_CLOSING, closingRows, policyTest } from './policy-list.js';
import { financingNeeds } from './financing-need.js';
import { fundsReport } from './funds-report.js';
import { grantsFor, previewIdentification, publicNotices } from './grant.js';
import { grantRecoveries } from './grant-recovery.js';
import { definitionOf } from './policy-match.js';
import { loanProduct, loanProducts } from './loan-product.js';
import { versionsFor } from './policy.js';
import { policyParameters } from './policy-parameter.js';
import { policyQuestions } from './policy-question.js';
import { previewPolicy } from './preview-policy.js';

const MOST_CHARACTERS = 100;

export const Query: QueryResolvers = {
  policyConnectors: async (_root, _args, context) => listConnectors(context),
  policyDeadLetters: async (_root, page, { deadLetters }) => deadLetters.list(page),

  policy: (_root, { id }, { shelf }) => shelf.byId(id),

  policies: (_root, { filter, text, ...args }, { shelf, search, clock }) => {
    if (typeof text === 'string' && text.length > MOST_CHARACTERS)
      throw badUserInput(said('SEARCH_TOO_LONG', { length: text.length, most: MOST_CHARACTERS }), ['text']);
    const today = dayInShanghai(clock.now());
    const wanted = policyTest(filter, today);
    const list = { list: 'policies', filter, text };
    if (typeof text === 'string' && text.trim() !== '') {
      const page = parsePage(args, { list, keys: BEST_FIRST.length });
      const rows = search.find(text).flatMap(({ id, score }) => {
        const policy = shelf.byId(id);
        return policy === null || !wanted(policy) ? [] : [{ ...policy, rank: -score }];
      });
      return connectionOf({
        rows: rowsOnPage(rows, page, [({ rank }) => rank, ({ record }) => record.policyId]),
        page,
        sort: BEST_FIRST,
        totalCount: rows.length,
      });
    }
    const page = parsePage(args, { list, keys: BY_CLOSING.length });
    const rows = shelf.all().filter(wanted);
    return connectionOf({ rows: closingRows(rows, page), page, sort: BY_CLOSING, totalCount: rows.length });
  },

  grants: async (_root, { filter, ...args }, context) => {
    const { stores } = context;
    const asked =
      typeof filter?.enterprise === 'string'
        ? await registeredUsccArgument(filter.enterprise, ['filter', 'enterprise'], isRegisteredIn(context.register))
        : undefined;
    const limits = await grantsFor(context, { uscc: asked, department: filter?.department ?? undefined });
    const conditions = {
      policyId: filter?.policy ?? undefined,
      ...limits,
      status: filter?.status ?? undefined,
      ids: filter?.openObjection === true ? await stores.objections.undecided() : undefined,
    };
    const page = parsePage(args, { list: { list: 'grants', filter, limits }, keys: LATEST_GRANT_FIRST.length });
    return connectionOf({
      rows: await stores.grants.list(conditions, page),
      page,
      sort: LATEST_GRANT_FIRST,
      totalCount: async () => stores.grants.count(conditions),
    });
  },

  policyDataAccesses: async (_root, args, { actor, stores }) =>
    listDataAccesses(args, { actor, store: stores.accesses }),

  policyVersions: async (_root, { policy }, context) => versionsFor(policy, context),
  previewPolicy,
  previewIdentification,
  policyParameters,
  fundsReport,
  publicNotices,
  grantRecoveries,
  loanProduct,
  loanProducts,
  financingNeeds,
  policyQuestions,
  factVocabulary: () => allFacts().flatMap(({ name }) => definitionOf(name)),
  matchingState: async (_root, _args, { stores }) => {
    const [enterprises, reading, latestRun, lagSeconds, waiting] = await Promise.all([
      stores.facts.count(),
      stores.readings.latestFinished(),
      stores.runs.latest(),
      stores.matchState.lagSeconds(),
      stores.matchState.countStale(),
    ]);
    return { enterprises, factsReadAt: reading?.finishedAt ?? null, lagSeconds, waiting, latestRun };
  },
};
