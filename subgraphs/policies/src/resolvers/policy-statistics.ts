import { dayInShanghai, moneyOfFen, SMALLEST_CELL, type Rate } from '@zhitong/values';
import { seesExactFigures } from '../domain/access.js';
import { EXACT, WITHOUT_SMALL_CELLS, type Disclosure, type ShownRate } from '../domain/disclosure/policy-statistics.js';
import type { FigurePart, Figures } from '../domain/disclosure/published-figures.js';
import type { Context } from '../context.js';
import type { PolicyResolvers, PolicyStatisticsResolvers } from '../generated/resolvers-types.js';
import type { PolicyStatisticsRow } from '../records.js';

/**
 * A part of the figures as the caller may know it: of this moment, or as published; null figures where nothing is
 * published yet.
 */
interface Known<Part extends FigurePart> {
  readonly figures: Figures[Part] | null;
  readonly asOf: Date | null;
}

const NOT_GRANTED = { granted: 0, grantedFen: 0, paid: 0, paidFen: 0 };
const NOT_MATCHED = { eligible: 0, undetermined: 0, matched: 0 };
const NOT_ASKED = { asked: 0, answered: 0, declined: 0, published: 0 };
const UNKNOWN_RATE = { numerator: null, denominator: null, rate: null };

/** How a caller sees figures of a policy. */
const disclosureFor = ({ actor, financialDepartments }: Pick<Context, 'actor' | 'financialDepartments'>): Disclosure =>
  seesExactFigures(actor, financialDepartments) ? EXACT : WITHOUT_SMALL_CELLS;

export const statisticsOfPolicy: NonNullable<PolicyResolvers['statistics']> = (
  { content: { id } },
  _args,
  context,
) => ({ policyId: id, shown: disclosureFor(context) });

/** The figures of this moment. */
const LIVE: { readonly [Part in FigurePart]: (policyId: string, context: Context) => Promise<Figures[Part]> } = {
  MATCHES: async (policyId, { loaders }) => (await loaders.matchSums(policyId, null)) ?? NOT_MATCHED,
  GRANTS: async (policyId, { loaders, clock }) => ({
    ...((await loaders.grantSums(policyId, null)) ?? NOT_GRANTED),
    paidThrough: dayInShanghai(clock.now()),
  }),
  APPLICATIONS: async (policyId, { loaders }) => ({ approved: (await loaders.pledgeCounts(policyId, null)) ?? 0 }),
  QUESTIONS: async (policyId, { loaders }) => (await loaders.questionCounts(policyId, null)) ?? NOT_ASKED,
  SUBSCRIBERS: async (policyId, { loaders }) => ({ told: (await loaders.enterprisesTold(policyId, null)) ?? 0 }),
};

async function known<Part extends FigurePart>(
  part: Part,
  { policyId, shown }: PolicyStatisticsRow,
  context: Context,
): Promise<Known<Part>> {
  const { loaders, clock } = context;
  if (shown === EXACT) return { figures: await LIVE[part](policyId, context), asOf: clock.now() };
  const row = await loaders.published[part](policyId, null);
  return { figures: row?.figures ?? null, asOf: row?.publishedAt ?? null };
}

/** How many enterprises match, as the caller may see it; null where that is not told yet. */
export async function shownMatches(policyId: string, context: Context) {
  const { figures, asOf } = await known('MATCHES', { policyId, shown: disclosureFor(context) }, context);
  return figures === null ? null : { ...shownOf(figures, disclosureFor(context)), asOf };
}

// Who is neither is the rest, and could be worked out.
const shownOf = ({ eligible, undetermined, matched }: Figures['MATCHES'], shown: Disclosure) => ({
  eligible: shown.part(eligible, matched),
  undetermined: shown.part(undetermined, matched - eligible),
  matched,
});

/** What is made of a part of the figures; what it is while nothing is published. */
const from =
  <Part extends FigurePart, Shown>(part: Part, make: (figures: Figures[Part], shown: Disclosure) => Shown) =>
  async (row: PolicyStatisticsRow, _args: object, context: Context): Promise<Shown | null> => {
    const { figures } = await known(part, row, context);
    return figures === null ? null : make(figures, row.shown);
  };

const rateFrom = <Part extends FigurePart>(
  part: Part,
  partsOf: (figures: Figures[Part]) => readonly [number, number] | null,
) => {
  const rate = from(part, (figures, shown) => {
    const parts = partsOf(figures);
    return parts && shown.rate(...parts);
  });
  return async (...question: Parameters<typeof rate>) => (await rate(...question)) ?? UNKNOWN_RATE;
};

/** A rate of which both parts are shown. */
const whole = ({ numerator, denominator }: ShownRate): Rate | null =>
  numerator === null || denominator === null ? null : { numerator, denominator };

const ELIGIBLE = rateFrom('MATCHES', ({ eligible, matched }) => [eligible, matched]);
const PAID = rateFrom('GRANTS', ({ paid, paidThrough, granted }) => (paidThrough === null ? null : [paid, granted]));
const ANSWERED = rateFrom('QUESTIONS', ({ answered, asked }) => [answered, asked]);

const shownPaid = ({ paid, paidThrough, granted }: Figures['GRANTS'], shown: Disclosure): number | null =>
  paidThrough === null ? null : shown.part(paid, granted);

const asOf = (part: FigurePart) => async (row: PolicyStatisticsRow, _args: object, context: Context) =>
  (await known(part, row, context)).asOf;

const shownMoney = (fen: number | null) => (fen === null ? null : moneyOfFen(fen));

export const PolicyStatistics: PolicyStatisticsResolvers = {
  suppressedBelow: ({ shown }) => (shown === EXACT ? null : SMALLEST_CELL),
  matchesAsOf: asOf('MATCHES'),
  eligible: from('MATCHES', (figures, shown) => shownOf(figures, shown).eligible),
  undetermined: from('MATCHES', (figures, shown) => shownOf(figures, shown).undetermined),
  eligibleOfMatched: async (row, args, context) => whole(await ELIGIBLE(row, args, context)),
  eligibleRate: ELIGIBLE,
  grantsAsOf: asOf('GRANTS'),
  grantedEnterprises: from('GRANTS', ({ granted }, shown) => shown.count(granted)),
  granted: from('GRANTS', ({ granted, grantedFen }, shown) =>
    shownMoney(shown.amount(grantedFen, shown.count(granted))),
  ),
  paidThrough: from('GRANTS', ({ paidThrough }) => paidThrough),
  paidEnterprises: from('GRANTS', shownPaid),
  paid: from('GRANTS', (figures, shown) => shownMoney(shown.amount(figures.paidFen, shownPaid(figures, shown)))),
  paidOfGranted: async (row, args, context) => whole(await PAID(row, args, context)),
  paidRate: PAID,
  applicationsAsOf: asOf('APPLICATIONS'),
  applications: from('APPLICATIONS', ({ approved }, shown) => shown.count(approved)),
  questionsAsOf: asOf('QUESTIONS'),
  questions: from('QUESTIONS', ({ asked }, shown) => shown.count(asked)),
  openQuestions: from('QUESTIONS', ({ asked, answered, declined }, shown) =>
    shown.part(asked - answered - declined, asked),
  ),
  // Everybody can count them.
  publishedQuestions: async ({ policyId }, _args, { loaders }) =>
    ((await loaders.questionCounts(policyId, null)) ?? NOT_ASKED).published,
  answeredOfAsked: async (row, args, context) => whole(await ANSWERED(row, args, context)),
  answeredRate: ANSWERED,
  subscribersAsOf: asOf('SUBSCRIBERS'),
  subscribersTold: from('SUBSCRIBERS', ({ told }, shown) => shown.count(told)),
};
