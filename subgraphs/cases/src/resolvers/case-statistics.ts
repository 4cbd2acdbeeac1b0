import { hasRole } from '@zhitong/kit';
import type { LegalDay, Period } from '@zhitong/values';
import type { Context } from '../context.js';
import { seesExactFigures } from '../domain/access.js';
import { addUpMonths, ALL, discloseMonths } from '../domain/figures/disclosure.js';
import { NO_FIGURES, type Figures } from '../domain/figures/statistics.js';
import type { QueryResolvers } from '../generated/resolvers-types.js';
import type { Grouping } from '../models/case-statistics.js';
import { publishedPeriod } from '../usecases/published-statistics.js';
import type { KnownPeriod } from '../records.js';
import { knownPeriod, publicPeriod } from './period.js';

/** Figures, and how many enterprises were helped, as the schema names them. */
interface Counted extends Figures {
  readonly enterprisesHelped: number;
}
const shown = ({ counts, rates, enterprisesHelped }: Counted) => ({ ...counts, ...rates, enterprisesHelped });

const NOTHING: Counted = { ...NO_FIGURES, enterprisesHelped: 0 };

/** A period as it is told; null where figures must not be. */
interface Told extends Period {
  readonly knownOn?: LegalDay;
  readonly total: Counted | null;
  readonly groups: readonly { readonly key: string; readonly figures: Counted | null }[];
}

/**
 * The figures as they were known on a day, exactly; how many enterprises there are, as far as the reader may know it.
 */
async function exactly(
  period: KnownPeriod,
  groupBy: Grouping | null,
  { actor, stores, today }: Pick<Context, 'actor' | 'stores' | 'today'>,
): Promise<Told> {
  const counted = { ...period, today };
  const reader = { knowsComplainants: hasRole(actor, 'COORDINATOR') };
  const [[total], groups] = await Promise.all([
    stores.statistics.figures(counted, null, reader),
    groupBy ? stores.statistics.figures(counted, groupBy, reader) : [],
  ]);
  return { ...period, total: total ?? NOTHING, groups: groups.map((figures) => ({ key: figures.key, figures })) };
}

/** What everybody sees: published months, without what stands for too few. */
async function asPublished(
  asked: Period,
  groupBy: Grouping | null,
  context: Pick<Context, 'stores' | 'today'>,
): Promise<Told> {
  const { months, ...period } = await publishedPeriod(asked, context);
  if (months === null) return { ...period, total: null, groups: [] };
  const cellsOf = (grouping: string) => months.map((tables) => tables[grouping] ?? []);
  const grouped = groupBy === null ? months.map(() => []) : cellsOf(groupBy);
  const { withheld, isTotalWithheld } = discloseMonths(
    cellsOf(ALL).map(([all], place) => ({ enterprises: all?.enterprises ?? 0, cells: grouped[place] ?? [] })),
  );
  return {
    ...period,
    total: isTotalWithheld ? null : (addUpMonths(cellsOf(ALL))[0] ?? NOTHING),
    groups: addUpMonths(grouped).map((group) => ({
      key: group.key,
      figures: withheld.has(group.key) ? null : group,
    })),
  };
}

export const caseStatistics: NonNullable<QueryResolvers['caseStatistics']> = async (
  _root,
  { groupBy = null, ...args },
  context,
) => {
  const isOfficial = seesExactFigures(context.actor, context.financialDepartments);
  const { from, to, knownOn, total, groups } = isOfficial
    ? await exactly(knownPeriod(args, context.today), groupBy, context)
    : await asPublished(publicPeriod(args), groupBy, context);
  return {
    from,
    to,
    knownOn: knownOn ?? null,
    total: total && shown(total),
    groups: groups.map(({ key, figures }) => ({
      key,
      department: groupBy === 'DEPARTMENT' && key !== '' ? { code: key } : null,
      figures: figures && shown(figures),
    })),
  };
};
