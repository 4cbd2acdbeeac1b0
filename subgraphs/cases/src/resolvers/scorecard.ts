import { formatDecimal, type LegalDay, periodBefore, type Rate, rateText } from '@zhitong/values';
import { dropsTwice, figuresOfDepartment, type Appraisal } from '../usecases/appraisal.js';
import type { CountName, RateName } from '../domain/statistics.js';
import type { ScorecardResolvers } from '../generated/resolvers-types.js';
import type { ScorecardOf } from '../records.js';

type Loaders = { readonly loaders: { readonly appraisal: (from: LegalDay, to: LegalDay) => Promise<Appraisal> } };

const count =
  (name: CountName) =>
  async ({ department, from, to }: ScorecardOf, _args: unknown, { loaders }: Loaders): Promise<number> =>
    figuresOfDepartment(await loaders.appraisal(from, to), department).counts[name];
const ratio =
  (name: RateName) =>
  async ({ department, from, to }: ScorecardOf, _args: unknown, { loaders }: Loaders): Promise<Rate> =>
    figuresOfDepartment(await loaders.appraisal(from, to), department).rates[name];
const rate =
  (name: RateName) =>
  async (card: ScorecardOf, args: unknown, context: Loaders): Promise<string | null> =>
    rateText(await ratio(name)(card, args, context));

const SCORE_PLACES = 2;

/** A score of hundredths of a point as a decimal: 8417 is "84.17". */
export const shownScore = (score: number | null): string | null =>
  score === null ? null : formatDecimal(score, SCORE_PLACES);

export const Scorecard: ScorecardResolvers = {
  assigned: count('assigned'),
  resolved: count('resolved'),
  overdue: count('overdue'),
  onTimeRate: rate('onTime'),
  onTime: ratio('onTime'),
  responseRate: rate('response'),
  response: ratio('response'),
  resolutionRate: rate('resolution'),
  resolution: ratio('resolution'),
  processSatisfaction: rate('processSatisfaction'),
  processRating: ratio('processSatisfaction'),
  resultSatisfaction: rate('resultSatisfaction'),
  resultRating: ratio('resultSatisfaction'),
  score: async ({ department, from, to }, _args, { loaders }) =>
    shownScore((await loaders.appraisal(from, to)).ranking.get(department)?.score ?? null),
  rank: async ({ department, from, to }, _args, { loaders }) =>
    (await loaders.appraisal(from, to)).ranking.get(department)?.rank ?? null,
  rankedDepartments: async ({ from, to }, _args, { loaders }) =>
    [...(await loaders.appraisal(from, to)).ranking.values()].filter(({ rank }) => rank !== null).length,
  holdsFlag: async ({ department, from, to }, _args, { loaders }) =>
    (await loaders.appraisal(from, to)).ranking.get(department)?.holdsFlag ?? false,
  before: ({ department, from, to }) => ({ department, ...periodBefore({ from, to }) }),
  isDoubleDrop: async ({ department, from, to }, _args, { loaders }) => {
    const earlier = periodBefore({ from, to });
    const [before, now] = await Promise.all([loaders.appraisal(earlier.from, earlier.to), loaders.appraisal(from, to)]);
    return dropsTwice(before, now, department);
  },
};
