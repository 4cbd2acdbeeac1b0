import type { LegalDay } from '@zhitong/values';
import type { Context } from '../context.js';
import { holdsFlagFor, seesExactFigures } from '../domain/access.js';
import { addUpMonths } from '../domain/figures/month-tables.js';
import { withoutWithheld, type RankedDepartment } from '../domain/figures/ranking.js';
import type { QueryResolvers } from '../generated/resolvers-types.js';
import { rankDepartments } from '../usecases/appraisal.js';
import { publishedPeriod } from '../usecases/published-statistics.js';
import { knownPeriod, publicPeriod } from './period.js';

/**
 * The places as everybody sees them: by what is told of published months alone, so that no score and no place gives
 * away a rate that is withheld, and only of departments with cases of enough enterprises.
 */
async function asPublished(
  asked: { from: LegalDay; to: LegalDay },
  { stores, today }: Pick<Context, 'stores' | 'today'>,
): Promise<{
  from: LegalDay;
  to: LegalDay;
  awaitedMonths: string[];
  publishedOn: LegalDay | null;
  departments: RankedDepartment[];
}> {
  const { months, awaitedMonths, ...told } = await publishedPeriod(asked, { stores, today });
  const period = { ...told, awaitedMonths: [...awaitedMonths] };
  if (months === null) return { ...period, departments: [] };
  const groups = addUpMonths(months, 'DEPARTMENT').filter(({ standsForEnough }) => standsForEnough);
  // Referrals are not for the public: they change nothing that it sees.
  return { ...period, departments: rankDepartments(groups.map(withoutWithheld), new Map()) };
}

export const departmentRanking: NonNullable<QueryResolvers['departmentRanking']> = async (_root, args, context) => {
  const { actor, financialDepartments, loaders, today } = context;
  if (!seesExactFigures(actor, financialDepartments)) return asPublished(publicPeriod(args), context);
  const period = knownPeriod(args, today);
  const { ranking } = await loaders.appraisal(period);
  return {
    ...period,
    awaitedMonths: [],
    publishedOn: null,
    departments: [...ranking.values()].map((place) => ({ ...place, holdsFlag: holdsFlagFor(actor, place) })),
  };
};
