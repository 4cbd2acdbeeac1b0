import { seesExactFigures } from '../domain/access.js';
import { EXACT, SHOWN_FROM, WITHOUT_SMALL_CELLS, type Disclosure } from '../domain/policy-statistics.js';
import type { Context } from '../context.js';
import type { PolicyResolvers, PolicyStatisticsResolvers } from '../generated/resolvers-types.js';
import type { PolicyStatisticsRow } from '../records.js';
import { money } from './money.js';

const NOT_GRANTED = { granted: 0, grantedFen: 0, paid: 0, paidFen: 0 };
const NOT_ASKED = { asked: 0, answered: 0, declined: 0, published: 0 };

/** How a caller sees figures of a policy. */
export const disclosureFor = (actor: Context['actor']): Disclosure => (seesExactFigures(actor) ? EXACT : WITHOUT_SMALL_CELLS);

export const statisticsOfPolicy: NonNullable<PolicyResolvers['statistics']> = ({ content: { id } }, _args, { actor }) => ({ policyId: id, shown: disclosureFor(actor) });

const eligibleOf = async ({ policyId }: PolicyStatisticsRow, { matches }: Context['stores']): Promise<[eligible: number, matched: number]> => Promise.all([matches.countEligible(policyId), matches.count()]);
const grantsOf = async ({ policyId }: PolicyStatisticsRow, { loaders }: Context) => (await loaders.grantSums(policyId, null)) ?? NOT_GRANTED;
const questionsOf = async ({ policyId }: PolicyStatisticsRow, { loaders }: Context) => (await loaders.questionCounts(policyId, null)) ?? NOT_ASKED;

export const PolicyStatistics: PolicyStatisticsResolvers = {
  suppressedBelow: ({ shown }) => (shown === EXACT ? null : SHOWN_FROM),
  eligible: async (row, _args, { stores }) => row.shown.part(...(await eligibleOf(row, stores))),
  undetermined: async (row, _args, { stores }) => {
    const [[eligible, matched], undetermined] = await Promise.all([eligibleOf(row, stores), stores.matches.countUndetermined(row.policyId)]);
    // Who is neither is the rest, and could be worked out.
    return row.shown.part(undetermined, matched - eligible);
  },
  eligibleRate: async (row, _args, { stores }) => row.shown.rate(...(await eligibleOf(row, stores))),
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

const shownMoney = (fen: number | null) => (fen === null ? null : money(fen));
