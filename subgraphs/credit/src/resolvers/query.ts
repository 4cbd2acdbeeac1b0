import { listConnectors } from '@zhitong/connect';
import {
  badUserInput,
  parsePage,
  refuseMistyped,
  requestedFields,
  requestedNodeFields,
  type Clock,
} from '@zhitong/kit';
import { isRegisteredIn } from '@zhitong/kit/graph';
import { listDataAccesses } from '@zhitong/kit/personal-data';
import type { SortKey } from '@zhitong/kit/mongo';
import { dayInShanghai, endOfDayInShanghai } from '@zhitong/values';
import type { CommitmentOrderField, QueryResolvers } from '../generated/resolvers-types.js';
import { BY_PROMISE } from '../list-orders.js';
import { addSums, NO_SUMS, type AuditSums } from '../domain/audit/audit-sums.js';
import { NO_TOTALS } from '../domain/ledger/commitment-totals.js';
import { approvalItems } from './approval-item.js';
import { asKnownOn } from '../domain/arrears/arrear-knowledge.js';
import { said } from '../domain/refusal-words.js';
import { figuresKnownOn } from '../usecases/arrears/arrears-known.js';
import { arrearsDisclosure } from './arrears/arrears-disclosure.js';
import { arrearView } from './arrears/arrear-view.js';
import { referralsToAnswer } from './audit-matter.js';
import { auditWorklist } from './audit-worklist.js';
import { auditedCommitments, figuresAskedFor } from './commitment-audit.js';
import { storedFields } from './commitment-fields.js';
import { readableCommitment } from './commitment.js';
import { commitmentConnection, conditionsOfLimits, readFilter } from './commitment-list.js';
import { ledgerSeals, ledgerVerification } from './ledger-seal.js';
import { limitsFor, pastDay, readable, requireAll } from './own-credit.js';

/** Fields of a connection that are about its whole list. */
const WHOLE_LIST = new Set([
  'totalCount',
  'promisedAmount',
  'fulfilledAmount',
  'outstandingAmount',
  'overdueAmount',
  'overdueCount',
]);
const ORDER_FIELDS: Readonly<Record<CommitmentOrderField, string>> = {
  PROMISED_ON: 'promisedOn',
  DUE_ON: 'dueOn',
  OUTSTANDING_AMOUNT: 'outstanding',
};

/** A day before today with whose knowledge something is asked; null for today's, which is all that is known. */
function earlierDay(knownOn: string | null | undefined, clock: Clock): string | null {
  const day = pastDay(knownOn, { clock, path: ['knownOn'] });
  return day === dayInShanghai(clock.now()) ? null : day;
}

export const Query: QueryResolvers = {
  approvalItems,
  arrearsDisclosure,
  auditWorklist,
  auditedCommitments,
  referralsToAnswer,
  ledgerSeals,
  ledgerVerification,

  creditConnectors: async (_root, _args, context) => listConnectors(context),
  creditDeadLetters: async (_root, page, { deadLetters }) => deadLetters.list(page),

  creditDataAccesses: async (_root, args, { actor, stores }) =>
    listDataAccesses(args, { actor, store: stores.accesses }),

  arrear: async (_root, { id, ...asked }, context) => {
    const found = readable(
      await context.stores.arrears.byId(id),
      ({ uscc, debtor, debtorUscc }) => ({ uscc, department: debtor, debtorUscc }),
      context,
      { en: `The debt ${id.slice(0, 40)}`, zh: `欠款 ${id.slice(0, 40)} ` },
    );
    const { clock, stores } = context;
    const asOf = pastDay(asked.asOf, { clock, path: ['asOf'] });
    const knownOn = earlierDay(asked.knownOn, clock);
    const known = found && (knownOn === null ? found : asKnownOn(found, knownOn));
    return known && arrearView(known, { asOf, rules: stores.arrearRules(knownOn) });
  },

  arrearsReport: async (_root, { from, to, knownOn: asked }, context) => {
    const { clock, stores } = context;
    requireAll(context, { en: 'What all departments owe', zh: '各单位的欠款汇总' });
    const last = pastDay(to, { clock, path: ['to'] });
    if (from > last) throw badUserInput(said('FROM_AFTER_TO', { from, to: last }), ['from']);
    const knownOn = earlierDay(asked, clock);
    const departments =
      knownOn === null
        ? await stores.arrearsReports.figures(last)
        : await figuresKnownOn(stores, { asOf: last, knownOn });
    const period = { from, to: last, knownOn };
    return { from, to: last, departments: departments.map((figures) => ({ ...figures, period })) };
  },

  commitment: async (_root, { id }, context, info) => readableCommitment(id, context, info),

  commitments: async (_root, { filter, orderBy, ...args }, context, info) => {
    const { clock, stores } = context;
    const direction = orderBy?.direction === 'ASC' ? 1 : -1;
    const sort: readonly SortKey[] = orderBy
      ? [
          { field: ORDER_FIELDS[orderBy.field], direction },
          { field: 'id', direction },
        ]
      : BY_PROMISE;
    const page = parsePage(args, { list: { list: 'commitments', filter, orderBy }, keys: sort.length });
    const today = dayInShanghai(clock.now());
    const asked = readFilter(filter, today);
    if (asked.uscc !== undefined)
      await refuseMistyped(asked.uscc, ['filter', 'uscc'], isRegisteredIn(context.register));
    const limits = limitsFor(
      context,
      { uscc: asked.uscc, department: asked.promisor },
      { en: 'What was promised', zh: '政府承诺' },
    );
    const conditions = { ...asked, ...conditionsOfLimits(limits) };
    const requested = requestedFields(info);
    const nodes = requestedNodeFields(requested);
    const [rows, { count, ...totals }] = await Promise.all([
      nodes === undefined ? [] : stores.commitments.list(conditions, sort, page, storedFields(nodes)),
      // Totals read the whole list, so only for who asks.
      [...requested.keys()].some((field) => WHOLE_LIST.has(field))
        ? stores.commitments.totals(conditions, today)
        : { count: 0, ...NO_TOTALS },
    ]);
    return commitmentConnection({ rows, page, sort, totalCount: count, totals, today });
  },

  commitmentAudit: async (_root, { asOf, knownOn, groupBy }, context, info) => {
    const { clock, stores } = context;
    requireAll(context, { en: 'What all departments promised', zh: '各单位的承诺汇总' });
    const question = {
      asOf: pastDay(asOf, { clock, path: ['asOf'] }),
      knownOn: pastDay(knownOn, { clock, path: ['knownOn'] }),
      groupBy,
    };
    const [rows, seal] = await Promise.all([
      stores.audit.groups(question, figuresAskedFor(requestedFields(info))),
      stores.seals.finished(endOfDayInShanghai(question.knownOn).toISOString()),
    ]);
    const groups = rows.map((row) => ({ ...row, question }));
    return { ...groups.reduce<AuditSums>(addSums, NO_SUMS), question, groups, seal };
  },
};
