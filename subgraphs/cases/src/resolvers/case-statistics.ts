import { hasRole } from '@zhitong/kit';
import { disclose } from '../domain/disclosure.js';
import { NO_FIGURES, wholeMonths } from '../domain/statistics.js';
import type { QueryResolvers } from '../generated/resolvers-types.js';
import type { FiguresRecord } from '../models/case-statistics.js';
import { periodArguments } from './period.js';

/** The figures of a record as the schema names them. */
const shown = ({ counts, rates, enterprisesHelped }: FiguresRecord) => ({ ...counts, ...rates, enterprisesHelped });

export const caseStatistics: NonNullable<QueryResolvers['caseStatistics']> = async (_root, { groupBy, ...args }, { actor, stores, today }) => {
  const isOfficial = hasRole(actor, 'OFFICER', 'COORDINATOR', 'AUDITOR', 'ADMIN');
  const { from, to } = isOfficial ? periodArguments(args) : wholeMonths(periodArguments(args));
  const period = { from, to, today };
  const [[total], groups] = await Promise.all([stores.statistics.figures(period, null), groupBy ? stores.statistics.figures(period, groupBy) : []]);
  const { withheld, isTotalWithheld } = isOfficial ? { withheld: new Set<string>(), isTotalWithheld: false } : disclose(groups, total?.enterprises ?? 0);
  return {
    from,
    to,
    total: isTotalWithheld ? null : shown(total ?? { key: '', enterprises: 0, enterprisesHelped: 0, ...NO_FIGURES }),
    groups: groups.map((group) => ({
      key: group.key,
      department: groupBy === 'DEPARTMENT' && group.key !== '' ? { code: group.key } : null,
      figures: withheld.has(group.key) ? null : shown(group),
    })),
  };
};
