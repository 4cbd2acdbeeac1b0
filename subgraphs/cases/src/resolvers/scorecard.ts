import { formatDecimal, periodBefore, type Rate, rateText } from '@zhitong/values';
import { dropsTwice, figuresOfDepartment, type Appraisal } from '../usecases/appraisal.js';
import { holdsFlagFor } from '../domain/access.js';
import type { CountName, RateName } from '../domain/figures/statistics.js';
import type { ScorecardResolvers } from '../generated/resolvers-types.js';
import type { KnownPeriod } from '../domain/figures/known-period.js';
import type { ScorecardOf } from '../records.js';

type Loaders = { readonly loaders: { readonly appraisal: (period: KnownPeriod) => Promise<Appraisal> } };

const count =
  (name: CountName) =>
  async (card: ScorecardOf, _args: unknown, { loaders }: Loaders): Promise<number> =>
    figuresOfDepartment(await loaders.appraisal(card), card.department).counts[name];
const ratio =
  (name: RateName) =>
  async (card: ScorecardOf, _args: unknown, { loaders }: Loaders): Promise<Rate> =>
    figuresOfDepartment(await loaders.appraisal(card), card.department).rates[name];
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
  score: async (card, _args, { loaders }) =>
    shownScore((await loaders.appraisal(card)).ranking.get(card.department)?.score ?? null),
  rank: async (card, _args, { loaders }) => (await loaders.appraisal(card)).ranking.get(card.department)?.rank ?? null,
  rankedDepartments: async (card, _args, { loaders }) =>
    [...(await loaders.appraisal(card)).ranking.values()].filter(({ rank }) => rank !== null).length,
  holdsFlag: async (card, _args, { actor, loaders }) => {
    const place = (await loaders.appraisal(card)).ranking.get(card.department);
    return place !== undefined && holdsFlagFor(actor, place);
  },
  before: ({ department, from, to, knownOn }) => ({ department, ...periodBefore({ from, to }), knownOn }),
  isDoubleDrop: async (card, _args, { loaders }) => {
    const [before, now] = await Promise.all([
      loaders.appraisal({ ...periodBefore(card), knownOn: card.knownOn }),
      loaders.appraisal(card),
    ]);
    return dropsTwice(before, now, card.department);
  },
};
