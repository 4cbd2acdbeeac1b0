import type { LegalDay, Period } from '@zhitong/values';
import type { Context } from '../context.js';
import { knownComplainants, seesExactFigures } from '../domain/access.js';
import { addUpMonths, isWholeWithheld, type PublishedGroup } from '../domain/figures/month-tables.js';
import { ALL, type Grouping } from '../domain/figures/kept-figures.js';
import { NO_FIGURES, type Figures } from '../domain/figures/statistics.js';
import type { CaseFiguresResolvers, QueryResolvers } from '../generated/resolvers-types.js';
import { publishedPeriod } from '../usecases/published-statistics.js';
import type { KnownPeriod } from '../domain/figures/known-period.js';
import type { ShownFigures } from '../records.js';
import { knownPeriod, publicPeriod } from './period.js';

const shown = ({ counts, rates }: Figures, helped: ShownFigures['helped']): ShownFigures => ({
  ...counts,
  ...rates,
  helped,
});

/** A period as it is told; null where figures must not be. */
interface Told extends Period {
  readonly knownOn?: LegalDay;
  readonly awaitedMonths?: readonly string[];
  readonly total: ShownFigures | null;
  readonly groups: readonly { readonly key: string; readonly figures: ShownFigures | null }[];
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
  const reader = knownComplainants(actor);
  const [[total], groups] = await Promise.all([
    stores.figures.figures(counted, null),
    groupBy ? stores.figures.figures(counted, groupBy) : [],
  ]);
  const helpedBy = (grouping: Grouping | null) => {
    let found: Promise<ReadonlyMap<string, number>> | undefined;
    return (key: string) => async () =>
      (await (found ??= stores.figures.enterprisesHelped(counted, grouping, reader))).get(key) ?? 0;
  };
  const helpedInGroup = helpedBy(groupBy);
  return {
    ...period,
    total: shown(total ?? NO_FIGURES, helpedBy(null)('')),
    groups: groups.map((figures) => ({ key: figures.key, figures: shown(figures, helpedInGroup(figures.key)) })),
  };
}

/** A group's figures without those that must not be told; null when none may be. */
function published(group: PublishedGroup): ShownFigures | null {
  if (isWholeWithheld(group)) return null;
  const figures = shown(group, () => (group.withheld.has('resolved') ? null : group.enterprisesHelped));
  return { ...figures, ...Object.fromEntries([...group.withheld].map((name) => [name, null])) };
}

/** What everybody sees: published months, without what stands for too few. */
async function asPublished(
  asked: Period,
  groupBy: Grouping | null,
  context: Pick<Context, 'stores' | 'today'>,
): Promise<Told> {
  const { months, ...period } = await publishedPeriod(asked, context);
  if (months === null) return { ...period, total: null, groups: [] };
  const [total] = addUpMonths(months, ALL);
  return {
    ...period,
    total: total === undefined ? shown(NO_FIGURES, () => 0) : published(total),
    groups: (groupBy === null ? [] : addUpMonths(months, groupBy)).map((group) => ({
      key: group.key,
      figures: published(group),
    })),
  };
}

export const caseStatistics: NonNullable<QueryResolvers['caseStatistics']> = async (
  _root,
  { groupBy = null, ...args },
  context,
) => {
  const isOfficial = seesExactFigures(context.actor, context.financialDepartments);
  const {
    from,
    to,
    knownOn,
    awaitedMonths = [],
    total,
    groups,
  } = isOfficial
    ? await exactly(knownPeriod(args, context.today), groupBy, context)
    : await asPublished(publicPeriod(args), groupBy, context);
  return {
    from,
    to,
    knownOn: knownOn ?? null,
    awaitedMonths: [...awaitedMonths],
    total,
    groups: groups.map(({ key, figures }) => ({
      key,
      department: groupBy === 'DEPARTMENT' && key !== '' ? { code: key } : null,
      serviceItem: groupBy === 'SERVICE_ITEM' && key !== '' ? { id: key } : null,
      figures,
    })),
  };
};

export const CaseFigures: CaseFiguresResolvers = { enterprisesHelped: ({ helped }) => helped() };
