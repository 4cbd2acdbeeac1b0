import { wholeMonths } from '@zhitong/values';
import { seesExactFigures } from '../domain/access.js';
import { discloseMonths, type Disclosure } from '../domain/disclosure.js';
import { NO_FIGURES, type CountedPeriod } from '../domain/statistics.js';
import type { QueryResolvers } from '../generated/resolvers-types.js';
import type { FiguresRecord, Grouping } from '../models/case-statistics.js';
import type { Stores } from '../stores.js';
import { periodArguments } from './period.js';

/** The figures of a record as the schema names them. */
const shown = ({ counts, rates, enterprisesHelped }: FiguresRecord) => ({ ...counts, ...rates, enterprisesHelped });

const EVERYTHING: Disclosure = { withheld: new Set(), isTotalWithheld: false };

/** What is withheld from whoever has no role, decided month by month. */
async function publicPart(
  period: CountedPeriod,
  grouping: Grouping | null,
  { statistics }: Pick<Stores, 'statistics'>,
): Promise<Disclosure> {
  const [totals, cells] = await Promise.all([
    statistics.enterprisesByMonth(period, null),
    grouping === null ? [] : statistics.enterprisesByMonth(period, grouping),
  ]);
  return discloseMonths(
    totals.map(({ month, enterprises }) => ({ enterprises, cells: cells.filter((cell) => cell.month === month) })),
  );
}

export const caseStatistics: NonNullable<QueryResolvers['caseStatistics']> = async (
  _root,
  { groupBy, ...args },
  { actor, financialDepartments, stores, today },
) => {
  const isOfficial = seesExactFigures(actor, financialDepartments);
  const { from, to } = isOfficial ? periodArguments(args) : wholeMonths(periodArguments(args));
  const period = { from, to, today };
  const [[total], groups] = await Promise.all([
    stores.statistics.figures(period, null),
    groupBy ? stores.statistics.figures(period, groupBy) : [],
  ]);
  const { withheld, isTotalWithheld } = isOfficial ? EVERYTHING : await publicPart(period, groupBy ?? null, stores);
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
