import { moneyOfFen } from '@zhitong/values';
import { seesExactFigures } from '../domain/access.js';
import { EXACT, SHOWN_FROM, WITHOUT_SMALL_CELLS, type Disclosure } from '../domain/disclosure/policy-statistics.js';
import type { Context } from '../context.js';
import type { PolicyResolvers, PolicyStatisticsResolvers } from '../generated/resolvers-types.js';
import type { PolicyStatisticsRow } from '../records.js';

const NOT_GRANTED = { granted: 0, grantedFen: 0, paid: 0, paidFen: 0 };
const NOT_MATCHED = { eligible: 0, undetermined: 0, matched: 0 };
const NOT_ASKED = { asked: 0, answered: 0, declined: 0, published: 0 };

/** How a caller sees figures of a policy. */
const disclosureFor = ({ actor, financialDepartments }: Pick<Context, 'actor' | 'financialDepartments'>): Disclosure => (seesExactFigures(actor, financialDepartments) ? EXACT : WITHOUT_SMALL_CELLS);

export const statisticsOfPolicy: NonNullable<PolicyResolvers['statistics']> = ({ content: { id } }, _args, context) => ({ policyId: id, shown: disclosureFor(context) });

const matchesOf = async (policyId: string, { loaders }: Context) => (await loaders.matchSums(policyId, null)) ?? NOT_MATCHED;
const grantsOf = async ({ policyId }: PolicyStatisticsRow, { loaders }: Context) => (await loaders.grantSums(policyId, null)) ?? NOT_GRANTED;
const questionsOf = async ({ policyId }: PolicyStatisticsRow, { loaders }: Context) => (await loaders.questionCounts(policyId, null)) ?? NOT_ASKED;

/** How many enterprises match, as the caller may see it. */
export async function shownMatches(policyId: string, context: Context) {
  const { eligible, undetermined, matched } = await matchesOf(policyId, context);
  const shown = disclosureFor(context);
  // Who is neither is the rest, and could be worked out.
  return { eligible: shown.part(eligible, matched), undetermined: shown.part(undetermined, matched - eligible), matched };
}

export const PolicyStatistics: PolicyStatisticsResolvers = {
  suppressedBelow: ({ shown }) => (shown === EXACT ? null : SHOWN_FROM),
  eligible: async ({ policyId }, _args, context) => (await shownMatches(policyId, context)).eligible,
  undetermined: async ({ policyId }, _args, context) => (await shownMatches(policyId, context)).undetermined,
  eligibleRate: async ({ policyId, shown }, _args, context) => {
    const { eligible, matched } = await matchesOf(policyId, context);
    return shown.rate(eligible, matched);
  },
  grantedEnterprises: async (row, _args, context) => row.shown.count((await grantsOf(row, context)).granted),
  granted: async (row, _args, context) => {
    const { granted, grantedFen } = await grantsOf(row, context);
    return shownMoney(row.shown.amount(grantedFen, row.shown.count(granted)));
  },
  paidEnterprises: async (row, _args, context) => {
    const { granted, paid } = await grantsOf(row, context);
    return row.shown.part(paid, granted);
  },
  paid: async (row, _args, context) => {
    const { granted, paid, paidFen } = await grantsOf(row, context);
    return shownMoney(row.shown.amount(paidFen, row.shown.part(paid, granted)));
  },
  paidRate: async (row, _args, context) => {
    const { granted, paid } = await grantsOf(row, context);
    return row.shown.rate(paid, granted);
  },
  applications: async ({ policyId, shown }, _args, { loaders }) => shown.count((await loaders.pledgeCounts(policyId, null)) ?? 0),
  questions: async (row, _args, context) => row.shown.count((await questionsOf(row, context)).asked),
  openQuestions: async (row, _args, context) => {
    const { asked, answered, declined } = await questionsOf(row, context);
    return row.shown.part(asked - answered - declined, asked);
  },
  publishedQuestions: async (row, _args, context) => (await questionsOf(row, context)).published,
  answeredRate: async (row, _args, context) => {
    const { asked, answered } = await questionsOf(row, context);
    return row.shown.rate(answered, asked);
  },
  subscribersTold: async ({ policyId, shown }, _args, { loaders }) => shown.count((await loaders.enterprisesTold(policyId, null)) ?? 0),
};

const shownMoney = (fen: number | null) => (fen === null ? null : moneyOfFen(fen));
