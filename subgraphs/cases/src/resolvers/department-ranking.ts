import type { Context } from '../context.js';
import { seesExactFigures } from '../domain/access.js';
import { addUpMonths } from '../domain/disclosure.js';
import type { RankedDepartment } from '../domain/ranking.js';
import type { QueryResolvers } from '../generated/resolvers-types.js';
import { rankDepartments } from '../usecases/appraisal.js';
import { publishedPeriod } from '../usecases/published-statistics.js';
import { periodArguments } from './period.js';

/** The places as everybody sees them: by published months, and only of departments with cases of enough enterprises. */
async function asPublished(
  asked: { from: string; to: string },
  { stores, today }: Pick<Context, 'stores' | 'today'>,
): Promise<{ from: string; to: string; departments: RankedDepartment[] }> {
  const { months, ...period } = await publishedPeriod(asked, { stores, today });
  if (months === null) return { ...period, departments: [] };
  const groups = addUpMonths(months.map((tables) => tables['DEPARTMENT'] ?? []));
  const shown = new Set(groups.filter(({ standsForEnough }) => standsForEnough).map(({ key }) => key));
  const ranked = rankDepartments(groups, await stores.cases.referralsAgainst(period));
  return { ...period, departments: ranked.filter(({ department }) => shown.has(department)) };
}

export const departmentRanking: NonNullable<QueryResolvers['departmentRanking']> = async (_root, args, context) => {
  const period = periodArguments(args);
  if (!seesExactFigures(context.actor, context.financialDepartments)) return asPublished(period, context);
  const { ranking } = await context.loaders.appraisal(period.from, period.to);
  return { ...period, departments: [...ranking.values()] };
};
