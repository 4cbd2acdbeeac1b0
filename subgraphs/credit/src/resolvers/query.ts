import { badUserInput, dayInShanghai, parsePage, requestedFields, requestedNodeFields } from '@zhitong/kit';
import type { SortKey } from '@zhitong/kit/mongo';
import type { CommitmentOrderField, QueryResolvers } from '../generated/resolvers-types.js';
import { BY_PROMISE } from '../list-orders.js';
import { addSums, NO_SUMS, type AuditSums } from '../domain/audit-sums.js';
import { endOfDayInShanghai } from '../domain/calendar-date.js';
import { NO_TOTALS } from '../domain/commitment-totals.js';
import { ONE_YEAR_LPR } from '../domain/loan-prime-rate.js';
import { approvalItems } from './approval-item.js';
import { arrearToday } from './arrear-mutations.js';
import { auditWorklist } from './audit-worklist.js';
import { figuresAskedFor } from './commitment-audit.js';
import { storedFields } from './commitment-fields.js';
import { commitmentConnection, readFilter } from './commitment-list.js';
import { onlyOwn, pastDay, requireOwn } from './own-credit.js';

/** Fields of a connection that are about its whole list. */
const WHOLE_LIST = new Set(['totalCount', 'promisedAmount', 'fulfilledAmount', 'outstandingAmount', 'overdueAmount', 'overdueCount']);
const ORDER_FIELDS: Readonly<Record<CommitmentOrderField, string>> = { PROMISED_ON: 'promisedOn', DUE_ON: 'dueOn', OUTSTANDING_AMOUNT: 'outstanding' };

export const Query: QueryResolvers = {
  approvalItems,
  auditWorklist,

  arrear: async (_root, { id }, { actor, stores, clock }) => {
    const arrear = await arrearToday(id, { stores, clock });
    if (arrear) requireOwn(actor, arrear.uscc);
    return arrear;
  },

  arrearsReport: async (_root, { from, to }, { clock, stores }) => {
    const last = pastDay(to, { clock, path: ['to'] });
    if (from > last) throw badUserInput(`from is ${from}, after to, ${last}.`, ['from']);
    const departments = await stores.arrearsReports.figures(last, ONE_YEAR_LPR);
    return { from, to: last, departments: departments.map((figures) => ({ ...figures, period: { from, to: last } })) };
  },

  commitment: async (_root, { id }, { actor, clock, loaders }, info) => {
    const row = await loaders.commitment(id, { fields: storedFields(requestedFields(info)) });
    if (row === undefined) return null;
    requireOwn(actor, row.uscc);
    return { ...row, asOf: dayInShanghai(clock.now()) };
  },

  commitments: async (_root, { filter, orderBy, ...args }, { actor, clock, stores }, info) => {
    const direction = orderBy?.direction === 'ASC' ? 1 : -1;
    const sort: readonly SortKey[] = orderBy ? [{ field: ORDER_FIELDS[orderBy.field], direction }, { field: 'id', direction }] : BY_PROMISE;
    const page = parsePage(args, { list: { list: 'commitments', filter, orderBy }, keys: sort.length });
    const today = dayInShanghai(clock.now());
    const asked = readFilter(filter, today);
    if (asked.uscc !== undefined) requireOwn(actor, asked.uscc);
    const own = onlyOwn(actor);
    const conditions = { ...asked, ...(own === undefined ? {} : { uscc: own }) };
    const requested = requestedFields(info);
    const nodes = requestedNodeFields(requested);
    const [rows, { count, ...totals }] = await Promise.all([
      nodes === undefined ? [] : stores.commitments.list(conditions, sort, page, storedFields(nodes)),
      // Totals read the whole list, so only for who asks.
      [...requested.keys()].some((field) => WHOLE_LIST.has(field)) ? stores.commitments.totals(conditions, today) : { count: 0, ...NO_TOTALS },
    ]);
    return commitmentConnection({ rows, page, sort, totalCount: count, totals, today });
  },

  commitmentAudit: async (_root, { asOf, knownOn, groupBy }, { clock, stores }, info) => {
    const question = { asOf: pastDay(asOf, { clock, path: ['asOf'] }), knownOn: pastDay(knownOn, { clock, path: ['knownOn'] }), groupBy };
    const [rows, seal] = await Promise.all([stores.audit.groups(question, figuresAskedFor(requestedFields(info))), stores.seals.finished(endOfDayInShanghai(question.knownOn))]);
    const groups = rows.map((row) => ({ ...row, question }));
    return { ...groups.reduce<AuditSums>(addSums, NO_SUMS), question, groups, seal };
  },
};
