import { badUserInput, connectionOf, dayInShanghai, forbidden, parsePage, usccArgument } from '@zhitong/kit';
import { grantsWithin } from '../domain/access.js';
import { allFacts } from '../domain/facts.js';
import type { QueryResolvers } from '../generated/resolvers-types.js';
import { LATEST_GRANT_FIRST } from '../list-orders.js';
import { rowsOnPage } from '../rows-on-page.js';
import { BEST_FIRST, BY_CLOSING, closingRows, policyTest } from './policy-list.js';
import { financingNeeds } from './financing-need.js';
import { fundsReport } from './funds-report.js';
import { loanProduct, loanProducts } from './loan-product.js';
import { versionsFor } from './policy.js';
import { policyParameters } from './policy-parameter.js';
import { policyQuestions } from './policy-question.js';
import { previewPolicy } from './preview-policy.js';

const MOST_CHARACTERS = 100;

export const Query: QueryResolvers = {
  policy: (_root, { id }, { shelf }) => shelf.byId(id),

  policies: (_root, { filter, text, ...args }, { shelf, search, clock }) => {
    if (typeof text === 'string' && text.length > MOST_CHARACTERS) throw badUserInput(`text has ${text.length} characters; search for at most ${MOST_CHARACTERS}.`, ['text']);
    const today = dayInShanghai(clock.now());
    const wanted = policyTest(filter, today);
    const list = { list: 'policies', filter, text };
    if (typeof text === 'string' && text.trim() !== '') {
      const page = parsePage(args, { list, keys: BEST_FIRST.length });
      const rows = search.find(text).flatMap(({ id, score }) => {
        const policy = shelf.byId(id);
        return policy === null || !wanted(policy) ? [] : [{ ...policy, rank: -score }];
      });
      return connectionOf({ rows: rowsOnPage(rows, page, [({ rank }) => rank, ({ record }) => record.policyId]), page, sort: BEST_FIRST, totalCount: rows.length });
    }
    const page = parsePage(args, { list, keys: BY_CLOSING.length });
    const rows = shelf.all().filter(wanted);
    return connectionOf({ rows: closingRows(rows, page), page, sort: BY_CLOSING, totalCount: rows.length });
  },

  grants: async (_root, { filter, ...args }, { actor, stores }) => {
    const within = grantsWithin(actor);
    if (within.kind === 'none') throw forbidden('Grants are for the enterprise itself and for officials.');
    const asked = typeof filter?.enterprise === 'string' ? usccArgument(filter.enterprise, ['filter', 'enterprise']) : undefined;
    if (within.kind === 'enterprise' && asked !== undefined && asked !== within.uscc) throw forbidden('An enterprise sees its own grants.');
    const conditions = { policyId: filter?.policy ?? undefined, uscc: within.kind === 'enterprise' ? within.uscc : asked, department: filter?.department ?? undefined, status: filter?.status ?? undefined };
    const page = parsePage(args, { list: { list: 'grants', filter, within }, keys: LATEST_GRANT_FIRST.length });
    return connectionOf({ rows: await stores.grants.list(conditions, page), page, sort: LATEST_GRANT_FIRST, totalCount: async () => stores.grants.count(conditions) });
  },

  policyVersions: async (_root, { policy }, context) => versionsFor(policy, context),
  previewPolicy,
  policyParameters,
  fundsReport,
  loanProduct,
  loanProducts,
  financingNeeds,
  policyQuestions,
  factVocabulary: () => allFacts().map((fact) => ({ ...fact, values: [...fact.values] })),
  matchingState: async (_root, _args, { stores }) => {
    const [enterprises, reading, latestRun, lagSeconds, waiting] = await Promise.all([stores.facts.count(), stores.readings.latestFinished(), stores.runs.latest(), stores.matchState.lagSeconds(), stores.matchState.countStale()]);
    return { enterprises, factsReadAt: reading?.finishedAt ?? null, lagSeconds, waiting, latestRun };
  },
};
