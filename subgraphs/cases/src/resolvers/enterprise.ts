import {
  connectionOf,
  forbidden,
  hasRole,
  parsePage,
  requestedFields,
  requestedNodeFields,
  type Actor,
} from '@zhitong/kit';
import { caseScope } from '../domain/access.js';
import { asStored } from '../domain/intake.js';
import { said } from '../domain/refusal-words.js';
import type { EnterpriseCaseFilter, EnterpriseResolvers } from '../generated/resolvers-types.js';
import { LATEST_FIRST } from '../list-orders.js';
import type { CaseConditions } from '../models/case-conditions.js';
import { caseNotices } from './case-notice.js';
import { storedFields } from './case-fields.js';
import { openedFor, type OpenedList } from './readable-case.js';

/**
 * Which of an enterprise's cases the caller may find by the enterprise: none that would reveal who brought an anonymous
 * one.
 */
function visibleOf(uscc: string, actor: Actor | null, { isOpened }: OpenedList): CaseConditions {
  const scope = caseScope(actor);
  switch (scope.kind) {
    case 'ALL':
      return hasRole(actor, 'COORDINATOR') ? {} : { namedOnly: true };
    case 'DEPARTMENT':
      return { ...(isOpened ? {} : { department: scope.department }), namedOnly: true };
    case 'ENTERPRISE':
      if (scope.uscc !== uscc) throw forbidden(said('CASES_OF_ARE_FOR', { uscc }));
      return {};
    case 'NONE':
      throw forbidden(said('CASES_ARE_FOR'));
    default:
      return scope satisfies never;
  }
}

function conditionsOf(filter: EnterpriseCaseFilter, today: string): CaseConditions {
  const { open, status, category, project, overdue } = filter;
  return {
    open: open ?? undefined,
    status: status ?? undefined,
    category: category ?? undefined,
    project: typeof project === 'string' ? asStored(project) : undefined,
    overdue: typeof overdue === 'boolean' ? { is: overdue, today } : undefined,
  };
}

export const Enterprise: EnterpriseResolvers = {
  caseNotices,
  cases: async ({ uscc }, { filter, ...args }, context, info) => {
    const { actor, loaders, today } = context;
    const opened = await openedFor(uscc, context);
    const conditions = { ...(filter ? conditionsOf(filter, today) : {}), ...visibleOf(uscc, actor, opened) };
    const page = parsePage(args, { list: { list: 'enterprise.cases', filter }, keys: LATEST_FIRST.length });
    const nodes = requestedNodeFields(requestedFields(info));
    const { limit, position, backwards } = page;
    const found = await loaders.casesOfEnterprise(uscc, {
      conditions,
      page: nodes === undefined ? {} : { limit, position, backwards, fields: storedFields(nodes) },
    });
    return connectionOf({
      rows: opened.rows(found?.rows ?? []),
      page,
      sort: LATEST_FIRST,
      totalCount: found?.totalCount ?? 0,
    });
  },
};
