import type { Context } from '../context.js';
import { holdsFlagFor, seesExactFigures } from '../domain/access.js';
import { addUpMonths } from '../domain/figures/disclosure.js';
import type { RankedDepartment } from '../domain/figures/ranking.js';
import type { QueryResolvers } from '../generated/resolvers-types.js';
import { rankDepartments } from '../usecases/appraisal.js';
import { publishedPeriod } from '../usecases/published-statistics.js';
import { knownPeriod, publicPeriod } from './period.js';

/** The places as everybody sees them: by published months, and only of departments with cases of enough enterprises. */
async function asPublished(
  asked: { from: string; to: string },
  { stores, today }: Pick<Context, 'stores' | 'today'>,
): Promise<{ from: string; to: string; departments: RankedDepartment[] }> {
  const { months, ...period } = await publishedPeriod(asked, { stores, today });
  if (months === null) return { ...period, departments: [] };
  const groups = addUpMonths(months.map((tables) => tables['DEPARTMENT'] ?? []));
  const shown = new Set(groups.filter(({ standsForEnough }) => standsForEnough).map(({ key }) => key));
  // Referrals are not for the public: they change nothing that it sees.
  const ranked = rankDepartments(groups, new Map());
  return { ...period, departments: ranked.filter(({ department }) => shown.has(department)) };
}

export const departmentRanking: NonNullable<QueryResolvers['departmentRanking']> = async (_root, args, context) => {
  const { actor, financialDepartments, loaders, today } = context;
  if (!seesExactFigures(actor, financialDepartments)) return asPublished(publicPeriod(args), context);
  const period = knownPeriod(args, today);
  const { ranking } = await loaders.appraisal(period);
  return {
    ...period,
    departments: [...ranking.values()].map((place) => ({ ...place, holdsFlag: holdsFlagFor(actor, place) })),
  };
};
