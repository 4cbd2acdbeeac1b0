import { listConnectors } from '@zhitong/connect';
import {
  badUserInput,
  connectionOf,
  forbidden,
  hasRole,
  parsePage,
  refuseMistyped,
  requestedFields,
  requestedNodeFields,
  usccArgument,
} from '@zhitong/kit';
import { isRegisteredIn } from '@zhitong/kit/graph';
import { listDataAccesses } from '@zhitong/kit/personal-data';
import { addDays, periodBefore, type LegalDay } from '@zhitong/values';
import type { FigureName } from '../domain/figures/statistics.js';
import { LATEST_FIRST } from '../list-orders.js';
import { MOST_COMPARED } from '../loaders.js';
import type { Context } from '../context.js';
import { caseScope } from '../domain/access.js';
import { commonIssues } from '../domain/common-issues.js';
import { DUPLICATE_WINDOW_DAYS, duplicateHints } from '../domain/duplicate.js';
import { asStored } from '../domain/intake.js';
import { itemNumber } from '../domain/promises/promised-time.js';
import { said } from '../domain/refusal-words.js';
import type { CaseFigureName, CaseFilter, CountedTowardsInput, QueryResolvers } from '../generated/resolvers-types.js';
import type { CaseConditions, CountedTowards } from '../models/case-conditions.js';
import { openedFor, readable } from './readable-case.js';
import { storedFields } from './case-fields.js';
import { searchConditions } from './case-search.js';
import { caseStatistics } from './case-statistics.js';
import { departmentRanking } from './department-ranking.js';
import { briefingQueries } from './briefing.js';
import { helpedQueries } from './figures/enterprises-helped.js';
import { meetingQueries } from './meeting.js';
import { oversightQueries } from './oversight.js';
import { promiseQueries } from './service-item.js';
import { spotCheckQueries } from './spot-check.js';
import { undercoverQueries } from './undercover-check.js';
import { typicalCaseQueries } from './typical-case.js';
import { knownPeriod, periodArguments } from './period.js';

const MOST_VALUES = 100;
const MOST_ISSUES = 50;
/** As much as a title and a text of submitCase can be. */
const MOST_COMPARED_CHARACTERS = 5_100;
/** The clustering looks at the latest cases of a period, so that a long period cannot fill the memory. */
const MOST_CLUSTERED = 20_000;
const ORDER_FIELDS = { RECEIVED_AT: 'receivedAt', DUE_ON: 'lastDayInTime', CASE_NUMBER: 'caseNumber' } as const;

export const Query: QueryResolvers = {
  case: async (_root, { caseNumber }, context, info) =>
    readable(
      await context.loaders.case(caseNumber, { fields: storedFields(requestedFields(info)) }),
      caseNumber,
      context,
    ),

  caseConnectors: async (_root, _args, context) => listConnectors(context),
  caseDeadLetters: async (_root, page, { deadLetters }) => deadLetters.list(page),
  caseDataAccesses: async (_root, args, { actor, stores }) => listDataAccesses(args, { actor, store: stores.accesses }),

  casesAlike: async (_root, { title, text }, { actor, stores, today }) => {
    if (actor?.uscc === undefined) return [];
    if (title.length + text.length > MOST_COMPARED_CHARACTERS)
      throw badUserInput(said('TEXT_TO_COMPARE', { most: MOST_COMPARED_CHARACTERS }), ['text']);
    const since = addDays(today, -DUPLICATE_WINDOW_DAYS);
    const earlier = await stores.earlierCases.of(actor.uscc, { since, limit: MOST_COMPARED });
    return duplicateHints({ title, text, receivedOn: today }, earlier);
  },

  cases: async (_root, { filter, orderBy, ...args }, context, info) => {
    const asked: CaseConditions = filter ? readFilter(filter, context.today) : {};
    if (asked.uscc !== undefined)
      await refuseMistyped(asked.uscc, ['filter', 'uscc'], isRegisteredIn(context.register));
    const opened =
      asked.uscc === undefined || isOfOwnDepartment(asked, context) ? undefined : await openedFor(asked.uscc, context);
    const conditions = {
      ...asked,
      ...searchConditions(filter ?? {}, context, opened?.isOpened ?? false),
      ...scopeOf(asked, context, opened?.isOpened ?? false),
    };
    const direction = orderBy?.direction === 'DESC' ? -1 : 1;
    const field = orderBy ? ORDER_FIELDS[orderBy.field] : undefined;
    const byNumber = { field: 'caseNumber', direction } as const;
    const sort =
      field === undefined
        ? LATEST_FIRST
        : field === 'caseNumber'
          ? [byNumber]
          : [{ field, direction } as const, byNumber];
    const page = parsePage(args, { list: { list: 'cases', filter, orderBy }, keys: sort.length });
    const nodes = requestedNodeFields(requestedFields(info));
    const rows =
      nodes === undefined
        ? []
        : await context.stores.cases.list(conditions, { ...page, sort, fields: storedFields(nodes) });
    const { counted } = conditions;
    return {
      ...connectionOf({
        rows: opened?.rows(rows) ?? rows,
        page,
        sort,
        totalCount: async () => context.stores.cases.count(conditions),
      }),
      ...(counted === undefined
        ? {}
        : { countedTimes: async () => context.stores.cases.countTimes({ ...conditions, counted }) }),
    };
  },

  caseStatistics,
  departmentRanking,
  ...spotCheckQueries,
  ...briefingQueries,
  ...meetingQueries,
  ...oversightQueries,
  ...typicalCaseQueries,
  ...undercoverQueries,
  ...promiseQueries,
  ...helpedQueries,

  commonIssues: async (_root, { first, ...args }, { actor, stores }) => {
    if (first < 1 || first > MOST_ISSUES)
      throw badUserInput(said('ISSUES_OUTSIDE', { first, most: MOST_ISSUES }), ['first']);
    const period = periodArguments(args);
    const looked = { limit: MOST_CLUSTERED, knowsComplainants: hasRole(actor, 'COORDINATOR') };
    const [now, before] = await Promise.all([
      stores.cases.issueCases({ ...period, open: true, ...looked }),
      stores.cases.issueCases({ ...periodBefore(period), open: false, ...looked }),
    ]);
    return commonIssues(now, before, first);
  },
};

const FIGURE_OF: Readonly<Record<CaseFigureName, FigureName>> = {
  RECEIVED: 'received',
  ASSIGNED: 'assigned',
  RESOLVED: 'resolved',
  ANSWERED_DIRECTLY: 'answeredDirectly',
  OVERDUE: 'overdue',
  ESCALATED: 'escalated',
  CLOSED: 'closed',
  RESPONSE: 'response',
  ON_TIME: 'onTime',
  RESOLUTION: 'resolution',
  PROCESS_SATISFACTION: 'processSatisfaction',
  RESULT_SATISFACTION: 'resultSatisfaction',
  SATISFACTION: 'satisfaction',
  PROMISE_BROKEN: 'promiseBroken',
};

/** Asked for what the caller's own department leads, for which no purpose is needed. */
const isOfOwnDepartment = ({ lead }: CaseConditions, { actor }: Context): boolean =>
  lead !== undefined && lead === actor?.department;

/**
 * What the caller may list. Filtering by an enterprise, or by a project or a meeting, which lead to one, must not find
 * an anonymous case for whoever may not know who brought it.
 */
function scopeOf({ uscc, project, raisedAt }: CaseConditions, { actor }: Context, isOpened: boolean): CaseConditions {
  const scope = caseScope(actor);
  const named = [uscc, project, raisedAt].every((asked) => asked === undefined) ? {} : { namedOnly: true };
  switch (scope.kind) {
    case 'ALL':
      return hasRole(actor, 'COORDINATOR') ? {} : named;
    case 'DEPARTMENT':
      return { ...(isOpened ? {} : { department: scope.department }), ...named };
    case 'ENTERPRISE':
      if (raisedAt !== undefined) throw forbidden(said('RAISED_AT_IS_FOR'));
      if (uscc !== undefined && uscc !== scope.uscc) throw forbidden(said('CASES_OF_ARE_FOR', { uscc }));
      return { uscc: scope.uscc };
    case 'NONE':
      throw new Error('A caller without any role for cases has passed @access.');
    default:
      return scope satisfies never;
  }
}

/** The cases behind a figure: the same condition by which it was counted. */
function countedTowards(
  { figure, met, department, groupBy, key, ...period }: CountedTowardsInput,
  today: LegalDay,
): CountedTowards {
  const hasGroup = typeof groupBy === 'string';
  if (hasGroup !== (typeof key === 'string'))
    throw badUserInput(said('COUNTED_GROUP_AND_KEY'), ['filter', 'counted', hasGroup ? 'key' : 'groupBy']);
  if (groupBy === 'DEPARTMENT' && typeof department === 'string' && department !== key)
    throw badUserInput(said('COUNTED_TWO_DEPARTMENTS'), ['filter', 'counted', 'department']);
  return {
    ...knownPeriod(period, today),
    today,
    figure: FIGURE_OF[figure],
    met: met ?? undefined,
    department: department ?? undefined,
    group: hasGroup && typeof key === 'string' ? { by: groupBy, key } : undefined,
  };
}

function readFilter(filter: CaseFilter, today: string): CaseConditions {
  const {
    open,
    status,
    kind,
    category,
    channel,
    origin,
    region,
    handler,
    uscc,
    project,
    serviceItem,
    raisedAt,
    overdue,
    hasRunningClock,
    escalation,
    keywords,
    receivedFrom,
    receivedTo,
    counted,
    supervisionOverdue,
  } = filter;
  for (const [name, values] of Object.entries({ status, kind, category, channel, region, escalation, keywords })) {
    if ((values?.length ?? 0) > MOST_VALUES)
      throw badUserInput(said('FILTER_TOO_MANY', { name, length: values?.length ?? 0, most: MOST_VALUES }), [
        'filter',
        name,
      ]);
  }
  const wrongRegion = region?.find((code) => !/^\d{6}$/.test(code));
  if (wrongRegion !== undefined)
    throw badUserInput(said('FILTER_REGION', { value: JSON.stringify(wrongRegion.slice(0, 40)) }), [
      'filter',
      'region',
    ]);
  return {
    open: open ?? undefined,
    status: status ?? undefined,
    kind: kind ?? undefined,
    category: category ?? undefined,
    channel: channel ?? undefined,
    origin: origin ?? undefined,
    region: region ?? undefined,
    lead: handler ?? undefined,
    uscc: typeof uscc === 'string' ? usccArgument(uscc, ['filter', 'uscc']) : undefined,
    project: typeof project === 'string' ? asStored(project) : undefined,
    serviceItem: typeof serviceItem === 'string' ? itemNumber(serviceItem) : undefined,
    raisedAt: raisedAt ?? undefined,
    overdue: typeof overdue === 'boolean' ? { is: overdue, today } : undefined,
    hasRunningClock: hasRunningClock ?? undefined,
    escalation: escalation ?? undefined,
    keywords: keywords ?? undefined,
    receivedFrom: receivedFrom ?? undefined,
    receivedTo: receivedTo ?? undefined,
    supervisionOverdueOn: supervisionOverdue === true ? today : undefined,
    counted: counted ? countedTowards(counted, today) : undefined,
  };
}
